# SPDX-License-Identifier: Apache-2.0
"""Draws accuracy over the subsets of a stream, over what the paper states (its Fig. 5a and b).

usage: python3 scripts/figures/learning.py DIR [--format png,svg]

Reads accuracy.csv and learning.json in DIR, which `dwmtj learn --out DIR` writes, or those of every folder in DIR that has
them, a curve each; writes DIR/accuracy.png (150 dpi) and .svg. A curve is the mean over seeds, its band the range of the seeds.
Exit status: 0, or 2 with one line on stderr.
"""

import json
import os
import sys

sys.dont_write_bytecode = True  # leaves no __pycache__ beside the sources

import program  # noqa: E402
from errors import InputError  # noqa: E402

WIDTH, HEIGHT = 8.4, 4.6  # inches
# What the paper prints of Fig. 5a, without a spread: close to 86 %, and about 83 %.
STATED = ((0.86, "paper: trapezoidal"), (0.83, "paper: linear"))


def arguments(words):
    """Parses the command line."""
    parser = program.parser("Draws accuracy over subsets.", "folder with accuracy.csv, or folders that have one")
    return parser.parse_args(words)


def draw_all(folder, format_list):
    """Draws the study in `folder`; returns the paths written."""
    import style

    formats = program.formats_of(format_list)
    studies = [read_study(path) for path in study_folders(folder)]
    style.apply()
    return style.save(draw(studies), os.path.join(folder, "accuracy"), formats)


def study_folders(folder):
    """`folder` itself, or those in it that hold a study."""
    def has_study(path):
        return os.path.exists(os.path.join(path, "accuracy.csv"))

    if has_study(folder):
        return [folder]
    inside = sorted(os.path.join(folder, name) for name in os.listdir(folder))
    found = [path for path in inside if has_study(path)]
    if not found:
        raise InputError(f"{folder}: no accuracy.csv, nor in a folder inside")
    return found


def read_study(folder):
    """(label, version, {seed: (subsets, accuracies)}) of the last epoch of each subset."""
    from tables import integer, number, read_columns

    rows = read_columns(os.path.join(folder, "accuracy.csv"),
                        {"seed": integer, "subset": integer, "epoch": integer, "accuracy": number})
    version = read_version(os.path.join(folder, "learning.json"))
    last = rows["epoch"] == rows["epoch"].max()
    curves = {}
    for seed in sorted(set(rows["seed"])):
        keep = last & (rows["seed"] == seed)
        curves[seed] = (rows["subset"][keep], rows["accuracy"][keep])
    return os.path.basename(os.path.normpath(folder)), version, curves


def read_version(path):
    """The version that made a study."""
    with open(path, encoding="utf-8") as file:
        try:
            return json.load(file)["version"]
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"{path}: not of a study: {error}") from error


def draw(studies):
    """One curve a study."""
    import numpy as np
    import style

    versions = ", ".join(sorted({version for _, version, _ in studies}))
    footer = f"dwmtj {versions} · test accuracy after each subset; mean of the seeds, band: their range"
    figure = style.new_page("Learning from a stream", footer, WIDTH, HEIGHT)
    axes = figure.subplots()
    for value, text in STATED:
        axes.axhline(100 * value, color=style.GREY, linestyle="--", linewidth=0.8, zorder=1)
        axes.annotate(text, (1, 100 * value), xycoords=("axes fraction", "data"), xytext=(-2, 2),
                      textcoords="offset points", ha="right", va="bottom", fontsize=7, color=style.GREY)
    for colour, (name, _, curves) in zip(style.sequence(len(studies)), studies):
        length = min(len(subsets) for subsets, _ in curves.values())
        subsets = next(iter(curves.values()))[0][:length]
        values = 100 * np.array([accuracies[:length] for _, accuracies in curves.values()])
        axes.fill_between(subsets, values.min(axis=0), values.max(axis=0), color=colour, alpha=0.2, linewidth=0)
        last = values[:, -5:].mean()
        axes.plot(subsets, values.mean(axis=0), color=colour, label=f"{name}, {len(curves)} seeds: {last:.2f} %")
    axes.set(xlabel="subsets learned", ylabel="test accuracy (%)")
    axes.legend(loc="lower right", title="mean of the last five subsets", title_fontsize=8)
    return figure


def main(words=None):
    """Runs the program; returns its exit status."""
    options = arguments(words)
    return program.run("learning.py", options.folder, lambda: draw_all(options.folder, options.format))


if __name__ == "__main__":
    sys.exit(main())
