# SPDX-License-Identifier: Apache-2.0
"""Resistance against pulse amplitude over repeated ramps (the paper's Fig. 2b and 3b)."""

import numpy as np

import marks
import style
import tables

NAME = "ramp"
SCHEMA = {
    "device": tables.integer,
    "cycle": tables.integer,
    "pulse": tables.integer,
    "voltage_V": tables.number,
    "site": tables.integer,
    "resistance_ohm": tables.number,
}
MAX_CYCLES = 13  # as many as the paper shows
WIDTH, HEIGHT = 6.4, 4.4  # inches


def draw(table, summary):
    """Draws the first device's first cycles; voltage in V, resistance in ohm."""
    rows = tables.sort_by(tables.select(table, device=table["device"].min()), "cycle", "pulse")
    every_cycle = np.unique(rows["cycle"])
    cycles = every_cycle[:MAX_CYCLES]
    rows = {name: column[np.isin(rows["cycle"], cycles)] for name, column in rows.items()}
    heading = marks.cycle_heading("write ramps", len(cycles), len(every_cycle))
    figure = style.new_figure(summary, heading, WIDTH, HEIGHT, marks.KEY_WIDTH, measured=True)
    axes = figure.add_subplot()
    colours = style.sequence(len(cycles))
    for cycle, colour in zip(cycles, colours):
        marks.cycle_line(axes, tables.select(rows, cycle=cycle), colour)
    marks.voltage_limits(axes, rows["voltage_V"])
    marks.resistance_limits(axes, rows["resistance_ohm"], summary.levels)
    marks.level_bands(axes, summary.levels)
    marks.level_labels(axes, summary.levels, HEIGHT - 1.5)
    marks.switch_bands(axes, summary.switches_in("write"), 1, WIDTH - 1.7)
    marks.cycle_key(figure, cycles, colours)
    axes.set_xlabel("Pulse amplitude $V$ (V)")
    axes.set_ylabel(r"$R_\mathrm{MTJ}$ (Ω)")
    return figure
