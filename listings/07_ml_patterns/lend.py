#@ run
#@ needs: numpy
#@ needs: zig
#@ timeout: 90
import ctypes
import os
import subprocess

import numpy as np

zig = os.environ.get("ZIG", "zig")
build = [zig, "build-lib", "-dynamic", "-O", "fast", "-femit-bin=liblend.so", "lend.zig"]
subprocess.run(build, check=True)
lib = ctypes.CDLL(os.path.abspath("liblend.so"))

# What each function takes and returns. Without this, Python guesses.
floats = np.ctypeslib.ndpointer(np.float32, ndim=1, flags="C_CONTIGUOUS")
pointer = ctypes.POINTER(ctypes.c_float)
lib.scale.argtypes, lib.scale.restype = [floats, ctypes.c_size_t, ctypes.c_float], None
lib.softmax.argtypes, lib.softmax.restype = [floats, ctypes.c_size_t], pointer
lib.release.argtypes, lib.release.restype = [pointer, ctypes.c_size_t], None

logits = np.array([4, 2, 0], np.float32)
lib.scale(logits, logits.size, 0.5)
print("logits:", logits)

result = lib.softmax(logits, logits.size)
if not result:
    raise MemoryError("softmax")
view = np.ctypeslib.as_array(result, shape=(logits.size,))
mine = view.copy()
lib.release(result, logits.size)  # and no more of `view`
print("softmax:", mine.round(3))

for wrong in logits.astype(np.float64), np.zeros((3, 2), np.float32)[:, 0]:
    try:
        lib.scale(wrong, wrong.size, 0.5)
    except ctypes.ArgumentError as error:
        print(error)
