// What a reader has done: lessons read, questions answered, exercises solved. Kept in this browser and nowhere
// else; a file carries it to another. Shown in the table of contents and wherever a page has `[data-progress]`.
//
// `bookProgress` is what other scripts use. After every change the document gets the event `progress`.
(() => {
    'use strict';
    const FORMAT = 'memory-management-progress';
    const root = new URL(typeof path_to_root === 'string' && path_to_root ? path_to_root : './', location.href);
    const pageOf = (url) =>
        decodeURI(new URL(url, location.href).pathname).slice(root.pathname.length).replace(/\.html$/, '') || 'index';
    const here = pageOf(location.href);

    // Storage may be refused, and then what is done is known until the page is left.
    let unsaved = null;
    const empty = () => ({ format: FORMAT, version: 1, read: [], solved: [], quizzes: {}, questions: {}, drawn: {} });

    // Believes nothing: the text may come from a file or from an older book. Throws a sentence for the reader.
    function parse(text) {
        let data;
        try {
            data = JSON.parse(text);
        } catch {
            throw new Error('The file is damaged: it is no JSON.');
        }
        if (data?.format !== FORMAT) throw new Error('This is no progress file of this book.');
        if (data.version !== 1) throw new Error('The file comes from another version of this book.');
        const fail = (name) => {
            throw new Error(`The file is damaged: “${name}” is not what it should be.`);
        };
        const isName = (name) => typeof name === 'string' && /^[a-z0-9][\w/-]{0,99}$/.test(name);
        const names = (list, name) =>
            Array.isArray(list) && list.length < 2000 && list.every(isName) ? [...new Set(list)] : fail(name);
        const table = (object, name, read) => {
            const entries = object && typeof object === 'object' && !Array.isArray(object) ? Object.entries(object) : fail(name);
            if (entries.length > 5000 || !entries.every(([key]) => isName(key))) fail(name);
            return Object.fromEntries(entries.map(([key, value]) => [key, read(value)]));
        };
        const number = (value, most, name) => (Number.isInteger(value) && value >= 0 && value <= most ? value : fail(name));
        const flag = (value, name) => (typeof value === 'boolean' ? value : fail(name));
        return {
            format: FORMAT,
            version: 1,
            read: names(data.read, 'read'),
            solved: names(data.solved, 'solved'),
            quizzes: table(data.quizzes, 'quizzes', (list) => names(list, 'quizzes')),
            questions: table(data.questions, 'questions', (question) => ({
                tries: number(question?.tries, 1e6, 'questions'),
                right: flag(question?.right, 'questions'),
                box: number(question?.box, 2, 'questions'),
                at: number(question?.at, 1000, 'questions'),
            })),
            drawn: table(data.drawn, 'drawn', (first) => (first === null ? null : flag(first, 'drawn'))),
        };
    }

    function state() {
        if (unsaved) return unsaved;
        try {
            return parse(localStorage.getItem(FORMAT) ?? '');
        } catch {
            return empty();
        }
    }

    function save(next) {
        try {
            localStorage.setItem(FORMAT, JSON.stringify(next));
            unsaved = null;
        } catch {
            unsaved = next;
        }
        document.dispatchEvent(new Event('progress'));
    }

    // Reads afresh, for another tab may have written.
    function update(change) {
        const next = state();
        change(next);
        save(next);
    }

    function merge(mine, other) {
        const questions = { ...mine.questions };
        for (const [id, question] of Object.entries(other.questions)) {
            if (question.tries >= (questions[id]?.tries ?? 0)) questions[id] = question;
        }
        return {
            ...mine,
            read: [...new Set([...mine.read, ...other.read])],
            solved: [...new Set([...mine.solved, ...other.solved])],
            quizzes: { ...other.quizzes, ...mine.quizzes },
            questions,
            drawn: Object.keys(mine.drawn).length ? mine.drawn : other.drawn,
        };
    }

    // The pages that count, from the table of contents.
    const links = [...document.querySelectorAll('#mdbook-sidebar a[href]')]
        .map((link) => ({ link, page: pageOf(link.href), title: link.textContent.trim() }))
        .filter(({ link }) => !link.hash);
    const lessons = links.filter(({ page }) => page.startsWith('lessons/'));

    // How far the reader is: the number of pages begun. It is the clock of the review.
    const begun = (now, page) =>
        now.read.includes(page) || (now.quizzes[page] ?? []).some((id) => id in now.questions);
    const clock = (now) => new Set([...now.read, ...Object.keys(now.quizzes)].filter((page) => begun(now, page))).size;
    const atEnd = (now) => lessons.every(({ page }) => begun(now, page));

    window.bookProgress = {
        here,
        state,
        update,
        // A question that was missed comes back one lesson later, and again two lessons after that.
        due: (now, id) => {
            const { box, at } = now.questions[id] ?? { box: 0 };
            return box > 0 && (clock(now) - at >= box || atEnd(now));
        },
        // `first` tells the first try of this visit: only that one says what the reader remembers.
        answer: (id, right, first, review) =>
            update((now) => {
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
            }),
    };

    const make = (tag, text, attributes = {}) => {
        const element = document.createElement(tag);
        element.textContent = text;
        for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
        return element;
    };

    function score(now, page) {
        const ids = now.quizzes[page];
        if (!ids?.some((id) => id in now.questions)) return null;
        return { right: ids.filter((id) => now.questions[id]?.right).length, all: ids.length };
    }

    function markContents(now) {
        for (const { link, page } of links) {
            link.querySelector('.progress-mark')?.remove();
            const quiz = score(now, page);
            const done = now.read.includes(page) ? 'read' : now.solved.includes(page) ? 'solved' : '';
            if (!quiz && !done) continue;
            const short = [done && '✓', quiz && `${quiz.right}/${quiz.all}`].filter(Boolean).join(' ');
            const long = [done, quiz && `quiz: ${quiz.right} of ${quiz.all} right`].filter(Boolean).join(', ');
            const mark = make('span', short, { class: 'progress-mark', role: 'img', 'aria-label': ` (${long})`, title: long });
            mark.classList.toggle('progress-full', !quiz || quiz.right === quiz.all);
            link.append(' ', mark);
        }
    }

    // At the end of a lesson or an exercise the reader says that it is done.
    function offerMark() {
        const kind = here.startsWith('lessons/') ? 'read' : here.startsWith('exercises/') ? 'solved' : null;
        const main = document.querySelector('main');
        if (!kind || !main || !links.some(({ page }) => page === here)) return () => {};
        const box = make('input', '', { type: 'checkbox' });
        const label = make('label', '', { class: 'progress-here' });
        label.append(box, kind === 'read' ? ' I have read this lesson' : ' I have solved this exercise');
        main.insertBefore(label, main.querySelector(':scope > .stamp'));
        box.addEventListener('change', () =>
            update((now) => {
                now[kind] = now[kind].filter((page) => page !== here).concat(box.checked ? here : []);
            }),
        );
        return (now) => (box.checked = now[kind].includes(here));
    }

    function fillPanel(panel) {
        const table = make('table', '');
        const message = make('p', '', { role: 'status' });
        const file = make('input', '', { type: 'file', accept: 'application/json,.json', hidden: '' });
        const buttons = make('p', '', { class: 'progress-buttons' });
        const button = (text, action) => {
            const element = make('button', text, { type: 'button' });
            element.addEventListener('click', action);
            buttons.append(element);
        };
        button('Save to a file', () => {
            const link = make('a', '', { download: `${FORMAT}.json` });
            link.href = URL.createObjectURL(new Blob([JSON.stringify(state(), null, 1)], { type: 'application/json' }));
            link.click();
            setTimeout(() => URL.revokeObjectURL(link.href), 1000);
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
        panel.replaceChildren(table, buttons, file, message);
        return (now) => {
            const head = make('tr', '');
            head.append(...['Lesson', 'Read', 'Quiz', 'Exercise'].map((text) => make('th', text, { scope: 'col' })));
            const rows = lessons.map(({ link, page, title }) => {
                const row = make('tr', '');
                const name = make('th', '', { scope: 'row' });
                name.append(make('a', title, { href: link.href }));
                const quiz = score(now, page);
                const yes = (done) => make('td', done ? '✓ yes' : 'not yet');
                row.append(
                    name,
                    yes(now.read.includes(page)),
                    make('td', quiz ? `${quiz.right === quiz.all ? '✓ ' : ''}${quiz.right} of ${quiz.all}` : 'not yet'),
                    yes(now.solved.includes(page.replace('lessons/', 'exercises/'))),
                );
                return row;
            });
            table.replaceChildren(make('caption', 'Your progress, kept in this browser only'), head, ...rows);
        };
    }

    const views = [markContents, offerMark(), ...[...document.querySelectorAll('[data-progress]')].map(fillPanel)];
    const show = () => {
        const now = state();
        for (const view of views) view(now);
    };
    document.addEventListener('progress', show);
    addEventListener('storage', (event) => event.key === FORMAT && document.dispatchEvent(new Event('progress')));
    show();
})();
