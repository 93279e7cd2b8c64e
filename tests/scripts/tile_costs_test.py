# SPDX-License-Identifier: Apache-2.0
"""The tables of docs/tile/technologies.md are what scripts/tile_costs prints: tile_costs_test.py SOURCES DWMTJ

The shares of the controller but for the last of their columns, whose tiles are too large for a test.
"""

import subprocess
import sys


def compare(sources, program, options, columns=()):
    """Line by line, as far as the columns that are asked for go."""
    printed = subprocess.run([f"{sources}/scripts/tile_costs", program, *options, *columns], stdout=subprocess.PIPE, text=True,
                             check=True).stdout.splitlines()
    command = " ".join(["$ scripts/tile_costs build/release/app/dwmtj", *options])
    with open(f"{sources}/docs/tile/technologies.md", encoding="utf-8") as file:
        shown = file.read().split(command + "\n")[1].split("```")[0].splitlines()
    for number, (ours, page) in enumerate(zip(printed, shown)):
        if ours.rstrip() != (page[:len(ours)] if columns else page).rstrip():
            sys.exit(f"line {number + 1}: printed\n{ours}\nand the page has\n{page}")
    if len([line for line in printed if line]) != len([line for line in shown if line]):
        sys.exit("the page has another number of lines")


if __name__ == "__main__":
    compare(*sys.argv[1:], [])
    compare(*sys.argv[1:], ["--controller"], ["1", "8", "64"])
