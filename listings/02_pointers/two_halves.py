#@ run
rows = bytearray([1, 2, 3, 4])
view = memoryview(rows)
train = view[:3]
valid = view[3:]
train[0] = valid[0]
valid[0] = 0
print(*rows)
