// A lesson's quiz: wrong, explained, tried again, right; counted in the contents.
expect('the fold waits', fold('prints').hidden, true);
answer('prints');
expect('no answer', verdict('prints'), 'Choose an answer first.');
expect('no answer is no try', mark('lessons/01_first'), '');

answer('prints', '1');
expect('wrong', verdict('prints').startsWith('Not right.'), true);
expect('why', verdict('prints').endsWith('why 1'), true);
expect('the rest stays folded', [fold('prints').hidden, fold('prints').open], [false, false]);
const again = [...question('prints').querySelectorAll('button')].find((button) => button.textContent === 'Try again');
again.click();
expect('a new try', [verdict('prints'), question('prints').querySelector(':checked')], ['', null]);
expect('focus', document.activeElement.name, 'answer');
answer('prints', '2');
expect('right', verdict('prints'), 'Right.');
expect('the fold opens', fold('prints').open, true);
expect('with what makes it right', fold('prints').textContent.includes('why 2'), true);
expect('with the output', fold('prints').querySelector('samp').textContent, '2\n');

answer('which', 'a');
expect('half', verdict('which'), 'Right so far, and something is missing.');
answer('which', 'a', 'b');
expect('one too many', verdict('which').endsWith('why b'), true);
answer('which', 'a', 'c');
expect('both', verdict('which'), 'Right.');

answer('types', ' debugallocator ');
expect('near', verdict('types').endsWith('old'), true);
answer('types', '`SafeAllocator`');
expect('typed', verdict('types'), 'Right.');

expect('contents', mark('lessons/01_first'), '3/3');
expect('verdicts are announced', document.querySelectorAll('.quiz-verdict[role=status]').length, 3);
document.querySelector('.progress-here input').click();
expect('read', mark('lessons/01_first'), '✓ 3/3');
end();
