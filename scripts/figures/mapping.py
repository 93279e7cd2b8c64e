# SPDX-License-Identifier: Apache-2.0
"""Draws a network's mapping to the arrays of a chip.

usage: python3 scripts/figures/mapping.py DIR [--mesh-columns N] [--format png,svg]

Reads mapping.json, layers.csv and fragments.csv in DIR; writes DIR/mapping.png (150 dpi) and .svg: the cores with the
share of their arrays that each layer has, and each layer's utilisation.
Exit status: 0; or with one line on stderr 2 (wrong input), 3 (not written), 4 (no matplotlib).
"""

import math
import os
import sys

sys.dont_write_bytecode = True  # leaves no __pycache__ beside the sources

import program  # noqa: E402
from errors import InputError  # noqa: E402

WIDTH = 8.4  # inches
BAR_HEIGHT = 0.17  # inches
MOST_LABELS = 60  # layers that are named
MOST_NUMBERS = 144  # cores that are numbered
SIDE = 0.9  # of a core, of the distance to the next


def arguments(words):
    """Parses the command line."""
    parser = program.parser("Draws a network's mapping to the arrays of a chip.",
                            "folder with mapping.json, layers.csv, fragments.csv")
    parser.add_argument("--mesh-columns", metavar="N", type=int, help="cores side by side (default: about a square)")
    return parser.parse_args(words)


def draw_all(folder, mesh_columns, format_list):
    """Draws the mapping in `folder`; returns the paths written."""
    import style
    from mapping_files import read_mapping

    formats = program.formats_of(format_list)
    if mesh_columns is not None and mesh_columns < 1:
        raise InputError(f"--mesh-columns {mesh_columns}: expected at least 1")
    style.apply()
    chip, layers, fragments = read_mapping(folder)
    columns = min(mesh_columns or math.ceil(math.sqrt(chip.cores)), chip.cores)
    return style.save(draw(chip, layers, fragments, columns), os.path.join(folder, "mapping"), formats)


def draw(chip, layers, fragments, columns):
    """Cores on the left, bars of the layers on the right, both in the layers' colours."""
    import style

    mesh_height = 0.5 * WIDTH * math.ceil(chip.cores / columns) / columns
    bars_height = BAR_HEIGHT * min(len(layers["layer"]), MOST_LABELS)
    height = min(max(3.2, mesh_height, bars_height) + 1.1, 12.0)
    figure = style.new_page(_title(chip), _footer(chip), WIDTH, height)
    cores, bars = figure.subplots(1, 2)
    colours = dict(zip(layers["layer"], style.sequence(len(layers["layer"]))))
    _draw_cores(cores, chip, fragments, columns, colours)
    _draw_bars(bars, layers, colours)
    style.panel_heading(cores, 0, "arrays of each core, by layer")
    style.panel_heading(bars, 1, "utilisation of a layer's arrays")
    return figure


def _title(chip):
    return f"{chip.network}: {chip.arrays_used} of {chip.cores * chip.arrays} arrays on {chip.cores_used} of " \
           f"{chip.cores} cores"


def _footer(chip):
    return f"dwmtj {chip.version} · {chip.arrays} arrays a core, {chip.rows} x {chip.columns}, weights {chip.slices} " \
           f"wide · slowest layer: {chip.steps} windows · utilisation {100 * chip.utilisation:.1f} %"


def _draw_cores(axes, chip, fragments, columns, colours):
    """Squares in rows from the top left, filled from below with what each layer has of them."""
    import style
    from matplotlib.collections import PatchCollection
    from matplotlib.patches import Rectangle

    places = [(core % columns, core // columns) for core in range(chip.cores)]
    empty = [Rectangle((x, y), SIDE, SIDE) for x, y in places]
    axes.add_collection(PatchCollection(empty, facecolor=style.BAND, linewidth=0))
    filled, fill = [], []
    for core, first, count, layer in zip(*(fragments[name] for name in ("core", "first_array", "arrays", "layer"))):
        x, y = places[core]
        part = SIDE / chip.arrays
        filled.append(Rectangle((x, y + SIDE - part * (first + count)), SIDE, part * count))
        fill.append(colours[layer])
    border = 0.4 if chip.cores <= MOST_NUMBERS else 0.0
    axes.add_collection(PatchCollection(filled, facecolor=fill, edgecolor="white", linewidth=border))
    if chip.cores <= MOST_NUMBERS:
        _number(axes, places, columns)
    axes.set(xlim=(-0.1, columns), ylim=(math.ceil(chip.cores / columns), -0.1), aspect="equal", anchor="N")
    axes.axis("off")


def _number(axes, places, columns):
    """The cores' numbers, at their top left."""
    from matplotlib.patheffects import withStroke

    size = min(7.0, 60.0 / columns)
    for core, (x, y) in enumerate(places):
        axes.text(x + 0.04, y + 0.04, str(core), ha="left", va="top", fontsize=size,
                  path_effects=[withStroke(linewidth=1.5, foreground="white")])


def _draw_bars(axes, layers, colours):
    """A bar a layer, the first on top, with its copies where there are several."""
    import style

    names = list(layers["layer"])
    axes.barh(range(len(names)), 100 * layers["utilisation"], color=[colours[name] for name in names], height=0.8)
    named = style.thin_out(range(len(names)), MOST_LABELS)
    axes.set_yticks(named, [_short(names[place]) for place in named], fontsize=7)
    for place in named:
        copies = layers["copies"][place]
        text = f" {copies} copies" if copies > 1 else ""
        axes.text(100 * layers["utilisation"][place], place, text, ha="left", va="center", fontsize=6.5)
    axes.set(xlim=(0, 100), ylim=(len(names) - 0.5, -0.5), xlabel="Cells in use (%)")
    axes.tick_params(axis="y", length=0)


def _short(name, most=28):
    """The end of a long name: its beginning is the path of the module."""
    return name if len(name) <= most else "…" + name[1 - most:]


def main(words=None):
    """Runs the program; returns its exit status."""
    options = arguments(words)
    return program.run("mapping.py", options.folder,
                       lambda: draw_all(options.folder, options.mesh_columns, options.format))


if __name__ == "__main__":
    sys.exit(main())
