#@ run
#@ needs: numpy
import numpy as np


def centered(samples, size):
    """How far each sample is from the mean of its batch."""
    results = np.empty_like(samples)
    scratch = np.empty(size, dtype=np.float32)
    for start in range(0, len(samples), size):
        batch = samples[start : start + size]  # a view; the last one is short
        buffer = np.subtract(batch, batch.mean(), out=scratch[: len(batch)])
        results[start : start + size] = buffer
        print(f"batch of {len(batch)}")
    return results


samples = np.array([1, 2, 3, 4, 10, 20, 30, 40, 5, 7], dtype=np.float32)
print("results:", *(f"{x:g}" for x in centered(samples, 4)))
