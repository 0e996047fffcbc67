// What a reader has done, shown in the table of contents and wherever a page has `[data-progress]`.

import { isPrint, make, makeButton } from './dom.js';
import { empty, FORMAT, merge, parse, whyNot } from './progress-file.js';
import { aside, forgetAside, here, KEY, lessons, links, save, state, update } from './progress.js';

function score(now, page) {
    const ids = now.quizzes[page];
    if (!ids?.some(id => id in now.questions)) return null;
    return { right: ids.filter(id => now.questions[id]?.right).length, all: ids.length };
}

function markContents(now) {
    for (const { link, page } of links) {
        link.querySelector('.progress-mark')?.remove();
        const quiz = score(now, page);
        const done = now.read.includes(page) ? 'read' : now.solved.includes(page) ? 'solved' : '';
        if (!quiz && !done) continue;
        const short = [done && '✓', quiz && `${quiz.right}/${quiz.all}`].filter(Boolean).join(' ');
        const long = [done, quiz && `quiz: ${quiz.right} of ${quiz.all} right`].filter(Boolean).join(', ');
        const mark = make('span', { class: 'progress-mark', role: 'img', 'aria-label': ` (${long})`, title: long }, short);
        mark.classList.toggle('progress-full', !quiz || quiz.right === quiz.all);
        link.append(' ', mark);
    }
}

// At the end of a lesson or an exercise the reader says that it is done.
function offerMark() {
    const kind = here.startsWith('lessons/') ? 'read' : here.startsWith('exercises/') ? 'solved' : null;
    const main = document.querySelector('main');
    if (!kind || !main || !links.some(({ page }) => page === here)) return () => {};
    const box = make('input', { type: 'checkbox' });
    const label = make('label', { class: 'progress-here' });
    label.append(box, kind === 'read' ? ' I have read this lesson' : ' I have solved this exercise');
    main.insertBefore(label, main.querySelector(':scope > .stamp'));
    const tell = tellAside(label);
    box.addEventListener('change', () =>
        update(now => {
            now[kind] = now[kind].filter(page => page !== here).concat(box.checked ? here : []);
        }),
    );
    return now => {
        box.checked = now[kind].includes(here);
        tell();
    };
}

function saveFile(text) {
    const link = make('a', { download: `${FORMAT}.json` });
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** Tells of what was found in this browser and cannot be read, above the place of a mark or of the table. */
function tellAside(place) {
    const box = make('div', { class: 'progress-aside' });
    place.before(box);
    return () => box.replaceChildren(...aside().map(([name, text]) => make(
        'p', {}, make('strong', {}, 'What you did here earlier cannot be read by this edition of the book. '),
        `${whyNot(text)} It is kept in this browser, and what you do now is kept beside it. `,
        makeButton('Save it to a file', () => saveFile(text)), ' ',
        makeButton('Forget it', () => {
            if (confirm('Forget what you did earlier? This cannot be undone.')) forgetAside(name);
        }),
    )));
}

/** For how long the browser keeps what was done, and how it keeps it longer. */
async function sayHowLong(place) {
    if (!navigator.storage?.persisted) return;
    if (await navigator.storage.persisted()) {
        place.textContent = 'This browser keeps it until you clear it.';
        return;
    }
    const ask = makeButton('Ask it to keep this', async () => {
        if (await navigator.storage.persist()) sayHowLong(place);
        else ask.replaceWith('It does not promise that.');
    });
    const isApp = document.querySelector('link[rel=manifest]');
    place.replaceChildren('A browser may clear what it keeps of a site that nobody opens for a week. ', ask, ' ',
        isApp ? 'Installed as an app, by the browser’s menu, the book keeps it; ' : '', 'a file is yours in any case.');
}

function fillPanel(panel) {
    const table = make('table');
    const message = make('p', { role: 'status' });
    const file = make('input', { type: 'file', accept: 'application/json,.json', hidden: '' });
    const buttons = make('p', { class: 'progress-buttons' });
    const button = (text, action) => buttons.append(makeButton(text, action));
    button('Save to a file', () => {
        saveFile(JSON.stringify(state(), null, 1));
        message.textContent = 'Saved.';
    });
    button('Load from a file', () => file.click());
    button('Clear', () => {
        if (!confirm('Forget everything you did in this book, on this browser?')) return;
        save(empty());
        message.textContent = 'Cleared.';
    });
    file.addEventListener('change', async () => {
        const chosen = file.files[0];
        file.value = '';
        if (!chosen) return;
        try {
            if (chosen.size > 1e6) throw new Error('The file is too large to be one of this book.');
            save(merge(state(), parse(await chosen.text())));
            message.textContent = 'Loaded, and added to what you did here.';
        } catch (error) {
            message.textContent = `${error.message} Nothing was changed.`;
        }
    });
    const kept = make('p', { class: 'progress-kept' });
    sayHowLong(kept);
    panel.replaceChildren(table, kept, buttons, file, message);
    const tell = tellAside(table);
    return now => {
        tell();
        const head = make('tr');
        head.append(...['Lesson', 'Read', 'Quiz', 'Exercise'].map(text => make('th', { scope: 'col' }, text)));
        const rows = lessons.map(({ link, page, title }) => {
            const row = make('tr');
            const name = make('th', { scope: 'row' });
            name.append(make('a', { href: link.href }, title));
            const quiz = score(now, page);
            const yes = done => make('td', {}, done ? '✓ yes' : 'not yet');
            row.append(
                name,
                yes(now.read.includes(page)),
                make('td', {}, quiz ? `${quiz.right === quiz.all ? '✓ ' : ''}${quiz.right} of ${quiz.all}` : 'not yet'),
                yes(now.solved.includes(page.replace('lessons/', 'exercises/'))),
            );
            return row;
        });
        table.replaceChildren(make('caption', {}, 'Your progress, kept in this browser only'), head, ...rows);
    };
}

const panels = isPrint ? [] : [...document.querySelectorAll('[data-progress]')];
const views = [markContents, offerMark(), ...panels.map(fillPanel)];
const show = () => {
    const now = state();
    for (const view of views) view(now);
};
document.addEventListener('progress', show);
addEventListener('storage', event => event.key === KEY && document.dispatchEvent(new Event('progress')));
show();
