"""Compares where the activations of one inference live, in Zig and in NumPy. Run it by hand:

    python3 capstone/bench.py [path of zig]

It builds bench.zig (`-O fast` and `-O safe`), runs it, times NumPy on the same weights and digits,
and prints the machine and the processor time of each variant against the fastest, from one run.
Timings differ between machines and runs; the ratios differ less. bench.txt is such a run, and the
lesson shows it.
"""

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # one thread, like the Zig program
import numpy as np

HERE = Path(__file__).resolve().parent
SIZES = [64, 32, 32, 32, 10]
ROUNDS, INFERENCES = 15, 2000


def zig_times(zig, mode):
    with tempfile.TemporaryDirectory() as folder:
        command = [zig, "build-exe", "-O", mode, f"-femit-bin={folder}/bench"]
        command += ["--cache-dir", f"{folder}/cache", "--dep", "digits"]
        command += ["-Mroot=capstone/bench.zig", "-Mdigits=digits.zig"]
        subprocess.run(command, cwd=HERE.parent, check=True)
        found = subprocess.run([f"{folder}/bench"], check=True, capture_output=True, text=True)
    times = {}
    for line in found.stdout.splitlines():
        name, nanoseconds, allocations = line.split()
        name = f"Zig {mode}, {name.replace('_', ' ')}, {allocations} allocations"
        times[name] = float(nanoseconds)
    return times


def read(name):
    data = (HERE / name).read_bytes()
    length = int.from_bytes(data[:8], "little")
    tensors = {}
    for key, about in json.loads(data[8 : 8 + length]).items():
        start, end = about["data_offsets"]
        dtype = {"F32": "<f4", "U8": "u1"}[about["dtype"]]
        raw = data[8 + length + start : 8 + length + end]
        tensors[key] = np.frombuffer(raw, dtype).reshape(about["shape"])
    return tensors


def numpy_times():
    model = read("model.safetensors")
    images = read("digits.safetensors")["images"]
    layers = [(model[f"layers.{i}.weight"], model[f"layers.{i}.bias"]) for i in range(4)]
    ping, pong = np.empty(64, np.float32), np.empty(32, np.float32)

    def new_arrays(pixels):
        x = pixels.astype(np.float32) / np.float32(16)
        for i, (weight, bias) in enumerate(layers):
            x = weight @ x + bias
            x = np.maximum(x, 0) if i < 3 else x
        return x

    def two_buffers(pixels):
        x = np.divide(pixels, 16, out=ping)
        for i, (weight, bias) in enumerate(layers):
            y = (pong if i % 2 == 0 else ping)[: len(bias)]
            np.dot(weight, x, out=y)
            y += bias
            x = np.maximum(y, 0, out=y) if i < 3 else y
        return x

    def batch():
        x = images.astype(np.float32) / np.float32(16)
        for i, (weight, bias) in enumerate(layers):
            x = x @ weight.T + bias
            x = np.maximum(x, 0) if i < 3 else x
        return x

    def one_by_one(infer):
        for i in range(INFERENCES):
            infer(images[i % len(images)])
        return INFERENCES

    def batches():
        for _ in range(20):
            batch()
        return 20 * len(images)

    variants = {
        "NumPy, new arrays": lambda: one_by_one(new_arrays),
        "NumPy, two buffers and out=": lambda: one_by_one(two_buffers),
        "NumPy, 360 digits in one batch": batches,
    }
    times = {name: [] for name in variants}
    for _ in range(ROUNDS):
        for name, run in variants.items():
            start = time.process_time_ns()
            count = run()
            times[name].append((time.process_time_ns() - start) / count)
    return {name: statistics.median(row) for name, row in times.items()}


def machine(zig):
    """The processor, the system and the versions."""
    processor = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text().splitlines():
            if line.startswith("model name"):
                processor = line.partition(":")[2].strip()
    version = subprocess.run([zig, "version"], check=True, capture_output=True, text=True)
    versions = (
        f"Zig {version.stdout.strip()}, Python {platform.python_version()}, NumPy {np.__version__}"
    )
    return f"{processor}, {platform.system()} {platform.machine()}\n{versions}"


def main():
    zig = sys.argv[1] if len(sys.argv) > 1 else "zig"
    print(machine(zig))
    print("one inference, against the fastest:")
    times = zig_times(zig, "fast") | zig_times(zig, "safe") | numpy_times()
    fastest = min(times.values())
    for name, nanoseconds in times.items():
        print(f"{nanoseconds / fastest:6.2f} x  {name}")


main()
