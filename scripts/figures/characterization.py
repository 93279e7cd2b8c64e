# SPDX-License-Identifier: Apache-2.0
"""Draws the figures of a `dwmtj characterize` folder.

usage: python3 scripts/figures/characterization.py DIR [--format png,svg]

For every protocol that has a figure and whose CSV is in DIR this writes DIR/<protocol>.png (150 dpi) and .svg.
Exit status: 0; or with one line on stderr 2 (wrong input), 3 (not written), 4 (no matplotlib).
"""

import glob
import os
import sys

sys.dont_write_bytecode = True  # leaves no __pycache__ beside the sources

import program  # noqa: E402
from errors import InputError  # noqa: E402



def arguments(words):
    """Parses the command line."""
    parser = program.parser("Draws the figures of a `dwmtj characterize` folder.",
                            "folder with summary.json and the protocols' CSV files")
    return parser.parse_args(words)


def draw_all(folder, format_list):
    """Draws each protocol that has a figure and whose CSV exists in `folder`; returns the paths written."""
    import field_loop
    import linearity
    import pulse_width
    import ramp
    import retention
    import state_map
    import style
    import switching_factor
    import temperature
    import trains
    import write_reset
    from summary import read_summary
    from tables import read_columns

    formats = program.formats_of(format_list)
    style.apply()
    summary = read_summary(os.path.join(folder, "summary.json"))
    written = []
    for protocol in (ramp, write_reset, state_map, retention, pulse_width, linearity, temperature, trains,
                     switching_factor, field_loop):
        stem = os.path.join(folder, protocol.NAME)
        if os.path.exists(f"{stem}.csv"):
            table = read_columns(f"{stem}.csv", protocol.SCHEMA)
            if "site" in table:
                summary.require_sites(f"{stem}.csv", table["site"])
            written += style.save(protocol.draw(table, summary), stem, formats)
    if not written and not glob.glob(os.path.join(glob.escape(folder), "*.csv")):
        raise InputError(f"{folder}: no CSV of any protocol")
    return written


def main(words=None):
    """Runs the program; returns its exit status."""
    options = arguments(words)
    return program.run("characterization.py", options.folder, lambda: draw_all(options.folder, options.format))


if __name__ == "__main__":
    sys.exit(main())
