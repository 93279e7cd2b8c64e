# SPDX-License-Identifier: Apache-2.0
"""Draws what a network's devices were written to, and which classes its images were taken for.

usage: python3 scripts/figures/infer.py DIR [--format png,svg]

Reads conductances.csv and confusion.csv in DIR, which `dwmtj infer --device D --out DIR` writes; writes DIR/conductances.png
(150 dpi) and .svg (Fig. 6a of the paper), and DIR/confusion.png and .svg.
Exit status: 0, or 2 with one line on stderr.
"""

import csv
import os
import sys

sys.dont_write_bytecode = True  # leaves no __pycache__ beside the sources

import program  # noqa: E402

MOST_LABELLED = 20  # classes; more have no numbers in their fields


def arguments(words):
    """Parses the command line."""
    return program.parser("Draws conductances and confusions of a network on devices.", "folder of dwmtj infer").parse_args(words)


def draw_all(folder, format_list):
    """Draws the run in `folder`; returns the paths written."""
    import style
    from tables import number, read_columns

    formats = program.formats_of(format_list)
    bins = read_columns(os.path.join(folder, "conductances.csv"), {"conductance_s": number, "devices": number})
    style.apply()
    paths = style.save(draw_conductances(bins), os.path.join(folder, "conductances"), formats)
    return paths + style.save(draw_confusion(confusions(folder)), os.path.join(folder, "confusion"), formats)


def confusions(folder):
    """The table, a row a label."""
    import numpy as np

    with open(os.path.join(folder, "confusion.csv"), newline="", encoding="utf-8") as handle:
        rows = list(csv.reader(handle))[1:]
    return np.array([[int(field) for field in row[1:]] for row in rows])


def draw_conductances(bins):
    """A histogram, devices on a logarithmic axis: most are at the lowest level."""
    import style

    figure = style.new_page("Conductances of all devices", "dwmtj infer · all programmings together", 6.4, 3.6)
    axes = figure.subplots()
    microsiemens = 1e6 * bins["conductance_s"]
    axes.fill_between(microsiemens, bins["devices"], step="mid", color=style.GREY, linewidth=0)
    axes.set_yscale("log")
    axes.set_ylim(bottom=0.8)
    axes.set_xlabel("conductance (µS)")
    axes.set_ylabel("devices")
    return figure


def draw_confusion(table):
    """Shares of each label."""
    import style

    figure = style.new_page("What images were taken for", "dwmtj infer · all programmings together, % of a label", 5.4, 5.0)
    axes = figure.subplots()
    shares = 100 * table / table.sum(axis=1, keepdims=True).clip(min=1)
    axes.imshow(shares, cmap="Greys", vmin=0, vmax=100)
    if len(table) <= MOST_LABELLED:
        for (label, taken), share in [((i, j), shares[i, j]) for i in range(len(table)) for j in range(len(table))]:
            if share >= 0.5:
                axes.text(taken, label, f"{share:.0f}", ha="center", va="center", fontsize=7,
                          color="white" if share > 50 else style.INK)
        axes.set_xticks(range(len(table)))
        axes.set_yticks(range(len(table)))
    axes.set_xlabel("taken for")
    axes.set_ylabel("label")
    return figure


def main(words=None):
    """Runs the program; returns its exit status."""
    options = arguments(words)
    return program.run("infer.py", options.folder, lambda: draw_all(options.folder, options.format))


if __name__ == "__main__":
    sys.exit(main())
