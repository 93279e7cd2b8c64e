# SPDX-License-Identifier: Apache-2.0
"""Probability that the domain wall has left its site by itself, against waiting time."""

import numpy as np
from matplotlib.lines import Line2D

import grid
import style
import tables

NAME = "retention"
SCHEMA = {
    "site": tables.integer,
    "site_name": str,
    "temperature_K": tables.number,
    "time_s": tables.number,
    "probability": tables.probability,
}
TEN_YEARS = 10 * 365.25 * 24 * 3600  # s
TARGET = 1e-6
LOWEST_FLOOR, HIGHEST_FLOOR = 1e-15, 1e-9  # the y axis starts between these
DASHES = ("-", (0, (6, 1.5)), (0, (3, 1.2)), (0, (5, 1.2, 1, 1.2)), (0, (1, 1)))


def draw(table, summary):
    """Log-log, one panel a temperature (K), one line a site; time in s."""
    temperatures = np.unique(table["temperature_K"])
    sites = [site for site in summary.sites if site.index in table["site"]]
    labels = [style.site_label(site) for site in sites]
    figure, panels = grid.new_grid(summary, "retention", len(temperatures), 3, labels or [""])
    floor = _floor(table["probability"])
    times = table["time_s"][table["time_s"] > 0]
    for place, (axes, temperature) in enumerate(zip(panels, temperatures)):
        _panel(axes, tables.select(table, temperature_K=temperature), sites, floor, summary)
        _target(axes, times, floor)
        style.panel_heading(axes, place, f"{temperature:g} K")
    grid.legend_below(figure, _handles(sites, summary))
    return figure


def _floor(probability):
    """The lower end of the y axis: a decade at or below the smallest probability, within bounds."""
    positive = probability[probability > 0]
    smallest = 10 ** np.floor(np.log10(positive.min())) if len(positive) else HIGHEST_FLOOR
    return min(max(smallest, LOWEST_FLOOR), HIGHEST_FLOOR)


def _look(place, colour):
    return dict(color=colour, linestyle=DASHES[place % len(DASHES)], linewidth=1.5)


def _panel(axes, rows, sites, floor, summary):
    """The lines of one temperature; sites that stay under the axis are named in the corner."""
    colours = style.site_colours(summary.sites)
    below = []
    for place, site in enumerate(sites):
        line = tables.sort_by(tables.select(rows, site=site.index), "time_s")
        shown = (line["time_s"] > 0) & (line["probability"] > 0)
        axes.plot(line["time_s"][shown], line["probability"][shown], **_look(place, colours[site.index]))
        if not (line["probability"] >= floor).any():
            below.append(site.name)
    if below:
        axes.text(0.03, 0.03, "below the axis: " + ", ".join(below), transform=axes.transAxes, fontsize=7,
                  color=style.GREY)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlabel("Time (s)")
    grid.outer_ylabel(axes, "Probability of leaving")


def _target(axes, times, floor):
    """Marks ten years, 1e-6, and the region that meets both."""
    high = max(times.max(), 3 * TEN_YEARS) if len(times) else 3 * TEN_YEARS
    low = times.min() if len(times) else 1.0
    axes.set(xlim=(low, high), ylim=(floor, 3.0))
    axes.axvline(TEN_YEARS, color=style.GREY, linewidth=0.8, linestyle=(0, (5, 3)), zorder=1)
    axes.axhline(TARGET, color=style.GREY, linewidth=0.8, linestyle=(0, (5, 3)), zorder=1)
    axes.annotate("10 years", (TEN_YEARS, 3.0), xytext=(0, 2), textcoords="offset points", ha="right", va="bottom",
                  fontsize=7.5, color=style.GREY)
    axes.annotate("$10^{-6}$", (high, TARGET), xytext=(3, 0), textcoords="offset points", ha="left", va="center",
                  fontsize=7.5, color=style.GREY)


def _handles(sites, summary):
    colours = style.site_colours(summary.sites)
    return [Line2D([], [], label=style.site_label(site), **_look(place, colours[site.index]))
            for place, site in enumerate(sites)]
