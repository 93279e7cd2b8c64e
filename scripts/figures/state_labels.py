# SPDX-License-Identifier: Apache-2.0
"""Finds room for a label inside one band of a stacked area plot."""

import numpy as np

CANDIDATES = 160  # places tried along the x axis
ROW_HEIGHT, GLYPH_WIDTH = 1.35, 0.64  # of the font size
TIE = 0.02  # places whose band is this much (points, relative) less thick count as equally good


class Band:
    """The area between two curves in points of the page, so that angles and lengths are as drawn."""

    def __init__(self, voltage, floor, top, width, height):
        """voltage in V, floor and top as probabilities; width and height of the axes in inches."""
        scale = 72 * width / np.ptp(voltage)
        self.x = (voltage - voltage[0]) * scale
        self.floor, self.top = 72 * height * floor, 72 * height * top

    def at(self, x):
        """Lower and upper edge at x, all in points."""
        return np.interp(x, self.x, self.floor), np.interp(x, self.x, self.top)

    def middle_slope(self, x, reach):
        """Angle (rad) of the middle line over x +- reach, in points."""
        before, after = (sum(self.at(place)) / 2 for place in (x - reach, x + reach))
        return np.arctan2(after - before, 2 * reach)

    def holds(self, x, y, angle, length, height):
        """Whether a box of length x height (points) about (x, y) lies within the band."""
        along = np.linspace(-0.5, 0.5, 13) * length
        for across in (-0.5 * height, 0.5 * height):
            box_x = x + along * np.cos(angle) - across * np.sin(angle)
            box_y = y + along * np.sin(angle) + across * np.cos(angle)
            low, high = self.at(box_x)
            inside = (box_y >= low) & (box_y <= high) & (box_x >= self.x[0]) & (box_x <= self.x[-1])
            if not inside.all():
                return False
        return True


def place_label(band, text, font_size):
    """Where text fits: (x, y in points of the axes, angle in degrees); level if possible; None without room."""
    length, height = GLYPH_WIDTH * font_size * len(text), ROW_HEIGHT * font_size
    for slanted in (False, True):
        found = _fits(band, length, height, slanted)
        if found:
            return _best(found)
    return None


def _fits(band, length, height, slanted):
    """All (thickness, x, y, angle) at which the box fits on the middle line of the band."""
    found = []
    for x in np.linspace(band.x[0], band.x[-1], CANDIDATES):
        low, high = band.at(x)
        angle = band.middle_slope(x, 0.5 * height) if slanted else 0.0
        y = (low + high) / 2
        if high - low >= height and band.holds(x, y, angle, length, height):
            found.append(((high - low) * np.cos(angle), x, y, np.degrees(angle)))
    return found


def _best(found):
    """The middle one of the thickest places."""
    thickest = max(place[0] for place in found)
    ties = [place for place in found if place[0] >= (1 - TIE) * thickest]
    return ties[len(ties) // 2][1:]
