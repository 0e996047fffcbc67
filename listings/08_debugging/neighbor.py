#@ panic: IndexError
buffer = bytearray(b"....bird")
pixels = memoryview(buffer)[:4]
label = memoryview(buffer)[4:]

for i in range(5):
    pixels[i] = ord("X")  # pixels has four
print(bytes(pixels), bytes(label))
