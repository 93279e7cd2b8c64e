# SPDX-License-Identifier: Apache-2.0
"""Write cycles and the reset that follows each (the paper's Fig. 2c and 2d)."""

import numpy as np

import marks
import style
import tables


def phase(text):
    """The direction of a pulse: write or reset."""
    if text not in ("write", "reset"):
        raise ValueError("neither write nor reset")
    return text


NAME = "write_reset"
SCHEMA = {
    "device": tables.integer,
    "cycle": tables.integer,
    "phase": phase,
    "pulse": tables.integer,
    "voltage_V": tables.number,
    "site": tables.integer,
    "resistance_ohm": tables.number,
}
MAX_CYCLES = 13
WIDTH, HEIGHT = 8.2, 4.2  # inches


def draw(table, summary):
    """Draws the first device, write left and reset right; voltage in V, resistance in ohm."""
    rows = tables.sort_by(tables.select(table, device=table["device"].min()), "cycle", "pulse")
    every_cycle = np.unique(rows["cycle"])
    cycles = every_cycle[:MAX_CYCLES]
    rows = {name: column[np.isin(rows["cycle"], cycles)] for name, column in rows.items()}
    heading = marks.cycle_heading("write and reset", len(cycles), len(every_cycle))
    figure = style.new_figure(summary, heading, WIDTH, HEIGHT, marks.KEY_WIDTH, measured=True)
    panels = figure.subplots(1, 2, sharey=True)
    marks.resistance_limits(panels[0], rows["resistance_ohm"], summary.levels)
    colours = style.sequence(len(cycles), last=0.85)
    pad = marks.SWITCH_LABEL_HEIGHT + 4 if summary.switches else 6
    for place, (axes, direction, sign) in enumerate(zip(panels, ("write", "reset"), (1, -1))):
        _panel(axes, tables.select(rows, phase=direction), cycles, colours, sign)
        _paper_marks(axes, summary, direction, sign)
        style.panel_heading(axes, place, f"{direction} direction", pad)
    panels[0].set_ylabel(r"$R_\mathrm{MTJ}$ (Ω)")
    panels[0].set_xlabel("Pulse amplitude $+V$ (V)")
    panels[1].set_xlabel("Pulse amplitude $-V$ (V)")
    marks.level_labels(panels[1], summary.levels, HEIGHT - 1.7)
    marks.cycle_key(figure, cycles, colours)
    return figure


def _panel(axes, rows, cycles, colours, sign):
    """One direction: every cycle as steps; an empty direction stays an empty panel from 0 to 1 V."""
    for cycle, colour in zip(cycles, colours):
        marks.cycle_line(axes, tables.select(rows, cycle=cycle), colour)
    marks.voltage_limits(axes, np.append(rows["voltage_V"], 0.0), sign)
    axes.locator_params(axis="x", nbins=6)


def _paper_marks(axes, summary, direction, sign):
    marks.level_bands(axes, summary.levels)
    marks.switch_bands(axes, summary.switches_in(direction), sign, (WIDTH - 1.8) / 2)
