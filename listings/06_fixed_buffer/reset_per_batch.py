#@ run
#@ needs: numpy
import numpy as np

buffer = np.empty(3, np.uint8)

for batch in ([1, 2], [3, 4, 5], [6]):
    x = np.array(batch, np.uint8)
    squares = np.multiply(x, x, out=buffer[: len(x)])
    print(squares.sum(), end=" ")
print()
