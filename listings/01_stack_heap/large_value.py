#@ run
#@ needs: numpy
import numpy as np


def louder(samples):
    return samples * 2


def make_louder(samples):
    samples *= 2


samples = np.ones(100_000, dtype=np.float32)
copy = louder(samples)
make_louder(samples)
print(f"{copy[0]:.0f} and {samples[0]:.0f}")
print("an array of its own:", copy.nbytes, "bytes")
