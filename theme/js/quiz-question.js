// One question: the verdict on an answer. The page holds the folded answers already; what is right is read from there.

import { make, makeButton } from './dom.js';
import { answer, update } from './progress.js';
import { compared } from './typed.js';

/** Gives a question its buttons and its verdict. `pool` is the name of its set, where that is not a lesson's. */
export function arm(form, pool) {
    const id = form.dataset.question;
    const inputs = [...form.querySelectorAll('[name=answer]')];
    const typed = inputs[0].type === 'text';
    const several = inputs[0].type === 'checkbox';
    const fold = form.querySelector('.quiz-answer');
    const notes = [...fold.querySelector('ul').children];
    const isRight = note => 'right' in note.dataset;
    const verdict = make('div', { class: 'quiz-verdict', role: 'status' });
    const again = makeButton('Try again', () => {
        clear();
        inputs[0].focus();
    }, { hidden: '' });
    const bar = make('p', { class: 'quiz-buttons' });
    bar.append(make('button', { type: 'submit' }, 'Check'), again);
    fold.before(bar, verdict);
    fold.hidden = true;
    let first = true;

    function say(word, shown) {
        verdict.replaceChildren(make('strong', {}, word));
        for (const note of shown) {
            const part = make('div');
            part.append(...[...note.childNodes].map(node => node.cloneNode(true)));
            verdict.append(part);
        }
    }

    function mark(input, kind) {
        const option = input.closest('li');
        if (option) option.className = kind;
    }

    // What is right, and which notes explain the answer; nothing when there is no answer yet.
    function judge() {
        if (typed) {
            const answers = inputs.map(input => compared(input.value));
            if (answers.includes('')) return null;
            // A diagram has several blanks, each with notes of its own.
            const found = inputs.map(({ dataset: { blank } }, index) =>
                notes.find(({ dataset }) => dataset.blank === blank && dataset.answer.split('\n').includes(answers[index])),
            );
            const wrong = inputs.filter((_, index) => !(found[index] && isRight(found[index])));
            inputs.forEach(input => mark(input, wrong.includes(input) ? 'quiz-wrong' : 'quiz-right'));
            const numbers = wrong.map(({ dataset }) => dataset.blank && `?${dataset.blank}`).filter(Boolean);
            return {
                right: !wrong.length,
                word: !wrong.length ? 'Right.' : numbers.length ? `Not right: ${numbers.join(', ')}.` : 'Not right.',
                notes: found.filter(note => note && isRight(note) === !wrong.length),
            };
        }
        const chosen = inputs.filter(input => input.checked);
        if (!chosen.length) return null;
        const noteOf = input => notes[input.value];
        const wrong = chosen.filter(input => !isRight(noteOf(input)));
        const missing = notes.filter(isRight).length - (chosen.length - wrong.length);
        chosen.forEach(input => mark(input, wrong.includes(input) ? 'quiz-wrong' : 'quiz-right'));
        if (wrong.length) return { right: false, word: 'Not right.', notes: wrong.map(noteOf) };
        if (missing) return { right: false, word: 'Right so far, and something is missing.', notes: [] };
        return { right: true, word: 'Right.', notes: several ? [] : chosen.map(noteOf) };
    }

    form.addEventListener('submit', event => {
        event.preventDefault();
        inputs.forEach(input => mark(input, ''));
        const result = judge();
        if (!result) {
            say(!typed ? 'Choose an answer first.' : inputs[1] ? 'Fill in every blank first.' : 'Type an answer first.', []);
            (inputs.find(input => typed && !compared(input.value)) || inputs[0]).focus();
            return;
        }
        // What is right stands in the fold that opens.
        say(result.word, result.right ? [] : result.notes);
        again.hidden = false;
        fold.hidden = false;
        fold.open = result.right;
        const wasFirst = first;
        first = false;
        answer(id, result.right, wasFirst, pool === 'review');
        if (pool === 'final' && wasFirst) update(now => (now.drawn[id] ??= result.right));
    });

    function clear() {
        form.reset();
        inputs.forEach(input => mark(input, ''));
        verdict.replaceChildren();
        again.hidden = true;
        fold.open = false;
    }

    return {
        id,
        form,
        lesson: form.dataset.lesson,
        forget: () => {
            clear();
            first = true;
            fold.hidden = true;
        },
    };
}
