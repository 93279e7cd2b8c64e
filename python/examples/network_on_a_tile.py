# SPDX-License-Identifier: Apache-2.0
"""A network of NumPy with its weights on pairs of devices: PYTHONPATH=build/release/python python3 THIS

1. Two classes on two rings are learnt by a network of one hidden layer, in NumPy alone.
2. The hidden layer's weights go to a tile of straight devices by write-verify: a weight
   is the difference of two levels.
3. The network runs with the conductances that the devices then have.
4. What that has cost is in the tile's account.
"""

import numpy as np

import dwmtj

HIDDEN = 32
random = np.random.default_rng(1)


def rings(count):
    """Points on two noisy rings, as 8 features, and which ring each is on."""
    labels = random.integers(0, 2, count)
    radius = np.where(labels == 1, 2.0, 1.0) + random.normal(0, 0.15, count)
    angle = random.uniform(0, 2 * np.pi, count)
    x, y = radius * np.cos(angle), radius * np.sin(angle)
    return np.stack([x, y, x * x, y * y, x * y, np.abs(x), np.abs(y), np.ones(count)], axis=1), labels


def forward(points, hidden_weights, output_weights):
    """Hidden layer, ReLU, output."""
    return np.maximum(points @ hidden_weights, 0) @ output_weights


def train(points, labels, steps=2000, rate=0.05):
    """Gradient descent on the logistic loss."""
    first = random.normal(0, 0.3, (points.shape[1], HIDDEN))
    second = random.normal(0, 0.3, HIDDEN)
    for _ in range(steps):
        hidden = np.maximum(points @ first, 0)
        error = (1 / (1 + np.exp(-(hidden @ second))) - labels) / len(labels)
        gradient = np.outer(error, second) * (hidden > 0)
        second -= rate * hidden.T @ error
        first -= rate * points.T @ gradient
    return first, second


def write(weights, tile):
    """Programs a weight as the difference of two levels, the nearest there is; returns what write-verify did."""
    values = dwmtj.Device("straight").conductances
    plus, minus = np.meshgrid(np.arange(tile.levels), np.arange(tile.levels), indexing="ij")
    differences = values[plus] - values[minus]
    wanted = weights / np.abs(weights).max() * differences.max()
    nearest = np.abs(wanted[..., None, None] - differences).reshape(*weights.shape, -1).argmin(-1)
    levels = np.stack([plus.ravel()[nearest], minus.ravel()[nearest]], axis=1).astype(np.int16)
    return tile.program(levels)  # (rows, 2, columns)


def weights_of(tile, largest):
    """What the devices are worth: views of the tile's memory, a difference, a scale."""
    values = dwmtj.Device("straight").conductances
    pairs = tile.conductances
    return (pairs[:, 0] - pairs[:, 1]) * largest / (values.max() - values.min())


def main():
    """Prints accuracies and cost."""
    points, labels = rings(1000)
    tests, answers = rings(1000)
    first, second = train(points, labels)
    tile = dwmtj.Tile("straight", rows=first.shape[0], columns=HIDDEN, seed=1)
    done = write(first, tile)
    on_devices = weights_of(tile, np.abs(first).max())
    for name, weights in (("floating point", first), ("on devices", on_devices)):
        right = ((forward(tests, weights, second) > 0) == answers).mean()
        print(f"{name:<15} {100 * right:.1f} %")
    print(f"pulses          {done['pulses'].sum()} for {done['pulses'].size} devices, {done['flagged'].sum()} flagged")
    print(f"writing         {tile.time * 1e6:.1f} us, {tile.account()['posted_J'] * 1e12:.1f} pJ")


if __name__ == "__main__":
    main()
