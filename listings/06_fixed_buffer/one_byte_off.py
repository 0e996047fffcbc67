#@ run
memory = memoryview(bytearray(20))


def fits(buffer):
    return len(buffer.cast("f")) >= 4


print("from byte 0:", fits(memory[0:16]))
print("from byte 1:", fits(memory[1:17]))
