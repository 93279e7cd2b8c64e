# SPDX-License-Identifier: Apache-2.0
"""Draws what the tiles of a chip do while images run.

usage: python3 scripts/figures/simulate.py DIR [--format png,svg]

Reads activity.csv in DIR, which `dwmtj simulate --out DIR` writes; writes DIR/activity.png (150 dpi) and .svg.
Exit status: 0, or 2 with one line on stderr.
"""

import os
import sys

sys.dont_write_bytecode = True  # leaves no __pycache__ beside the sources

import program  # noqa: E402


def arguments(words):
    """Parses the command line."""
    return program.parser("Draws the tiles of a chip over time.", "folder of dwmtj simulate").parse_args(words)


def draw_all(folder, format_list):
    """Draws the run in `folder`; returns the paths written."""
    import style
    from tables import number, read_columns

    columns = {name: number for name in ("start_s", "end_s", "busy", "waiting", "idle")}
    stretches = read_columns(os.path.join(folder, "activity.csv"), columns)
    style.apply()
    return style.save(draw_activity(stretches), os.path.join(folder, "activity"), program.formats_of(format_list))


def draw_activity(stretches):
    """All tiles above, by what they do; below those that multiply, which are few."""
    import style

    micro = 1e6 * stretches["start_s"]
    figure = style.new_page("Tiles of the chip over time", "dwmtj simulate · from the first image on", 6.4, 4.4)
    every, busy = figure.subplots(2, 1, sharex=True, height_ratios=(3, 2))
    kinds = ("busy", "waiting", "idle")
    every.stackplot(micro, [stretches[kind] for kind in kinds], step="post", colors=(style.INK, style.GREY, style.BAND),
                    labels=("multiply", "wait for packets", "nothing to do"))
    every.set_ylabel("tiles")
    every.set_ylim(0, sum(stretches[kind][0] for kind in kinds))
    every.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3, borderaxespad=0)
    busy.fill_between(micro, stretches["busy"], step="post", color=style.INK, linewidth=0)
    busy.set_ylabel("tiles that multiply")
    busy.set_ylim(bottom=0)
    busy.set_xlabel("time (µs)")
    busy.set_xlim(micro[0], 1e6 * stretches["end_s"][-1])
    return figure


def main(words=None):
    """Runs the program; returns its exit status."""
    options = arguments(words)
    return program.run("simulate.py", options.folder, lambda: draw_all(options.folder, options.format))


if __name__ == "__main__":
    sys.exit(main())
