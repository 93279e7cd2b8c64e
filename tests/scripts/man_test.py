# SPDX-License-Identifier: Apache-2.0
"""Checks the manual: man_test.py SOURCES DWMTJ

Every command and option is in it, it has colours nowhere, and groff, where it is installed, has nothing to say.
Exit status: 0, or 1 with a line for each fault.
"""

import os
import re
import shutil
import subprocess
import sys


def main(sources, program):
    """Prints the faults; returns the exit status."""
    run = lambda *words: subprocess.run(words, capture_output=True, text=True, check=True).stdout  # noqa: E731
    page = run(os.path.join(sources, "scripts/man/make_page"), program)
    plain = page.replace("\\-", "-").replace("\\&", "")
    faults = []
    for command in re.findall(r"^  ([a-z-]+)  ", run(program, "--help").split("Subcommands:")[1], re.M):
        if f".SS dwmtj {command}\n" not in plain:
            faults.append(f"no section of {command}")
            continue
        section = plain.split(f".SS dwmtj {command}\n")[1].split(".SS ")[0]
        help_text = run(program, command, "--help")
        faults += [f"{command}: no {option}" for option in re.findall(r"^  (?:-\w,)?(--[a-z-]+)", help_text, re.M) if option not in section]
        if "\033" in help_text:
            faults.append(f"{command}: colours in the help")
    if shutil.which("groff"):
        said = subprocess.run(["groff", "-man", "-Tutf8", "-ww", "-z"], input=page, capture_output=True, text=True, check=False).stderr
        faults += said.splitlines()
    print("\n".join(faults), file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
