# SPDX-License-Identifier: Apache-2.0
"""The report of the controller's price is what the script finds: controller_price_test.py SOURCES

The smallest controller alone, whose row the report has. Status 77 where yosys, Icarus Verilog or the library are not installed.
"""

import os
import shutil
import subprocess
import sys

SKIPPED = 77
LIBRARY = "/usr/share/qflow/tech/osu018/osu018_stdcells.lib"


def check_script(sources, text):
    """The row of 16 columns, found anew."""
    if not (shutil.which("yosys") and shutil.which("iverilog") and os.path.exists(LIBRARY)):
        sys.exit(SKIPPED)
    row = next(line for line in text.splitlines() if line.split()[:1] == ["16"])
    found = subprocess.run([f"{sources}/scripts/controller_price", "--columns", "16"], stdout=subprocess.PIPE, text=True,
                           check=True).stdout
    if row not in found.splitlines():
        sys.exit(f"the report has\n{row}\nand the script finds\n{found}")


if __name__ == "__main__":
    with open(f"{sys.argv[1]}/docs/tile/controller_price.txt", encoding="utf-8") as report:
        check_script(sys.argv[1], report.read())
