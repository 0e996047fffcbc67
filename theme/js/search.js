// Looks through the whole text of the book: sections, and each language of a listing with its output. Loaded when
// the reader searches. A finding leads to its section or figure, and what was looked for is marked there.

import { address, make } from './dom.js';
import { excerpt, find, prepare } from './ranking.js';

/** The findings that are shown. */
const MOST = 30;
/** What is typed in one go is looked for once, after so many milliseconds. */
const PAUSE = 80;
const FOUND = 'book-found';
const TYPED = 'book-typed';

/** What is looked through, when it is there, and the promise of it. */
let book;
let preparing;
/** What the page can do for a finding. */
let possible;

async function load() {
    if (preparing) return;
    const answer = await fetch(new URL('search.json', import.meta.url));
    if (!answer.ok) throw new Error(`${answer.status}`);
    const { pages, entries: rows } = await answer.json();
    const entries = rows.map(([page, id, title, text, language, names]) => ({
        url: pages[page][0], page: pages[page][1], id, title, text, language, names,
        lowPage: pages[page][1].toLowerCase(), lowTitle: title.toLowerCase(), lowText: text.toLowerCase(),
    }));
    preparing = prepare(entries, () => new Promise(done => { setTimeout(done); })).then(made => {
        book = made;
        if (input.value) show();
    });
}

/** Text with the parts in `<mark>`. */
function marked(text, parts) {
    const low = text.toLowerCase();
    const pieces = [];
    const nextAfter = from => parts
        .map(part => [low.indexOf(part, from), part.length])
        .filter(([place]) => place >= 0)
        .sort((a, b) => a[0] - b[0] || b[1] - a[1])[0];
    let at = 0;
    while (at < text.length) {
        const next = nextAfter(at);
        if (!next) break;
        pieces.push(text.slice(at, next[0]), make('mark', {}, text.slice(next[0], next[0] + next[1])));
        at = next[0] + next[1];
    }
    return [...pieces, text.slice(at)];
}

const NAMES = { zig: 'Zig', rust: 'Rust', python: 'Python' };
const input = make('input', {
    type: 'search', id: 'search-field', autocomplete: 'off', spellcheck: 'false',
    placeholder: 'errdefer, out of bounds, ArenaAllocator…',
});
const status = make('p', { role: 'status', class: 'search-status' });
const list = make('ol', { class: 'search-found' });
const dialog = make('dialog', { class: 'search', 'aria-labelledby': 'search-label' },
    make('form', { method: 'dialog', class: 'search-form' },
        make('label', { for: 'search-field', id: 'search-label' }, 'Search the book'), input,
        make('button', { type: 'submit', value: 'close', formnovalidate: '' }, 'Close')),
    status, list);

try {
    // What was looked for on the page before is still there.
    input.value = sessionStorage.getItem(TYPED) ?? '';
} catch {
    // Without storage the field is empty.
}

function show() {
    // What was typed by then is looked for when the book is there.
    if (!book) return;
    const { found, instead, some } = find(book, input.value);
    const shown = found.slice(0, MOST);
    list.replaceChildren(...shown.map(({ entry, parts }) => {
        const title = entry.title || entry.page;
        const link = make('a', { href: address(entry.url + (entry.id && `#${entry.id}`)) },
            make('span', { class: 'search-title' }, ...marked(title, parts)),
            make('span', { class: 'search-place' }, ' ',
                [entry.page !== title && entry.page, NAMES[entry.language]].filter(Boolean).join(', ')),
            make('span', { class: entry.language ? 'search-text search-code' : 'search-text' },
                ...marked(excerpt(entry, parts), parts)));
        link.addEventListener('click', event => follow(event, link, entry, parts));
        return make('li', {}, link);
    }));
    const word = found.length === 1 ? 'place' : 'places';
    status.textContent = !input.value.trim() ? '' : !found.length ? 'Nothing found.' : [
        instead && `Not found as it is written. Looked for “${instead}”:`,
        some && 'Nothing has all of these words. With some of them:',
        found.length > MOST ? `${found.length} places; these fit best.` : `${found.length} ${word}.`,
    ].filter(Boolean).join(' ');
    dialog.scrollTop = 0;
    keep(TYPED, input.value);
}

/** Keeps something until the tab is closed. */
function keep(key, text) {
    try {
        sessionStorage.setItem(key, text);
    } catch {
        // Without storage nothing is marked on the next page, and the field is empty there.
    }
}

/** Remembers what was looked for, so that the page there can mark it, and what Back leads to: the findings. */
function follow(event, link, { id, language }, parts) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    keep(FOUND, JSON.stringify({ path: link.pathname, id, language, parts }));
    const at = [...list.querySelectorAll('a')].indexOf(link);
    history.replaceState({ ...history.state, search: { typed: input.value, at } }, '');
    if (link.pathname !== location.pathname) return;
    event.preventDefault();
    dialog.close();
    history.pushState(null, '', link.href);
    arrive(possible);
}

// Closed by the reader, the findings are not what this page is come back to for.
dialog.addEventListener('close', () => {
    if (history.state?.search) history.replaceState({ ...history.state, search: undefined }, '');
});

let timer;
function soon(event) {
    clearTimeout(timer);
    // A word that an input method still composes is not yet what is looked for.
    if (!event.isComposing) timer = setTimeout(show, PAUSE);
}
input.addEventListener('input', soon);
input.addEventListener('compositionend', soon);
dialog.addEventListener('keydown', event => {
    // These keys belong to the input method that composes a word. Safari tells it by the number alone.
    if (event.isComposing || event.keyCode === 229) return;
    const links = [...list.querySelectorAll('a')];
    const at = links.indexOf(document.activeElement);
    // A search field would first be emptied.
    if (event.key === 'Escape') {
        event.preventDefault();
        dialog.close();
    } else if (event.key === 'Enter' && document.activeElement === input) {
        event.preventDefault();
        clearTimeout(timer);
        preparing.then(() => {
            show();
            list.querySelector('a')?.click();
        });
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        const to = at + (event.key === 'ArrowDown' ? 1 : -1);
        (to < 0 ? input : links[Math.min(to, links.length - 1)])?.focus();
    }
});
// A click beside the dialog closes it.
dialog.addEventListener('click', event => {
    if (event.target === dialog && event.offsetY > dialog.offsetHeight) dialog.close();
});

/** Opens the search. */
export async function start(_button, given) {
    possible = given;
    await load();
    if (!dialog.isConnected) document.body.append(dialog);
    if (!dialog.open) dialog.showModal();
    const before = history.state?.search;
    if (before) {
        // By Back: the findings are there, and the one that was followed.
        await preparing;
        input.value = before.typed;
        show();
        const link = list.querySelectorAll('a')[before.at];
        link?.focus({ preventScroll: true });
        link?.scrollIntoView({ block: 'center', behavior: 'instant' });
        return;
    }
    if (input.value && !list.firstChild) show();
    input.select();
    input.focus();
}

// --- The finding on its page ---------------------------------------------------------------------------------

/** What belongs to a heading: everything up to the next. */
function section(target) {
    const heading = target.closest('h1, h2, h3, h4, h5, h6, dt');
    if (!heading) return [target];
    const parts = [heading];
    let next = heading.nextElementSibling;
    while (next && !next.matches('h1, h2, h3, h4, h5, h6, dt')) {
        parts.push(next);
        next = next.nextElementSibling;
    }
    return parts;
}

/** The places of the parts in the text below the elements, also where the text is in several nodes. */
function ranges(elements, parts) {
    const nodes = [];
    let text = '';
    for (const element of elements) {
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
            const node = /** @type {Text} */ (walker.currentNode);
            if (!node.parentElement.checkVisibility()) continue;
            nodes.push([text.length, node]);
            text += node.data.toLowerCase();
        }
    }
    const place = at => nodes.findLast(([begins]) => begins <= at);
    const found = [];
    for (const part of parts) {
        for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) {
            const [from, to] = [place(at), place(at + part.length - 1)];
            const range = new Range();
            range.setStart(from[1], at - from[0]);
            range.setEnd(to[1], at + part.length - to[0]);
            found.push(range);
        }
    }
    return found;
}

/** Shows what a search on the page before, or on this one, led to. */
export function arrive({ showLanguage }) {
    let found;
    try {
        found = JSON.parse(sessionStorage.getItem(FOUND));
        sessionStorage.removeItem(FOUND);
    } catch {
        return;
    }
    if (!found || found.path !== location.pathname) return;
    const target = document.getElementById(found.id) ?? document.querySelector('main h1') ?? document.querySelector('main');
    if (found.language && target.matches('.listing')) showLanguage(found.language);
    for (let fold = target.closest('details:not([open])'); fold; fold = fold.parentElement.closest('details:not([open])')) {
        fold.open = true;
    }
    const parts = section(target);
    // Output that was to be predicted was looked for, so it is shown; answers of a quiz are not in the index.
    const folds = parts.flatMap(part => [part, ...part.querySelectorAll('details')]);
    for (const fold of folds.filter(part => part.matches('details:not(.quiz-answer)'))) {
        const text = fold.textContent.toLowerCase();
        if (found.parts.some(part => text.includes(part))) fold.open = true;
    }
    // Of a figure for code and memory the code was looked for.
    target.querySelector(':scope > .views [data-view=code]')?.click();
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
    const places = ranges(parts, found.parts);
    if (window.Highlight) CSS.highlights.set('found', new Highlight(...places));
    const bring = () => {
        target.scrollIntoView({ behavior: 'instant' });
        // A term far below its letter.
        const first = places[0]?.getBoundingClientRect();
        if (first?.top > innerHeight / 2) scrollBy({ top: first.top - innerHeight / 4, behavior: 'instant' });
    };
    bring();
    // A fold that was opened here opens what belongs to it a little later.
    requestAnimationFrame(() => requestAnimationFrame(bring));
}
