# SPDX-License-Identifier: Apache-2.0
"""Numbers with units, written as the commands write them."""

PREFIXES = {-15: "f", -12: "p", -9: "n", -6: "u", -3: "m", 0: "", 3: "k", 6: "M", 9: "G", 12: "T"}


def quantity(value, unit):
    """1.234e-9 s as "1.234 ns"; four digits."""
    if unit == "m^2":
        return area(value)
    if value == 0 or not unit:
        return f"{value:.4g} {unit}".strip()
    power = max((p for p in PREFIXES if abs(value) >= 10.0**p), default=-15)
    if abs(float(f"{value / 10.0**power:.4g}")) >= 1000 and power < 12:
        power += 3
    return f"{value / 10.0**power:.4g} {PREFIXES[power]}{unit}"


def area(value):
    """Square millimetres from a hundredth on, otherwise square micrometres."""
    return f"{value * 1e6:.4g} mm^2" if value >= 1e-8 else f"{value * 1e12:.4g} um^2"


def split(column):
    """A column's name without its unit, and the unit: "energy_J" is ("energy", "J")."""
    name, _, unit = column.rpartition("_")
    units = {"J": "J", "s": "s", "W": "W", "V": "V", "S": "S", "ohm": "ohm", "K": "K", "m2": "m^2", "j": "J", "ns": "ns", "db": "dB"}
    return (name.replace("_", " "), units[unit]) if name and unit in units else (column.replace("_", " "), "")
