#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Exports small networks with torch's newer exporter (dynamo): recurrent, attention, norms, volumes.

Needs torch 2.6 or later with onnxscript, which Debian does not have and nothing else of the project needs. Beside each NAME.onnx
goes NAME.json: an input, and the first 200 values that torch makes of it. What the exporter notes of the machine is left out.

    scripts/networks/export_with_dynamo.py [FOLDER]
"""
import argparse
import json
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional

OPSET = 18
MOST_VALUES = 200  # of an output that are kept


class Recurrent(nn.Module):
    """What the last step leaves, classified."""

    def __init__(self, cell, bidirectional=False):
        super().__init__()
        self.cell = cell(16, 32, batch_first=True, bidirectional=bidirectional)
        self.classes = nn.Linear(64 if bidirectional else 32, 10)

    def forward(self, x):
        return self.classes(self.cell(x)[0][:, -1])


class Attention(nn.Module):
    """Four heads, a norm, and two layers behind them."""

    def __init__(self):
        super().__init__()
        self.heads = nn.MultiheadAttention(32, 4, batch_first=True)
        self.norm = nn.LayerNorm(32)
        self.layers = nn.Sequential(nn.Linear(32, 64), nn.GELU(), nn.Linear(64, 32))

    def forward(self, x):
        y = self.norm(x + self.heads(x, x, x, need_weights=False)[0])
        return y + self.layers(y)


class Enlarged(nn.Module):
    """A convolution, twice as large."""

    def __init__(self, mode):
        super().__init__()
        self.mode = mode
        self.convolution = nn.Conv2d(3, 8, 3, padding=1)

    def forward(self, x):
        return functional.interpolate(self.convolution(x), scale_factor=2.0, mode=self.mode)


class Einsum(nn.Module):
    """By weights, as an equation says."""

    def __init__(self, equation, shape):
        super().__init__()
        self.equation = equation
        self.weights = nn.Parameter(torch.randn(*shape) * 0.1)

    def forward(self, x):
        return torch.einsum(self.equation, x, self.weights)


class EinsumOfTwo(nn.Module):
    """Rows by rows, both computed."""

    def __init__(self):
        super().__init__()
        self.first, self.second = nn.Linear(16, 16), nn.Linear(16, 16)

    def forward(self, x):
        return torch.softmax(torch.einsum("bid,bjd->bij", self.first(x), self.second(x)), -1)


CASES = {
    "lstm": (lambda: Recurrent(nn.LSTM), (1, 20, 16)),
    "bilstm": (lambda: Recurrent(nn.LSTM, True), (1, 20, 16)),
    "gru": (lambda: Recurrent(nn.GRU), (1, 20, 16)),
    "embedding_rnn": (lambda: nn.Sequential(nn.RNN(8, 16, batch_first=True)), (1, 7, 8)),
    "attention": (Attention, (1, 12, 32)),
    "encoder": (lambda: nn.TransformerEncoderLayer(32, 4, 64, batch_first=True, activation="gelu"), (1, 12, 32)),
    "resize_nearest": (lambda: Enlarged("nearest"), (1, 3, 16, 16)),
    "resize_bilinear": (lambda: Enlarged("bilinear"), (1, 3, 16, 16)),
    "einsum_bij": (lambda: Einsum("bi,ij->bj", (16, 8)), (1, 16)),
    "einsum_bti": (lambda: Einsum("bti,ij->btj", (16, 8)), (1, 5, 16)),
    "einsum_heads": (lambda: Einsum("btd,dhk->bthk", (16, 4, 8)), (1, 5, 16)),
    "einsum_computed": (EinsumOfTwo, (1, 6, 16)),
    "layernorm": (lambda: nn.Sequential(nn.Linear(16, 32), nn.LayerNorm(32), nn.GELU(), nn.Linear(32, 4)), (1, 16)),
    "gelu_tanh": (lambda: nn.Sequential(nn.Linear(16, 32), nn.GELU(approximate="tanh"), nn.Linear(32, 4)), (1, 16)),
    "instancenorm": (lambda: nn.Sequential(nn.Conv2d(3, 8, 3), nn.InstanceNorm2d(8, affine=True), nn.ReLU(),
                                           nn.Conv2d(8, 4, 3)), (1, 3, 16, 16)),
    "groupnorm": (lambda: nn.Sequential(nn.Conv2d(3, 8, 3), nn.GroupNorm(2, 8), nn.SiLU(), nn.Conv2d(8, 4, 3)),
                  (1, 3, 16, 16)),
    "convtranspose": (lambda: nn.Sequential(nn.Conv2d(3, 8, 3, stride=2), nn.ReLU(),
                                            nn.ConvTranspose2d(8, 4, 4, stride=2, padding=1)), (1, 3, 17, 17)),
    "conv3d": (lambda: nn.Sequential(nn.Conv3d(1, 4, 3, padding=1), nn.ReLU(), nn.MaxPool3d(2), nn.Conv3d(4, 8, 3)),
               (1, 1, 8, 8, 8)),
    "conv1d_kws": (lambda: nn.Sequential(nn.Conv1d(10, 16, 5, stride=2), nn.BatchNorm1d(16), nn.ReLU(),
                                         nn.AdaptiveAvgPool1d(1), nn.Flatten(), nn.Linear(16, 12)), (1, 10, 49)),
    "depthwise": (lambda: nn.Sequential(nn.Conv2d(3, 8, 3, padding=1), nn.Hardswish(),
                                        nn.Conv2d(8, 8, 3, groups=8, padding=1), nn.ReLU6(), nn.Conv2d(8, 4, 1),
                                        nn.AdaptiveAvgPool2d(1), nn.Flatten()), (1, 3, 16, 16)),
}


def without_notes(model):
    """The exporter writes stack traces and names of files into each node."""
    del model.metadata_props[:]
    for part in (model, model.graph, *model.graph.node, *model.graph.value_info, *model.graph.input, *model.graph.output):
        part.doc_string = ""
        if hasattr(part, "metadata_props"):
            del part.metadata_props[:]
    return model


def export(folder, name, make, shape):
    torch.manual_seed(0)
    network, x = make().eval(), torch.randn(*shape)
    with torch.no_grad():
        y = network(x)
    y = y[0] if isinstance(y, tuple) else y
    model = torch.onnx.export(network, (x,), dynamo=True, opset_version=OPSET).model_proto
    (folder / f"{name}_opset{OPSET}.onnx").write_bytes(without_notes(model).SerializeToString())
    values = lambda tensor: [float(f"{value:.9g}") for value in tensor.flatten().tolist()]
    text = json.dumps({"input": values(x), "output": values(y)[:MOST_VALUES]})
    (folder / f"{name}_opset{OPSET}.json").write_text(text + "\n")


def main():
    default = Path(__file__).parents[2] / "tests/networks/data/dynamo"
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=default)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for name, (make, shape) in CASES.items():
        export(folder, name, make, shape)


if __name__ == "__main__":
    main()
