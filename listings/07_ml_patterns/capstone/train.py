"""Train the digit classifier and write the two files that the listings read.

    python3 -m venv .venv && .venv/bin/pip install -r requirements.txt
    .venv/bin/python train.py

Writes, beside this script:

    model.safetensors    the weights: four dense layers, 64 -> 32 -> 32 -> 32 -> 10
    digits.safetensors   360 held-out digits, their labels, and NumPy's logits for them

The digits are scikit-learn's `load_digits`: 1,797 images of 8 by 8 pixels, each pixel 0 to 16.
The random numbers are seeded. Another version of NumPy, or another processor, may round
differently, and train to weights that differ in their last bits; the files are committed so that
everybody checks against the same ones.
"""

import json
import struct
from itertools import pairwise
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

SIZES = [64, 32, 32, 32, 10]
HELD_OUT = 360
EPOCHS = 120
BATCH = 32
RATE = 1e-3
DECAY = 1e-2
SMOOTHING = 0.1  # keeps the logits small, and with them their rounding errors
FORMATS = {"float32": "F32", "uint8": "U8"}


def save(path, tensors):
    """Write a safetensors file: header length, JSON header, then the tensors' bytes."""
    header, offset = {"__metadata__": {"format": "np"}}, 0
    for name, array in tensors.items():
        header[name] = {
            "dtype": FORMATS[array.dtype.name],
            "shape": list(array.shape),
            "data_offsets": [offset, offset + array.nbytes],
        }
        offset += array.nbytes
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)  # the data starts at a multiple of 8
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)))
        file.write(text)
        for array in tensors.values():
            file.write(array.astype(array.dtype.newbyteorder("<")).tobytes())


def forward(layers, x):
    """The activations of every layer, the input first and the logits last."""
    activations = [x]
    for i, (weight, bias) in enumerate(layers):
        x = x @ weight.T + bias
        if i + 1 < len(layers):
            x = np.maximum(x, 0)
        activations.append(x)
    return activations


def gradients(layers, x, labels):
    """The gradients of the mean cross-entropy (labels smoothed), in the order of `layers`."""
    activations = forward(layers, x)
    logits = activations[-1]
    delta = np.exp(logits - logits.max(axis=1, keepdims=True))
    delta /= delta.sum(axis=1, keepdims=True)
    delta -= SMOOTHING / logits.shape[1]
    delta[np.arange(len(labels)), labels] -= 1 - SMOOTHING
    delta /= len(labels)
    result = []
    for (weight, _), before in zip(reversed(layers), reversed(activations[:-1])):
        result.append((delta.T @ before, delta.sum(axis=0)))
        delta = (delta @ weight) * (before > 0)
    return result[::-1]


def shifted(images, rng):
    """Each image moved by up to one pixel, so that a drawing need not be centered."""
    moved = np.zeros_like(images)
    for i, image in enumerate(images.reshape(-1, 8, 8)):
        dy, dx = rng.integers(-1, 2, size=2)
        padded = np.pad(image, 1)
        moved[i] = padded[1 - dy : 9 - dy, 1 - dx : 9 - dx].reshape(64)
    return moved


def train(x, labels, rng):
    """Adam with decoupled weight decay; float64, rounded to float32 by the caller."""
    layers = []
    for columns, rows in pairwise(SIZES):
        weight = rng.normal(0, np.sqrt(2 / columns), size=(rows, columns))
        layers.append((weight, np.zeros(rows)))
    moments = [[(np.zeros_like(p), np.zeros_like(p)) for p in layer] for layer in layers]
    step = 0
    for epoch in range(EPOCHS):
        order = rng.permutation(len(x))
        rate = RATE * 0.5 * (1 + np.cos(np.pi * epoch / EPOCHS))
        inputs = shifted(x, rng) if epoch % 2 else x
        for start in range(0, len(x), BATCH):
            rows = order[start : start + BATCH]
            step += 1
            found = gradients(layers, inputs[rows], labels[rows])
            for layer, moment, gradient in zip(layers, moments, found):
                for p, (m, v), g in zip(layer, moment, gradient):
                    m += 0.1 * (g - m)
                    v += 0.001 * (g * g - v)
                    m_hat, v_hat = m / (1 - 0.9**step), v / (1 - 0.999**step)
                    p -= rate * (m_hat / (np.sqrt(v_hat) + 1e-8) + DECAY * p)
    return layers


def main():
    here = Path(__file__).parent
    rng = np.random.default_rng(7)
    images, labels = load_digits(return_X_y=True)
    order = rng.permutation(len(images))
    images, labels = images[order], labels[order]
    held, known = slice(0, HELD_OUT), slice(HELD_OUT, None)

    layers = train(images[known] / 16, labels[known], rng)
    layers = [(w.astype(np.float32), b.astype(np.float32)) for w, b in layers]
    tensors = {}
    for i, (weight, bias) in enumerate(layers):
        tensors[f"layers.{i}.weight"] = weight
        tensors[f"layers.{i}.bias"] = bias
    save(here / "model.safetensors", tensors)

    logits = forward(layers, (images[held] / 16).astype(np.float32))[-1]
    save(
        here / "digits.safetensors",
        {
            "logits": logits,
            "images": images[held].astype(np.uint8),
            "labels": labels[held].astype(np.uint8),
        },
    )
    right = int((logits.argmax(axis=1) == labels[held]).sum())
    exact = forward(
        [(w.astype(np.float64), b.astype(np.float64)) for w, b in layers], images[held] / 16
    )[-1]
    print(f"held out: {right} of {HELD_OUT} right, largest logit {np.abs(logits).max():.2f}")
    print(f"float32 against float64: {np.abs(logits - exact).max():.1e}")


if __name__ == "__main__":
    main()
