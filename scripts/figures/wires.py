# SPDX-License-Identifier: Apache-2.0
"""Draws what the resistance of wires does to signs.

usage: python3 scripts/figures/wires.py DIR [--format png,svg]

Reads wires.csv in DIR, which `dwmtj wires --out DIR` writes; writes DIR/wires.png (150 dpi) and .svg: wrong signs against the
number of columns, and against that number over lambda.
Exit status: 0, or 2 with one line on stderr.
"""

import os
import sys

sys.dont_write_bytecode = True  # leaves no __pycache__ beside the sources

import program  # noqa: E402

LEAST = 1e-4  # a share below it is drawn here
MARKS = "os^Dv<>ph*"


def arguments(words):
    """Parses the command line."""
    return program.parser("Draws what the resistance of wires does to signs.", "folder with wires.csv").parse_args(words)


def draw_all(folder, format_list):
    """Draws the study in `folder`; returns the paths written."""
    import style
    from tables import number, read_columns

    formats = program.formats_of(format_list)
    columns = ("level_ohm", "columns", "segment_ohm", "lambda", "wrong_signs")
    rows = read_columns(os.path.join(folder, "wires.csv"), {"device": str, **{name: number for name in columns}})
    style.apply()
    return style.save(draw(rows), os.path.join(folder, "wires"), formats)


def draw(rows):
    """Against columns on the left, against columns over lambda on the right: there all fall on one band."""
    import numpy as np
    import style

    figure = style.new_page("Wrong signs of pairs of columns, by the resistance of the wires",
                            "dwmtj wires · square arrays of random levels, random binary inputs, no drivers", 8.4, 4.4)
    left, right = figure.subplots(1, 2, sharey=True)
    devices = list(dict.fromkeys(rows["device"]))
    segments = sorted(set(rows["segment_ohm"]))
    colours = dict(zip(segments, style.sequence(len(segments))))
    names = np.array(rows["device"])
    for mark, device in zip(MARKS, devices):
        for segment in segments:
            chosen = (names == device) & (rows["segment_ohm"] == segment)
            if not chosen.any():
                continue
            wrong = np.maximum(rows["wrong_signs"][chosen], LEAST)
            look = {"marker": mark, "color": colours[segment], "markersize": 4}
            left.plot(rows["columns"][chosen], wrong, label=f"{device}, {segment:g} Ω a cell", **look)
            right.plot(rows["columns"][chosen] / rows["lambda"][chosen], wrong, linestyle="none", **look)
    for axes in (left, right):
        axes.set_xscale("log", base=2)
        axes.set_yscale("log")
        axes.set_ylim(0.7 * LEAST, 1)
    right.axvline(0.25, color=style.GREY, linewidth=0.8, linestyle="--")
    left.set_xlabel("device columns, and rows")
    right.set_xlabel("columns / λ, λ = √(R / segment); dashed: λ/4")
    left.set_ylabel(f"wrong signs (at {LEAST:g}: fewer)")
    right.legend(*left.get_legend_handles_labels(), loc="lower right", fontsize=6.5)  # where no point can be
    return figure


def main(words=None):
    """Runs the program; returns its exit status."""
    options = arguments(words)
    return program.run("wires.py", options.folder, lambda: draw_all(options.folder, options.format))


if __name__ == "__main__":
    sys.exit(main())
