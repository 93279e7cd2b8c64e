# SPDX-License-Identifier: Apache-2.0
"""Makes one page of HTML of the folder of a run: report.py DIR [--out FILE] [--quiet]

Exit status: 0, 2 for a folder that is none, not complete or too old, 3 where the page cannot be written.
"""

import argparse
import csv
import html
import json
import os
import sys

from result_folder import ResultFolder, WrongFolder
from views import charts, key_figures, tables

HERE = os.path.dirname(os.path.abspath(__file__))
FAILED, NOT_WRITTEN = 2, 3
KINDS = {".vcd": "waveforms", ".fst": "waveforms", ".gtkw": "waveforms", ".db": "transactions", ".csv": "tables", ".json": "data",
         ".yaml": "configuration", ".txt": "text", ".png": "figures", ".svg": "figures", ".onnx": "networks", ".trace": "traces"}


def part(name):
    """The text of a file of the page."""
    with open(os.path.join(HERE, name), encoding="utf-8") as text:
        return text.read()


def in_script(value):
    """JSON that no end of a script can be found in."""
    return json.dumps(value, separators=(",", ":"), allow_nan=False).replace("<", "\\u003c")


def links(folder):
    """The files by kind, with their size."""
    files = [{"name": name, "kind": KINDS.get(os.path.splitext(name)[1], "other"), "bytes": size} for name, size in folder.sizes().items()]
    return sorted(files, key=lambda file: (file["kind"], file["name"]))


def texts(folder):
    """Configurations and reports as they stand, unless long."""
    found = []
    for name, size in folder.sizes().items():
        if name.endswith((".yaml", ".txt")) and size < 40000:
            found.append({"name": name, "text": folder.text(name)})
    return found


def page_of(folder):
    """The page as text."""
    title = os.path.basename(os.path.abspath(folder.path)) or "results"
    data = {"title": title, "run": folder.run, "figures": key_figures(folder), "charts": charts(folder), "tables": tables(folder),
            "files": links(folder), "texts": texts(folder)}
    parts = {"TITLE": html.escape(title), "STYLE": part("page.css"), "DATA": in_script(data), "CHARTS": part("vendor/charts.min.js"),
             "PAGE": part("page.js")}
    page = part("page.html")
    for name in ("TITLE", "STYLE", "CHARTS", "PAGE", "DATA"):  # data last: nothing in them is replaced
        page = page.replace("{{" + name + "}}", parts[name])
    return page


def page_of_folder(path):
    """The same of a path; WrongFolder also where a file holds other keys or values than this version writes."""
    folder = ResultFolder(path)
    try:
        return page_of(folder)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, csv.Error) as error:
        missing = f" (it has no {error})" if isinstance(error, KeyError) else ""
        raise WrongFolder(f"{folder.reading}: not as this version writes it{missing}; run its command again") from error


def write(path, text):
    """All or nothing."""
    aside = path + ".part"
    try:
        with open(aside, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(aside, path)
    except OSError:
        if os.path.exists(aside):
            os.remove(aside)
        raise


def main(words):
    """Returns the exit status."""
    parser = argparse.ArgumentParser(prog="dwmtj report", description="One page of HTML of the folder of a run.")
    parser.add_argument("folder", metavar="DIR")
    parser.add_argument("--out", metavar="FILE", help="the page [DIR/report.html]")
    parser.add_argument("--quiet", action="store_true", help="do not print its name")
    options = parser.parse_args(words)
    try:
        page = page_of_folder(options.folder)
    except WrongFolder as error:
        print(f"dwmtj: {error}", file=sys.stderr)
        return FAILED
    path = options.out or os.path.join(options.folder, "report.html")
    try:
        write(path, page)
    except OSError as error:
        print(f"dwmtj: {path}: cannot be written: {error.strerror}", file=sys.stderr)
        return NOT_WRITTEN
    if not options.quiet:
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
