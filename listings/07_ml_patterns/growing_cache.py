#@ panic: BufferError
from array import array

keys = array("f", [7])
view = memoryview(keys)[0:1]  # a view of the first row
for _ in range(1, 100):
    keys.append(0)  # may move the block
print(view[0])
