// Which questions are shown together: a lesson's, those to review, those of the final quiz.

import { make, makeButton } from './dom.js';
import { here, due as isDue, state, update } from './progress.js';

const plural = (count, noun) => `${count} ${noun}${count === 1 ? '' : 's'}`;

function foot(section) {
    const text = make('span');
    const line = make('p', { class: 'quiz-foot' });
    line.append(text);
    section.append(line);
    return {
        text,
        button: (name, action) => {
            const button = makeButton(name, action);
            line.append(' ', button);
            return button;
        },
    };
}

export function lesson(section, questions) {
    const ids = questions.map(({ id }) => id);
    const end = foot(section);
    const clear = end.button('Clear these answers', () => {
        questions.forEach(question => question.forget());
        update(now => ids.forEach(id => delete now.questions[id]));
    });
    const show = () => {
        const known = state().questions;
        const right = ids.filter(id => known[id]?.right);
        questions.forEach(({ id, form }) => form.classList.toggle('quiz-solved', right.includes(id)));
        clear.hidden = !ids.some(id => id in known);
        end.text.textContent =
            right.length === ids.length ? `Passed: all ${ids.length} answered.` : `${right.length} of ${ids.length} answered right.`;
    };
    document.addEventListener('progress', show);
    if (String(state().quizzes[here]) !== String(ids)) {
        update(now => (now.quizzes[here] = ids));
    }
    show();
}

export function review(section, questions) {
    const note = section.querySelector('.quiz-note');
    note.setAttribute('role', 'status');
    // What is answered stays in sight until the reader leaves, and counts no more.
    let isAll = false;
    const button = makeButton('Review all now', () => {
        isAll = true;
        show();
        questions.find(({ form }) => !form.hidden)?.form.querySelector('input').focus();
    });
    function show() {
        const now = state();
        const missed = questions.filter(({ id }) => now.questions[id]?.box);
        const due = missed.filter(({ id }) => isDue(now, id));
        (isAll ? missed : due).forEach(({ form }) => (form.hidden = false));
        const later = missed.filter(({ form }) => form.hidden).length;
        note.textContent = due.length ? `${plural(due.length, 'question')} to review.` : 'Nothing to review now.';
        if (missed.length > due.length) {
            note.append(` ${plural(missed.length - due.length, 'missed question')} will come back after the next lessons.`);
        }
        if (later) note.append(' ', button);
    }
    document.addEventListener('progress', show);
    show();
}

export function final(section, questions) {
    const count = Number(section.dataset.count);
    const shuffle = list =>
        list.map(item => [Math.random(), item]).sort((a, b) => a[0] - b[0]).map(([, item]) => item);
    // From each lesson in turn, so that all lessons are asked.
    function draw() {
        const lessons = shuffle([...new Set(questions.map(question => question.lesson))]).map(name =>
            shuffle(questions.filter(question => question.lesson === name)),
        );
        const drawn = [];
        while (drawn.length < Math.min(count, questions.length)) {
            for (const rest of lessons) if (rest.length && drawn.length < count) drawn.push(rest.pop().id);
        }
        return drawn;
    }
    const set = ids => update(now => (now.drawn = Object.fromEntries(ids.map(id => [id, null]))));
    const end = foot(section);
    end.button(`Draw ${count} others`, () => {
        questions.forEach(question => question.forget());
        set(draw());
        questions.find(({ form }) => !form.hidden)?.form.scrollIntoView();
    });
    const show = () => {
        const { drawn } = state();
        questions.forEach(({ id, form }) => (form.hidden = !(id in drawn)));
        const answers = questions.filter(({ id }) => id in drawn).map(({ id }) => drawn[id]);
        const right = answers.filter(first => first === true).length;
        const answered = answers.filter(first => first !== null).length;
        end.text.textContent = `${answered} of ${answers.length} answered, ${right} right at the first try.`;
    };
    if (!questions.some(({ id }) => id in state().drawn)) {
        set(questions.filter(({ form }) => !form.hidden).map(({ id }) => id));
    }
    document.addEventListener('progress', show);
    show();
}
