#@ panic: BufferError
buffer = bytearray(6)
a = memoryview(buffer)[0:3]
b = memoryview(buffer)[3:5]
a.release()
print("a is released")
del buffer[0:3]  # give its three bytes back
