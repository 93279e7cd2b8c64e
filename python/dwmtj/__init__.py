# SPDX-License-Identifier: Apache-2.0
"""Domain-wall MTJ devices and arrays of them in NumPy; networks on chips of them as dictionaries.

Arrays of the tile and of devices are views of their own memory. Values are in SI units.

    >>> import dwmtj, numpy
    >>> tile = dwmtj.Tile("trapezoidal", rows=64, columns=64)
    >>> done = tile.program(numpy.zeros(tile.shape, numpy.int16))
    >>> weights = tile.conductances[:, 0] - tile.conductances[:, 1]  # S
"""

from . import _data
from ._native import SKIP, Device, Devices, InputError, Tile
from .commands import CommandError, estimate, infer, replay, run

__all__ = [
    "SKIP", "CommandError", "Device", "Devices", "InputError", "Tile", "estimate", "infer", "replay", "run",
]
