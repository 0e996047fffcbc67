// What was missed is back; one is remembered, one is not.
expect('due', seen().sort(), ['prints', 'types', 'which']);
const count = () => document.querySelector('.quiz-note').textContent;
expect('count', count(), '3 questions to review.');
answer('prints', '2');
expect('one less', count().startsWith('2 questions to review.'), true);
answer('which', 'b');
answer('which', 'a', 'c');
end();
