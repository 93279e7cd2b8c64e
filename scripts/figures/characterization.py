# SPDX-License-Identifier: Apache-2.0
"""Draws the figures of a `dwmtj characterize` folder.

usage: python3 scripts/figures/characterization.py DIR [--format png,svg]

For every protocol whose CSV is in DIR this writes DIR/<protocol>.png (150 dpi) and .svg.
Exit status: 0, or 2 with one line on stderr.
"""

import argparse
import os
import sys

sys.dont_write_bytecode = True  # leaves no __pycache__ beside the sources

from errors import InputError  # noqa: E402

FAILED = 2


def arguments(words):
    """Parses the command line."""
    parser = argparse.ArgumentParser(description="Draws the figures of a `dwmtj characterize` folder.")
    parser.add_argument("folder", metavar="DIR", help="folder with summary.json and the protocols' CSV files")
    parser.add_argument("--format", default="png,svg", help="comma-separated: png, svg (default: both)")
    return parser.parse_args(words)


def draw_all(folder, format_list):
    """Draws each protocol whose CSV exists in `folder`; returns the paths written."""
    import pulse_width
    import ramp
    import retention
    import state_map
    import style
    import write_reset
    from summary import read_summary
    from tables import read_columns

    formats = [name.strip() for name in format_list.split(",")]
    if not set(formats) <= set(style.FORMATS):
        raise InputError(f"--format {format_list}: only {' and '.join(style.FORMATS)} are known")
    style.apply()
    summary = read_summary(os.path.join(folder, "summary.json"))
    written = []
    for protocol in (ramp, write_reset, state_map, retention, pulse_width):
        stem = os.path.join(folder, protocol.NAME)
        if os.path.exists(f"{stem}.csv"):
            table = read_columns(f"{stem}.csv", protocol.SCHEMA)
            summary.require_sites(f"{stem}.csv", table["site"])
            written += style.save(protocol.draw(table, summary), stem, formats)
    if not written:
        raise InputError(f"{folder}: no CSV of any protocol")
    return written


def main(words=None):
    """Runs the program; returns its exit status."""
    options = arguments(words)
    try:
        paths = draw_all(options.folder, options.format)
    except ImportError as error:
        return fail(f"needs Python 3 with matplotlib and numpy: {error}")
    except OSError as error:
        return fail(f"{error.filename or options.folder}: {error.strerror}")
    except InputError as error:
        return fail(str(error))
    for path in paths:
        print(path)
    return 0


def fail(message):
    """Reports one line."""
    print(f"characterization.py: {message}", file=sys.stderr)
    return FAILED


if __name__ == "__main__":
    sys.exit(main())
