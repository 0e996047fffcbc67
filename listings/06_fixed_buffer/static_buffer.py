#@ run
storage = bytearray(8)
mark = 0


def new_row(value):
    global mark
    row = memoryview(storage)[mark : mark + 3]
    mark += 3
    row[:] = bytes([value] * 3)
    return row


ones = new_row(1)
twos = new_row(2)
print(f"{ones[0]} {twos[0]}, {mark} bytes taken")
