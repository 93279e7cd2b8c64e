# SPDX-License-Identifier: Apache-2.0
"""The folder of a run: what run.yaml says of it, its tables, and what is wrong with it."""

import csv
import json
import os

RUN_FILE = "run.yaml"
# A run whose files are in their place at once lists none; one of these is the last that it writes.
LAST_IN_PLACE = ("learning.json", "table.db")


class WrongFolder(Exception):
    """A folder that no report can be made of, in one line."""


class ResultFolder:
    """A complete folder, as commands leave it."""

    def __init__(self, path):
        self.path = path
        self.reading = path  # the file that was looked at last
        if not os.path.isdir(path):
            raise WrongFolder(f"{path}: no such folder")
        run_file = os.path.join(path, RUN_FILE)
        if not os.path.exists(run_file):
            raise WrongFolder(f"{path}: no folder of results: it has no {RUN_FILE}")
        self.run = _read_run(self.text(RUN_FILE), run_file)
        if "files" not in self.run and any(os.path.exists(os.path.join(path, name)) for name in LAST_IN_PLACE):
            self.run["files"] = [name for name in sorted(os.listdir(path)) if name != "report.html"]
        if "files" not in self.run:
            raise WrongFolder(f"{run_file}: of an older version ({self.run['version']}), which did not list its files, or of a run that is"
                              " not done; run its command again")
        missing = [name for name in self.run["files"] if not os.path.exists(os.path.join(path, name))]
        if missing:
            raise WrongFolder(f"{path}: incomplete: {missing[0]} is missing, which {RUN_FILE} names; run its command again")

    def __contains__(self, name):
        return name in self.run["files"]

    def text(self, name):
        """A file as text."""
        self.reading = os.path.join(self.path, name)
        try:
            with open(self.reading, encoding="utf-8", newline="") as text:
                return text.read()
        except OSError as error:
            raise WrongFolder(f"{self.reading}: cannot be read: {error.strerror}") from None
        except UnicodeDecodeError:
            raise WrongFolder(f"{self.reading}: expected text; run its command again") from None

    def json(self, name):
        """A file of JSON."""
        text = self.text(name)
        try:
            return json.loads(text)
        except ValueError as error:
            raise WrongFolder(f"{self.reading}: expected JSON: {error}; run its command again") from None

    def table(self, name):
        """A file of CSV: the columns by name, numbers where all of a column are."""
        rows = list(csv.reader(self.text(name).splitlines(keepends=True)))
        if not rows or any(len(row) != len(rows[0]) for row in rows):
            raise WrongFolder(f"{self.reading}: expected rows of as many fields as its first line has names; run its command again")
        columns = list(zip(*rows[1:])) or [()] * len(rows[0])
        return {name: _numbers(column) for name, column in zip(rows[0], columns)}

    def sizes(self):
        """Files and folders with their size in bytes."""
        return {name: os.path.getsize(os.path.join(self.path, name)) for name in self.run["files"]}


def _numbers(column):
    try:
        return [float(text) if text else None for text in column]
    except ValueError:
        return list(column)


def _read_run(text, where):
    """The keys of run.yaml as the program writes it: texts, a block, and a list of names."""
    run, key = {}, None
    for line in text.splitlines():
        if line.startswith("- '") and key == "files":
            run["files"].append(line[3:-1].replace("''", "'"))
        elif line.startswith("  ") and key == "command":
            run["command"] = (run["command"] + "\n" + line[2:]).lstrip("\n")
        elif ": " in line or line.endswith(":"):
            key, _, value = line.partition(":")
            run[key] = [] if key == "files" else value.strip().replace("|-", "")
    for key in ("command", "version", "seed"):
        if key not in run:
            raise WrongFolder(f"{where}: expected the key '{key}'; run its command again")
    return run
