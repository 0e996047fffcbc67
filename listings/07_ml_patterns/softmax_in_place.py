#@ run
#@ needs: numpy
import numpy as np

x = np.array([2, 1, 0], np.float32)
x -= x.max()
np.exp(x, out=x)
x /= x.sum()
print(f"{x[0]:.3f} {x[1]:.3f} {x[2]:.3f}")
