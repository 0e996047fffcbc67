// An exercise in the page: the reader's own file of `my-exercises/`, which the terminal and any editor see too. What is
// typed is kept in this browser, with the file's version that it began with, until a check has written it into the file;
// a file that was changed meanwhile is never written over before its reader has decided.

import { make, makeButton } from './dom.js';
import { Panel, showDiagram } from './lab-panel.js';
import { get, post } from './lab-server.js';

const HELP = 'Ctrl-Enter saves and checks. Tab indents; Escape, then Tab leaves the editor.';

class ExercisePanel extends Panel {
    makeButtons() {
        this.report = make('pre', { class: 'lab-report', hidden: '', tabindex: '0', 'aria-label': 'Report' });
        this.hints = make('div', { class: 'lab-hints' });
        return this.buttonsOf({
            Check: () => (this.running ? this.running.abort() : this.start()),
            Hint: () => this.hint(),
            Difference: () => this.showDifference(this.differs.hidden),
        });
    }

    // With the version of the file in front: the text may be looked at when the file is another.
    readKept() {
        const kept = this.kept.read();
        const at = kept?.indexOf('\n') ?? -1;
        if (at < 0) return null;
        this.file.kept = kept.slice(0, at);
        return kept.slice(at + 1);
    }

    writeKept(text, over) {
        return this.kept.write(text === null ? null : `${this.file.version}\n${text}`, over);
    }

    /** After it is in the page. */
    begin() {
        this.bar.after(this.hints);
        this.element.append(this.report);
        const kept = this.readKept();
        const isOther = kept !== null && kept !== this.original;
        if (isOther && this.file.kept !== this.file.version) this.conflict({ source: this.original, version: this.file.version });
        else if (isOther) this.say('This is what you wrote here before. It is not in your file yet: a check saves it.');
        else this.say(this.file.version ? '' : 'This is the starter. Your file is made by the first check.');
        const look = () => document.visibilityState === 'visible' && this.refresh();
        document.addEventListener('visibilitychange', look);
        addEventListener('focus', look);
        const { unwatch } = this;
        this.unwatch = () => {
            unwatch();
            document.removeEventListener('visibilitychange', look);
            removeEventListener('focus', look);
        };
    }

    /** Takes a look at the file: an editor or a terminal may have changed it. */
    async refresh() {
        if (this.running || !this.choice.hidden) return;
        const now = await get(`lab/exercise?name=${this.file.name}`).catch(() => null);
        if (!now || this.running || !this.choice.hidden || now.version === this.file.version) return;
        if (this.editor.value() === this.original) this.take(now, `${now.file} was changed elsewhere: this is its text now.`);
        else if (this.editor.value() === now.source) this.settle(now);
        else this.conflict(now);
    }

    /** What is in the editor is what is in the file. */
    settle({ source, version }) {
        this.file.version = version;
        this.original = source;
        this.keep(null, true);
    }

    take(now, sentence) {
        this.settle(now);
        this.editor.put(now.source);
        this.keep(null, true);
        this.say(sentence);
    }

    /** The file is another: both texts stay until the reader has decided. */
    conflict(now) {
        const mine = this.editor.value();
        const end = () => {
            this.choice.hidden = true;
            this.showDifference(false);
        };
        this.choice.replaceChildren(
            `${this.file.path} was changed elsewhere, in an editor perhaps, and so was your text here. Neither is written over the other until you choose: `,
            makeButton('Show how they differ', () => {
                this.original = now.source;
                this.showDifference(true);
            }, { class: 'lab-button' }), ' ',
            makeButton('Take the file’s text', () => {
                end();
                this.take(now, 'This is the file’s text. Undo (Ctrl-Z) brings yours back.');
            }, { class: 'lab-button' }), ' ',
            makeButton('Keep mine, and check it', () => {
                end();
                this.file.version = now.version;
                this.original = now.source;
                this.keep(mine, true);
                this.start();
            }, { class: 'lab-button' }),
        );
        this.choice.hidden = false;
    }

    /** One hint more, from those below on the page. */
    hint() {
        const folds = [...document.querySelectorAll('main > details')]
            .filter(fold => /^Hint \d+$/.test(fold.querySelector('summary').textContent));
        const shown = this.hints.children.length;
        if (shown === folds.length) return this.say('There are no more hints. The solution is at the end of this page.');
        const box = make('div', { class: 'lab-hint' }, make('strong', {}, folds[shown].querySelector('summary').textContent));
        box.append(...[...folds[shown].cloneNode(true).children].slice(1));
        this.hints.append(box);
        this.say(`Hint ${shown + 1} of ${folds.length}. Try again before you take the next.`);
    }

    /** How many letters of the report stand in a line. */
    columns() {
        const font = parseFloat(getComputedStyle(this.editor.field).fontSize);
        return Math.floor((this.element.clientWidth - 32) / (0.61 * font));
    }

    /** Saves the text, has it checked, and shows the terminal's report. */
    async start() {
        this.running?.abort();
        const stop = new AbortController();
        this.running = stop;
        const source = this.editor.value();
        this.buttons.Check.textContent = 'Stop';
        this.say('It is saved and checked …');
        try {
            const asked = { name: this.file.name, source, version: this.file.version, columns: this.columns() };
            const answer = await post('lab/exercise/check', asked, stop.signal);
            if (stop !== this.running) return;
            this.settle({ source, version: answer.version });
            // What was typed meanwhile is not in the file.
            if (this.editor.value() !== source) this.keep(this.editor.value());
            this.show(answer);
        } catch (error) {
            if (stop !== this.running) return;
            if (stop.signal.aborted) this.say('Stopped. Your text may be in the file already.');
            else if (error.status === 409 && 'version' in error.answer) this.conflict(error.answer);
            else this.fail(error);
            if (!this.choice.hidden) this.say('Nothing was saved or checked.');
        } finally {
            if (stop === this.running) {
                this.running = null;
                this.buttons.Check.textContent = 'Check';
            }
        }
    }

    show({ report, errors, trace, solved }) {
        this.showErrors(errors);
        this.report.textContent = report;
        this.report.hidden = false;
        this.diagram.replaceChildren();
        if (trace) {
            this.element.after(this.diagram);
            showDiagram(this.diagram, trace);
        }
        this.say(report.split('\n')[0].trim());
        if (!solved) return;
        document.dispatchEvent(new CustomEvent('solved', { detail: [this.file.name] }));
        this.said.append(' ', makeButton('Compare with a solution', () => {
            const fold = document.querySelector('.spoiler + details');
            fold.open = true;
            fold.scrollIntoView();
        }));
    }
}

/** Makes the editor of an exercise in the place of a button. */
export async function openExercise(button, whenClosed) {
    const name = button.dataset.exerciseHere;
    const now = await get(`lab/exercise?name=${name}`);
    const twin = make('div', { class: 'listing-twin first', 'data-language': 'zig' });
    const head = make('p', { class: 'listing-head' }, make('span', { class: 'listing-file' }, now.file));
    const figure = make('figure', { class: 'listing lab-page', 'aria-label': 'Your exercise' },
        make('div', { class: 'listing-body' }, twin));
    const panel = new ExercisePanel({
        panel: twin,
        name: `exercise ${name}`,
        label: `Your file: ${now.file}`,
        original: now.source,
        help: HELP,
        file: { name, path: now.file, version: now.version },
        close() {
            figure.replaceWith(button.parentElement);
            whenClosed();
            button.focus();
        },
    });
    twin.append(head, panel.element);
    button.parentElement.replaceWith(figure);
    panel.begin();
    panel.editor.field.focus({ preventScroll: true });
}
