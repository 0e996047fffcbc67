#@ run
buffer = bytearray(8)
view = memoryview(buffer)
mark = 0

ids = view[mark : mark + 3]
mark += 3
ids[:] = bytes([7, 7, 7])
scores = view[mark : mark + 2]
mark += 2
scores[:] = bytes([9, 9])
print(f"{mark} of {len(buffer)} bytes taken")
