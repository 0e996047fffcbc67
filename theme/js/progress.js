// What a reader has done: lessons read, questions answered, exercises solved. Kept in this browser and nowhere else.
// After every change the document gets the event `progress`.

import { root } from './dom.js';
import { empty, FORMAT, parse } from './progress-file.js';

const site = new URL(root.dataset.root || './', location.href);
const pageOf = url =>
    decodeURI(new URL(url, location.href).pathname).slice(site.pathname.length).replace(/\.html$/, '') || 'index';

/** This page, as `lessons/03_allocator`. */
export const here = pageOf(location.href);

export const KEY = FORMAT;

// Storage may be refused, and then what is done is known until the page is left.
let unsaved = null;

/** What is known now. It is read afresh each time, for another tab may have written. */
export function state() {
    if (unsaved) return unsaved;
    try {
        return parse(localStorage.getItem(KEY) ?? '');
    } catch {
        return empty();
    }
}

export function save(next) {
    try {
        localStorage.setItem(KEY, JSON.stringify(next));
        unsaved = null;
    } catch {
        unsaved = next;
    }
    document.dispatchEvent(new Event('progress'));
}

export function update(change) {
    const next = state();
    change(next);
    save(next);
}

/** The pages that count, from the table of contents. */
export const links = [...document.querySelectorAll('#mdbook-sidebar a[href]')]
    .map(link => ({ link, page: pageOf(link.href), title: link.textContent.trim() }))
    .filter(({ link }) => !link.hash);
export const lessons = links.filter(({ page }) => page.startsWith('lessons/'));

// How far the reader is: the number of pages begun. It is the clock of the review.
const begun = (now, page) =>
    now.read.includes(page) || (now.quizzes[page] ?? []).some(id => id in now.questions);
const clock = now => new Set([...now.read, ...Object.keys(now.quizzes)].filter(page => begun(now, page))).size;
const atEnd = now => lessons.every(({ page }) => begun(now, page));

/** Whether a question is to be asked again: one that was missed comes back one lesson later, and again two lessons
 *  after that. */
export function due(now, id) {
    const { box, at } = now.questions[id] ?? { box: 0 };
    return box > 0 && (clock(now) - at >= box || atEnd(now));
}

/** Keeps an answer. `first` tells the first try of this visit: only that one says what the reader remembers. */
export function answer(id, right, first, review) {
    update(now => {
        const question = (now.questions[id] ??= { tries: 0, right: false, box: 0, at: 0 });
        question.tries += 1;
        question.right ||= right;
        if (!first) return;
        if (!right) {
            question.box = 1;
            question.at = clock(now);
        } else if (review && question.box) {
            question.box = question.box === 1 && !atEnd(now) ? 2 : 0;
            question.at = clock(now);
        }
    });
}
