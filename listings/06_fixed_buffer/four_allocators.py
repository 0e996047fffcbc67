#@ run
from array import array


def ranks(samples, out):
    order = sorted(samples)
    for i, sample in enumerate(samples):
        out[i] = order.index(sample)


samples = [30, 10, 20]
for out in ([0] * 3, bytearray(3), array("B", [0] * 3), memoryview(bytearray(6))[3:]):
    ranks(samples, out)
    print(f"{type(out).__name__}:", *out)
