# SPDX-License-Identifier: Apache-2.0
"""Probability of each site after a ramp up to a voltage (the paper's Fig. 3c)."""

import numpy as np
from matplotlib.patheffects import withStroke

import state_labels
import style
import tables

NAME = "state_map"
SCHEMA = {
    "voltage_V": tables.number,
    "site": tables.integer,
    "site_name": str,
    "level_ohm": tables.number,
    "probability": tables.probability,
    "sampled_fraction": tables.probability,
    "samples": tables.integer,
}
WIDTH, HEIGHT = 6.4, 4.2  # inches
AXES_WIDTH, AXES_HEIGHT = WIDTH - 0.62, HEIGHT - 1.35  # what the layout leaves
LABEL_POINTS = 8.5
MAX_KEYS = 7  # colours explained above the axes
VISIBLE = 0.002  # a boundary nearer to 0 or 1 than this is not marked with dots


def draw(table, summary):
    """Stacked areas of the exact probability, first site on top; dots are the sampled ramps."""
    voltage = np.unique(table["voltage_V"])
    sites = np.unique(table["site"])[::-1]
    exact = np.cumsum(_grid(table, "probability", voltage, sites), axis=0)
    sampled = np.cumsum(_grid(table, "sampled_fraction", voltage, sites), axis=0)
    figure = style.new_figure(summary, "state map", WIDTH, HEIGHT)
    axes = figure.add_subplot()
    axes.set(xlim=(voltage.min(), voltage.max()), ylim=(0, 1))
    colours = dict(zip(sites[::-1], style.sequence(len(sites), "viridis", 0.9)))
    unlabelled = _areas(axes, table, voltage, sites, exact, colours)
    dots = _boundary_dots(axes, voltage, exact, sampled, table["samples"].max())
    _legend(axes, style.thin_out(unlabelled, MAX_KEYS) + dots)
    axes.set_xlabel("Pulse amplitude $V$ (V)")
    axes.set_ylabel("Probability of each site")
    return figure


def _grid(table, column, voltage, sites):
    """The column as an array [site, voltage]; a pair without a row counts as 0."""
    place = {site: row for row, site in enumerate(sites)}
    grid = np.zeros((len(sites), len(voltage)))
    rows = [place[site] for site in table["site"]]
    grid[rows, np.searchsorted(voltage, table["voltage_V"])] = table[column]
    return grid


def _areas(axes, table, voltage, sites, exact, colours):
    """Fills each site's area and writes its level inside; returns the areas with no room for that."""
    floor = np.zeros(len(voltage))
    unlabelled = []
    for site, top in zip(sites, exact):
        level = table["level_ohm"][table["site"] == site][0]
        area = axes.fill_between(voltage, floor, top, facecolor=colours[site], edgecolor="white", linewidth=0.6,
                                 label=style.ohm(level))
        band = state_labels.Band(voltage, floor, top, AXES_WIDTH, AXES_HEIGHT)
        if not _label_inside(axes, band, style.ohm(level), colours[site]):
            unlabelled.insert(0, area)
        floor = top
    return unlabelled


def _label_inside(axes, band, text, colour):
    """Writes text inside the band, along it if need be; False when there is no room."""
    place = state_labels.place_label(band, text, LABEL_POINTS)
    if place is None:
        return False
    x, y, angle = place
    where = (x / (style.POINTS_PER_INCH * AXES_WIDTH), y / (style.POINTS_PER_INCH * AXES_HEIGHT))
    axes.text(*where, text, transform=axes.transAxes, ha="center", va="center_baseline", rotation=angle,
              rotation_mode="anchor", fontsize=LABEL_POINTS, color="white" if style.dark(colour) else "black",
              zorder=5, path_effects=[withStroke(linewidth=1.5, foreground=colour)])
    return True


def _boundary_dots(axes, voltage, exact, sampled, samples):
    """Dots at the sampled boundaries between the areas; returns them for the legend."""
    if samples == 0:
        return []
    edges = ((exact[:-1] > VISIBLE) & (exact[:-1] < 1 - VISIBLE)) | ((sampled[:-1] > 0) & (sampled[:-1] < 1))
    places = np.broadcast_to(voltage, edges.shape)[edges]
    look = dict(marker="o", markersize=2.6, markerfacecolor="white", markeredgecolor="black", markeredgewidth=0.5)
    return axes.plot(places, sampled[:-1][edges], linestyle="none", clip_on=False, label=f"{samples} sampled ramps",
                     **look)


def _legend(axes, handles):
    if handles:
        axes.legend(handles=handles, loc="lower right", bbox_to_anchor=(1.0, 1.0), ncol=4, borderaxespad=0.3,
                    handletextpad=0.5, columnspacing=1.2)
