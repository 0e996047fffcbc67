// What a reader has done: lessons read, questions answered, exercises solved. Kept in this browser and nowhere else.
// After every change the document gets the event `progress`.

import { decoded, root } from './dom.js';
import { empty, FORMAT, parse } from './progress-file.js';

/** The book's own address. */
export const site = new URL(root.dataset.root || './', location.href);
const pageOf = url =>
    decoded(new URL(url, location.href).pathname.slice(site.pathname.length)).replace(/\.html$/, '') || 'index';

/** This page, as `lessons/03_allocator`. */
export const here = pageOf(location.href);

// Several books may be on one host, and each keeps its own.
export const KEY = `${FORMAT} ${site.pathname}`;
/** What cannot be read is kept under this and a number. */
const ASIDE = `${KEY} aside `;

// Storage may be refused, and then what is done is known until the page is left.
let unsaved = null;

/** What is known now. It is read afresh each time, for another tab may have written. */
export function state() {
    if (unsaved) return unsaved;
    try {
        const text = stored();
        if (text === null) return empty();
        try {
            return parse(text);
        } catch {
            // A newer book, or a mishap: nothing is written over it.
            let number = 1;
            while (localStorage.getItem(ASIDE + number) !== null) number += 1;
            localStorage.setItem(ASIDE + number, text);
            localStorage.removeItem(KEY);
            return empty();
        }
    } catch {
        unsaved = empty();
        return unsaved;
    }
}

function stored() {
    const text = localStorage.getItem(KEY);
    const old = localStorage.getItem(FORMAT);
    if (text !== null || old === null) return text;
    // Earlier editions had one place for all books of a host.
    localStorage.setItem(KEY, old);
    localStorage.removeItem(FORMAT);
    return old;
}

/** What was found here and could not be read, each by the name under which it is kept. */
export function aside() {
    try {
        return Object.entries(localStorage).filter(([name]) => name.startsWith(ASIDE));
    } catch {
        return [];
    }
}

/** Throws something away that could not be read. */
export function forgetAside(name) {
    localStorage.removeItem(name);
    document.dispatchEvent(new Event('progress'));
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

// How far the reader is: the number of lessons and exercises begun. It is the clock of the review. What a lesson leaves
// for later is a page of that lesson.
const lessonOf = page => page.replace(/^deeper\//, 'lessons/');
const begun = (now, page) =>
    now.read.includes(page) || (now.quizzes[page] ?? []).some(id => id in now.questions);
const clock = now =>
    new Set([...now.read, ...Object.keys(now.quizzes)].filter(page => begun(now, page)).map(lessonOf)).size;
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
