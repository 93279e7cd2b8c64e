# SPDX-License-Identifier: Apache-2.0
"""Draws accuracy against the levels of a device, for several spreads: Fig. 6b of the paper.

usage: python3 scripts/figures/levels.py DIR [--format png,svg]

Reads table.csv in DIR, which `dwmtj sweep plans/fig6b.yaml` writes; writes DIR/levels.png (150 dpi) and .svg. Points that are not
done are left out. Bars are 95 % intervals of the mean over programmings, and of other sets of as many images for runs without error.
Exit status: 0, or 2 with one line on stderr.
"""

import os
import sys

sys.dont_write_bytecode = True  # leaves no __pycache__ beside the sources

import program  # noqa: E402

Z = 1.96  # of a 95 % interval


def arguments(words):
    """Parses the command line."""
    return program.parser("Draws accuracy against levels and spread.", "folder with table.csv").parse_args(words)


def draw_all(folder, format_list):
    """Draws the sweep in `folder`; returns the paths written."""
    import style
    from sweep import read_rows
    from tables import columns_of, number, probability

    formats = program.formats_of(format_list)
    schema = {"bits": number, "sigma_scale": number, "programmings_done": number, "mean_accuracy": probability,
              "half_width_95": number, "software_images": number}
    path = os.path.join(folder, "table.csv")
    rows = columns_of(path, read_rows(path), schema)
    style.apply()
    return style.save(draw(rows), os.path.join(folder, "levels"), formats)


def draw(rows):
    """A curve a spread."""
    import numpy as np
    import style

    programmings, images = int(rows["programmings_done"].max()), int(rows["software_images"].max())
    footer = f"dwmtj infer · one-shot, {programmings} programmings a point, {images} images; bars: 95 %"
    figure = style.new_page("Accuracy against levels of a device", footer, 6.4, 4.2)
    axes = figure.subplots()
    scales = sorted(set(rows["sigma_scale"]))
    for scale, colour in zip(scales, style.sequence(len(scales))):
        chosen = rows["sigma_scale"] == scale
        order = np.argsort(rows["bits"][chosen])
        levels = 2 ** (rows["bits"][chosen][order] - 1)
        accuracy = rows["mean_accuracy"][chosen][order]
        bars = rows["half_width_95"][chosen][order]
        if scale == 0:
            bars = Z * np.sqrt(accuracy * (1 - accuracy) / rows["software_images"][chosen][order])
        label = "no error" if scale == 0 else f"spread × {scale:g}"
        axes.errorbar(levels, 100 * accuracy, 100 * bars, marker="o", markersize=3.5, capsize=2, color=colour, label=label)
    axes.axvline(16, color=style.GREY, linewidth=0.8, linestyle="--")
    axes.set_xscale("log", base=2)
    ticks = sorted({int(2 ** (bits - 1)) for bits in rows["bits"]})
    axes.set_xticks(ticks, [str(tick) for tick in ticks])
    axes.set_ylim(0, 100)
    axes.set_xlabel("levels of a device (dashed: 16)")
    axes.set_ylabel("accuracy (%)")
    axes.legend()
    return figure


def main(words=None):
    """Runs the program; returns its exit status."""
    options = arguments(words)
    return program.run("levels.py", options.folder, lambda: draw_all(options.folder, options.format))


if __name__ == "__main__":
    sys.exit(main())
