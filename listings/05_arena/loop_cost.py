#@ run
import tracemalloc


def held():
    return tracemalloc.get_traced_memory()[0]


tracemalloc.start()
for _ in range(1000):
    line = bytearray(100)  # frees the last one
print("new each time, 10000 bytes or more held:", held() >= 10_000)

lines = []
for _ in range(1000):
    lines.append(bytearray(100))  # until somebody clears the list
print("all kept, 100000 bytes or more held:", held() >= 100_000)
