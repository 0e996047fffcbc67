#@ run
from itertools import pairwise

sizes = [64, 32, 32, 32, 10]
width = 4  # bytes of a float32

weights = sum(out * n + out for n, out in pairwise(sizes))  # a matrix and a bias
ping, pong = max(sizes[0::2]), max(sizes[1::2])
print(f"weights: {weights * width} bytes")
print(f"a buffer for each layer: {sum(sizes) * width} bytes")
total = (ping + pong) * width
print(f"two buffers: {ping * width} + {pong * width} = {total} bytes")
