#@ run
#@ needs: numpy
import numpy as np

a = np.array([[1, 2], [3, 4]], dtype=np.float32)

b = a.reshape(1, 4)  # a new array object, the same numbers
b[0, 0] = 9

c = a.copy()  # the numbers too
c[0, 0] = 7

for name, x in {"a": a, "b": b, "c": c}.items():
    print(f"{name}: {x.shape[1]} columns, first number {x.flat[0]:.0f}")
