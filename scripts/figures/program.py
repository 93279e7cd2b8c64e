# SPDX-License-Identifier: Apache-2.0
"""What all figure programs share: DIR and --format, one line for an error, exit status 0 or 2."""

import argparse
import sys

from errors import InputError

FAILED = 2


def parser(description, folder_help):
    """A parser with DIR and --format."""
    result = argparse.ArgumentParser(description=description)
    result.add_argument("folder", metavar="DIR", help=folder_help)
    result.add_argument("--format", default="png,svg", help="comma-separated: png, svg (default: both)")
    return result


def formats_of(text):
    """The formats that --format names. Raises InputError for an unknown one."""
    import style

    formats = [name.strip() for name in text.split(",")]
    if not set(formats) <= set(style.FORMATS):
        raise InputError(f"--format {text}: only {' and '.join(style.FORMATS)} are known")
    return formats


def run(name, folder, draw):
    """Calls draw(), which returns the paths it has written, and prints them; returns the exit status."""
    try:
        paths = draw()
    except ImportError as error:
        return _fail(name, f"needs Python 3 with matplotlib and numpy: {error}")
    except OSError as error:
        return _fail(name, f"{error.filename or folder}: {error.strerror}")
    except InputError as error:
        return _fail(name, str(error))
    for path in paths:
        print(path)
    return 0


def _fail(name, message):
    print(f"{name}: {message}", file=sys.stderr)
    return FAILED
