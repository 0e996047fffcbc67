#@ run
losses = bytearray([9, 7, 4])
rest = memoryview(losses)  # list[1:] would copy; a memoryview does not
while len(rest) > 1:
    rest = rest[1:]
    print(f"first {rest[0]}, len {len(rest)}")
rest[0] = 5
print("losses", *losses)
