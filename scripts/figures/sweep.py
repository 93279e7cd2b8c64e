# SPDX-License-Identifier: Apache-2.0
"""Draws the table of a sweep.

usage: python3 scripts/figures/sweep.py DIR [--plot x=A,y=B,colour=C] [--pareto min:A,max:B,...] [--format png,svg]

Reads table.csv in DIR, which `dwmtj sweep` writes, and pareto.csv for --pareto. Writes DIR/plot.png and DIR/pareto.png
(150 dpi), and .svg. Axes whose values span more than a factor of 30 are logarithmic.
Exit status: 0; or with one line on stderr 2 (wrong input), 3 (not written), 4 (no matplotlib).
"""

import csv
import os
import re
import sys

sys.dont_write_bytecode = True  # leaves no __pycache__ beside the sources

import program  # noqa: E402
from errors import InputError  # noqa: E402

WIDTH, HEIGHT = 6.8, 4.6  # inches
MOST_LINES = 10  # values of a colour that are drawn as lines, with a legend
MOST_LABELS = 25  # points of a front that are named
LOG_SPAN = 30.0


def arguments(words):
    """Parses the command line."""
    parser = program.parser("Draws the table of a sweep.", "folder with table.csv")
    parser.add_argument("--plot", metavar="x=A,y=B[,colour=C]", help="columns of the table")
    parser.add_argument("--pareto", metavar="min:A,max:B[,...]", help="objectives: two axes, and a colour")
    return parser.parse_args(words)


def read_rows(path):
    """The rows of a table that are done, each {column: text}."""
    try:
        with open(path, newline="", encoding="utf-8") as handle:
            rows = [row for row in csv.DictReader(handle) if row["status"] == "done"]
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error
    except KeyError as error:
        raise InputError(f"{path}:1: no column status") from error
    if not rows:
        raise InputError(f"{path}: no point is done")
    return rows


def column(rows, name):
    """The values of a column: numbers where all are, else texts."""
    if name not in rows[0]:
        raise InputError(f"table.csv:1: no column {name}")
    texts = [row[name] for row in rows]
    try:
        return [float(text) for text in texts]
    except ValueError:
        return texts


def with_values(rows, names):
    """The rows in which none of these columns is empty."""
    kept = [row for row in rows if all(row.get(name) for name in names)]
    if not kept:
        raise InputError(f"table.csv: no point has {' and '.join(names)}")
    return kept


def label(name):
    """energy_J as "energy (J)"."""
    return re.sub(r"_(s|J|W|V|A|ohm|S|m|m2|K|T|Hz|kT)$", r" (\1)", name).replace("_", " ").replace("m2", "m²")


def set_scale(axis, values):
    """Logarithmic where the values need it."""
    numbers = [value for value in values if not isinstance(value, str)]
    if numbers and min(numbers) > 0 and max(numbers) / min(numbers) > LOG_SPAN:
        axis("log")


def draw_plot(rows, text, footer):
    """Points, joined where a colour stands for a few values."""
    import style

    roles = dict(part.split("=", 1) for part in text.split(","))
    if not {"x", "y"} <= set(roles):
        raise InputError("--plot: expected x=COLUMN,y=COLUMN")
    rows = with_values(rows, list(roles.values()))
    x, y = column(rows, roles["x"]), column(rows, roles["y"])
    if any(isinstance(value, str) for value in y):
        raise InputError(f"--plot: {roles['y']} has no numbers")
    figure = style.new_page(f"{label(roles['y'])} over {label(roles['x'])}", footer, WIDTH, HEIGHT)
    axes = figure.subplots()
    colour = column(rows, roles["colour"]) if "colour" in roles else [""] * len(rows)
    groups = list(dict.fromkeys(colour))
    if len(groups) <= MOST_LINES:
        _lines(axes, x, y, colour, groups, roles.get("colour"))
    else:
        _cloud(figure, axes, x, y, colour, roles["colour"])
    axes.set(xlabel=label(roles["x"]), ylabel=label(roles["y"]))
    if not any(isinstance(value, str) for value in x):
        set_scale(axes.set_xscale, x)
    set_scale(axes.set_yscale, y)
    return figure


def _lines(axes, x, y, colour, groups, title):
    import style

    for shade, group in zip(style.sequence(len(groups)), groups):
        pairs = [(x[i], y[i]) for i in range(len(x)) if colour[i] == group]
        if not isinstance(pairs[0][0], str):
            pairs.sort()
        named = f"{group:g}" if isinstance(group, float) else group
        joined = "-" if len({pair[0] for pair in pairs}) == len(pairs) else ""
        axes.plot(*zip(*pairs), linestyle=joined, marker="o", markersize=3.5, color=shade, label=named)
    if title:
        axes.legend(title=label(title))


def _cloud(figure, axes, x, y, colour, title):
    if any(isinstance(value, str) for value in colour):
        raise InputError(f"--plot: {title} has more than {MOST_LINES} values that are no numbers")
    drawn = axes.scatter(x, y, c=colour, cmap="viridis", s=14)
    figure.colorbar(drawn, ax=axes, label=label(title))


def draw_pareto(rows, front, text, footer):
    """All points over two objectives, those of the front above them, coloured by a third."""
    import style

    objectives = [part.split(":", 1) for part in text.split(",")]
    names = [name for _, name in objectives]
    rows = with_values(rows, names)
    figure = style.new_page(f"Pareto front: {len(front)} of {len(rows)} points", footer, WIDTH, HEIGHT)
    axes = figure.subplots()
    all_x, all_y = column(rows, names[0]), column(rows, names[1])
    x, y = column(front, names[0]), column(front, names[1])
    axes.scatter(all_x, all_y, s=10, color=style.BAND, label="beaten by another", zorder=2)
    if len(names) > 2:
        drawn = axes.scatter(x, y, c=column(front, names[2]), cmap="viridis", s=26, zorder=4, label="front")
        figure.colorbar(drawn, ax=axes, label=label(names[2]))
    else:
        axes.plot(x, y, drawstyle="steps-post" if objectives[1][0] == "min" else "default", color=style.INK,
                  linewidth=0.8, zorder=3)
        axes.scatter(x, y, s=26, color=style.sequence(1)[0], zorder=4, label="front")
    for place in style.thin_out(list(range(len(front))), MOST_LABELS):
        axes.annotate(front[place]["point"], (x[place], y[place]), xytext=(3, 3), textcoords="offset points",
                      fontsize=6.5, color=style.GREY)
    directions = {"min": "less is better", "max": "more is better"}
    x_text, y_text = (f"{label(name)}, {directions[side]}" for side, name in objectives[:2])
    axes.set(xlabel=x_text, ylabel=y_text)
    set_scale(axes.set_xscale, all_x)
    set_scale(axes.set_yscale, all_y)
    axes.legend(loc="best")
    return figure


def draw_all(options):
    """Draws what was asked for; returns the paths written."""
    import style

    formats = program.formats_of(options.format)
    rows = read_rows(os.path.join(options.folder, "table.csv"))
    footer = f"dwmtj sweep · {len(rows)} points"
    style.apply()
    written = []
    if options.plot:
        figure = draw_plot(rows, options.plot, footer)
        written += style.save(figure, os.path.join(options.folder, "plot"), formats)
    if options.pareto:
        front = read_rows(os.path.join(options.folder, "pareto.csv"))
        figure = draw_pareto(rows, front, options.pareto, footer + " · numbers: their index")
        written += style.save(figure, os.path.join(options.folder, "pareto"), formats)
    return written


def main(words=None):
    """Runs the program; returns its exit status."""
    options = arguments(words)
    return program.run("sweep.py", options.folder, lambda: draw_all(options))


if __name__ == "__main__":
    sys.exit(main())
