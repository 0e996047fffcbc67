// What was missed is back; one is remembered, one is not.
expect('due', seen().sort(), ['prints', 'types', 'which']);
answer('prints', '2');
answer('which', 'b');
answer('which', 'a', 'c');
end();
