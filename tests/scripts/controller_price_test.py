# SPDX-License-Identifier: Apache-2.0
"""The controller's prices in the tile files are those of the report, and the report is what the script finds.

controller_price_test.py SOURCES

The second half is left out, and said, where yosys, Icarus Verilog or the library are not installed; it takes the smallest
controller alone, whose row the report has.
"""

import os
import re
import shutil
import subprocess
import sys

TOLERANCE = 0.005  # the files round to three digits
LIBRARY = "/usr/share/qflow/tech/osu018/osu018_stdcells.lib"


def report(text):
    """{node: {key: fJ}}"""
    rows = re.findall(r"^ *(\d+) nm +([\d.]+) V +([\d.]+) fJ +([\d.]+) fJ +([\d.]+) fJ", text, re.M)
    return {row[0]: dict(zip(("supply", "cycle", "column_cycle", "wait_cycle"), map(float, row[1:]))) for row in rows}


def value(tile, key):
    """A constant of a tile's own file, without its unit."""
    match = re.search(rf"^  {key}: {{value: ([\d.]+) (fJ|pJ|V)", tile, re.M)
    return float(match.group(1)) * {"fJ": 1, "pJ": 1000, "V": 1}[match.group(2)]


def check_tiles(sources, prices):
    """Each node of the report has a tile with its prices."""
    for node, price in prices.items():
        with open(f"{sources}/tile/catalog/straight-{node}nm.yaml", encoding="utf-8") as file:
            tile = file.read()
        for key, found in price.items():
            stated = value(tile, key)
            if abs(stated - found) > TOLERANCE * found:
                sys.exit(f"straight-{node}nm: {key} is {stated}, and the report says {found}")


def check_script(sources, text):
    """The row of 16 columns, found anew."""
    if not (shutil.which("yosys") and shutil.which("iverilog") and os.path.exists(LIBRARY)):
        print("left out: yosys, iverilog and qflow-tech-osu018 are not all installed")
        return
    row = next(line for line in text.splitlines() if line.split()[:1] == ["16"])
    found = subprocess.run([f"{sources}/scripts/controller_price", "--columns", "16"], stdout=subprocess.PIPE, text=True,
                           check=True).stdout
    if row not in found.splitlines():
        sys.exit(f"the report has\n{row}\nand the script finds\n{found}")


def main(sources):
    """Both halves."""
    with open(f"{sources}/docs/tile/controller_price.txt", encoding="utf-8") as file:
        text = file.read()
    prices = report(text)
    if sorted(prices) != ["130", "28", "65"]:
        sys.exit(f"nodes of the report: {sorted(prices)}")
    check_tiles(sources, prices)
    check_script(sources, text)


if __name__ == "__main__":
    main(sys.argv[1])
