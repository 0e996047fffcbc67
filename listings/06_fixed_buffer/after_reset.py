#@ run
buffer = memoryview(bytearray(4))

first = buffer[0:2]
first[:] = bytes([1, 1])
second = buffer[0:2]  # from the start again
second[:] = bytes([2, 2])
print("first[0] is", first[0])
