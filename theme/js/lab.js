// The lab: a reader changes a program in the page, and sees what becomes of it. Loaded by the first Edit button that is
// pressed; only the pages of `cargo xtask serve` have such buttons. What it compiles runs in this page's Worker, or is
// recorded by the server's interpreter; the modules beside this one know how.

import { address, make } from './dom.js';
import { openExercise } from './exercise-panel.js';
import { unpacked } from './lab-link.js';
import { Panel } from './lab-panel.js';
import { get } from './lab-server.js';
import { noteOpen } from './lab-store.js';
import { style } from './run.js';

let styled;

/** The lab's own style sheet, and that of outputs. */
function styles() {
    styled ??= Promise.all([style(), new Promise((resolve, reject) => {
        const link = make('link', { rel: 'stylesheet', href: new URL('lab.css', import.meta.url).href });
        link.onload = resolve;
        link.onerror = reject;
        document.head.append(link);
    })]);
    return styled;
}

/** What is open: by the twin of the figure, or by the variant in it. */
const open = new WeakMap();

/** The task of a box, to stand beside the editor. */
function taskOf(button) {
    const box = button.closest('.admonition');
    if (!box) return null;
    const text = box.querySelector(':scope > div:last-child').cloneNode(true);
    for (const other of text.querySelectorAll('button')) other.parentElement.remove();
    return make('div', { class: 'lab-task' }, make('strong', {}, 'Change it'), text);
}

/** The twin of a listing's figure that a button is about: its own, or that of the listing which it names. */
function twinOf(button) {
    const own = button.closest('.listing-twin');
    if (own) return own;
    const names = document.querySelectorAll(`.listing-head [data-edit="${button.dataset.edit}"]:not([data-where])`);
    // Of several figures of it, the last before the box.
    const before = [...names].filter(other =>
        other.compareDocumentPosition(button) & Node.DOCUMENT_POSITION_FOLLOWING);
    return (before.at(-1) ?? names[0])?.closest('.listing-twin');
}

/** The button of the program that is seen where this button stands: that of a variant in the place of its listing. */
function shownAt(button) {
    const head = button.closest('.listing-head');
    return head?.parentElement.querySelector('.variant[open][data-jumps] [data-variant]') ?? button;
}

async function editListing(pressed, showLanguage) {
    const button = shownAt(pressed);
    const listing = button.dataset.edit;
    const twin = twinOf(button);
    /** @type {HTMLDetailsElement | null} */
    const variant = 'variant' in button.dataset ? button.closest('.variant') : null;
    const task = taskOf(button);
    const place = variant ?? twin;
    const there = open.get(place);
    if (there) {
        if (task) there.element.prepend(task);
        there.editor.field.focus();
        return;
    }
    const said = await get(`lab/source?listing=${listing}`);
    await styles();
    // A listing's editor stands in the place of its code. A variant's stands under its changes, where its question is.
    const code = variant ? null : twin.querySelector(':scope > pre');
    const home = variant ? make('div', { class: 'variant-lab' }) : twin;
    const edit = variant ? button : twin.querySelector('.listing-head [data-edit]');
    const fails = said.expects?.startsWith('compile-error');
    const panel = new Panel({
        panel: home,
        name: listing,
        listing,
        label: `Your program: ${said.name}`,
        original: said.source,
        task,
        hint: fails ? 'This program does not compile, and is meant not to: edit it until it does.' : '',
        close() {
            open.delete(place);
            noteOpen(listing, false);
            if (code) code.hidden = false;
            else home.remove();
            edit.hidden = false;
            (variant ? pressed : edit).focus();
        },
    });
    open.set(place, panel);
    noteOpen(listing, true);
    // The figure may show its memory, or another language.
    const figure = twin.closest('figure');
    figure.querySelector('.views [data-view=code][aria-pressed=false]')?.click();
    if (!twin.checkVisibility()) showLanguage('zig');
    edit.hidden = true;
    if (variant) {
        variant.open = true;
        home.append(panel.element);
        variant.querySelector(':scope > .variant-answer').before(home);
    } else {
        code.hidden = true;
        code.after(panel.element);
    }
    panel.editor.field.focus({ preventScroll: !variant && twin.contains(button) });
}

/** Where a twin in another language can be changed. */
function sayWhere(button) {
    const { edit, where } = button.dataset;
    const twin = button.closest('.listing-twin');
    let note = twin.querySelector(':scope > .lab-where');
    if (note) return note.remove();
    note = make('p', { class: 'lab-where', role: 'status' }, 'Here you can change Zig. Change this program in your checkout: ',
        make('code', {}, where), ', and run it with ', make('code', {}, `cargo xtask test-listings ${edit}`), '.');
    if (where.endsWith('.rs')) {
        const code = twin.querySelector(':scope > pre > code').textContent;
        const url = new URL('https://play.rust-lang.org/?version=stable&mode=debug&edition=2024');
        url.searchParams.set('code', code);
        note.append(' Or ', make('a', { href: url.href, rel: 'noreferrer' }, 'on the Rust Playground'), ', another host.');
    }
    twin.querySelector('.listing-head').after(note);
}

const EMPTY = `const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;
    const numbers = try gpa.alloc(u32, 3);
    defer gpa.free(numbers);
    for (numbers, 1..) |*number, count| number.* = @intCast(count * count);
    std.debug.print("{any}\\n", .{numbers});
}
`;

/** The lab's own page: the reader's program, or one that a link brings. */
async function openPage(button) {
    await styles();
    let brought = null;
    let why = '';
    try {
        brought = await unpacked(location.hash);
    } catch (error) {
        why = error.message;
    }
    const twin = make('div', { class: 'listing-twin first', 'data-language': 'zig' });
    const body = make('div', { class: 'listing-body' }, twin);
    const figure = make('figure', { class: 'listing lab-page', 'aria-label': 'Your program' }, body);
    const from = brought?.from;
    const original = from ? (await get(`lab/source?listing=${from}`)).source : brought ? brought.text : EMPTY;
    const panel = new Panel({
        panel: twin,
        name: brought ? `link ${location.hash}` : 'lab',
        // What is changed of a link's program is kept apart from the reader's own.
        listing: from ?? null,
        label: 'Your program',
        original,
    });
    if (brought && panel.kept.read() === null) panel.editor.put(brought.text);
    if (brought) {
        const text = from ? `This program came with a link, and was made of the listing ${from}. `
            : 'This program came with a link. ';
        twin.append(make('p', { class: 'lab-where' }, text, 'Nothing of it has been run: read it first. ',
            make('a', { href: address('lab.html') }, 'Back to your own program')));
    }
    if (why) panel.fail(new Error(why));
    twin.append(panel.element);
    button.parentElement.replaceWith(figure);
    addEventListener('hashchange', () => location.reload());
}

/** What a click on a button of the lab does. */
export async function start(button, { showLanguage }) {
    if ('lab' in button.dataset) return openPage(button);
    if (button.dataset.where) return sayWhere(button);
    if (button.dataset.exerciseHere) {
        await styles();
        await openExercise(button, () => noteOpen(button.dataset.exerciseHere, false));
        return noteOpen(button.dataset.exerciseHere, true);
    }
    return editListing(button, showLanguage);
}
