# SPDX-License-Identifier: Apache-2.0
"""Holds tables of the pages to what they describe: declarations_test.py SOURCES DWMTJ

- registers of tiles, DMA and digital unit: names and addresses of the declarations, none more;
- commands of a tile and their statuses;
- keys of device, tile and chip files: every constant that the program lists is on the page of its format;
- keys of all files that people write, as their readers ask for them: each is on a page of the reader's folder, and the tables of keys have no others.
Exit status: 0, or 1 with a line for each fault.
"""

import glob
import os
import re
import subprocess
import sys

FORMATS = (("devices", "docs/devices/device_parameters.md", "docs/devices/measured_pulses.md"),
           ("tiles", "docs/tile/tile_parameters.md"), ("chips", "docs/architecture/chip_parameters.md", "docs/architecture/interconnect_parameters.md"))
# Folders whose readers ask a node for keys; the page whose tables begin with keys, where all do.
READERS = (("testbenches", "scenario.md"), ("sweep", "plan.md"), ("architecture", None), ("devices", "device_parameters.md"), ("tile", "tile_parameters.md"),
           ("traces", "command_trace.md"))
ASKED = re.compile(r"[.>](?:has|text|number|integer|quantity|child|items|choice|boolean|seed|named_file|constant|at_least_zero|fail|is_list|is_text)"
                   r"(?:<[\w:]+>)?\(\s*\"([a-z][a-z_0-9]*)\"|\bstrip\(\w+, \"([a-z]+)=\"")
NO_REGISTERS = {"END_OF_REGISTERS", "ID_VALUE", "BUSY", "QUEUE_FULL", "QUEUE_DEPTH"}


class Sources:
    """Pages, and what the declarations say."""

    def __init__(self, sources, program):
        self.sources, self.program, self.faults = sources, program, []
        made = subprocess.run([os.path.join(sources, "scripts/registers/make_header"), sources], capture_output=True, text=True, check=True)
        self.defines = {name: int(value, 0) for name, value in re.findall(r"^#define DWMTJ_(\w+) (0x[0-9A-F]+|\d+)u", made.stdout, re.M)}

    def page(self, name):
        """The text of a page."""
        with open(os.path.join(self.sources, name), encoding="utf-8") as text:
            return text.read()

    def check_registers(self):
        """Of a tile: rows of address, name."""
        page = "docs/tlm/register_map.md"
        rows = {name: int(address, 16) for address, name in re.findall(r"^\| (0x[0-9A-F]{3}) \| ([A-Z_]+) \|", self.page(page), re.M)}
        declared = {name[5:]: value for name, value in self.defines.items() if name.startswith("TILE_") and not name.startswith(("TILE_OP_", "TILE_STATUS_"))}
        declared = {name: value for name, value in declared.items() if value < declared["END_OF_REGISTERS"] and name not in NO_REGISTERS}
        self.compare(page, rows, declared)

    def check_job_registers(self):
        """Of DMA and digital unit: one table for both, halves in words."""
        page = "docs/chip/chip_map.md"
        rows = set()
        for address, *cells in re.findall(r"^\| (0x[0-9A-F]{2}) \| ([^|]+) \| ([^|]+) \|", self.page(page), re.M):
            for cell in cells:
                name = re.match(r"[A-Z]+", cell)[0]
                half = re.search(r"(low|high) half", cell)
                rows.add((name + (f"_{half[1].upper()}" if half else ""), int(address, 16)))
        declared = {(name[5:], value) for name, value in self.defines.items() if name.startswith("CHIP_") and value < self.defines["CHIP_END_OF_REGISTERS"]}
        flags = {(name, value) for name, value in declared if name in ("BUSY", "FAILED", "BUFFER")}
        for name, value in sorted(rows ^ (declared - flags)):
            self.faults.append(f"{page}: {name} at {value:#x}: " + ("not declared" if (name, value) in rows else "missing"))

    def compare(self, page, rows, declared):
        """Names with numbers."""
        for name in sorted(set(rows) | set(declared)):
            if rows.get(name) != declared.get(name):
                self.faults.append(f"{page}: {name}: page says {rows.get(name)}, the declaration {declared.get(name)}")

    def check_commands(self):
        """The vocabulary."""
        page = "docs/tile/tile_command.md"
        text = self.page(page)
        rows = set(re.findall(r"^\| `(\w+)` \|", text, re.M))
        declared = {name[8:].lower() for name in self.defines if name.startswith("TILE_OP_")}
        self.faults += [f"{page}: command {name} is on one side only" for name in sorted(rows ^ declared)]
        statuses = (name[12:].lower() for name in self.defines if name.startswith("TILE_STATUS_"))
        self.faults += [f"{page}: no status {name}" for name in statuses if name != "ok" and name.replace("_", " ") not in text]

    def output(self, *words):
        """What the program prints."""
        return subprocess.run([self.program, *words], capture_output=True, text=True, check=True).stdout

    def check_parameters(self, command, *pages):
        """Keys of all files of a catalog."""
        text = "".join(self.page(page) for page in pages)
        keys = set()
        for line in self.output(command).splitlines()[1:]:
            listing = re.split(r"^constant .*\n", self.output(command, line.split()[0]), flags=re.M)[-1]
            keys |= {re.sub(r"\[\d+\]", "", path).split(".")[-1] for path in re.findall(r"^([a-z_]+(?:\[\d+\])?(?:\.[a-z_]+(?:\[\d+\])?)+) ", listing, re.M)}
        if not keys:
            self.faults.append(f"{command}: lists no constants")
        self.faults += [f"{pages[0]}: does not tell of {key}" for key in sorted(keys) if not re.search(rf"\b{key}\b", text)]


    def check_keys(self, folder, page):
        """Of the readers of a folder."""
        paths = glob.glob(os.path.join(self.sources, folder, "*.cpp")) + glob.glob(os.path.join(self.sources, folder, "*.h"))
        code = "".join(self.page(path) for path in paths)
        asked = {key for pair in ASKED.findall(code) for key in pair if key}
        pages = "".join(self.page(path) for path in glob.glob(os.path.join(self.sources, "docs", folder, "*.md")))
        if len(asked) < 4:
            self.faults.append(f"{folder}: its readers ask for no keys")
        self.faults += [f"docs/{folder}: no page tells of the key {key}" for key in sorted(asked) if not re.search(rf"\b{key}\b", pages)]
        if page is None:
            return
        known = set(re.findall(r'"([a-z][a-z_0-9]*)=?"', code)) | {name[8:].lower() for name in self.defines if name.startswith("TILE_OP_")} | {"illegal"}
        for cell in re.findall(r"^\| (`[^|]*?) \|", self.page(f"docs/{folder}/{page}"), re.M):
            words = {part for word in re.findall(r"`([^` ]+)`", cell) for part in re.split(r"[.\[\]=]+", word)}
            self.faults += [f"docs/{folder}/{page}: no reader knows {word}" for word in sorted(words) if re.fullmatch(r"[a-z][a-z_0-9]+", word) and word not in known]


def main(sources, program):
    """Prints the faults; returns the exit status."""
    checker = Sources(sources, program)
    checker.check_registers()
    checker.check_job_registers()
    checker.check_commands()
    for command, *pages in FORMATS:
        checker.check_parameters(command, *pages)
    for folder, page in READERS:
        checker.check_keys(folder, page)
    print("\n".join(checker.faults), file=sys.stderr)
    return 1 if checker.faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
