# SPDX-License-Identifier: Apache-2.0
"""The paper's measured levels and switching voltages, and the key of the cycles' colours."""

import numpy as np
from matplotlib.patches import Rectangle

import style

LABEL_SIZE = 7.5
KEY_WIDTH = 2.7  # inches right of the title that the key of the cycles may take
SWITCH_LABEL_HEIGHT = 26  # points above the axes taken by switch labels
LEADER = dict(color=style.GREY, linewidth=0.6, clip_on=False)


def level_bands(axes, levels):
    """Dashed line at each measured mean (ohm), over a band of mean +- spread."""
    for level in levels:
        low, high = level.mean_ohm - level.spread_ohm, level.mean_ohm + level.spread_ohm
        axes.axhspan(low, high, color=style.BAND, alpha=0.7, linewidth=0, zorder=0)
        axes.axhline(level.mean_ohm, color=style.GREY, linewidth=0.7, linestyle=(0, (5, 3)), zorder=1)


def level_labels(axes, levels, height):
    """Labels right of the axes, kept apart; `height` of the axes in inches sets the line spacing."""
    if not levels:
        return
    low, high = axes.get_ylim()
    gap = (high - low) * 1.25 * LABEL_SIZE / (height * style.POINTS_PER_INCH)
    means = [level.mean_ohm for level in levels]
    transform = axes.get_yaxis_transform()
    for level, place in zip(levels, style.spread_positions(means, gap, low, high)):
        axes.plot([1.0, 1.02], [level.mean_ohm, place], transform=transform, **LEADER)
        text = f"{level.mean_ohm:.1f} ± {level.spread_ohm:.1f} Ω"
        axes.text(1.028, place, text, transform=transform, va="center", fontsize=LABEL_SIZE, color="#555555")


def switch_bands(axes, switches, sign, width):
    """Shades V_C +- var V_C (V, times sign) and labels each above the axes, `width` inches wide.

    The x limits must be set before; switches outside of them are left out.
    """
    left, right = axes.get_xlim()
    low, high = min(left, right), max(left, right)
    shown = [switch for switch in switches if low <= sign * switch.mean_V <= high]
    centres = [sign * switch.mean_V for switch in shown]
    texts = [_switch_text(switch, sign) for switch in shown]
    longest = max((len(line) for text in texts for line in text.split("\n")), default=0)
    gap = (high - low) * (0.6 * longest + 1.0) * LABEL_SIZE / (width * style.POINTS_PER_INCH)
    places = style.spread_positions(centres, gap)
    for switch, centre, place, text in zip(shown, centres, places, texts):
        _switch_band(axes, switch, centre, place, text)


def _switch_text(switch, sign):
    minus = "−" if sign < 0 else ""
    return f"{switch.label}\n{minus}{switch.mean_V:.1f} V ± {100 * switch.var:.3g} %"


def _switch_band(axes, switch, centre, place, text):
    half = switch.var * switch.mean_V
    axes.axvspan(centre - half, centre + half, color="#e8c27a", alpha=0.4, linewidth=0, zorder=0)
    axes.axvline(centre, color="#a8741a", linewidth=0.7, linestyle=(0, (5, 3)), zorder=1)
    transform = axes.get_xaxis_transform()
    axes.plot([centre, place], [1.0, 1.025], transform=transform, **LEADER)
    axes.text(place, 1.03, text, transform=transform, ha="center", va="bottom",
              fontsize=LABEL_SIZE, color="#7a5210", linespacing=1.15)


def cycle_heading(heading, shown, total):
    """The heading, with a note when only the first cycles are drawn."""
    return heading if shown == total else f"{heading}, first {shown} of {total} cycles"


def cycle_key(figure, cycles, colours):
    """A strip of colour cells, top right of the figure, from the first to the last cycle."""
    width, height = figure.get_size_inches()
    cell = min(0.13, 1.7 / len(cycles))
    left = width - 0.32 - cell * len(cycles)
    bottom = height - 0.27
    for place, colour in enumerate(colours):
        corner = ((left + place * cell) / width, bottom / height)
        figure.add_artist(Rectangle(corner, 0.88 * cell / width, 0.11 / height, transform=figure.transFigure,
                                    facecolor=colour, linewidth=0))
    middle = (bottom + 0.055) / height
    first, last = f"cycle {cycles[0] + 1}", f"{cycles[-1] + 1}"
    figure.text((left - 0.06) / width, middle, first, ha="right", va="center", fontsize=8)
    if len(cycles) > 1:
        figure.text((width - 0.27) / width, middle, last, ha="left", va="center", fontsize=8)


def resistance_limits(axes, resistance, levels):
    """y limits (ohm) that hold the data and the measured levels, with a margin."""
    values = np.concatenate([resistance, [level.mean_ohm for level in levels]])
    low, high = values.min(), values.max()
    margin = 0.06 * (high - low) or 0.01 * high or 1.0
    axes.set_ylim(low - margin, high + margin)


def voltage_limits(axes, voltage, sign=1):
    """x limits (V) from 0 to the largest amplitude; sign -1 runs from 0 down to -V."""
    largest = np.abs(voltage).max() or 1.0
    axes.set_xlim(-0.02 * sign * largest, 1.02 * sign * largest)


def cycle_line(axes, rows, colour):
    """One cycle as steps: the resistance (ohm) read after each pulse (V) holds until the next one."""
    axes.plot(rows["voltage_V"], rows["resistance_ohm"], drawstyle="steps-post", color=colour,
              linewidth=1.0, marker="o", markersize=2.6, markeredgewidth=0, alpha=0.9, zorder=3)
