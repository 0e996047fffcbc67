// An editor with what can be done with its program: run it, step through its memory, compare it with where it began,
// hand it on. Of listings and of the lab's own page; an exercise has other buttons around the same editor.

import { address, copyText, make, makeButton } from './dom.js';
import { makeEditor } from './editor.js';
import { packed } from './lab-link.js';
import { module, post } from './lab-server.js';
import { Kept } from './lab-store.js';
import { difference, excerpt } from './line-diff.js';
import { place, run } from './run.js';

const HELP = 'Ctrl-Enter runs, Ctrl-Shift-Enter steps through the memory. Tab indents; Escape, then Tab leaves the editor.';
let count = 0;

/** A sentence with its number: `1 error`, `2 errors`. */
const counted = (number, noun) => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** How a program that ran here ended, in a sentence. */
export function ended({ status, trap, stopped }, printed) {
    if (stopped) return 'Stopped.';
    const silent = printed ? '' : ' It printed nothing.';
    if (/^(?:thread \d+ )?panic: /m.test(printed)) return 'It stopped with a panic.';
    if (trap) return `It was stopped: ${trap}.`;
    if (/^(?:error\(\w+\)|.*\(err\)): leaked /m.test(printed)) return 'It ran to its end, and did not free all of its memory.';
    if (status === 0) return `It ran to its end.${silent}`;
    return `It ended with an error (status ${status}).${silent}`;
}

/** Puts a diagram there, which the page's own script steps through. */
export function showDiagram(box, { figure: html, data }) {
    box.innerHTML = html;
    const figure = box.querySelector('figure');
    count += 1;
    const id = `lab-trace-${count}`;
    const caption = figure.querySelector('figcaption');
    if (caption) {
        caption.id = `${id}-caption`;
        figure.setAttribute('aria-labelledby', caption.id);
    }
    figure.id = id;
    figure.dataset.trace = id;
    const [, ...detail] = JSON.parse(`[${data.slice(data.indexOf('(') + 1, data.lastIndexOf(')'))}]`);
    figure.dispatchEvent(new CustomEvent('diagram', { bubbles: true, detail }));
}

export class Panel {
    /**
     * `panel` is the element whose last part the editor becomes, or that stands before its output. `name` is what the
     * program is kept under, `listing` the listing's name or nothing, `label` what a screen reader calls the editor.
     */
    constructor({ panel, name, label, original, listing = null, start = null, task = null, hint = '', help = HELP, close = null,
        file = null }) {
        count += 1;
        const id = `lab-${count}`;
        this.panel = panel;
        this.listing = listing;
        this.original = original;
        this.close = close;
        /** @type {any} Of an exercise: its name, and the path and the version of the reader's file. */
        this.file = file;
        this.kept = new Kept(name);
        this.running = null;
        /** The text that the diagram is of. */
        this.drawn = null;
        const keys = make('p', { class: 'lab-help', id: `${id}-help` }, help);
        this.editor = makeEditor({
            name: label,
            help: `${keys.id} ${id}-errors`,
            changed: () => this.changed(),
            run: shift => this.start(shift),
        });
        this.said = make('p', { class: 'lab-said', role: 'status' });
        this.choice = make('p', { class: 'lab-choice', role: 'alert', hidden: '' });
        this.errors = make('ol', { class: 'lab-errors', id: `${id}-errors`, 'aria-label': 'Errors', hidden: '' });
        this.differs = make('div', { class: 'lab-difference', hidden: '' });
        this.diagram = make('div', { class: 'lab-diagram' });
        this.bar = make('div', { class: 'lab-bar', role: 'group', 'aria-label': 'Your program' });
        this.buttons = this.makeButtons();
        this.bar.append(...Object.values(this.buttons), this.said);
        this.element = make('section', { class: 'lab', 'aria-label': label });
        if (task) this.element.append(task);
        this.element.append(this.editor.element, this.bar, this.choice, this.errors, this.differs, keys);
        const kept = this.readKept();
        this.editor.put(start ?? kept ?? original);
        this.say(kept !== null && start === null && kept !== original ? 'This is what you wrote here before.' : hint);
        this.unwatch = this.kept.watch(() => this.meet());
    }

    makeButtons() {
        return this.buttonsOf({
            Run: () => (this.running ? this.running.abort() : this.start(false)),
            Step: () => this.start(true),
            Reset: () => this.reset(),
            Difference: () => this.showDifference(this.differs.hidden),
            Link: () => this.link(),
        });
    }

    buttonsOf(acts) {
        const title = { Run: 'Ctrl-Enter', Step: 'Ctrl-Shift-Enter', Check: 'Ctrl-Enter' };
        if (this.close) acts.Close = () => this.leave();
        return Object.fromEntries(Object.entries(acts).map(([word, act]) =>
            [word, makeButton(word, act, { class: 'lab-button', ...title[word] && { title: title[word] } })]));
    }

    /** The text that this browser keeps; nothing where there is none. */
    readKept() {
        return this.kept.read();
    }

    writeKept(text, over) {
        return this.kept.write(text, over);
    }

    say(sentence) {
        this.said.textContent = sentence;
        this.said.classList.remove('failed');
    }

    /** Says why something could not be done. What was typed stays as it is. */
    fail(error) {
        this.say(error.message);
        this.said.classList.add('failed');
        if (error.status === 403) this.said.append(' ', makeButton('Load the page again', () => location.reload()));
    }

    changed() {
        const text = this.editor.value();
        this.keep(text === this.original ? null : text);
        if (!this.differs.hidden) this.showDifference(true);
    }

    keep(text, over = false) {
        const how = this.writeKept(text, over);
        if (how === 'other') this.meet();
        else if (how === 'none' && text !== null) {
            this.say('This browser keeps nothing, or has no room left: copy your text before you leave this page.');
            this.said.classList.add('failed');
        }
    }

    /** Another tab has kept something else: the reader decides which of the two it is to be. */
    meet() {
        const end = () => {
            this.choice.hidden = true;
            this.editor.field.focus({ preventScroll: true });
        };
        if (!this.choice.hidden) return;
        this.choice.replaceChildren(
            'You have changed this program in another tab too. Nothing of either text is lost until you choose: ',
            makeButton('Keep mine', () => {
                end();
                const text = this.editor.value();
                this.keep(text === this.original ? null : text, true);
            }, { class: 'lab-button' }), ' ',
            makeButton('Take the other tab’s', () => {
                end();
                this.editor.put(this.readKept() ?? this.original);
                this.say('Undo (Ctrl-Z) brings your own text back.');
            }, { class: 'lab-button' }),
        );
        this.choice.hidden = false;
    }

    reset() {
        this.editor.put(this.original);
        this.say('As it was at first. Undo (Ctrl-Z) brings your text back.');
    }

    showDifference(isOpen) {
        this.differs.hidden = !isOpen;
        this.buttons.Difference.setAttribute('aria-expanded', isOpen);
        if (!isOpen) return;
        const rows = excerpt(difference(this.original, this.editor.value()));
        if (!rows.some(row => row && row[0] !== ' ')) {
            this.differs.replaceChildren(make('p', {}, 'You have changed nothing yet.'));
            return;
        }
        const code = make('code');
        for (const row of rows) {
            const [sign, text] = row ?? [' ', '…'];
            code.append(make({ '+': 'ins', '-': 'del', ' ': 'span' }[sign], {}, `${sign} ${text}\n`));
        }
        this.differs.replaceChildren(make('pre', { 'aria-label': 'What you changed', tabindex: '0' }, code));
    }

    async link() {
        const program = await packed(this.editor.value(), this.listing);
        const url = `${address('lab.html')}#${program}`;
        try {
            await copyText(url);
            this.say('Copied: an address with this program in it. It opens where this book is served.');
        } catch {
            this.say('The browser copies nothing. This is the address: ');
            this.said.append(make('a', { href: url }, 'the program'));
        }
    }

    showErrors(errors) {
        this.editor.mark(errors);
        this.errors.hidden = !errors.length;
        const jump = ({ line, column, message }) => {
            const item = make('li');
            if (line) item.append(makeButton(`Line ${line}`, () => this.editor.goTo(line, column), { class: 'lab-line' }), ' ');
            item.append(message);
            return item;
        };
        this.errors.replaceChildren(...errors.map(error => {
            const item = jump(error);
            if (error.notes?.length) item.append(make('ul', {}, ...error.notes.map(jump)));
            return item;
        }));
    }

    /** Has the server build the program, and runs it here; or records it, to be stepped through. */
    async start(steps) {
        this.running?.abort();
        const stop = new AbortController();
        this.running = stop;
        this.buttons.Run.textContent = 'Stop';
        this.say(steps ? 'It is built and recorded …' : 'It is built …');
        try {
            const asked = { listing: this.listing, source: this.editor.value() };
            const answer = await post(steps ? 'lab/trace' : 'lab/build', asked, stop.signal);
            if (stop !== this.running) return;
            this.showErrors(answer.errors);
            if (this.drawn !== asked.source) this.diagram.remove();
            if (answer.errors.length) {
                // What an earlier text printed is not this one's.
                if (this.panel.querySelector('.run-result')) place(this.panel).note('Not run: it does not compile.');
                this.say(`It does not compile: ${counted(answer.errors.length, 'error')}.`);
            } else if (answer.sentence && !answer.module && !answer.trace) {
                this.say(answer.sentence);
            } else if (steps) {
                this.drawn = asked.source;
                this.showSteps(answer);
            } else {
                await this.runHere(answer, stop.signal);
            }
        } catch (error) {
            if (stop !== this.running) return;
            if (stop.signal.aborted) this.say('Stopped.');
            else this.fail(error);
        } finally {
            if (stop === this.running) {
                this.running = null;
                this.buttons.Run.textContent = 'Run';
            }
        }
    }

    async runHere({ module: path, entry }, signal) {
        const shown = place(this.panel);
        shown.label('Your program, in this page');
        this.say('Running …');
        let printed = '';
        const end = await run(await module(path, signal), entry ?? this.listing?.split('/')[1] ?? 'program', text => {
            printed += text;
            shown.print(text);
        }, signal);
        const sentence = ended(end, printed);
        shown.note('');
        this.say(sentence);
        shown.reveal();
    }

    showSteps({ trace, output, outcome, leaks, sentence }) {
        const shown = place(this.panel);
        shown.label('Your program, recorded');
        if (output) shown.print(output);
        if (leaks && !output.includes(leaks)) shown.print(leaks);
        const said = outcome?.sentence ?? sentence ?? '';
        shown.note('');
        this.say(said);
        if (!trace) return shown.reveal();
        const output_ = this.panel.querySelector(':scope > .run-pair');
        (output_ ?? this.element).after(this.diagram);
        showDiagram(this.diagram, trace);
        this.diagram.scrollIntoView({ block: 'nearest' });
    }

    leave() {
        this.running?.abort();
        this.running = null;
        this.unwatch();
        this.element.remove();
        this.diagram.remove();
        const pair = this.panel.querySelector('.run-pair');
        pair?.replaceWith(...pair.querySelectorAll(':scope > .listing-output'));
        this.close();
    }
}
