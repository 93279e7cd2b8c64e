# SPDX-License-Identifier: Apache-2.0
"""Resistance of the junction in a field that goes up and down."""

import style
import tables

NAME = "field_loop"
SCHEMA = {"field_T": tables.number, "resistance_ohm": tables.number}


def draw(table, summary):
    """One loop, in mT and ohm."""
    figure = style.new_figure(summary, "field loop", 4.8, 3.6)
    axes = figure.subplots()
    turn = int(table["field_T"].argmax()) + 1
    colours = style.sequence(2, "cividis", 0.75)
    for part, colour, label in ((slice(None, turn), colours[0], "up"), (slice(turn, None), colours[1], "down")):
        axes.plot(1e3 * table["field_T"][part], table["resistance_ohm"][part], color=colour, label=label)
    axes.set(xlabel="Field (mT)", ylabel="Resistance (Ω)")
    axes.legend()
    return figure
