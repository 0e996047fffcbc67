// The final quiz counts first tries.
expect('all of so few', seen().length, 4);
const foot = () => document.querySelector('.quiz-foot span').textContent;
answer('more', 'no');
answer('more', 'yes');
answer('prints', '2');
expect('first tries', foot(), '2 of 4 answered, 1 right at the first try.');
document.querySelector('.quiz-foot button').click();
expect('drawn anew', foot(), '0 of 4 answered, 0 right at the first try.');
end();
