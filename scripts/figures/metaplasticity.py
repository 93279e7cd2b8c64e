# SPDX-License-Identifier: Apache-2.0
"""Draws what one drive does at each site of a device, beside the metaplastic factor of the paper's Eq. 1.

usage: python3 scripts/figures/metaplasticity.py DIR [--format png,svg]

Reads chances.csv in DIR or in the folders in it, a panel each, as `dwmtj learn --chances --out DIR` writes; writes
DIR/metaplasticity.png (150 dpi) and .svg, and DIR/factors.csv. A factor is the chance to leave a site over that to leave the
first, under codes that move the first site's wall with chances near 1e-4, 1e-3, 1e-2 and 0.1. The paper takes voltages for it:
its first switching voltage over each is drawn as crosses.
Exit status: 0, or 2 with one line on stderr.
"""

import csv
import os
import sys

sys.dont_write_bytecode = True  # leaves no __pycache__ beside the sources

import program  # noqa: E402
from errors import InputError  # noqa: E402

PANEL = 2.9  # inches
CHANCES = (1e-4, 1e-3, 1e-2, 0.1)
WIDTH_RATIO = 0.25  # w1:w2 of the paper
LEAST = 1e-12  # factors below are drawn there
# The paper's switches of the trapezoid (Fig. 2b), at the abs(W) of its four states: V.
SWITCHING = ((0, 1.5), (1 / 3, 3.0), (2 / 3, 3.5))


def arguments(words):
    """Parses the command line."""
    parser = program.parser("Draws the metaplastic factor of devices.", "folder with chances.csv, or folders that have one")
    return parser.parse_args(words)


def draw_all(folder, format_list):
    """Draws the devices in `folder`; returns the paths written."""
    import style

    formats = program.formats_of(format_list)
    paths = [path for path in [folder, *sorted(inside(folder))] if os.path.exists(os.path.join(path, "chances.csv"))]
    if not paths:
        raise InputError(f"{folder}: no chances.csv, nor in a folder inside")
    devices = [(os.path.basename(os.path.normpath(path)), factors_of(path)) for path in paths]
    write_factors(os.path.join(folder, "factors.csv"), devices)
    style.apply()
    return style.save(draw(devices), os.path.join(folder, "metaplasticity"), formats)


def inside(folder):
    """The folders in `folder`."""
    return [entry.path for entry in os.scandir(folder) if entry.is_dir()]


def factors_of(folder):
    """[(code, [chance of the first site, ...])] for the codes nearest to CHANCES."""
    import numpy as np
    from tables import integer, probability, read_columns, select

    rows = read_columns(os.path.join(folder, "chances.csv"),
                        {"direction": str, "site": integer, "code": integer, "chance": probability})
    forward = select(rows, direction="forward")
    first = select(forward, site=0)
    possible = first["chance"] > 0
    if not possible.any():
        raise InputError(f"{folder}: no code moves the first site's wall")
    result = []
    for wanted in CHANCES:
        off = np.abs(np.log(np.where(possible, first["chance"], 1e-300) / wanted))
        code = first["code"][off.argmin()]
        chances = [select(forward, site=site, code=code)["chance"][0] for site in range(forward["site"].max())]
        result.append((int(code), chances))
    return result


def write_factors(path, devices):
    """The numbers of the figure."""
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["device", "code", "site", "abs_w", "chance", "factor", "eq1"])
        for name, rows in devices:
            for code, chances in rows:
                for site, chance in enumerate(chances):
                    level = site / len(chances)
                    writer.writerow([name, code, site, f"{level:.6g}", f"{chance:.6g}",
                                     f"{chance / chances[0]:.6g}", f"{equation_1(level):.6g}"])


def equation_1(level):
    """The paper's factor at abs(W) = level."""
    return (1 - level) * (1 - WIDTH_RATIO) + WIDTH_RATIO


def draw(devices):
    """A panel a device."""
    import style

    footer = ("dwmtj learn --chances · dashed: Eq. 1 at 1:4; crosses: 1.5 V over the paper's V_C; "
              "below 1e-12 drawn there")
    figure = style.new_page("One drive at every site, beside the metaplastic factor", footer,
                            0.6 + PANEL * len(devices), 3.6)
    panels = figure.subplots(1, len(devices), sharey=True, squeeze=False)[0]
    for place, (axes, (name, rows)) in enumerate(zip(panels, devices)):
        axes.plot([0, 1], [equation_1(0), equation_1(1)], color=style.GREY, linestyle="--")
        axes.plot([level for level, _ in SWITCHING], [SWITCHING[0][1] / volts for _, volts in SWITCHING], "x",
                  color=style.GREY, markersize=5)
        for colour, (code, chances) in zip(style.sequence(len(rows)), rows):
            levels = [site / len(chances) for site in range(len(chances))]
            factors = [max(chance / chances[0], LEAST) for chance in chances]
            axes.plot(levels, factors, "o-", markersize=3, color=colour, label=f"code {code}: {chances[0]:.1g}")
        axes.set(yscale="log", xlabel="abs(W)")
        axes.legend(title="chance at the start", title_fontsize=7, fontsize=7)
        style.panel_heading(axes, place, name)
    panels[0].set_ylabel("chance over that at the start")
    return figure


def main(words=None):
    """Runs the program; returns its exit status."""
    options = arguments(words)
    return program.run("metaplasticity.py", options.folder, lambda: draw_all(options.folder, options.format))


if __name__ == "__main__":
    sys.exit(main())
