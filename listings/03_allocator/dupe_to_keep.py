#@ run
line = bytearray(b"cat")
view = memoryview(line)
kept = bytes(line)

line[:] = b"dog"  # the next line is read into the same buffer
print(f"view {bytes(view).decode()}, kept {kept.decode()}")
