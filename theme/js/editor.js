// A light editor: a text area, whose own text is not seen, over the same text in colors. So the browser's undo, its
// caret, its spelling of a selection, a telephone's keyboard and a screen reader's words for a field are all as
// everywhere. What is typed for the reader (brackets, the indent of a line) goes by the browser's command for typing,
// which undo knows.

import { make } from './dom.js';
import { tokens } from './zig-tokens.js';

const INDENT = '    ';
const PAIRS = { '(': ')', '[': ']', '{': '}', '"': '"' };

function coloredLine(text) {
    const line = make('span', { class: 'line' });
    for (const [piece, name] of tokens(text)) line.append(name ? make('span', { class: `hl-${name}` }, piece) : piece);
    line.append('\n');
    return line;
}

/** Types instead of what is selected, so that undo brings that back. */
function type(field, text) {
    const [start, before] = [field.selectionStart, field.value];
    const after = before.slice(0, start) + text + before.slice(field.selectionEnd);
    if (after === before) return;
    document.execCommand(text ? 'insertText' : 'delete', false, text);
    if (field.value !== after) {
        // A browser without the command: the text counts, undo is lost.
        field.value = after;
        field.setSelectionRange(start + text.length, start + text.length);
        field.dispatchEvent(new Event('input', { bubbles: true }));
    }
}

function select(field, start, end = start) {
    field.setSelectionRange(start, end);
}

/** The place in a text of a line and a column, both counted from 1; the column in bytes, as compilers count. */
export function placeOf(text, line, column) {
    const lines = text.split('\n');
    const row = Math.min(Math.max(line, 1), lines.length) - 1;
    const start = lines.slice(0, row).reduce((sum, { length }) => sum + length + 1, 0);
    const bytes = new TextEncoder().encode(lines[row]).slice(0, Math.max(column, 1) - 1);
    return start + Math.min(new TextDecoder().decode(bytes).length, lines[row].length);
}

/** Makes the selected lines begin further in, or further out. */
function indentLines(field, out) {
    const { value, selectionStart, selectionEnd } = field;
    const from = value.lastIndexOf('\n', selectionStart - 1) + 1;
    // A selection that ends where a line begins does not mean that line.
    const last = selectionEnd > selectionStart && value[selectionEnd - 1] === '\n' ? selectionEnd - 1 : selectionEnd;
    const to = value.indexOf('\n', last) < 0 ? value.length : value.indexOf('\n', last);
    const lines = value.slice(from, to).split('\n');
    const moved = lines.map(line => (out ? line.replace(/^ {1,4}/, '') : line && INDENT + line));
    const changed = moved.join('\n').length - (to - from);
    const first = moved[0].length - lines[0].length;
    select(field, from, to);
    type(field, moved.join('\n'));
    if (selectionStart === selectionEnd) select(field, Math.max(selectionStart + first, from));
    else select(field, Math.max(selectionStart + first, from), selectionEnd + changed);
}

function tab(field, out) {
    const { value, selectionStart, selectionEnd } = field;
    if (out || value.slice(selectionStart, selectionEnd).includes('\n')) return indentLines(field, out);
    const column = selectionStart - (value.lastIndexOf('\n', selectionStart - 1) + 1);
    type(field, ' '.repeat(INDENT.length - column % INDENT.length));
}

function newLine(field) {
    const { value, selectionStart, selectionEnd } = field;
    const line = value.slice(value.lastIndexOf('\n', selectionStart - 1) + 1, selectionStart);
    const [indent] = /^ */.exec(line);
    const open = line.trimEnd().at(-1);
    const opens = '([{'.includes(open ?? '-');
    const closes = opens && value[selectionEnd] === PAIRS[open];
    type(field, `\n${indent}${opens ? INDENT : ''}${closes ? `\n${indent}` : ''}`);
    if (closes) select(field, selectionStart + 1 + indent.length + INDENT.length);
}

/** What a key of brackets does besides what it types; whether it did all there is to do. */
function bracket(field, key) {
    const { value, selectionStart, selectionEnd } = field;
    const next = value[selectionEnd] ?? '';
    const line = value.slice(value.lastIndexOf('\n', selectionStart - 1) + 1, selectionStart);
    if (selectionStart === selectionEnd && next === key && ')]}"'.includes(key)) {
        select(field, selectionStart + 1);
        return true;
    }
    if (key === '}' && selectionStart === selectionEnd && /^ +$/.test(line)) {
        select(field, selectionStart - Math.min(line.length, INDENT.length), selectionEnd);
        type(field, key);
        return true;
    }
    const end = PAIRS[key];
    if (!end) return false;
    const chosen = value.slice(selectionStart, selectionEnd);
    // Before a word, or after one for a quote, a bracket alone is meant; in a comment or a text too.
    const alone = !/^[\s)\]},;]?$/.test(next) || (key === '"' && /[\w"\\]$/.test(line)) || /\/\/|\\\\/.test(line);
    if (!chosen && alone) return false;
    type(field, key + chosen + end);
    select(field, selectionStart + 1, selectionStart + 1 + chosen.length);
    return true;
}

function erase(field) {
    const { value, selectionStart: at } = field;
    if (at !== field.selectionEnd || !PAIRS[value[at - 1]] || PAIRS[value[at - 1]] !== value[at]) return false;
    select(field, at - 1, at + 1);
    type(field, '');
    return true;
}

/**
 * Makes an editor. `name` is what a screen reader calls it, `changed` is told after every change of the text, `run` is
 * called by Ctrl-Enter, with `true` where Shift is pressed too.
 */
export function makeEditor({ name, help, changed, run }) {
    // Not in a `code`: then it is a listing, with a button for copying and room for that.
    const code = make('pre', { class: 'code', 'aria-hidden': 'true' });
    const field = make('textarea', {
        'aria-label': name, 'aria-describedby': help, spellcheck: 'false', autocapitalize: 'off', autocomplete: 'off',
        autocorrect: 'off', wrap: 'off', translate: 'no', rows: '1',
    });
    const pane = make('div', { class: 'editor-pane' }, code, field);
    const element = make('div', { class: 'editor' }, pane);
    let lines = [];
    let leaves = false;

    function color() {
        const now = field.value.split('\n');
        let from = 0;
        while (from < Math.min(lines.length, now.length) && lines[from] === now[from]) from += 1;
        let same = 0;
        while (same < Math.min(lines.length, now.length) - from && lines.at(-1 - same) === now.at(-1 - same)) same += 1;
        const old = [...code.children].slice(from, lines.length - same);
        const fresh = now.slice(from, now.length - same).map(coloredLine);
        const next = code.children[lines.length - same] ?? null;
        for (const line of old) line.remove();
        for (const line of fresh) code.insertBefore(line, next);
        lines = now;
        pane.className = `editor-pane digits-${Math.max(String(now.length).length, 2)}`;
    }

    /** Marks lines, each with what is wrong there. A mark goes when its line is changed. */
    function mark(errors) {
        const wrong = new Map(errors.map(({ line, message }) => [line, message]).reverse());
        [...code.children].forEach((line, index) => {
            const message = wrong.get(index + 1);
            line.classList.toggle('wrong', message !== undefined);
            if (message === undefined) line.removeAttribute('title');
            else line.title = message;
        });
        field.setAttribute('aria-invalid', errors.length > 0);
    }

    field.addEventListener('input', () => {
        color();
        changed(field.value);
    });
    field.addEventListener('keydown', event => {
        if (event.isComposing) return;
        const held = event.ctrlKey || event.metaKey;
        if (event.key === 'Enter' && held) {
            event.preventDefault();
            run(event.shiftKey);
        } else if (event.key === 'Tab' && !leaves && !held && !event.altKey) {
            event.preventDefault();
            tab(field, event.shiftKey);
        } else if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
            event.preventDefault();
            newLine(field);
        } else if (!held && !event.altKey && bracket(field, event.key)) {
            event.preventDefault();
        } else if (event.key === 'Backspace' && !held && !event.altKey && erase(field)) {
            event.preventDefault();
        }
        // Escape, then Tab goes on to what follows, as the help says; so nobody is caught in here.
        if (event.key !== 'Shift' && event.key !== 'Tab') leaves = event.key === 'Escape';
        else if (event.key === 'Tab') leaves = false;
    });

    return {
        element,
        field,
        mark,
        value: () => field.value,
        /** Puts a text there. Once there was one, undo brings that back. */
        put(text) {
            if (field.value) {
                field.focus({ preventScroll: true });
                field.select();
                type(field, text);
                select(field, 0);
            } else {
                field.value = text;
                select(field, 0);
                color();
            }
        },
        /** Puts the cursor at a line and a column, and brings it into sight. */
        goTo(line, column) {
            select(field, placeOf(field.value, line, column));
            field.focus({ preventScroll: true });
            code.children[line - 1]?.scrollIntoView({ block: 'nearest' });
        },
    };
}
