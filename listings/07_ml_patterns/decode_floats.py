#@ run
import struct

file = bytes([7, 0, 0, 128, 63, 0, 0, 0, 64])  # one byte, then 1.0 and 2.0
weights = struct.unpack_from("<2f", file, offset=1)
print(*(f"{w:.0f}" for w in weights))
