"""What the system says of this process (Linux): makes a million floats, keeps some, drops the rest."""

import os


def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def tens(megabytes):
    return round(max(megabytes, 0) / 10) * 10


for keep in ("none", "every 500th"):
    before = resident()
    floats = [float(n) for n in range(3_000_000)]
    full = resident()
    kept = floats[::500] if keep != "none" else []
    del floats
    print(f"3,000,000 floats, grew by {tens(full - before)} MB, kept {keep}, gave back {tens(full - resident())} MB")
    del kept
