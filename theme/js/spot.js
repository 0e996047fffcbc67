// Spot the bug: wrong solutions, one at a time, once the reader knows the right one; and one a day for the review. Loaded
// where a page has them. What is right is read from the folded answers, as in a quiz.

import { address, make, makeButton } from './dom.js';
import { here, state, update } from './progress.js';
import { arm } from './quiz-question.js';

const DAY = 24 * 60 * 60 * 1000;

/** Whether the reader knows the solution of the exercise on this page. */
const isKnown = (now, page) => now.solved.includes(page) || now.opened.includes(page);

/** On the page of an exercise. */
function offer(section) {
    const fold = section.querySelector('details');
    const solution = document.getElementById('exercise-solution')?.closest('details');
    const forms = [...fold.querySelectorAll('.quiz-question')];
    const ids = forms.map(form => arm(form, 'spot').id);
    const count = make('span', { role: 'status' });
    const next = makeButton('Another one', () => {
        turn(1);
        forms[at].querySelector('input').focus();
    });
    fold.append(make('p', { class: 'quiz-foot' }, count, ' ', next));
    let at = 0;
    function turn(by) {
        at = (at + by) % forms.length;
        forms.forEach((form, index) => { form.hidden = index !== at; });
    }
    function show() {
        const now = state();
        section.hidden = !isKnown(now, here);
        count.textContent = `${ids.filter(id => now.questions[id]?.right).length} of ${ids.length} found.`;
    }
    solution?.addEventListener('toggle', () => {
        if (solution.open && !state().opened.includes(here)) update(now => now.opened.push(here));
    });
    document.addEventListener('progress', show);
    // Where the reader left off.
    const known = state().questions;
    turn(Math.max(0, ids.findIndex(id => !known[id]?.right)));
    show();
}

/** The names in an order that looks like none, the same for everybody. */
function mixed(names) {
    const number = name => [...name].reduce((sum, letter) => Math.imul(sum ^ letter.codePointAt(0), 16777619), 2166136261);
    return names.map(name => [number(name) >>> 0, name]).sort(([a], [b]) => a - b).map(([, name]) => name);
}

/** In the review: that of today, by the reader's calendar. */
async function daily(section) {
    const pages = Object.entries(JSON.parse(section.dataset.daily));
    const now = state();
    const known = pages.filter(([page]) => isKnown(now, page));
    const names = mixed(known.flatMap(([page, ids]) => ids.map(id => `${page} ${id}`)));
    if (!names.length) return;
    const day = Math.floor((Date.now() - new Date().getTimezoneOffset() * 60000) / DAY);
    const [page, id] = names[day % names.length].split(' ');
    const answer = await fetch(address(`${page}.html`));
    if (!answer.ok) throw new Error(`${answer.status}`);
    const other = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const form = document.importNode(other.querySelector(`[data-question="${id}"]`), true);
    const from = make('a', { href: address(`${page}.html#spot`) }, other.querySelector('h1').textContent);
    section.replaceChildren(make('p', { class: 'quiz-note' }, 'From ', from), form);
    arm(form, 'spot');
}

export function start(section) {
    return section.dataset.daily ? daily(section) : offer(section);
}
