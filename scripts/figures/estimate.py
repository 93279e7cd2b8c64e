# SPDX-License-Identifier: Apache-2.0
"""Draws where the energy of a network goes, and its power over time.

usage: python3 scripts/figures/estimate.py DIR [--format png,svg]

Reads estimate.json, layer_costs.csv, report.csv and, if there, power.csv in DIR, which `dwmtj estimate --out DIR`
writes; writes DIR/estimate.png (150 dpi) and .svg.
Exit status: 0; or with one line on stderr 2 (wrong input), 3 (not written), 4 (no matplotlib).
"""

import json
import os
import re
import sys

sys.dont_write_bytecode = True  # leaves no __pycache__ beside the sources

import program  # noqa: E402
from errors import InputError  # noqa: E402

WIDTH = 8.4  # inches
MOST_LABELS = 60  # layers that are named


def arguments(words):
    """Parses the command line."""
    parser = program.parser("Draws where the energy of a network goes.", "folder with layer_costs.csv and report.csv")
    return parser.parse_args(words)


def draw_all(folder, format_list):
    """Draws the estimate in `folder`; returns the paths written."""
    import style
    from tables import number, read_columns

    formats = program.formats_of(format_list)
    summary = read_summary(os.path.join(folder, "estimate.json"))
    layers = read_columns(os.path.join(folder, "layer_costs.csv"), {"layer": str, "energy_J": number})
    report = read_columns(os.path.join(folder, "report.csv"), {"component": str, "energy_J": number})
    power_file = os.path.join(folder, "power.csv")
    power = None
    if os.path.exists(power_file):
        power = read_columns(power_file, {"time_s": number, "posted_W": number, "leakage_W": number})
    style.apply()
    return style.save(draw(summary, layers, report, power), os.path.join(folder, "estimate"), formats)


def read_summary(path):
    """The estimate's own summary."""
    with open(path, encoding="utf-8") as file:
        try:
            summary = json.load(file)
            return {key: summary[key] for key in ("network", "architecture", "simulated", "version")}
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"{path}: not an estimate: {error}") from error


def draw(summary, layers, report, power):
    """Layers on the left, components on the right; below, power over time if it was asked for."""
    import style

    bars = 0.16 * min(len(layers["layer"]), MOST_LABELS)
    height = max(3.0, bars) + 1.0 + (1.9 if power else 0.0)
    figure = style.new_page(f"{summary['network']} on {summary['architecture']}: where the energy goes",
                            f"dwmtj {summary['version']} · {summary['simulated']} images simulated", WIDTH,
                            min(height, 13.0))
    places = [["layers", "components"], ["power", "power"]] if power else [["layers", "components"]]
    ratios = [max(3.0, bars), 1.9] if power else [1.0]
    panels = figure.subplot_mosaic(places, height_ratios=ratios)
    _draw_layers(panels["layers"], layers)
    _draw_components(panels["components"], report)
    style.panel_heading(panels["layers"], 0, "of an image, by layer, without leakage (µJ)")
    style.panel_heading(panels["components"], 1, "of all images simulated, by component (mJ)")
    if power:
        _draw_power(panels["power"], power)
        style.panel_heading(panels["power"], 2, "power over time (W)")
    return figure


def _bars(axes, names, values, colour):
    import style

    axes.barh(range(len(names)), values, color=colour, height=0.8)
    named = style.thin_out(range(len(names)), MOST_LABELS)
    axes.set_yticks(named, [names[place][-28:] for place in named], fontsize=6.5)
    axes.set(ylim=(len(names) - 0.5, -0.5))
    axes.tick_params(axis="y", length=0)


def _draw_layers(axes, layers):
    import style

    _bars(axes, list(layers["layer"]), 1e6 * layers["energy_J"], style.sequence(2)[0])


def _draw_components(axes, report):
    """Components of all cores together, the largest first."""
    import style

    sums = {}
    for name, energy in zip(report["component"], report["energy_J"]):
        kind = re.sub(r"^chip_(core\d+\.)?", "", name)
        sums[kind] = sums.get(kind, 0.0) + 1e3 * energy
    names = sorted(sums, key=sums.get, reverse=True)
    _bars(axes, names, [sums[name] for name in names], style.sequence(2)[1])


def _draw_power(axes, power):
    import style

    axes.step(1e6 * power["time_s"], power["posted_W"] + power["leakage_W"], where="post", color=style.INK, label="total")
    axes.plot(1e6 * power["time_s"], power["leakage_W"], color=style.GREY, label="leakage")
    axes.set(xlabel="Time (µs)", ylim=(0, None), xlim=(0, None))
    axes.legend(loc="upper right")


def main(words=None):
    """Runs the program; returns its exit status."""
    options = arguments(words)
    return program.run("estimate.py", options.folder, lambda: draw_all(options.folder, options.format))


if __name__ == "__main__":
    sys.exit(main())
