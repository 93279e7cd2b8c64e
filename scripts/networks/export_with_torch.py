#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Exports small networks with torch.onnx.export: the test data of the ONNX reader.

Needs Debian's python3-torch (1.13), which nothing else of the project does. Beside each NAME.onnx
goes NAME.json: what torch itself says of the network (layers with weights, their multiplications
counted while it runs, an input and its output).

    scripts/networks/export_with_torch.py [FOLDER]
"""
import argparse
import json
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional


class LeNet(nn.Module):
    """Flattens by view(size(0), -1), which leaves a chain of shape nodes in the file."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 4, 5, padding=2)
        self.conv2 = nn.Conv2d(4, 6, 5)
        self.fc1 = nn.Linear(6 * 4 * 4, 20)
        self.fc2 = nn.Linear(20, 10)

    def forward(self, x):
        x = functional.max_pool2d(torch.relu(self.conv1(x)), 2)
        x = functional.avg_pool2d(torch.tanh(self.conv2(x)), 2)
        x = x.view(x.size(0), -1)
        return functional.log_softmax(self.fc2(torch.sigmoid(self.fc1(x))), dim=1)


class Residual(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.shortcut = nn.Sequential()
        if stride != 1:
            self.shortcut = nn.Sequential(
                nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = torch.relu(self.bn1(self.conv1(x)))
        return torch.relu(self.bn2(self.conv2(y)) + self.shortcut(x))


def resnet():
    return nn.Sequential(
        nn.Conv2d(3, 4, 3, 1, 1, bias=False), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(3, 2, 1),
        Residual(4, 4, 1), Residual(4, 8, 2), nn.AdaptiveAvgPool2d(1), nn.Flatten(),
        nn.Linear(8, 5))


class InvertedResidual(nn.Module):
    def __init__(self, channels, wide):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(channels, wide, 1, bias=False), nn.BatchNorm2d(wide), nn.ReLU6(),
            nn.Conv2d(wide, wide, 3, 1, 1, groups=wide, bias=False), nn.BatchNorm2d(wide),
            nn.ReLU6(), nn.Conv2d(wide, channels, 1, bias=False), nn.BatchNorm2d(channels))

    def forward(self, x):
        return x + self.body(x)


class MobileNetV2(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 4, 3, 2, 1, bias=False), nn.BatchNorm2d(4), nn.ReLU6())
        self.block = InvertedResidual(4, 12)
        self.head = nn.Sequential(nn.Dropout(0.2), nn.Linear(4, 6))

    def forward(self, x):
        return self.head(self.block(self.stem(x)).mean([2, 3]))


class DenseNet(nn.Module):
    """Normalises before it rectifies and convolves: all five norms stay."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 4, 3, padding=1, bias=False)
        self.norms = nn.ModuleList(nn.BatchNorm2d(4 + 3 * i) for i in range(3))
        self.convs = nn.ModuleList(
            nn.Conv2d(4 + 3 * i, 3, 3, padding=1, bias=False) for i in range(3))
        self.transition = nn.Sequential(
            nn.BatchNorm2d(13), nn.ReLU(), nn.Conv2d(13, 6, 1, bias=False), nn.AvgPool2d(2, 2))
        self.norm = nn.BatchNorm2d(6)
        self.classifier = nn.Linear(6, 5)

    def forward(self, x):
        features = [self.stem(x)]
        for norm, conv in zip(self.norms, self.convs):
            features.append(conv(torch.relu(norm(torch.cat(features, 1)))))
        x = torch.relu(self.norm(self.transition(torch.cat(features, 1))))
        return self.classifier(torch.flatten(functional.adaptive_avg_pool2d(x, (1, 1)), 1))


class Fire(nn.Module):
    def __init__(self, inputs, squeeze, expand):
        super().__init__()
        self.squeeze = nn.Conv2d(inputs, squeeze, 1)
        self.expand1 = nn.Conv2d(squeeze, expand, 1)
        self.expand3 = nn.Conv2d(squeeze, expand, 3, padding=1)

    def forward(self, x):
        x = torch.relu(self.squeeze(x))
        return torch.cat([torch.relu(self.expand1(x)), torch.relu(self.expand3(x))], 1)


def squeezenet():
    return nn.Sequential(
        nn.Conv2d(3, 4, 3, 2), nn.ReLU(), nn.MaxPool2d(3, 2, ceil_mode=True), Fire(4, 2, 3),
        Fire(6, 2, 4), nn.Dropout(0.5), nn.Conv2d(8, 5, 1), nn.ReLU(), nn.AdaptiveAvgPool2d((1, 1)),
        nn.Flatten())


class SqueezeAndExcite(nn.Module):
    def __init__(self, channels, few, gate):
        super().__init__()
        self.reduce = nn.Conv2d(channels, few, 1)
        self.expand = nn.Conv2d(few, channels, 1)
        self.gate = gate

    def forward(self, x):
        y = functional.relu(self.reduce(functional.adaptive_avg_pool2d(x, 1)))
        return x * self.gate(self.expand(y))


def mobilenet_v3():
    return nn.Sequential(
        nn.Conv2d(3, 8, 3, 2, 1, bias=False), nn.BatchNorm2d(8), nn.Hardswish(),
        nn.Conv2d(8, 8, 5, 1, 2, groups=8, bias=False), nn.BatchNorm2d(8),
        SqueezeAndExcite(8, 2, nn.Hardsigmoid()), nn.Hardswish(), nn.Conv2d(8, 6, 1, bias=False),
        nn.BatchNorm2d(6), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(6, 5))


def efficientnet():
    return nn.Sequential(
        nn.Conv2d(3, 8, 3, 2, 1, bias=False), nn.BatchNorm2d(8), nn.SiLU(),
        SqueezeAndExcite(8, 2, nn.Sigmoid()), nn.Conv2d(8, 6, 1, bias=False), nn.BatchNorm2d(6),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(6, 5))


class Inception(nn.Module):
    """Branches, factorised convolutions, the input transformed channel by channel."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 4, 3, bias=False)
        self.norm = nn.BatchNorm2d(4, eps=0.001)
        self.pool = nn.Conv2d(4, 3, 1)
        self.wide = nn.Conv2d(4, 3, (1, 7), padding=(0, 3))
        self.tall = nn.Conv2d(3, 4, (7, 1), padding=(3, 0))
        self.fc = nn.Linear(11, 5)

    def forward(self, x):
        channels = [torch.unsqueeze(x[:, i], 1) * (0.4 + 0.1 * i) - 0.05 for i in range(3)]
        x = torch.relu(self.norm(self.stem(torch.cat(channels, 1))))
        x = torch.cat([self.pool(functional.avg_pool2d(x, 3, 1, 1)), self.tall(self.wide(x)), x], 1)
        return self.fc(torch.flatten(functional.adaptive_avg_pool2d(x, 1), 1))


class ShuffleNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 3, 2, 1)
        self.branch = nn.Conv2d(4, 4, 3, padding=1, groups=4)
        self.fc = nn.Linear(8, 5)

    def forward(self, x):
        a, b = self.stem(x).chunk(2, dim=1)
        x = torch.cat((a, self.branch(b)), dim=1)
        batch, channels, height, width = x.size()
        x = x.view(batch, 2, channels // 2, height, width).transpose(1, 2).contiguous()
        return self.fc(x.view(batch, -1, height, width).mean([2, 3]))


def one_dimensional():
    return nn.Sequential(
        nn.Conv1d(2, 4, 5, stride=2, padding=2, dilation=1), nn.BatchNorm1d(4), nn.LeakyReLU(0.1),
        nn.MaxPool1d(2), nn.Conv1d(4, 6, 3, dilation=2), nn.ELU(), nn.AdaptiveAvgPool1d(1),
        nn.Flatten(), nn.Linear(6, 3))


class Padded(nn.Module):
    """Zeros around the image, more below and to the right, as TensorFlow's "same"."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, 2)
        self.prelu = nn.PReLU(4)
        self.fc = nn.Linear(4 * 16, 5, bias=False)

    def forward(self, x):
        x = self.prelu(self.conv(functional.pad(x, (0, 1, 0, 1))))
        return self.fc(torch.flatten(x, 1))


class Sign(nn.Module):
    def forward(self, x):
        return torch.sign(x)


def binarised():
    return nn.Sequential(
        nn.Flatten(), nn.Linear(16, 12, bias=False), nn.BatchNorm1d(12), Sign(),
        nn.Linear(12, 12, bias=False), nn.BatchNorm1d(12), Sign(), nn.Linear(12, 4, bias=False),
        nn.BatchNorm1d(4))


def batch_norm_first():
    """Norms before a convolution without padding and before a classifier fold forward."""
    return nn.Sequential(
        nn.BatchNorm2d(3), nn.Conv2d(3, 4, 3), nn.ReLU(), nn.BatchNorm2d(4), nn.Flatten(),
        nn.Linear(4 * 36, 5))


def tokens():
    return nn.Sequential(nn.Linear(6, 8), nn.ReLU(), nn.Linear(8, 4))


CASES = [  # name, network, input, opset, training mode preserved, dynamic batch axis
    ("lenet_opset9", LeNet, (1, 1, 16 + 8, 24), 9, False, True),
    ("resnet_opset11", resnet, (1, 3, 16, 16), 11, False, True),
    ("resnet_training_opset13", resnet, (2, 3, 16, 16), 13, True, False),
    ("mobilenet_v2_opset10", MobileNetV2, (1, 3, 16, 16), 10, False, True),
    ("mobilenet_v2_opset13", MobileNetV2, (1, 3, 16, 16), 13, False, False),
    ("densenet_opset11", DenseNet, (1, 3, 8, 8), 11, False, True),
    ("squeezenet_opset12", squeezenet, (1, 3, 23, 23), 12, False, True),
    ("mobilenet_v3_opset11", mobilenet_v3, (1, 3, 16, 16), 11, False, True),
    ("mobilenet_v3_opset16", mobilenet_v3, (1, 3, 16, 16), 16, False, True),
    ("efficientnet_opset13", efficientnet, (1, 3, 16, 16), 13, False, True),
    ("inception_opset11", Inception, (1, 3, 12, 12), 11, False, True),
    ("shufflenet_opset13", ShuffleNet, (1, 3, 8, 8), 13, False, True),
    ("one_dimensional_opset14", one_dimensional, (1, 2, 24), 14, False, True),
    ("padded_opset9", Padded, (1, 3, 8, 8), 9, False, True),
    ("padded_opset11", Padded, (1, 3, 8, 8), 11, False, True),
    ("binarised_opset16", binarised, (1, 1, 4, 4), 16, False, True),
    ("batch_norm_first_opset13", batch_norm_first, (1, 3, 8, 8), 13, False, True),
    ("tokens_opset13", tokens, (1, 5, 6), 13, False, False),
]


def randomise(network):
    for module in network.modules():
        if isinstance(module, nn.modules.batchnorm._BatchNorm):
            nn.init.uniform_(module.running_mean, -0.5, 0.5)
            nn.init.uniform_(module.running_var, 0.5, 2.0)
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.uniform_(module.bias, -0.5, 0.5)
            module.momentum = 0.0  # an export in training mode runs the network


def figures(network, x):
    """Runs the network; its layers with weights, in the order they ran, and its output."""
    layers = []

    def note(module, inputs, output):
        kernel = module.weight[0].numel()
        layers.append({
            "shape": list(output.shape[1:]), "weights": module.weight.numel(),
            "macs": output[0].numel() * kernel, "groups": getattr(module, "groups", 1)})

    for module in network.modules():
        if isinstance(module, (nn.Conv1d, nn.Conv2d, nn.Linear)):
            module.register_forward_hook(note)
    output = network(x)
    for module in network.modules():
        module._forward_hooks.clear()
    return layers, output


def export(folder, name, make, shape, opset, training, dynamic):
    torch.manual_seed(1)
    network = make()
    randomise(network)
    network.eval()
    x = torch.randn(shape).mul(100).round().div(100)
    with torch.no_grad():
        layers, y = figures(network, x)
    network.train(training)
    torch.onnx.export(
        network, x, folder / f"{name}.onnx", opset_version=opset, input_names=["image"],
        output_names=["scores"], dynamic_axes={"image": {0: "batch"}} if dynamic else None,
        training=torch.onnx.TrainingMode.PRESERVE if training else torch.onnx.TrainingMode.EVAL)
    rounded = lambda tensor: [round(value, 6) for value in tensor[0].flatten().tolist()]
    text = json.dumps({"layers": layers, "input": rounded(x), "output": rounded(y)})
    (folder / f"{name}.json").write_text(text + "\n")


def main():
    default = Path(__file__).parents[2] / "tests/networks/data/torch"
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=default)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for case in CASES:
        export(folder, *case)


if __name__ == "__main__":
    main()
