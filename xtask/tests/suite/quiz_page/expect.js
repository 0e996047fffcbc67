// What the scripts of the pages share. `expect` collects what is wrong; `end` says it.
const wrong = [];

function expect(what, seen, wanted) {
    if (JSON.stringify(seen) !== JSON.stringify(wanted)) {
        wrong.push(`${what}: ${JSON.stringify(seen)}, and ${JSON.stringify(wanted)} is wanted`);
    }
}

function end() {
    const result = document.createElement('pre');
    result.id = 'result';
    result.textContent = wrong.join('\n') || 'well';
    document.body.append(result);
}

addEventListener('error', (event) => {
    wrong.push(event.message);
    end();
});

const question = (id) => document.querySelector(`[data-question=${id}]`);
const verdict = (id) => question(id).querySelector('.quiz-verdict').textContent;
const fold = (id) => question(id).querySelector('details');
const seen = () =>
    [...document.querySelectorAll('.quiz-question:not([hidden])')].map((form) => form.dataset.question);
const mark = (page) =>
    document.querySelector(`#mdbook-sidebar [href$='${page}.html'] .progress-mark`)?.textContent ?? '';

// Ticks the options whose text is named, or types, and submits as Enter does.
function answer(id, ...answers) {
    const form = question(id);
    for (const input of form.querySelectorAll('[name=answer]')) {
        if (input.type === 'text') input.value = answers[0] ?? '';
        else input.checked = answers.includes(input.closest('label').querySelector('span').textContent);
    }
    form.requestSubmit();
}
