#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains a perceptron of the paper's shape for stream learning, 784-512-512-10 with two sign activations and batch
norms, in software: one epoch over 30000 images of Fashion-MNIST, one to two minutes of a core.

Needs Debian's python3-torch (1.13), python3-onnx and python3-numpy. Seed, order of images and number of threads are
fixed. Input is pixel / 255, flat.

    scripts/networks/train_sign_mlp.py DATA_FOLDER FILE.onnx

DATA_FOLDER holds the IDX files (scripts/datasets fashion-mnist).
"""
import argparse
from pathlib import Path

import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn
from torch.nn import functional
from train_fashion_cnn import load

SEED = 1
IMAGES = 30000
BATCH = 250
RATE = 0.005  # largest, of a one-cycle schedule


class Sign(torch.autograd.Function):
    """The sign; its slope is taken as 1 between -1 and 1."""

    @staticmethod
    def forward(context, values):
        context.save_for_backward(values)
        return torch.sign(values)

    @staticmethod
    def backward(context, gradient):
        (values,) = context.saved_tensors
        return gradient * (values.abs() < 1)


class Perceptron(nn.Module):
    """Dense layers without bias, each with a batch norm; a sign between two."""

    def __init__(self):
        super().__init__()
        sizes = (784, 512, 512, 10)
        layers = []
        for inputs, outputs in zip(sizes, sizes[1:]):
            layers += [nn.Linear(inputs, outputs, bias=False), nn.BatchNorm1d(outputs)]
        self.layers = nn.ModuleList(layers)

    def forward(self, values):
        for i in range(0, len(self.layers), 2):
            values = self.layers[i + 1](self.layers[i](values))
            if i + 2 < len(self.layers):
                values = Sign.apply(values)
        return values


def train(model, images, labels):
    """Adam over shuffled batches, once."""
    optimiser = torch.optim.Adam(model.parameters(), 0.002)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=IMAGES // BATCH + 1)
    order = torch.randperm(IMAGES)
    for first in range(0, IMAGES, BATCH):
        chosen = order[first:first + BATCH]
        optimiser.zero_grad()
        functional.cross_entropy(model(images[chosen]), labels[chosen]).backward()
        optimiser.step()
        schedule.step()


def export(model, file):
    """Gemm, BatchNormalization and Sign nodes."""
    def constant(name, values):
        return numpy_helper.from_array(values.detach().numpy().astype("float32"), name)

    nodes, constants, value = [], [], "image"
    for i in range(0, len(model.layers), 2):
        dense, norm = model.layers[i], model.layers[i + 1]
        tensors = (dense.weight, norm.weight, norm.bias, norm.running_mean, norm.running_var)
        names = [f"{kind}{i // 2}" for kind in ("weight", "factor", "offset", "mean", "variance")]
        constants += [constant(name, tensor) for name, tensor in zip(names, tensors)]
        nodes.append(helper.make_node("Gemm", [value, names[0]], [f"sum{i // 2}"], name=f"dense{i // 2}", transB=1))
        nodes.append(helper.make_node("BatchNormalization", [f"sum{i // 2}", *names[1:]], [f"normed{i // 2}"],
                                      name=f"norm{i // 2}", epsilon=1e-5))
        value = f"normed{i // 2}"
        if i + 2 < len(model.layers):
            nodes.append(helper.make_node("Sign", [value], [f"signs{i // 2}"], name=f"sign{i // 2}"))
            value = f"signs{i // 2}"
    graph = helper.make_graph(nodes, "mlp", [helper.make_tensor_value_info("image", TensorProto.FLOAT, [1, 784])],
                              [helper.make_tensor_value_info(value, TensorProto.FLOAT, [1, 10])], constants)
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=7), file)


def main():
    """Trains, tests and exports."""
    parser = argparse.ArgumentParser(description="Trains a perceptron with signs for Fashion-MNIST.")
    parser.add_argument("data", type=Path)
    parser.add_argument("file", type=Path)
    options = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    model = Perceptron()
    images, labels = load(options.data, "train")
    train(model, images.view(-1, 784), labels)
    model.eval()
    images, labels = load(options.data, "t10k")
    hits = (model(images.view(-1, 784)).argmax(1) == labels).float().mean().item()
    print(f"test images: {100 * hits:.2f} %")
    export(model, options.file)


if __name__ == "__main__":
    main()
