# SPDX-License-Identifier: Apache-2.0
"""Runs benchmarks/compare_simulation on a small pair: compare_simulation_test.py SOURCES BUILD

The table has a row for the pair; with a limit that nothing keeps, its parts add up to the figures of the row, and to the
difference. Exit status: 0, or an assertion.
"""

import os
import re
import struct
import subprocess
import sys
import tempfile


def write_images(folder, count=3):
    """Squares, as IDX files."""
    os.makedirs(folder)
    with open(os.path.join(folder, "t10k-images-idx3-ubyte"), "wb") as images:
        images.write(struct.pack(">4I", 0x803, count, 28, 28))
        for image in range(count):
            images.write(bytes(200 * (place // 28 > 6 + image and place % 28 > 8 - image) for place in range(28 * 28)))
    with open(os.path.join(folder, "t10k-labels-idx1-ubyte"), "wb") as labels:
        labels.write(struct.pack(">2I", 0x801, count) + bytes(range(count)))


def compare(sources, build, data, limit):
    """Status and output of the script."""
    words = [sys.executable, os.path.join(sources, "benchmarks/compare_simulation"), build, "fashion-cnn:mesh-256",
             "fashion-cnn:mesh-256:digital.lanes=16", "--data", data, "--images", "2", "--limit", limit, "--options",
             "--input-bits 2 --result-bits 4"]
    done = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=False)
    return done.returncode, done.stdout


def numbers(cell):
    """Simulated and estimated."""
    return [float(number) for number in re.match(r"(\S+) / (\S+) u", cell).groups()]


def main(sources, build):
    """Compares twice: with a limit that everything keeps, and with one that nothing does."""
    with tempfile.TemporaryDirectory() as folder:
        data = os.path.join(folder, "data")
        write_images(data)
        status, text = compare(sources, build, data, "1000")
        assert status == 0 and "within 1000 %: 2 of 2 pairs" in text, text
        status, text = compare(sources, build, data, "0")
    assert status == 1 and "within 0 %: 0 of 2 pairs" in text, text
    rows = [row.split(" | ") for row in text.splitlines() if row.startswith("| fashion-cnn | mesh-256 |")]
    assert len(rows) == 2, text
    latency, energy = numbers(rows[0][2]), numbers(rows[0][4])
    sums = [[float(cell) for cell in row.strip("| ").split(" | ")[1:]] for row in text.splitlines() if row.startswith("| all |")]
    assert len(sums) == 4, text
    for whole, (simulated, estimated, difference) in zip((latency, energy), sums):
        assert abs(simulated / whole[0] - 1) < 1e-3 and abs(estimated / whole[1] - 1) < 1e-3, (whole, simulated, estimated)
        assert abs(difference - (estimated - simulated)) < 2e-3 * simulated, text


if __name__ == "__main__":
    main(*sys.argv[1:])
