#@ run
def new_row(value):
    buffer = bytearray(3)
    row = memoryview(buffer)[0:3]
    row[:] = bytes([value] * 3)
    return row


ones = new_row(1)
twos = new_row(2)
print("same memory:", ones.obj is twos.obj)
print(ones[0], twos[0])
