#@ run
import struct

packed = struct.pack("=BI", 1, 1000)  # one behind the other
aligned = struct.pack("@BI", 1, 1000)  # as a C compiler would
print(f"{len(packed)} bytes wanted, {len(aligned)} taken")
