#@ run
#@ needs: numpy
import numpy as np


class KeyCache:
    def __init__(self, tokens):
        self.keys = np.empty((tokens, 2), dtype=np.float32)
        self.used = 0

    def append(self, key):
        self.keys[self.used] = key  # IndexError when full
        self.used += 1


cache = KeyCache(3)
for token in range(1, 5):
    try:
        cache.append([token, -token])
    except IndexError:
        print(f"token {token}: CacheFull")
        break
    print(f"token {token}: {cache.used * 2} numbers cached")
