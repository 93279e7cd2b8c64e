# SPDX-License-Identifier: Apache-2.0
"""Draws what benchmarks/scale has measured, with straight lines through it.

usage: python3 scripts/figures/scale.py DIR [--format png,svg]

Reads those of commands.csv, tiles.csv, layers.csv, cores.csv that are in DIR; prints the lines, writes DIR/scale.png
(150 dpi) and .svg.
Exit status: 0; or with one line on stderr 2 (wrong input), 3 (not written), 4 (no matplotlib).
"""

import os
import sys
from dataclasses import dataclass

sys.dont_write_bytecode = True  # leaves no __pycache__ beside the sources

import program  # noqa: E402
from errors import InputError  # noqa: E402

PANEL_WIDTH, PANEL_HEIGHT = 3.6, 2.8  # inches


@dataclass(frozen=True)
class Panel:
    """A table: what is counted, what tells its lines apart, and what is measured."""

    table: str
    counted: str
    lines: tuple
    heading: str
    measured: str = "seconds"
    unit: str = "s"


PANELS = (
    Panel("commands", "commands", ("chip", "timing"), "replay of a trace"),
    Panel("tiles", "tiles", (), "building a chip"),
    Panel("tiles", "tiles", (), "a built chip", "mebibytes", "MiB"),
    Panel("layers", "layers", ("copies",), "estimate, isaac-ce"),
    Panel("cores", "cores", ("copies",), "estimate, 20 layers"),
)


def arguments(words):
    """Parses the command line."""
    parser = program.parser("Draws what benchmarks/scale has measured.",
                            "folder with the CSV files of benchmarks/scale")
    return parser.parse_args(words)


def draw_all(folder, format_list):
    """Draws the tables in `folder`; returns the paths written."""
    import style

    formats = program.formats_of(format_list)
    style.apply()
    panels = [panel for panel in PANELS if os.path.exists(os.path.join(folder, f"{panel.table}.csv"))]
    if not panels:
        raise InputError(f"{folder}: no CSV of benchmarks/scale")
    columns = min(3, len(panels))
    rows = -(-len(panels) // columns)
    figure = style.new_page("Processor time and memory against size", "dots: measured · lines: least squares",
                            columns * PANEL_WIDTH, rows * PANEL_HEIGHT + 0.5)
    grid = figure.add_gridspec(rows, columns)
    for place, panel in enumerate(panels):
        axes = figure.add_subplot(grid[place // columns, place % columns])
        _draw(axes, panel, folder)
        style.panel_heading(axes, place, panel.heading)
    return style.save(figure, os.path.join(folder, "scale"), formats)


def _draw(axes, panel, folder):
    import style
    from tables import integer, number, read_columns

    schema = {panel.counted: integer, panel.measured: number, **{name: str for name in panel.lines}}
    table = read_columns(os.path.join(folder, f"{panel.table}.csv"), schema)
    names = [", ".join(words) for words in zip(*(table[name] for name in panel.lines))]
    names = names or [""] * len(table[panel.counted])
    lines = list(dict.fromkeys(names))
    for name, colour in zip(lines, style.sequence(len(lines))):
        chosen = [place for place, other in enumerate(names) if other == name]
        _draw_line(axes, panel, name, table[panel.counted][chosen], table[panel.measured][chosen], colour)
    axes.set(xlabel=panel.counted, ylabel=panel.unit, xlim=(0, None), ylim=(0, None))
    if len(lines) > 1:
        axes.legend(title={"copies": "copies of a layer"}.get(panel.lines[0]), title_fontsize=8)


def _draw_line(axes, panel, name, counts, values, colour):
    slope, start, determination, worst = straight_line(counts, values)
    print(f"{panel.heading}{', ' if name else ''}{name}: {start:.3g} {panel.unit} + {slope:.3g} {panel.unit} of each of "
          f"{panel.counted}, R^2 {determination:.4f}, off by {worst:.1%} of the largest at most")
    axes.plot(counts, values, "o", color=colour, markersize=4, label=f"{name} ($R^2$ {determination:.3f})")
    axes.plot([0, max(counts)], [start, start + slope * max(counts)], color=colour, linewidth=1)
    if not name:
        axes.text(0.03, 0.93, f"$R^2$ {determination:.3f}", transform=axes.transAxes, fontsize=8)


def straight_line(counts, values):
    """Slope, value at 0, R^2, and the largest deviation as a share of the largest value."""
    import numpy as np

    slope, start = np.polyfit(counts, values, 1)
    rest = values - (start + slope * counts)
    spread = np.sum((values - values.mean()) ** 2)
    return slope, start, 1 - np.sum(rest**2) / spread if spread else 1.0, np.abs(rest).max() / values.max()


def main(words=None):
    """Runs the program; returns its exit status."""
    options = arguments(words)
    return program.run("scale.py", options.folder, lambda: draw_all(options.folder, options.format))


if __name__ == "__main__":
    sys.exit(main())
