# SPDX-License-Identifier: Apache-2.0
"""What all figures share: fonts, colours, page with title and footer, and saving."""

import os
import string
import textwrap

import matplotlib
import numpy as np
from matplotlib.figure import Figure

from errors import NotWritten

INK = "#222222"
GREY = "#7a7a7a"
BAND = "#d9d9d9"
PNG_DPI = 150
FORMATS = ("png", "svg")
POINTS_PER_INCH = 72
GLYPH, BOLD_GLYPH = 0.56, 0.66  # mean width of a glyph, of the font size

SETTINGS = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "axes.labelsize": 9.5,
    "axes.titlesize": 9.5,
    "axes.linewidth": 0.8,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "text.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.labelsize": 8.5,
    "ytick.labelsize": 8.5,
    "xtick.color": INK,
    "ytick.color": INK,
    "legend.fontsize": 8,
    "legend.frameon": False,
    "lines.linewidth": 1.2,
    "svg.hashsalt": "dwmtj",
}


def apply():
    """Sets the project's look, whatever the user's own matplotlibrc says."""
    matplotlib.use("Agg")
    matplotlib.rcdefaults()
    matplotlib.rcParams.update(SETTINGS)


def new_figure(summary, heading, width, height, key_width=0.0, measured=False):
    """An empty figure of a measured device, width x height inches, with its title and footer.

    key_width keeps that many inches right of the title free; `measured` says that the paper's values are drawn.
    """
    return new_page(f"{summary.title}: {heading}", _footer(summary, measured), width, height, key_width)


def new_page(title, footer, width, height, key_width=0.0):
    """An empty figure with a title and a footer, which are wrapped."""
    figure = Figure(figsize=(width, height), layout="constrained")
    title = _wrap(title, width - key_width, 11, BOLD_GLYPH)
    footer = _wrap(footer, width, 6.5, GLYPH)
    lines = title.count("\n") + 1
    top = (0.12 + 0.21 * lines) / height
    left = 0.12 / width
    figure.text(left, 1 - 0.1 / height, title, ha="left", va="top", fontsize=11, fontweight="bold")
    figure.text(left, 0.08 / height, footer, ha="left", va="bottom", fontsize=6.5, color=GREY)
    bottom = (0.13 + 0.11 * (footer.count("\n") + 1)) / height
    figure.get_layout_engine().set(rect=(0, bottom, 1, 1 - top - bottom), w_pad=0.08, h_pad=0.06)
    return figure


def _footer(summary, measured):
    marks = "model"
    if measured and (summary.levels or summary.switches):
        source = f" ({summary.source})" if summary.source else ""
        marks = f"model; dashed: measured values of the paper{source}; shaded: their spread"
    return f"device {summary.device} · dwmtj {summary.version} · seed {summary.seed} · {marks}"


def _wrap(text, width, font_size, glyph):
    """Wraps text for a line of width inches, with glyphs of that part of the font size."""
    return textwrap.fill(text, max(20, int((width - 0.3) * POINTS_PER_INCH / (glyph * font_size))))


def sequence(count, name="viridis", last=0.92):
    """`count` colours in order from a colour-blind-safe map, without its palest end."""
    colours = matplotlib.colormaps[name]
    return [colours(x) for x in np.linspace(0.0, last, count)] if count > 1 else [colours(0.15)]


def site_colours(sites):
    """{site index: colour}, the same in every figure."""
    order = sorted(site.index for site in sites)
    return dict(zip(order, sequence(len(order), "viridis", 0.9)))


def thin_out(items, most):
    """At most `most` of the items, evenly spaced, with the first and the last."""
    if len(items) <= most:
        return list(items)
    return [items[place] for place in np.linspace(0, len(items) - 1, most).round().astype(int)]


def dark(colour):
    """Whether white text reads better than black on this colour."""
    red, green, blue = colour[:3]
    return 0.299 * red + 0.587 * green + 0.114 * blue < 0.55


def ohm(value):
    """A resistance as text."""
    return f"{value:.1f} Ω"


def site_label(site):
    """Name and level of a site, for legends."""
    return f"{site.name}, {ohm(site.level_ohm)}"


def spread_positions(values, gap, low=-np.inf, high=np.inf):
    """Moves positions apart to at least `gap` (same unit), in order, staying near where they were."""
    order = np.argsort(values, kind="stable")
    placed = np.array(values, dtype=float)[order]
    for _ in range(200):
        short = gap - np.diff(placed)
        if not len(short) or short.max() <= 1e-9 * gap:
            break
        worst = int(short.argmax())
        placed[worst] -= short[worst] / 2
        placed[worst + 1] += short[worst] / 2
        placed = np.clip(placed, low, high)
    result = np.empty_like(placed)
    result[order] = placed
    return result


def panel_heading(axes, place, text, pad=6.0):
    """The heading of the panel at `place` (from 0), such as "a  write"; pad in points above the axes."""
    letter = string.ascii_lowercase[place % 26]
    axes.set_title(rf"$\bf{{{letter}}}$   {text}", loc="left", pad=pad)


def save(figure, stem, formats):
    """Writes stem.png and/or stem.svg without dates, so that equal input gives equal files."""
    written = []
    for name in formats:
        metadata = {"Date": None, "Creator": "dwmtj"} if name == "svg" else {"Software": "dwmtj"}
        path = f"{stem}.{name}"
        _write_whole(path, lambda part: figure.savefig(part, format=name, dpi=PNG_DPI, metadata=metadata))
        written.append(path)
    return written


def _write_whole(path, write):
    """Calls write(file name); `path` then is there as a whole or, when that raises, as it was before."""
    part = path + ".part"
    try:
        write(part)
        os.replace(part, path)
    except OSError as error:
        if os.path.exists(part):
            os.remove(part)
        raise NotWritten(f"{path}: cannot be written: {error.strerror}") from None
