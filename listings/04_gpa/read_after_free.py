#@ run
ids = bytearray([10, 20, 30, 40])

view = memoryview(ids)[1:3]
print("before:", list(view))

del ids
print("after: ", list(view))
