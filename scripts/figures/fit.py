# SPDX-License-Identifier: Apache-2.0
"""Draws how a fitted device leaves its levels, beside the data it was fitted to.

usage: python3 scripts/figures/fit.py DIR [--format png,svg]

Reads fit.csv in DIR, as `dwmtj fit --out DIR` writes it; writes DIR/fit.png (150 dpi) and .svg: a panel a level, the share of
pulses that made it leave (dots, with the standard error of counting) and the chance of the fitted law (lines).
Exit status: 0, or 2 with one line on stderr.
"""

import os
import sys

sys.dont_write_bytecode = True  # leaves no __pycache__ beside the sources

import program  # noqa: E402

PANEL = 2.7  # inches
COLUMNS = 4
MARGIN = 0.25  # V beyond what changes
FEW = 1e-3  # a chance that counts as none


def draw_all(folder, format_list):
    """Draws fit.csv in `folder`; returns the paths written."""
    import style
    from tables import integer, number, probability, read_columns

    formats = program.formats_of(format_list)
    rows = read_columns(os.path.join(folder, "fit.csv"),
                        {"site": integer, "site_name": str, "voltage_V": number, "pulses": integer, "left": integer,
                         "chance": probability})
    style.apply()
    return style.save(draw(rows), os.path.join(folder, "fit"), formats)


def draw(rows):
    """A panel for each site that is left."""
    import matplotlib.pyplot as plt
    import numpy as np
    import style
    from tables import select, sort_by

    sites = np.unique(rows["site"])
    columns = min(COLUMNS, len(sites))
    lines = -(-len(sites) // columns)
    figure, panels = plt.subplots(lines, columns, figsize=(PANEL * columns + 0.6, PANEL * lines + 0.4), squeeze=False,
                                  sharey=True, layout="constrained")
    for axes in panels.flat[len(sites):]:
        axes.set_visible(False)
    for place, (axes, site) in enumerate(zip(panels.flat, sites)):
        here = sort_by(select(rows, site=site), "voltage_V")
        share = here["left"] / here["pulses"]
        error = np.sqrt(np.maximum(here["chance"] * (1 - here["chance"]), 1e-12) / here["pulses"])
        for sign in (1, -1):
            part = np.sign(here["voltage_V"]) == sign
            if part.any():
                axes.plot(here["voltage_V"][part], here["chance"][part], color="C0", linewidth=1.5)
        axes.errorbar(here["voltage_V"], share, yerr=error, fmt="o", color="C1", markersize=3, linewidth=0.8, zorder=3)
        axes.set(xlim=changing(here, share), ylim=(-0.05, 1.05), xlabel="Pulse amplitude $V$ (V)")
        style.panel_heading(axes, place, f"leaving {here['site_name'][0]}")
    for row in panels:
        row[0].set_ylabel("Share of pulses")
    return figure


def changing(here, share):
    """The voltages between which anything happens, with a margin."""
    moving = here["voltage_V"][(share > 0) | (here["chance"] > FEW)]
    if not len(moving):
        moving = here["voltage_V"]
    return moving.min() - MARGIN, moving.max() + MARGIN


def main(words):
    """The program."""
    options = program.parser("Draws the fit of a device.", "folder with fit.csv").parse_args(words)
    return program.run("fit.py", options.folder, lambda: draw_all(options.folder, options.format))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
