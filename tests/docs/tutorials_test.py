# SPDX-License-Identifier: Apache-2.0
"""Runs the tutorials as a reader would: tutorials_test.py SOURCES DWMTJ

Lines that begin with `$ ` in a console block are commands (`> ` goes on with one); they run in an empty folder that has the folders
of the checkout beside it. The lines below must be printed, in that order; `...` stands for any. A command whose first line shown begins with `dwmtj: ` must
end with status 2, every other one with 0. A block that needs data which are not there is skipped and named.
Exit status: 0, or 1 with a line for each fault.
"""

import os
import re
import subprocess
import sys

from checkout import scratch_folder


def steps(text):
    """Commands of the console blocks, each with the lines that it should print."""
    for block in re.findall(r"^```console\n(.*?)^```", text, re.S | re.M):
        found = []
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            elif line.startswith("> "):
                command, shown = found[-1]
                found[-1] = (command + "\n" + line[2:], shown)
            else:
                found[-1][1].append(line)
        yield from found


def unprinted(shown, printed):
    """The first line that was not printed in its turn, or None."""
    rest = iter(printed.splitlines())
    for line in shown:
        if line.strip() == "...":
            continue
        pattern = re.compile(r"\s*".join(map(re.escape, line.split())).replace(r"\.\.\.", ".*") + r".*" * line.endswith("...") + r"\s*")
        if not any(pattern.fullmatch(other.strip()) for other in rest):
            return line
    return None


def missing_data(command):
    """Data outside of the checkout that the command names and that are not there."""
    return [path for path in re.findall(r"/usr/share/\S+", command) if not os.path.exists(path)]


def run_page(path, sources, program):
    """The faults of a tutorial."""
    faults = []
    with open(path, encoding="utf-8") as text, scratch_folder(sources) as folder:
        search = os.path.dirname(program) + os.pathsep + os.environ["PATH"]
        for command, shown in steps(text.read()):
            if missing_data(command):
                print(f"{os.path.basename(path)}: not run, without {missing_data(command)[0]}: {command}")
                continue
            done = subprocess.run(["bash", "-c", command], cwd=folder, env={**os.environ, "PATH": search},
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
            expected = 2 if shown and shown[0].startswith("dwmtj: ") else 0
            if done.returncode != expected:
                faults.append(f"{command}: status {done.returncode}: {done.stdout.strip()[-300:]}")
            line = unprinted(shown, done.stdout)
            if line is not None:
                faults.append(f"'{command}' does not print: {line}")
    return faults


def main(sources, program):
    """Prints the faults; returns the exit status."""
    pages = os.path.join(sources, "docs/tutorials")
    faults = []
    for name in sorted(os.listdir(pages)):
        faults += [f"{name}: {fault}" for fault in run_page(os.path.join(pages, name), sources, program)]
    print("\n".join(faults), file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
