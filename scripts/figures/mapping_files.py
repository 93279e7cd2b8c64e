# SPDX-License-Identifier: Apache-2.0
"""Reads what a mapping has written: mapping.json, layers.csv, fragments.csv."""

import json
import os
from dataclasses import dataclass

from errors import InputError
from tables import integer, number, probability, read_columns

LAYERS = {"layer": str, "copies": integer, "steps": integer, "arrays": integer, "utilisation": probability}
FRAGMENTS = {"layer": str, "core": integer, "first_array": integer, "arrays": integer}


@dataclass(frozen=True)
class Chip:
    """The network's name, the arrays of the chip, and the totals."""

    network: str
    version: str
    cores: int
    arrays: int  # of a core
    rows: int
    columns: int
    slices: int
    cores_used: int
    arrays_used: int
    steps: int
    utilisation: float


def read_mapping(folder):
    """The chip, the layers' table and the fragments' table of a folder; raises InputError."""
    chip = _read_chip(os.path.join(folder, "mapping.json"))
    layers = read_columns(os.path.join(folder, "layers.csv"), LAYERS)
    path = os.path.join(folder, "fragments.csv")
    fragments = read_columns(path, FRAGMENTS)
    if fragments["core"].max() >= chip.cores:
        raise InputError(f"{path}: core {fragments['core'].max()}, the chip has {chip.cores}")
    unknown = sorted(set(fragments["layer"]) - set(layers["layer"]))
    if unknown:
        raise InputError(f"{path}: layer {unknown[0]} is not in layers.csv")
    return chip, layers, fragments


def _read_chip(path):
    try:
        with open(path, encoding="utf-8") as handle:
            return _chip(json.load(handle))
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error
    except KeyError as error:
        raise InputError(f"{path}: no key {error}") from error
    except (ValueError, TypeError) as error:
        raise InputError(f"{path}: {error}") from error


def _chip(data):
    counts = {name: integer(data[name]) for name in ("cores", "arrays", "rows", "columns", "slices", "cores_used",
                                                      "arrays_used", "steps")}
    return Chip(network=str(data["network"]), version=str(data["version"]), utilisation=number(data["utilisation"]),
                **counts)
