# SPDX-License-Identifier: Apache-2.0
"""Conductance of devices under trains of equal pulses, up and down."""

import style
import tables

NAME = "trains"
SCHEMA = {
    "device": tables.integer,
    "cycle": tables.integer,
    "pulse": tables.integer,
    "amplitude_V": tables.number_or_none,
    "site": tables.integer,
    "resistance_ohm": tables.number,
}
MOST_DEVICES = 10


def draw(table, summary):
    """Two panels, pulses up and down: the first trains of some devices, conductance in uS against pulses."""
    every = sorted(set(table["device"]))
    devices = style.thin_out(every, MOST_DEVICES)
    figure = style.new_figure(summary, f"trains, {len(devices)} of {len(every)} devices", 6.8, 3.4)
    panels = figure.subplots(1, 2, sharey=True)
    first = tables.select(table, cycle=table["cycle"].min())
    for place, (axes, sign, name) in enumerate(zip(panels, (1, -1), ("pulses up", "pulses down"))):
        pulsed_rows = {column: values[sign * first["amplitude_V"] > 0] for column, values in first.items()}
        for device, colour in zip(devices, style.sequence(len(devices))):
            rows = tables.sort_by(tables.select(pulsed_rows, device=device), "pulse")
            axes.plot(rows["pulse"], 1e6 / rows["resistance_ohm"], color=colour, linewidth=0.9, drawstyle="steps-post")
        axes.set_xlabel("Pulses")
        style.panel_heading(axes, place, name)
    panels[0].set_ylabel("Conductance (µS)")
    return figure
