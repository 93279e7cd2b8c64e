# SPDX-License-Identifier: Apache-2.0
"""Grids of small panels with one legend below them."""

import style

PANEL_WIDTH, PANEL_HEIGHT = 3.1, 2.7  # inches
LEGEND_ROW = 0.2  # inches
HANDLE_LENGTH = 2.6  # of the font size


def new_grid(summary, heading, count, columns, legend_labels, wide_last=False):
    """A figure with `count` panels in at most `columns` columns, and room for the legend.

    With wide_last the last panel takes what is left of its row.
    """
    columns = min(columns, count)
    rows = -(-count // columns)
    width = max(columns * PANEL_WIDTH + 0.3, 4.8)
    legend_columns = _legend_columns(legend_labels, width)
    legend_rows = -(-len(legend_labels) // legend_columns)
    height = rows * PANEL_HEIGHT + legend_rows * LEGEND_ROW + 0.8
    figure = style.new_figure(summary, heading, width, height)
    _reserve(figure, (legend_rows * LEGEND_ROW + 0.05) / height)
    cells = figure.add_gridspec(rows, columns)
    panels = [figure.add_subplot(cells[place // columns, place % columns]) for place in range(count)]
    if wide_last:
        panels[-1].set_subplotspec(cells[rows - 1, (count - 1) % columns:])
    return figure, panels


def outer_ylabel(axes, text):
    """The y label, in the first column only."""
    if axes.get_subplotspec().is_first_col():
        axes.set_ylabel(text)


def _legend_columns(labels, width):
    """Columns of equal rows, of which the longest label fits at 8 points."""
    glyphs = max(len(label) for label in labels)
    longest = glyphs * style.GLYPH * 8 / style.POINTS_PER_INCH + 0.6
    most = max(1, min(len(labels), int((width - 0.3) / longest)))
    rows = -(-len(labels) // most)
    return -(-len(labels) // rows)


def _reserve(figure, share):
    """Keeps a share of the figure's height free above the footer."""
    engine = figure.get_layout_engine()
    left, bottom, width, height = engine.get()["rect"]
    engine.set(rect=(left, bottom + share, width, height - share))


def legend_below(figure, handles):
    """One legend for all panels, between them and the footer."""
    width, height = figure.get_size_inches()
    labels = [handle.get_label() for handle in handles]
    legend = figure.legend(handles=handles, loc="lower center", bbox_to_anchor=(0.5, 0.22 / height),
                           ncol=_legend_columns(labels, width), borderaxespad=0.2,
                           handlelength=HANDLE_LENGTH, labelspacing=0.3, columnspacing=1.4)
    legend.set_in_layout(False)
