#@ run
import struct

packet = bytes([7, 2, 1, 0, 0])
(length,) = struct.unpack_from("<I", packet, 1)
print(f"kind {packet[0]}, length {length}")
