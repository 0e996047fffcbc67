#@ run
#@ needs: numpy
import sys

import numpy as np

numbers = [float(i) for i in range(1000)]
items = sum(sys.getsizeof(number) for number in numbers)
print("one float    ", sys.getsizeof(1.5))
print("list of 1000 ", sys.getsizeof([0.0] * 1000), "+", items)
print("float64      ", np.array(numbers).nbytes)
print("float32      ", np.array(numbers, dtype=np.float32).nbytes)

same = [1.5] * 1000  # one object, a thousand pointers to it
print("objects in it", len({id(number) for number in same}))

grid = [[0] * 3] * 2  # one row, two pointers to it
grid[0][0] = 7
print("grid         ", grid)
