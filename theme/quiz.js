// Quizzes: the verdict on an answer, and which questions the review and the final quiz show. The page holds
// questions and folded answers already; what is right is read from the fold. Needs `progress.js` before it.
(() => {
    'use strict';
    const progress = window.bookProgress;
    const make = (tag, text, attributes = {}) => {
        const element = document.createElement(tag);
        element.textContent = text;
        return Object.assign(element, attributes);
    };
    const plural = (count, noun) => `${count} ${noun}${count === 1 ? '' : 's'}`;
    // As `derive::typed` in xtask does.
    const normal = (text) =>
        text.trim().replace(/\s+/g, " ").replace(/^[`"']+|[`"'.]+$/g, "").toLowerCase();

    function arm(form, pool) {
        const id = form.dataset.question;
        const inputs = [...form.querySelectorAll('[name=answer]')];
        const typed = inputs[0].type === 'text';
        const several = inputs[0].type === 'checkbox';
        const fold = form.querySelector('.quiz-answer');
        const notes = [...fold.querySelector('ul').children];
        const isRight = (note) => 'right' in note.dataset;
        const verdict = make('div', '', { className: 'quiz-verdict' });
        verdict.setAttribute('role', 'status');
        const again = make('button', 'Try again', { type: 'button', hidden: true });
        const bar = make('p', '', { className: 'quiz-buttons' });
        bar.append(make('button', 'Check', { type: 'submit' }), again);
        fold.before(bar, verdict);
        fold.hidden = true;
        let first = true;

        function say(word, notes) {
            verdict.replaceChildren(make('strong', word));
            for (const note of notes) {
                const part = make('div', '');
                // What is right needs no name: the fold that opens names every option.
                const nodes = isRight(note) ? [note.lastChild] : [...note.childNodes];
                part.append(...nodes.map((node) => node.cloneNode(true)));
                verdict.append(part);
            }
        }

        function mark(input, kind) {
            const option = input.closest('li');
            if (option) option.className = kind;
        }

        // What is right, and which notes explain the answer; nothing when there is no answer yet.
        function judge() {
            if (typed) {
                const answers = inputs.map((input) => normal(input.value));
                if (answers.includes('')) return null;
                // A diagram has several blanks, each with notes of its own.
                const found = inputs.map(({ dataset: { blank } }, index) =>
                    notes.find(({ dataset }) => dataset.blank === blank && dataset.answer.split('\n').includes(answers[index])),
                );
                const wrong = inputs.filter((input, index) => !(found[index] && isRight(found[index])));
                inputs.forEach((input) => mark(input, wrong.includes(input) ? 'quiz-wrong' : 'quiz-right'));
                const numbers = wrong.map(({ dataset }) => dataset.blank && `?${dataset.blank}`).filter(Boolean);
                return {
                    right: !wrong.length,
                    word: !wrong.length ? 'Right.' : numbers.length ? `Not right: ${numbers.join(', ')}.` : 'Not right.',
                    notes: found.filter((note) => note && isRight(note) === !wrong.length),
                };
            }
            const chosen = inputs.filter((input) => input.checked);
            if (!chosen.length) return null;
            const noteOf = (input) => notes[input.value];
            const wrong = chosen.filter((input) => !isRight(noteOf(input)));
            const missing = notes.filter(isRight).length - (chosen.length - wrong.length);
            chosen.forEach((input) => mark(input, wrong.includes(input) ? 'quiz-wrong' : 'quiz-right'));
            if (wrong.length) return { right: false, word: 'Not right.', notes: wrong.map(noteOf) };
            if (missing) return { right: false, word: 'Right so far, and something is missing.', notes: [] };
            return { right: true, word: 'Right.', notes: several ? [] : chosen.map(noteOf) };
        }

        form.addEventListener('submit', (event) => {
            event.preventDefault();
            inputs.forEach((input) => mark(input, ''));
            const result = judge();
            if (!result) {
                say(!typed ? 'Choose an answer first.' : inputs[1] ? 'Fill in every blank first.' : 'Type an answer first.', []);
                (inputs.find((input) => typed && !normal(input.value)) || inputs[0]).focus();
                return;
            }
            say(result.word, result.notes);
            again.hidden = false;
            fold.hidden = false;
            fold.open = result.right;
            const wasFirst = first;
            first = false;
            progress.answer(id, result.right, wasFirst, pool === 'review');
            if (pool === 'final' && wasFirst) progress.update((now) => (now.drawn[id] ??= result.right));
        });

        function clear() {
            form.reset();
            inputs.forEach((input) => mark(input, ''));
            verdict.replaceChildren();
            again.hidden = true;
            fold.open = false;
        }

        again.addEventListener('click', () => {
            clear();
            inputs[0].focus();
        });

        return {
            id,
            form,
            lesson: form.dataset.lesson,
            forget: () => {
                clear();
                first = true;
                fold.hidden = true;
            },
        };
    }

    function foot(section) {
        const text = make('span', '');
        const line = make('p', '', { className: 'quiz-foot' });
        line.append(text);
        section.append(line);
        return {
            text,
            button: (name, action) => {
                const button = make('button', name, { type: 'button' });
                button.addEventListener('click', action);
                line.append(' ', button);
                return button;
            },
        };
    }

    function lesson(section, questions) {
        const ids = questions.map(({ id }) => id);
        const end = foot(section);
        const clear = end.button('Clear these answers', () => {
            questions.forEach((question) => question.forget());
            progress.update((now) => ids.forEach((id) => delete now.questions[id]));
        });
        const show = () => {
            const known = progress.state().questions;
            const right = ids.filter((id) => known[id]?.right);
            questions.forEach(({ id, form }) => form.classList.toggle('quiz-solved', right.includes(id)));
            clear.hidden = !ids.some((id) => id in known);
            end.text.textContent =
                right.length === ids.length ? `Passed: all ${ids.length} answered.` : `${right.length} of ${ids.length} answered right.`;
        };
        document.addEventListener('progress', show);
        if (String(progress.state().quizzes[progress.here]) !== String(ids)) {
            progress.update((now) => (now.quizzes[progress.here] = ids));
        }
        show();
    }

    function review(section, questions) {
        const note = section.querySelector('.quiz-note');
        const now = progress.state();
        const missed = questions.filter(({ id }) => now.questions[id]?.box);
        const due = missed.filter(({ id }) => progress.due(now, id));
        const show = (list) => list.forEach(({ form }) => (form.hidden = false));
        show(due);
        const later = missed.length - due.length;
        note.textContent = due.length ? `${plural(due.length, 'question')} to review.` : 'Nothing to review now.';
        if (!later) return;
        note.textContent += ` ${plural(later, 'missed question')} will come back after the next lessons.`;
        const button = make('button', 'Review all now', { type: 'button' });
        button.addEventListener('click', () => {
            show(missed);
            button.remove();
        });
        note.append(' ', button);
    }

    function final(section, questions) {
        const count = Number(section.dataset.count);
        const shuffle = (list) =>
            list.map((item) => [Math.random(), item]).sort((a, b) => a[0] - b[0]).map(([, item]) => item);
        // From each lesson in turn, so that all lessons are asked.
        function draw() {
            const lessons = shuffle([...new Set(questions.map(({ lesson }) => lesson))]).map((name) =>
                shuffle(questions.filter(({ lesson }) => lesson === name)),
            );
            const drawn = [];
            while (drawn.length < Math.min(count, questions.length)) {
                for (const rest of lessons) if (rest.length && drawn.length < count) drawn.push(rest.pop().id);
            }
            return drawn;
        }
        const set = (ids) => progress.update((now) => (now.drawn = Object.fromEntries(ids.map((id) => [id, null]))));
        const end = foot(section);
        end.button(`Draw ${count} others`, () => {
            questions.forEach((question) => question.forget());
            set(draw());
            questions.find(({ form }) => !form.hidden)?.form.scrollIntoView();
        });
        const show = () => {
            const { drawn } = progress.state();
            questions.forEach(({ id, form }) => (form.hidden = !(id in drawn)));
            const answers = questions.filter(({ id }) => id in drawn).map(({ id }) => drawn[id]);
            const right = answers.filter((first) => first === true).length;
            const answered = answers.filter((first) => first !== null).length;
            end.text.textContent = `${answered} of ${answers.length} answered, ${right} right at the first try.`;
        };
        if (!questions.some(({ id }) => id in progress.state().drawn)) {
            set(questions.filter(({ form }) => !form.hidden).map(({ id }) => id));
        }
        document.addEventListener('progress', show);
        show();
    }

    // In the printed book the questions stand as they are.
    for (const section of progress.here === 'print' ? [] : document.querySelectorAll('.quiz')) {
        const { pool } = section.dataset;
        const questions = [...section.querySelectorAll('.quiz-question')].map((form) => arm(form, pool));
        (pool === 'review' ? review : pool === 'final' ? final : lesson)(section, questions);
    }

    // One at a time, so that whoever scrolls or types meanwhile waits for none. Needs `book.js`.
    const { classList } = document.documentElement;
    function layOut([next, ...rest]) {
        if (!next) classList.remove('early');
        if (!classList.contains('early')) return;
        whenIdle(() => {
            next.classList.add('laid');
            layOut(rest);
        });
    }
    layOut(document.querySelectorAll('.quiz[data-quiz] > .quiz-question'));
})();
