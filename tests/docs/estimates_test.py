# SPDX-License-Identifier: Apache-2.0
"""Checks estimates that README and docs show: estimates_test.py SOURCES DWMTJ NETWORKS PART

blocks: where a page shows what a command of those in CHECKED prints, it prints these lines in that order;
table: the figures of the tour's table of networks on isaac-ce are those of the commands above it.
NETWORKS has what scripts/networks/make_examples.py writes. Exit status: 0, or 1 with a line for each fault.
"""

import os
import re
import shlex
import subprocess
import sys

from checkout import scratch_folder

CHECKED = ("estimate", "map", "replay", "run", "check", "export", "wires", "program", "characterize")
ROWS = {"latency": "latency", "between images": "between images", "energy": "energy", "efficiency": "efficiency"}


def pages(sources):
    """README and what is in docs/, by name and text; tutorials, whose commands build on each other, have their own test."""
    yield "README.md", read(os.path.join(sources, "README.md"))
    for folder, below, names in os.walk(os.path.join(sources, "docs")):
        below[:] = [name for name in below if name != "tutorials"]
        for name in sorted(names):
            if name.endswith(".md"):
                path = os.path.join(folder, name)
                yield os.path.relpath(path, sources), read(path)


def read(path):
    """The text of a file."""
    with open(path, encoding="utf-8") as lines:
        return lines.read()


def output(sources, program, networks, words):
    """What a command prints."""
    words = [word.replace("results/networks", networks) for word in words]
    with scratch_folder(sources) as folder:
        return subprocess.run([program, *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              cwd=folder, check=False).stdout


def fault_of_block(printed, shown):
    """The first line shown that is not printed where it should be; none: all are."""
    lines = iter(printed.splitlines())
    for row in shown.splitlines():
        pattern = re.compile(re.escape(row.rstrip()).replace(r"\.\.\.", ".*") + r"\s*")
        if row.strip(". ") and not any(pattern.fullmatch(line) for line in lines):
            return row
    return None


def check_blocks(sources, program, networks):
    """The faults of all pages; at least one block must be there."""
    faults, checked = [], 0
    for page, text in pages(sources):
        for block in re.findall(r"^```\w*\n\$ (.*?)^```", text, re.S | re.M):
            line, _, shown = block.partition("\n$ ")[0].partition("\n")
            words = shlex.split(line.partition("dwmtj ")[2])
            if not words or words[0] not in CHECKED or not shown.strip():
                continue
            row = fault_of_block(output(sources, program, networks, words), shown)
            checked += 1
            if row is not None:
                faults.append(f"{page}: '{line}' does not print: {row}")
    return faults if checked else ["no block shows an estimate"]


def check_table(sources, program, networks):
    """The faults of the table: a column for each command above it."""
    text = read(os.path.join(sources, "docs/tour.md"))
    section = text.partition("\n## A network on a chip")[2].partition("\n## ")[0]
    commands = re.findall(r"^build/release/app/dwmtj (estimate \S+ --arch isaac-ce .*)$", section, re.M)
    table = [[cell.strip() for cell in row.strip("|").split("|")]
             for row in re.findall(r"^\|.*\|$", section, re.M)]
    faults = []
    for column, command in enumerate(commands, start=1):
        printed = output(sources, program, networks, command.split())
        for row in table:
            figure = ROWS.get(row[0])
            if figure is None:
                continue
            found = re.search(rf"^{figure} +(\S+ \S+)", printed, re.M)
            if found is None or not re.match(re.escape(found.group(1)) + r"($|\W)", row[column]):
                faults.append(f"docs/tour.md: {row[0]}: '{row[column]}', but {command} prints {found and found.group(1)}")
        arrays = re.search(r"; (\d+) of \d+ arrays (on \d+ of \d+ cores)", printed)
        shown = {row[0]: row[column] for row in table}.get("arrays in use, of 16128")
        if arrays is None or shown != f"{arrays.group(1)} {arrays.group(2)}":
            faults.append(f"docs/tour.md: arrays in use: '{shown}'")
    return faults if len(commands) == 2 else ["docs/tour.md: expected two commands above the table"]


def main(sources, program, networks, part):
    """Prints the faults; returns the exit status."""
    check = {"blocks": check_blocks, "table": check_table}[part]
    faults = check(sources, program, networks)
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
