#@ run
#@ needs: numpy
#@ needs: zig
#@ timeout: 90
import ctypes
import os
import subprocess
import weakref

import numpy as np

zig = os.environ.get("ZIG", "zig")
build = [zig, "build-lib", "-dynamic", "-O", "fast", "-femit-bin=libarray.so", "numpy_array.zig"]
subprocess.run(build, check=True)
lib = ctypes.CDLL(os.path.abspath("libarray.so"))
pointer = ctypes.POINTER(ctypes.c_float)
lib.squares.argtypes, lib.squares.restype = [ctypes.c_size_t], pointer
lib.release.argtypes, lib.release.restype = [pointer, ctypes.c_size_t], None

# ANCHOR: take
floats = np.ctypeslib.ndpointer(np.float32, ndim=1, flags="C_CONTIGUOUS")
lib.sum.argtypes, lib.sum.restype = [floats, ctypes.c_size_t], ctypes.c_float

xs = np.array([1, 2, 3], np.float32)
print(lib.sum(xs, xs.size))
# ANCHOR_END: take


# ANCHOR: give
def release(numbers, n):
    lib.release(numbers, n)
    print("given back")


def squares(n):
    numbers = lib.squares(n)
    if not numbers:
        raise MemoryError("squares")
    array = np.ctypeslib.as_array(numbers, shape=(n,))
    weakref.finalize(array, release, numbers, n)  # when the array and its views are gone
    return array


tail = squares(5)[3:]
print(tail)  # the view keeps the array, and the array keeps the block
del tail
# ANCHOR_END: give
