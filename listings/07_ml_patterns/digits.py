#@ run
#@ needs: numpy

import json
from itertools import pairwise
from pathlib import Path

import numpy as np

SIZES = [64, 32, 32, 32, 10]
DTYPES = {"F32": np.dtype("<f4"), "U8": np.dtype("u1")}


def read(name, shapes):
    """The tensors of a safetensors file: views of its bytes, and read-only."""
    data = (Path(__file__).parent / "capstone" / name).read_bytes()
    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + length])
    tensors = []
    for tensor, shape in shapes.items():
        about = header[tensor]
        if about["shape"] != shape:
            raise ValueError(f"{name}: {tensor} has shape {about['shape']}, not {shape}")
        start, end = about["data_offsets"]
        dtype = DTYPES[about["dtype"]]
        count = (end - start) // dtype.itemsize
        flat = np.frombuffer(data, dtype, count, offset=8 + length + start)
        if not np.isfinite(flat).all():
            raise ValueError(f"{name}: {tensor} holds a number that is not finite")
        tensors.append(flat.reshape(shape))
    return tensors


# ANCHOR: infer
ping, pong = np.empty(64, np.float32), np.empty(32, np.float32)


def infer(layers, pixels):
    """The logits of one image: a view of `ping`, good until the next call."""
    x = np.divide(pixels, 16, out=ping)
    for i, (weight, bias) in enumerate(layers):
        y = (pong if i % 2 == 0 else ping)[: len(bias)]
        np.dot(weight, x, out=y)
        y += bias
        if i + 1 < len(layers):
            np.maximum(y, 0, out=y)
        x = y
    return x


# ANCHOR_END: infer


def main():
    shapes = {}
    for i, (n, m) in enumerate(pairwise(SIZES)):
        shapes |= {f"layers.{i}.weight": [m, n], f"layers.{i}.bias": [m]}
    tensors = read("model.safetensors", shapes)
    layers = list(zip(tensors[::2], tensors[1::2]))
    images, labels, reference = read(
        "digits.safetensors", {"images": [360, 64], "labels": [360], "logits": [360, 10]}
    )

    right = other_label = 0
    largest = 0.0
    for pixels, truth, numpy in zip(images, labels, reference):
        logits = infer(layers, pixels)
        right += int(logits.argmax() == truth)
        other_label += int(logits.argmax() != numpy.argmax())
        largest = max(largest, float(np.abs(logits - numpy).max()))

    print(f"held-out digits: {len(labels)}, right: {right} ({100 * right / 360:.1f} %)")
    print(f"labels that differ from the reference's: {other_label}")
    print(f"all logits within 0.00001 of the reference's: {largest < 1e-5}")
    print(f"bytes of the model's weights: {sum(tensor.nbytes for tensor in tensors)}")
    print(f"bytes for one inference: {ping.nbytes + pong.nbytes}")
    print(f"the weights own their memory: {any(tensor.flags.owndata for tensor in tensors)}")


main()
