// The review before the next lesson: nothing comes back yet, but may be asked for.
expect('nothing yet', seen(), []);
const note = document.querySelector('.quiz-note');
expect('note', note.textContent.startsWith('Nothing to review now. 3 missed questions'), true);
note.querySelector('button').click();
expect('all', seen().sort(), ['prints', 'types', 'which']);
end();
