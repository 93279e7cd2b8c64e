# SPDX-License-Identifier: Apache-2.0
"""Draws estimates side by side.

usage: python3 scripts/figures/compare.py DIR [--format png,svg]

Reads compare.csv in DIR, which `dwmtj compare --out DIR` writes; writes DIR/compare.png (150 dpi) and .svg: bars of time,
energy, efficiency and one-time programming for each result.
Exit status: 0; or with one line on stderr 2 (wrong input), 3 (not written), 4 (no matplotlib).
"""

import os
import sys

sys.dont_write_bytecode = True  # leaves no __pycache__ beside the sources

import program  # noqa: E402

WIDTH = 8.4  # inches
# Column, factor to the unit, heading.
PANELS = (
    ("interval_s", 1e3, "time between images (ms)"),
    ("energy_J", 1e3, "energy of an image (mJ)"),
    ("operations_per_joule", 1e-12, "efficiency (TOPS/W)"),
    ("programming_J", 1e3, "programming, once (mJ)"),
)


def arguments(words):
    """Parses the command line."""
    parser = program.parser("Draws estimates side by side.", "folder with compare.csv")
    return parser.parse_args(words)


def draw_all(folder, format_list):
    """Draws the comparison in `folder`; returns the paths written."""
    import style
    from tables import number, read_columns

    formats = program.formats_of(format_list)
    schema = {"result": str, "network": str, "architecture": str}
    schema.update({column: number for column, _, _ in PANELS})
    rows = read_columns(os.path.join(folder, "compare.csv"), schema)
    style.apply()
    return style.save(draw(rows), os.path.join(folder, "compare"), formats)


def draw(rows):
    """A panel for each figure, a bar for each result."""
    import style

    names = [_label(*row) for row in zip(rows["result"], rows["network"], rows["architecture"])]
    height = 2.0 + 2 * 0.28 * len(names)
    figure = style.new_page("Estimates side by side", "dwmtj compare", WIDTH, height)
    colours = style.sequence(len(names))
    for place, (axes, panel) in enumerate(zip(figure.subplots(2, 2).flat, PANELS)):
        column, factor, heading = panel
        values = factor * rows[column]
        priced = values.max() > 0
        axes.barh(range(len(names)), values, color=colours, height=0.7)
        axes.set_yticks(range(len(names)), names if place % 2 == 0 else [""] * len(names), fontsize=7)
        for row, value in enumerate(values):
            text = f" {value:.4g}" if value > 0 else " not priced"
            axes.text(value, row, text, ha="left", va="center", fontsize=7)
        axes.set(ylim=(len(names) - 0.5, -0.5), xlim=(0, 1.2 * values.max() if priced else 1.0))
        if not priced:
            axes.set_xticks([])
        axes.tick_params(axis="y", length=0)
        style.panel_heading(axes, place, heading)
    return figure


def _label(result, network, architecture):
    return f"{os.path.basename(result.rstrip('/'))}: {network} on {architecture}"


def main(words=None):
    """Runs the program; returns its exit status."""
    options = arguments(words)
    return program.run("compare.py", options.folder, lambda: draw_all(options.folder, options.format))


if __name__ == "__main__":
    sys.exit(main())
