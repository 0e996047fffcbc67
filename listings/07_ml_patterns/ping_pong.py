#@ run
#@ needs: numpy
import numpy as np

W = np.array([[1, 1], [1, -1]], dtype=np.float32)

x = np.array([3, 1], dtype=np.float32)
y = np.empty(2, dtype=np.float32)
for _ in range(3):
    np.dot(W, x, out=y)
    print(f"{x[0]:.0f} {x[1]:.0f} -> {y[0]:.0f} {y[1]:.0f}")
    x, y = y, x
