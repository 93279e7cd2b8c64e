# SPDX-License-Identifier: Apache-2.0
"""Reads summary.json: what was characterized, and what the paper measured on that device."""

import json
from dataclasses import dataclass, field

from errors import InputError
from tables import integer, number


@dataclass(frozen=True)
class Site:
    """One place where the domain wall can rest; level in ohm."""

    index: int
    name: str
    level_ohm: float


@dataclass(frozen=True)
class MeasuredLevel:
    """A resistance level of the paper: mean and standard deviation over all cycles, in ohm."""

    mean_ohm: float
    spread_ohm: float


@dataclass(frozen=True)
class MeasuredSwitch:
    """A switching voltage of the paper, in V (positive); var is half the range over the mean."""

    label: str
    mean_V: float
    var: float
    direction: str  # "write" or "reset"


@dataclass(frozen=True)
class Summary:
    """The run that the CSV files came from."""

    device: str
    title: str
    version: str
    seed: str
    sites: list = field(default_factory=list)
    source: str = ""
    levels: list = field(default_factory=list)
    switches: list = field(default_factory=list)

    def switches_in(self, direction):
        """The measured switches of one direction, "write" or "reset"."""
        return [switch for switch in self.switches if switch.direction == direction]

    def require_sites(self, path, indices):
        """Raises InputError when the table at `path` has a site that is not among ours."""
        unknown = sorted(set(indices) - {site.index for site in self.sites})
        if unknown:
            raise InputError(f"{path}: site {unknown[0]} is not in summary.json")


def read_summary(path):
    """Reads summary.json; raises InputError with one line when it is missing or malformed."""
    try:
        with open(path, encoding="utf-8") as handle:
            return _summary(json.load(handle))
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error
    except KeyError as error:
        raise InputError(f"{path}: no key {error}") from error
    except (ValueError, TypeError, AttributeError) as error:
        raise InputError(f"{path}: {error}") from error


def _summary(data):
    measured = data.get("measured") or {}
    return Summary(
        device=str(data["device"]),
        title=str(data.get("title") or data["device"]),
        version=str(data["version"]),
        seed=str(data["seed"]),
        sites=[_site(row) for row in data["sites"]],
        source=str(measured.get("source") or ""),
        levels=[_level(row) for row in measured.get("levels") or []],
        switches=[_switch(row) for row in measured.get("switches") or []],
    )


def _site(row):
    return Site(integer(row["index"]), str(row["name"]), number(row["level_ohm"]))


def _level(row):
    return MeasuredLevel(number(row["mean_ohm"]), number(row["spread_ohm"]))


def _switch(row):
    direction = str(row["direction"])
    if direction not in ("write", "reset"):
        raise ValueError(f"switch direction '{direction}' is neither write nor reset")
    return MeasuredSwitch(str(row["label"]), abs(number(row["mean_V"])), number(row["var"]), direction)
