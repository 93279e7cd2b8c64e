# SPDX-License-Identifier: Apache-2.0
"""What all figure programs share: DIR and --format, one line for an error, exit status 0, 2, 3 or 4."""

import argparse
import os
import sys

from errors import InputError, NotWritten

FAILED = 2
NOT_WRITTEN = 3  # most often a full disk
NO_MATPLOTLIB = 4
INTERRUPTED = 130


def parser(description, folder_help):
    """A parser with DIR and --format."""
    result = argparse.ArgumentParser(description=description)
    result.add_argument("folder", metavar="DIR", help=folder_help)
    result.add_argument("--quiet", action="store_true", help="do not print the names of the files")
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
        _fail(name, f"needs Python 3 with matplotlib and numpy: {error}")
        return NO_MATPLOTLIB
    except KeyboardInterrupt:
        return INTERRUPTED
    except NotWritten as error:
        _fail(name, str(error))
        return NOT_WRITTEN
    except OSError as error:
        return _fail(name, f"{error.filename or folder}: {error.strerror}")
    except InputError as error:
        return _fail(name, str(error))
    if "--quiet" in sys.argv:
        return 0
    try:
        print("\n".join(paths), flush=True)
    except BrokenPipeError:  # nobody reads on; nor is there anybody for Python to tell at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _fail(name, message):
    print(f"{name}: {message}", file=sys.stderr)
    return FAILED
