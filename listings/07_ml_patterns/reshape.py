#@ run
#@ needs: numpy
import numpy as np

a = np.array([[1, 2, 3], [4, 5, 6]], np.float32)
for matrix in a, a.T:
    row = matrix.reshape(6)
    kind = "a view" if np.shares_memory(row, a) else "a copy"
    print(*(f"{x:.0f}" for x in row), kind)
