#@ run
#@ needs: numpy
import numpy as np

file = bytes([7, 0, 0, 128, 63, 0, 0, 0, 64])  # one byte, then 1.0 and 2.0
weights = np.frombuffer(file, dtype="<f4", offset=1)
print(f"{weights.size} floats, sum {weights.sum():.0f}")
