#@ run
line = bytearray(b"cat")
view = memoryview(line)
kept = bytes(line)

line[:] = b"dog"  # the next line of the file
print(f"view {bytes(view).decode()}, kept {kept.decode()}")
