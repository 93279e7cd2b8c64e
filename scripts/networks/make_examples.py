#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes example networks as ONNX files, their weights random at a fixed seed.

    scripts/networks/make_examples.py FOLDER [NAME...]

Needs Debian's python3-onnx. An untrained network costs the same energy and time as a trained one,
and these are used for estimates only. The layers are those of the papers named at each function.
"""
import argparse
from pathlib import Path

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper


class Graph:
    """A network while it is written: each method adds a node and returns the name of its output."""

    opset = 13

    def __init__(self, shape, seed=1):
        self.random = numpy.random.Generator(numpy.random.Philox(seed))
        self.nodes, self.weights = [], []
        self.shape = ["batch", *shape]

    def node(self, operator, inputs, **attributes):
        name = f"{operator.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, inputs, [name], name=name, **attributes))
        return name

    def tensor(self, values):
        name = f"weights_{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(values.astype(numpy.float32), name))
        return name

    def random_weights(self, *shape):
        """Of the variance that keeps signals of one size behind a rectifier (He et al. 2015)."""
        spread = numpy.float32((2 / numpy.prod(shape[1:])) ** 0.5)
        return self.tensor(self.random.standard_normal(shape, dtype=numpy.float32) * spread)

    def convolution(self, x, inputs, outputs, kernel, stride=1):
        weights = self.random_weights(outputs, inputs, kernel, kernel)
        return self.node("Conv", [x, weights], kernel_shape=[kernel] * 2, strides=[stride] * 2,
                         pads=[kernel // 2] * 4)

    def norm(self, x, channels):
        ones = numpy.ones(channels)
        spread = lambda low, high: self.tensor(self.random.uniform(low, high, channels))
        return self.node("BatchNormalization", [x, spread(0.5, 1.5), spread(-0.1, 0.1),
                                                self.tensor(0 * ones), self.tensor(ones)])

    def convolution_norm(self, x, inputs, outputs, kernel, stride=1):
        return self.norm(self.convolution(x, inputs, outputs, kernel, stride), outputs)

    def dense(self, x, inputs, outputs, bias=True):
        weights = [self.random_weights(outputs, inputs)]
        if bias:
            weights.append(self.tensor(numpy.zeros(outputs)))
        return self.node("Gemm", [x, *weights], transB=1)

    def relu(self, x):
        return self.node("Relu", [x])

    def model(self, output, outputs):
        value = helper.make_tensor_value_info
        graph = helper.make_graph(
            self.nodes, "example", [value("image", TensorProto.FLOAT, self.shape)],
            [value(output, TensorProto.FLOAT, ["batch", outputs])], self.weights)
        return helper.make_model(graph, producer_name="dwmtj", ir_version=7,
                                 opset_imports=[helper.make_opsetid("", self.opset)])


def stream_mlp():
    """The perceptron of the stream-learning study (Leonard et al., Fig. 4): 784-512-512-10."""
    graph = Graph([1, 28, 28])
    x = graph.node("Flatten", ["image"])
    for inputs, outputs in ((784, 512), (512, 512)):
        x = graph.norm(graph.dense(x, inputs, outputs, bias=False), outputs)
        x = graph.node("Sign", [x])
    return graph.model(graph.norm(graph.dense(x, 512, 10, bias=False), 10), 10)


def residual_block(graph, x, inputs, outputs, stride, projects):
    """Two convolutions of 3x3 and a shortcut (He et al. 2016, Fig. 2)."""
    y = graph.relu(graph.convolution_norm(x, inputs, outputs, 3, stride))
    y = graph.convolution_norm(y, outputs, outputs, 3)
    if projects:
        x = graph.convolution_norm(x, inputs, outputs, 1, stride)
    return graph.relu(graph.node("Add", [y, x]))


def residual_stages(graph, x, inputs, widths, depths):
    for stage, (outputs, depth) in enumerate(zip(widths, depths)):
        for block in range(depth):
            stride = 2 if stage > 0 and block == 0 else 1
            x = residual_block(graph, x, inputs, outputs, stride, inputs != outputs)
            inputs = outputs
    return x


def classifier(graph, x, inputs, outputs):
    x = graph.node("Flatten", [graph.node("GlobalAveragePool", [x])])
    return graph.model(graph.dense(x, inputs, outputs), outputs)


def resnet56_wide():
    """ResNet56 (He et al. 2016, section 4.2) with 4 x its channels: the network of Leonard et al.,
    Fig. 6, for CIFAR-100. Projections where the channels change."""
    graph = Graph([3, 32, 32])
    x = graph.relu(graph.convolution_norm("image", 3, 64, 3))
    x = residual_stages(graph, x, 64, (64, 128, 256), (9, 9, 9))
    return classifier(graph, x, 256, 100)


def resnet18():
    """ResNet-18 for images of 224x224 (He et al. 2016, Table 1)."""
    graph = Graph([3, 224, 224])
    x = graph.relu(graph.convolution_norm("image", 3, 64, 7, 2))
    x = graph.node("MaxPool", [x], kernel_shape=[3, 3], strides=[2, 2], pads=[1] * 4)
    x = residual_stages(graph, x, 64, (64, 128, 256, 512), (2, 2, 2, 2))
    return classifier(graph, x, 512, 1000)


def tiny():
    """A few layers of each common kind, small enough to be kept: 8x8 images, 4 classes."""
    graph = Graph([1, 8, 8])
    x = graph.relu(graph.convolution_norm("image", 1, 4, 3))
    x = graph.node("MaxPool", [x], kernel_shape=[2, 2], strides=[2, 2])
    x = residual_block(graph, x, 4, 8, 1, True)
    return classifier(graph, x, 8, 4)


def depthwise_separable(graph, x, channels):
    """A 3x3 kernel on each channel, then a 1x1 across them (Howard et al. 2017, Fig. 2)."""
    weights = graph.random_weights(channels, 1, 3, 3)
    x = graph.node("Conv", [x, weights], kernel_shape=[3, 3], pads=[1] * 4, group=channels)
    return graph.relu(graph.convolution_norm(graph.relu(graph.norm(x, channels)), channels, channels,
                                             1))


def keywords():
    """DS-CNN small for keyword spotting (Zhang et al. 2017, "Hello Edge", Table 5): 49 frames of 10
    coefficients, 12 words."""
    graph = Graph([1, 49, 10])
    weights = graph.random_weights(64, 1, 10, 4)
    x = graph.node("Conv", ["image", weights], kernel_shape=[10, 4], strides=[2, 2],
                   pads=[4, 1, 5, 1])
    x = graph.relu(graph.norm(x, 64))
    for _ in range(4):
        x = depthwise_separable(graph, x, 64)
    return classifier(graph, x, 64, 12)


class Encoder(Graph):
    """Layers of a transformer's encoder (Vaswani et al. 2017, section 3) over `tokens` of `width`."""

    opset = 17  # LayerNormalization

    def __init__(self, tokens, width, heads):
        super().__init__([tokens, width])
        self.tokens, self.width, self.heads = tokens, width, heads

    def layer_norm(self, x):
        ones = numpy.ones(self.width)
        return self.node("LayerNormalization", [x, self.tensor(ones), self.tensor(0 * ones)], axis=-1)

    def projection(self, x, inputs, outputs):
        y = self.node("MatMul", [x, self.random_weights(inputs, outputs)])
        return self.node("Add", [y, self.tensor(numpy.zeros(outputs))])

    def heads_of(self, x, permutation):
        sizes = numpy.array([1, self.tokens, self.heads, self.width // self.heads])
        self.weights.append(numpy_helper.from_array(sizes, f"sizes_{len(self.weights)}"))
        x = self.node("Reshape", [x, self.weights[-1].name])
        return self.node("Transpose", [x], perm=permutation)

    def attention(self, x):
        query, key, value = (self.projection(x, self.width, self.width) for _ in range(3))
        scores = self.node("MatMul", [self.heads_of(query, [0, 2, 1, 3]),
                                      self.heads_of(key, [0, 2, 3, 1])])
        scale = self.tensor(numpy.array([(self.width // self.heads) ** -0.5]))
        shares = self.node("Softmax", [self.node("Mul", [scores, scale])], axis=-1)
        mixed = self.node("MatMul", [shares, self.heads_of(value, [0, 2, 1, 3])])
        mixed = self.node("Transpose", [mixed], perm=[0, 2, 1, 3])
        self.weights.append(numpy_helper.from_array(numpy.array([1, self.tokens, self.width]),
                                                    f"sizes_{len(self.weights)}"))
        joined = self.node("Reshape", [mixed, self.weights[-1].name])
        return self.projection(joined, self.width, self.width)

    def layer(self, x):
        x = self.layer_norm(self.node("Add", [x, self.attention(x)]))
        y = self.relu(self.projection(x, self.width, 4 * self.width))
        return self.layer_norm(self.node("Add", [x, self.projection(y, 4 * self.width, self.width)]))


def encoder():
    """A small transformer: two layers of the encoder, 32 tokens of 64, four heads, ten classes."""
    graph = Encoder(32, 64, 4)
    x = graph.layer(graph.layer("image"))
    x = graph.node("ReduceMean", [x], axes=[1], keepdims=0)
    return graph.model(graph.dense(x, 64, 10), 10)


NETWORKS = {"stream-mlp": stream_mlp, "resnet56-wide": resnet56_wide, "resnet18": resnet18,
            "tiny": tiny, "keywords": keywords, "encoder": encoder}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("name", nargs="*", default=list(NETWORKS))
    options = parser.parse_args()
    for name in options.name:
        if name not in NETWORKS:
            parser.error(f"no network '{name}': there are {', '.join(NETWORKS)}")
    options.folder.mkdir(parents=True, exist_ok=True)
    for name in options.name:
        onnx.save(NETWORKS[name](), options.folder / f"{name}.onnx")


if __name__ == "__main__":
    main()
