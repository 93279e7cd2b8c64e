#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains the project's own small network: a convolutional one for Fashion-MNIST, at 1, 2 or 4 x its width.

Needs Debian's python3-torch (1.13) and python3-numpy. Seed, order of images and number of threads are
fixed, so one machine writes the same file again. Input is pixel / 255; batch norms are folded at export.

    scripts/networks/train_fashion_cnn.py DATA_FOLDER FILE.onnx [--width 1] [--epochs 4]

DATA_FOLDER holds the IDX files (scripts/datasets fashion-mnist).
"""
import argparse
import gzip
from pathlib import Path

import numpy
import torch
from torch import nn
from torch.nn import functional

SEED = 1
BATCH = 128
RATE = 0.004  # largest, of a one-cycle schedule


def read_idx(file):
    """The array of an IDX file of bytes."""
    data = gzip.decompress(file.read_bytes())
    axes = data[3]
    dims = [int.from_bytes(data[4 + 4 * i:8 + 4 * i], "big") for i in range(axes)]
    return torch.from_numpy(numpy.frombuffer(data, numpy.uint8, offset=4 + 4 * axes).reshape(dims).copy())


def load(folder, name):
    """Images as floats and their labels."""
    images = read_idx(folder / f"{name}-images-idx3-ubyte.gz").float().div(255).unsqueeze(1)
    return images, read_idx(folder / f"{name}-labels-idx1-ubyte.gz").long()


def network(width):
    """Three convolutions, the last two with stride 2, and a dense layer on means of 7 x 7."""
    def block(inputs, outputs, stride):
        return [nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()]

    a, b, c = 8 * width, 16 * width, 32 * width
    return nn.Sequential(*block(1, a, 1), *block(a, b, 2), *block(b, c, 2), *block(c, c, 1),
                         nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(c, 10))


def accuracy(model, images, labels):
    """The share that is right, in per cent."""
    model.eval()
    with torch.no_grad():
        hits = sum((model(images[i:i + 1000]).argmax(1) == labels[i:i + 1000]).sum().item()
                   for i in range(0, len(images), 1000))
    return 100 * hits / len(images)


def train(model, images, labels, epochs):
    """Adam over shuffled batches."""
    steps = epochs * (len(images) // BATCH)
    optimiser = torch.optim.Adam(model.parameters())
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps)
    for epoch in range(epochs):
        model.train()
        order = torch.randperm(len(images))
        for first in range(0, len(images) - BATCH + 1, BATCH):
            chosen = order[first:first + BATCH]
            loss = functional.cross_entropy(model(images[chosen]), labels[chosen])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
        print(f"epoch {epoch + 1}: loss of the last batch {loss.item():.3f}", flush=True)


def main():
    """Trains, tests and exports."""
    parser = argparse.ArgumentParser(description="Trains a network for Fashion-MNIST.")
    parser.add_argument("data", type=Path)
    parser.add_argument("file", type=Path)
    parser.add_argument("--width", type=int, default=1, choices=(1, 2, 4))
    parser.add_argument("--epochs", type=int, default=4)
    options = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    model = network(options.width)
    train(model, *load(options.data, "train"), options.epochs)
    print(f"test images: {accuracy(model, *load(options.data, 't10k')):.2f} %")
    torch.onnx.export(model.eval(), torch.zeros(1, 1, 28, 28), options.file, opset_version=13,
                      input_names=["image"], output_names=["class"], dynamic_axes={"image": {0: "n"}})


if __name__ == "__main__":
    main()
