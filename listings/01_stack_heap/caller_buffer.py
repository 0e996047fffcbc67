#@ run
def digits(out, n):
    used = memoryview(out)[0:3]
    for i in range(len(used)):
        used[i] = n
    return used


buf = bytearray(8)
ones = digits(buf, 1)
print(ones[0], ones[1], ones[2])
