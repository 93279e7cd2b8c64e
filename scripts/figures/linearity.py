# SPDX-License-Identifier: Apache-2.0
"""Mean conductance after each of a train of equal pulses, upwards and downwards."""

import style
import tables

NAME = "linearity"
SCHEMA = {"train": str, "pulse": tables.integer, "conductance_S": tables.number}


def draw(table, summary):
    """Two panels, conductance in uS against pulses, beside the straight line between the ends."""
    trains = [name for name in ("potentiation", "depression") if (table["train"] == name).any()]
    figure = style.new_figure(summary, "linearity", 6.4, 3.4)
    panels = figure.subplots(1, len(trains), sharey=True, squeeze=False)[0]
    for place, (axes, name) in enumerate(zip(panels, trains)):
        rows = tables.sort_by(tables.select(table, train=name), "pulse")
        pulse, siemens = rows["pulse"], 1e6 * rows["conductance_S"]
        axes.plot(pulse[[0, -1]], siemens[[0, -1]], color=style.GREY, linewidth=0.8, linestyle="--")
        axes.plot(pulse, siemens, "o-", color=style.sequence(1)[0], markersize=3)
        axes.set_xlabel("Pulses")
        style.panel_heading(axes, place, name)
    panels[0].set_ylabel("Mean conductance (µS)")
    return figure
