// Predictions: what a chapter folds is opened when its question is answered, or when the reader asks to be shown. The
// page is whole without this: all that is folded is in `<details>`. What was answered is kept.

import { make } from './dom.js';
import { here, state, update } from './progress.js';

const predictions = new Map();

/** Makes a question answer. Those of variants wait until they are opened. */
export function arm(form) {
    const id = form.dataset.predict;
    const folded = [...document.querySelectorAll(`[data-fold="${id}"]`)];
    const options = [...form.querySelectorAll('li')];
    const right = options[form.dataset.right];
    const verdict = make('p', { class: 'predict-verdict', role: 'status' });
    let isOpen = false;

    const isKnown = () => id in state().questions;
    // Predictions are not reviewed: in box 0 nothing comes back.
    const keep = (tries, isRight) => {
        if (!isKnown()) update(now => { now.questions[id] = { tries, right: isRight, box: 0, at: 0 }; });
    };
    const button = form.querySelector('[type=button]');
    button.addEventListener('click', () => {
        if (isOpen) update(now => { delete now.questions[id]; });
        else keep(0, false);
    });
    form.append(verdict);

    function show() {
        if (isOpen === isKnown()) return;
        isOpen = !isOpen;
        button.textContent = isOpen ? 'Fold again' : 'Show me';
        right.classList.toggle('quiz-right', isOpen);
        for (const part of folded) {
            part.classList.toggle('open', isOpen);
            // What a variant folds is its own question's.
            const folds = part.matches('details') ? [part] : part.querySelectorAll('details.listing-output');
            for (const fold of folds) if (fold.closest('[data-fold]') === part || fold === part) fold.open = isOpen;
            // Folded, a diagram is at its first step.
            if (!isOpen) part.querySelector('[data-act=first]')?.click();
        }
        if (isOpen) return;
        form.reset();
        verdict.replaceChildren();
        for (const option of options) option.classList.remove('quiz-wrong');
    }

    form.addEventListener('submit', event => {
        event.preventDefault();
        const chosen = options.find(option => option.querySelector(':checked'));
        for (const option of options) option.classList.toggle('quiz-wrong', option === chosen && option !== right);
        if (!chosen) {
            verdict.textContent = 'Choose an answer first.';
            options[0].querySelector('input').focus();
            return;
        }
        verdict.replaceChildren(make('strong', {}, chosen === right ? 'Right.' : 'Not so.'));
        if (chosen !== right) verdict.append(' It is: ', ...right.querySelector('span').cloneNode(true).childNodes);
        keep(1, chosen === right);
    });
    document.addEventListener('progress', show);
    predictions.set(id, { show: () => keep(0, false), isOpen: () => isOpen });
    show();
}

// In the printed book all stands as it is.
if (here !== 'print') document.querySelectorAll('.predict:not(.variant > *)').forEach(arm);

/** The folded part that an element is in, and its prediction; nothing when it is open or there is none. */
function closedAround(element) {
    const part = element?.closest?.('[data-fold]');
    const prediction = part && predictions.get(part.dataset.fold);
    return prediction && !prediction.isOpen() ? { part, prediction } : null;
}

// Whoever opens one fold asks for all. What the reader looks at stays where it is.
document.addEventListener('toggle', event => {
    const fold = event.target.closest('.reveal[open], details.listing-output[open]');
    const closed = fold === event.target && closedAround(fold);
    if (!closed) return;
    const before = fold.getBoundingClientRect().top;
    closed.prediction.show();
    scrollBy({ top: fold.getBoundingClientRect().top - before, behavior: 'instant' });
}, true);

// A diagram that is folded has one step.
document.addEventListener('keydown', event => {
    const figure = event.target.closest('.trace');
    if (figure && closedAround(figure)) event.stopPropagation();
}, true);

// A link to a step, or to what is in the explanation, opens the fold.
document.addEventListener('follow', event => {
    if (event.detail > 1) closedAround(event.target)?.prediction.show();
});
function fromAddress() {
    const closed = closedAround(document.getElementById(location.hash.slice(1)));
    if (closed?.part.matches('.reveal')) closed.prediction.show();
}
addEventListener('hashchange', fromAddress);
fromAddress();
