// What the lesson left for later, without a mistake.
expect('asked', seen(), ['deep']);
answer('deep', 'yes');
expect('right', verdict('deep'), 'Right.');
expect('contents', mark('lessons/01_first'), '✓ 3/3');
end();
