# SPDX-License-Identifier: Apache-2.0
"""Checks README and docs against the program: docs_test.py SOURCES DWMTJ

- links between pages lead to pages and headings that are there;
- every option of a command is on its page, and every option on it is one of the command;
- every command line in a block of code names a command and options that there are;
- where a block shows what a quick command prints, its lines are printed, in that order.
Exit status: 0, or 1 with a line for each fault.
"""

import os
import re
import subprocess
import sys

QUICK = {"devices", "technologies", "architectures", "tiles", "chips", "calibrate", "sweep", "--version"}
COMMON = {"--help", "--report", "--quiet", "--json"}  # of all commands: told in one place
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
LINE = re.compile(r"^(?:\$ )?(?:build/\w+/app/|scripts/run )?dwmtj ([a-z-]+)(.*)$|^\s*(?:\$ )?build/\w+/app/dwmtj ([a-z-]+)(.*)$")


class Checker:
    """Collects the faults of all pages."""

    def __init__(self, sources, program):
        self.sources, self.program = sources, program
        self.faults, self.helps = [], {}
        self.commands = re.findall(r"^  ([a-z-]+)  ", self.output("--help").split("Subcommands:")[1], re.M)

    def output(self, *words):
        """What the program prints."""
        return subprocess.run([self.program, *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True, cwd=self.sources, check=False).stdout

    def options(self, command):
        """The options of a command, from its help."""
        if command not in self.helps:
            words = re.findall(r"^  (-[^ {:=]+)", self.output(command, "--help"), re.M)  # "-h,--help", "--arch,--chip"
            self.helps[command] = {name for word in words for name in word.split(",") if name.startswith("--")}
        return self.helps[command]

    def fault(self, page, text):
        """Notes one."""
        self.faults.append(f"{page}: {text}")

    def pages(self):
        """All pages of the repository, by name and text."""
        for folder, below, names in os.walk(self.sources):
            below[:] = [name for name in below if name not in ("build", "results") and not name.startswith(".")]
            for name in sorted(names):
                if name.endswith(".md"):
                    path = os.path.join(folder, name)
                    with open(path, encoding="utf-8") as lines:
                        yield os.path.relpath(path, self.sources), lines.read()

    def check_links(self, page, text):
        """Relative links; what is in code is none."""
        prose = re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.S)
        for link in re.findall(r"\]\(([^)\s]+)\)", prose):
            if re.match(r"[a-z]+:", link):
                continue
            name, _, anchor = link.partition("#")
            target = os.path.normpath(os.path.join(self.sources, os.path.dirname(page), name)) if name \
                else os.path.join(self.sources, page)
            if not os.path.exists(target):
                self.fault(page, f"link to {link}: no such file")
            elif anchor and anchor not in anchors_of(target):
                self.fault(page, f"link to {link}: no such heading")

    def check_lines(self, page, text):
        """Command lines in blocks of code."""
        for block in re.findall(r"^```\w*\n(.*?)^```", text, re.S | re.M):
            for line in re.sub(r"\\\n\s*", "", block).splitlines():
                match = LINE.match(line)
                if not match:
                    continue
                command, words = match.group(1) or match.group(3), match.group(2) or match.group(4) or ""
                if command.startswith("--"):
                    continue
                if command not in self.commands:
                    self.fault(page, f"no command '{command}': {line}")
                for option in OPTION.findall(words.split(" | ")[0]):
                    if command in self.commands and option not in self.options(command):
                        self.fault(page, f"'{command}' has no option {option}")

    def check_output(self, page, text):
        """Blocks that begin with a quick command and go on with what it prints."""
        for block in re.findall(r"^```\w*\n\$ (.*?)^```", text, re.S | re.M):
            line, _, shown = block.partition("\n")
            match = LINE.match(line)
            if not shown.strip() or shown.startswith("$ ") or not match:
                continue
            words = line.split("dwmtj ", 1)[1].split()
            if words[0] not in QUICK:
                continue
            printed = iter(self.output(*words).splitlines())
            for row in shown.splitlines():
                pattern = re.compile(re.escape(row.rstrip()).replace(r"\.\.\.", ".*") + r"\s*")
                if row.strip(". ") and not any(pattern.fullmatch(other) for other in printed):
                    self.fault(page, f"'{line}' does not print: {row}")
                    break

    def check_command_page(self, command):
        """The options of a command and those that its page shows in a table."""
        page = f"docs/app/{command}.md"
        path = os.path.join(self.sources, page)
        if not os.path.exists(path):
            path = os.path.join(self.sources, "docs/app/tiles.md")
        with open(path, encoding="utf-8") as lines:
            text = lines.read()
        families = tuple(re.findall(r"(--[a-z]+-)\.\.\.", text))  # --record-...
        for option in sorted(self.options(command) - COMMON - set(OPTION.findall(text))):
            if families and option.startswith(families):
                continue
            self.fault(page, f"does not tell of {option}")
        rows = set(re.findall(r"^\| `(--[a-z-]+)", text, re.M))
        for option in sorted(rows - self.options(command)):
            self.fault(page, f"tells of {option}, which the command does not have")


def anchors_of(path):
    """The headings of a page as links name them."""
    with open(path, encoding="utf-8") as lines:
        headings = re.findall(r"^#+ (.*)$", lines.read(), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def main(sources, program):
    """Prints the faults; returns the exit status."""
    checker = Checker(sources, program)
    for page, text in checker.pages():
        checker.check_links(page, text)
        checker.check_lines(page, text)
        checker.check_output(page, text)
    for command in checker.commands:
        checker.check_command_page(command)
    for fault in checker.faults:
        print(fault, file=sys.stderr)
    return 1 if checker.faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
