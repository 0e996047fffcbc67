#@ run
import sys


def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)


try:
    print(depth(5_000))
except RecursionError:
    print("RecursionError")

sys.setrecursionlimit(10_000)
print(depth(5_000))
