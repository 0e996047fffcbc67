#@ run
buffer = memoryview(bytearray(4))

first = buffer[0:3]
two = buffer[3:5]
print("two more:", len(two))
