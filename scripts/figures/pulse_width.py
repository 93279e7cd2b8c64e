# SPDX-License-Identifier: Apache-2.0
"""Probability of leaving a site in one pulse, for several pulse widths, and the voltage of one half."""

import numpy as np
from matplotlib.lines import Line2D

import grid
import style
import tables

NAME = "pulse_width"
SCHEMA = {
    "site": tables.integer,
    "site_name": str,
    "width_ns": tables.number,
    "voltage_V": tables.number,
    "probability": tables.probability,
}
MARKERS = "osD^vP*X<>"
NAME_SIZE = 7.5
MAX_TICKS = 8
MAX_PANELS = 8
MAX_NAMES = 12


def draw(table, summary):
    """Probability against V, one panel a site (some of them if many); last panel: V50 against width in ns."""
    sites = [site for site in summary.sites if (table["probability"][table["site"] == site.index] > 0).any()]
    shown = style.thin_out(sites, MAX_PANELS)
    widths = np.unique(table["width_ns"])
    colours = style.sequence(len(widths), "cividis", 0.88)
    handles = [Line2D([], [], color=colour, label=f"{width:g} ns") for width, colour in zip(widths, colours)]
    figure, panels = grid.new_grid(summary, "pulse width", len(shown) + 1, 3 if len(shown) > 3 else 2,
                                   [handle.get_label() for handle in handles], wide_last=True)
    for place, (axes, site) in enumerate(zip(panels, shown)):
        _site_panel(axes, tables.select(table, site=site.index), widths, colours)
        style.panel_heading(axes, place, f"leaving {style.site_label(site)}")
    _half_panel(panels[-1], table, sites, widths, summary)
    style.panel_heading(panels[-1], len(shown), "voltage of probability ½")
    grid.legend_below(figure, handles)
    return figure


def _site_panel(axes, rows, widths, colours):
    """Probability of one site against amplitude, one line a width; the x axis is cut to what changes."""
    for width, colour in zip(widths, colours):
        line = tables.sort_by(tables.select(rows, width_ns=width), "voltage_V")
        axes.plot(line["voltage_V"], line["probability"], color=colour, linewidth=1.5)
    axes.axhline(0.5, color=style.GREY, linewidth=0.7, linestyle=(0, (2, 2)), zorder=1)
    axes.set(xlim=_changing(rows), ylim=(-0.02, 1.02))
    axes.set_xlabel("Pulse amplitude $V$ (V)")
    grid.outer_ylabel(axes, "Switching probability")


def _changing(rows):
    """The voltages (V) between which the probability goes from nothing to one, with a margin."""
    voltage, probability = rows["voltage_V"], rows["probability"]
    moving = voltage[(probability > 1e-3) & (probability < 1 - 1e-3)]
    if not len(moving):
        return voltage.min(), voltage.max() if np.ptp(voltage) else voltage.max() + 1.0
    margin = 0.15 * np.ptp(moving) + 0.05
    return max(voltage.min(), moving.min() - margin), min(voltage.max(), moving.max() + margin)


def half_voltage(voltage, probability):
    """The voltage (V) where the probability first reaches one half; nan when it never does."""
    above = np.flatnonzero(probability >= 0.5)
    if not len(above) or above[0] == 0:
        return np.nan
    last = above[0]
    return np.interp(0.5, probability[last - 1:last + 1], voltage[last - 1:last + 1])


def _half_panel(axes, table, sites, widths, summary):
    """V50 of every site against pulse width (ns), both read off the curves."""
    colours = style.site_colours(summary.sites)
    ends = []
    for place, site in enumerate(sites):
        rows = tables.sort_by(tables.select(table, site=site.index), "width_ns", "voltage_V")
        lines = [tables.select(rows, width_ns=width) for width in widths]
        halves = np.array([half_voltage(line["voltage_V"], line["probability"]) for line in lines])
        axes.plot(widths, halves, color=colours[site.index], marker=MARKERS[place % len(MARKERS)], markersize=4)
        ends += [(site.name, halves[np.isfinite(halves)][-1])] if np.isfinite(halves).any() else []
    _width_axis(axes, widths)
    _names_at_ends(axes, ends)
    axes.set_ylabel("$V_{50}$ (V)")


def _width_axis(axes, widths):
    """A logarithmic axis with the simulated widths (ns) as its ticks, if they are few."""
    axes.set_xscale("log")
    axes.set_xlabel("Pulse width (ns)")
    if len(widths) <= MAX_TICKS:
        axes.set_xticks(widths, [f"{width:g}" for width in widths])
        axes.set_xticks([], minor=True)


def _names_at_ends(axes, ends):
    """Writes the sites' names right of their lines, kept apart."""
    if not ends:
        return
    ends = style.thin_out(ends, MAX_NAMES)
    low, high = axes.get_ylim()
    gap = (high - low) * 1.3 * NAME_SIZE / ((grid.PANEL_HEIGHT - 0.7) * style.POINTS_PER_INCH)
    places = style.spread_positions([voltage for _, voltage in ends], gap)
    for (name, _), place in zip(ends, places):
        axes.text(1.01, place, name, transform=axes.get_yaxis_transform(), va="center", fontsize=NAME_SIZE)
