# SPDX-License-Identifier: Apache-2.0
"""Switching voltages, their var and the loss in ten years against temperature."""

import numpy as np

import style
import tables

NAME = "temperature"
SCHEMA = {
    "temperature_K": tables.number,
    "phase": str,
    "site": tables.integer,
    "mean_V": tables.number_or_none,
    "var": tables.number_or_none,
    "left_in_ten_years": tables.number_or_none,
}
PANELS = (("mean_V", "$V_C$ (V)", 1), ("var", "var (%)", 100), ("left_in_ten_years", "Lost in ten years", 1))
FLOOR = 1e-15  # of what is lost; below it is drawn there
MOST_SITES = 8


def draw(table, summary):
    """A line a site of the writing ramp (some of them if many); the reset's voltage dashed."""
    figure = style.new_figure(summary, "temperature", 9.0, 3.4)
    panels = figure.subplots(1, len(PANELS))
    colours = style.site_colours(summary.sites)
    sites = style.thin_out(sorted(set(table["site"][table["phase"] == "write"])), MOST_SITES)
    names = {site.index: site.name for site in summary.sites}
    for place, (axes, (column, label, factor)) in enumerate(zip(panels, PANELS)):
        for site in sites:
            rows = tables.sort_by(tables.select(table, phase="write", site=site), "temperature_K")
            _line(axes, rows, column, factor, color=colours[site], label=names[site])
        if column != "left_in_ten_years":
            rows = tables.sort_by(tables.select(table, phase="reset"), "temperature_K")
            _line(axes, rows, column, factor, color=style.GREY, linestyle="--", label="reset")
        axes.set(xlabel="Temperature (K)", ylabel=label)
        style.panel_heading(axes, place, label.split(" (")[0])
    panels[2].set_yscale("log")
    panels[2].legend(*panels[0].get_legend_handles_labels(), fontsize=7, loc="lower right")
    return figure


def _line(axes, rows, column, factor, **look):
    values = factor * rows[column]
    if column == "left_in_ten_years":
        values = np.maximum(values, FLOOR)
    axes.plot(rows["temperature_K"], values, marker="o", markersize=3, **look)
