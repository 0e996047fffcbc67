// The first page: what was done, and what is taken from a file.
const panel = document.querySelector('[data-progress]');
const status = () => panel.querySelector('[role=status]').textContent;
const rows = () => [...panel.querySelectorAll('tr')].map((row) => [...row.children].map((cell) => cell.textContent));
expect('first lesson', rows()[1].slice(1), ['✓ yes', '✓ 3 of 3', 'not yet']);
expect('fourth lesson', rows()[4].slice(1), ['not yet', 'not yet', 'not yet']);

async function load(text) {
    const input = panel.querySelector('[type=file]');
    const files = new DataTransfer();
    files.items.add(new File([text], 'progress.json'));
    input.files = files.files;
    panel.querySelector('[role=status]').textContent = '';
    input.dispatchEvent(new Event('change'));
    // A file is read in real time, which the browser's virtual time does not wait for: read along.
    for (let turn = 0; turn < 1000 && !status(); turn++) await new Blob([text]).text();
    return status();
}

(async () => {
    const good = state();
    const before = JSON.stringify(good);
    const file = (change) => JSON.stringify({ ...good, ...change });
    for (const [text, told] of [
        ['{', 'The file is damaged: it is no JSON.'],
        ['{"format": "other"}', 'This is no progress file of this book.'],
        [file({ version: 2 }), 'The file comes from another version of this book.'],
        [file({ read: ['<img>'] }), 'The file is damaged: “read” is not what it should be.'],
        [file({ quizzes: { __proto__: [] }, questions: [] }), 'The file is damaged: “questions” is not what it should be.'],
        [before.replace('"questions":{', '"questions":{"__proto__":{},'), 'The file is damaged: “questions” is not what it should be.'],
        [file({ questions: { a: { tries: 1, right: 1, box: 0, at: 0 } } }), 'The file is damaged: “questions” is not what it should be.'],
        [' '.repeat(1e6 + 1), 'The file is too large to be one of this book.'],
    ]) {
        expect('refused', await load(text), `${told} Nothing was changed.`);
        expect('unchanged', JSON.stringify(state()), before);
    }
    const told = await load(file({ solved: ['exercises/01_first'], read: [] }));
    expect('loaded', told, 'Loaded, and added to what you did here.');
    expect('added', rows()[1].slice(1), ['✓ yes', '✓ 3 of 3', '✓ yes']);
    expect('contents', mark('exercises/01_first'), '✓');
    window.confirm = () => true;
    [...panel.querySelectorAll('button')].find((button) => button.textContent === 'Clear').click();
    expect('cleared', rows()[1].slice(1), ['not yet', 'not yet', 'not yet']);
    expect('nothing is left', state().questions, {});
    end();
})();
