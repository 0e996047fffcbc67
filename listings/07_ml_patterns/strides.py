#@ run
#@ needs: numpy
import numpy as np

a = np.array([[1, 2, 3], [4, 5, 6]], dtype=np.float32)
t = a.T
t[2, 0] = 30


def strides(x):  # NumPy counts in bytes
    return " and ".join(str(n // x.itemsize) for n in x.strides)


print(f"a is 2 x 3, strides {strides(a)}")
print(f"t is {t.shape[0]} x {t.shape[1]}, strides {strides(t)}")
print(f"a at row 0, column 2 is {a[0, 2]:.0f}")
