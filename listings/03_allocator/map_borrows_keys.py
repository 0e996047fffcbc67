#@ run
counts = {}

line = bytearray(3)  # each word is read into this buffer
for word in (b"cat", b"dog"):
    line[:] = word
    counts[bytes(line)] = 1  # a bytearray cannot be a key

print(f"entries {len(counts)}")
print(f"cat {b'cat' in counts}, dog {b'dog' in counts}")
