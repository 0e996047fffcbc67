// Quizzes: every question of the page gets its buttons, and every set of them its rules.

import { root, whenIdle } from './dom.js';
import { here } from './progress.js';
import { arm } from './quiz-question.js';
import { final, lesson, review } from './quiz-sets.js';

// In the printed book the questions stand as they are.
for (const section of here === 'print' ? [] : document.querySelectorAll('.quiz')) {
    const { pool } = section.dataset;
    const questions = [...section.querySelectorAll('.quiz-question')].map(form => arm(form, pool));
    (pool === 'review' ? review : pool === 'final' ? final : lesson)(section, questions);
}

// One at a time, so that whoever scrolls or types meanwhile waits for none.
const { classList } = root;
function layOut(questions) {
    if (!questions.length) classList.remove('early');
    if (!classList.contains('early')) return;
    whenIdle(() => {
        questions.shift().classList.add('laid');
        layOut(questions);
    });
}
layOut([...document.querySelectorAll('.quiz[data-quiz] > .quiz-question')]);
