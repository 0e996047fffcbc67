#@ run
buffer = bytearray(b"cat")  # one buffer for all batches

first = memoryview(buffer)
buffer[:] = b"dog"
second = memoryview(buffer)
print(f"first = {str(first, 'ascii')}, second = {str(second, 'ascii')}")
