#@ run
import sys

try:
    batch = bytearray(sys.maxsize)
except MemoryError as err:
    print(f"{type(err).__name__}, so a smaller batch")
    batch = bytearray(16)
print(len(batch), "bytes")
