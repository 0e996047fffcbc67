// At the next visit what was answered waits: one lesson for what was missed again, two for what was remembered.
expect('still due', seen(), ['types']);
const boxes = state().questions;
expect('spacing', [boxes.prints.box, boxes.which.box, boxes.types.box], [2, 1, 1]);
update((now) => now.read.push('lessons/03_third'));
const due = ['prints', 'which'].map((id) => isDue(state(), id));
expect('one lesson later', due, [false, true]);
update((now) => now.read.push('lessons/05_more'));
expect('two lessons later', isDue(state(), 'prints'), true);
end();
