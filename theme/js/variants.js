// "What if …?": while a variant is open, its program stands in the place of its listing's, with what is changed marked.
// Without this each is `<details>` with the changed lines, a question and what happens (`predict.js` folds that).

import { address, decoded, isPrint, loadScript, makeButton } from './dom.js';
import { arm } from './predict.js';
import { reachScrollers } from './scrollers.js';
import { start } from './trace.js';

/** What listings hold while a variant stands in their place: their own lines, and what they are called. */
const own = new WeakMap();

/** Shows in a figure the variant that is open, or the listing itself. */
function show(twin) {
    const block = twin.querySelector(':scope > pre.code');
    const code = block.firstElementChild;
    // A figure that shows a part has no place for a whole program.
    const variant = twin.querySelector('.variant[open][data-jumps]');
    const kept = own.get(block) ?? { html: code.innerHTML, label: block.ariaLabel };
    code.innerHTML = kept.html;
    block.ariaLabel = kept.label;
    block.classList.toggle('varied', Boolean(variant));
    own.delete(block);
    if (!variant) return;
    own.set(block, kept);
    block.ariaLabel = `${kept.label}, changed`;
    const changes = [...variant.querySelectorAll('.difference [data-at]')];
    const at = place => changes.filter(change => +change.dataset.at === place).map(change => change.cloneNode(true));
    const lines = [...code.children];
    const merged = [...lines, null].flatMap((line, place) => {
        const here = at(place);
        const gone = here.some(change => change.matches('.gone'));
        // What replaces a line has the place after it.
        return gone || !line ? here : [...here, line];
    });
    const jumps = new Map(variant.dataset.jumps.split(' ').map(jump => jump.split(':')));
    merged.filter(line => !line.matches('.gone')).forEach((line, place) => {
        const jump = jumps.get(`${place}`);
        line.style.counterSet = jump ? `line ${jump}` : '';
    });
    code.replaceChildren(...merged.flatMap(line => ['\n', line]).slice(1));
    reachScrollers();
}

function opened(variant) {
    for (const other of variant.parentElement.children) if (other !== variant) other.open = false;
    if (isPrint || variant.querySelector('.variant-back')) return;
    arm(variant.querySelector('.predict'));
    const back = makeButton('Back to the listing', () => {
        variant.open = false;
        const summary = variant.querySelector('summary');
        summary.focus({ preventScroll: true });
        summary.scrollIntoView({ block: 'nearest' });
    }, { class: 'copy variant-back' });
    variant.append(back);
}

document.addEventListener('toggle', event => {
    const variant = event.target.closest('.variant');
    if (event.target !== variant) return;
    if (variant.open) opened(variant);
    show(variant.closest('.listing-twin'));
}, true);

// Folded again, a listing under a question has no variant in its place.
document.addEventListener('progress', () => {
    for (const variant of document.querySelectorAll('.listing[data-fold]:not(.open) .variant[open]')) variant.open = false;
});

// --- The memory of a variant: a figure that is loaded when it is asked for -------------------------------------

const waiting = {};

// Called by the file that holds the figure.
window.bookVariant = (stem, html) => waiting[stem](html);

document.addEventListener('click', async event => {
    const button = event.target.closest('[data-memory]');
    if (!button || button.ariaBusy) return;
    const answer = button.closest('.variant-answer');
    let figure = answer.querySelector(':scope > .trace');
    if (!figure) {
        const stem = button.closest('.variant').id.replace('what-if-', '');
        button.ariaBusy = 'true';
        answer.querySelector(':scope > .late-failed')?.remove();
        try {
            const html = await new Promise((resolve, reject) => {
                waiting[stem] = resolve;
                loadScript(address(button.dataset.memory)).catch(reject);
            });
            answer.insertAdjacentHTML('beforeend', html);
            figure = answer.lastElementChild;
            start(figure);
        } catch {
            answer.insertAdjacentHTML('beforeend',
                '<p class="late-failed" role="alert">The memory cannot be loaded. Is there a network?</p>');
            return;
        } finally {
            button.ariaBusy = null;
        }
        figure.hidden = true;
    }
    figure.hidden = !figure.hidden;
    button.ariaExpanded = `${!figure.hidden}`;
    if (!figure.hidden) figure.scrollIntoView({ block: 'nearest' });
});

// --- A link to a variant opens it ------------------------------------------------------------------------------

function fromAddress() {
    const named = document.getElementById(decoded(location.hash.slice(1)));
    const variant = /** @type {HTMLDetailsElement | null} */ (named);
    if (!variant?.matches('.variant')) return;
    variant.open = true;
    // It would tell what a question asks that comes before it.
    const fold = variant.closest('.listing[data-fold]')?.dataset.fold;
    const asked = variant.checkVisibility() ? null : document.querySelector(`.predict[data-predict="${fold}"]`);
    (asked ?? variant).scrollIntoView();
}
addEventListener('hashchange', fromAddress);
fromAddress();
