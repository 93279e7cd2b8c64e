# SPDX-License-Identifier: Apache-2.0
"""Makes the page of the paper's devices: paper_test.py SOURCES DWMTJ

Figures 2 and 3 have a row for each number that is printed, and all of them match (Fig. 6a's write noise does not); the page shows every row and every figure.
Exit status: 0, or an assertion.
"""

import html
import json
import os
import subprocess
import sys
import tempfile


def main(sources, program):
    """Runs the script and reads what it has left."""
    with tempfile.TemporaryDirectory() as folder:
        words = [sys.executable, os.path.join(sources, "scripts/paper"), "--quick", "--parts", "devices", "--out", folder]
        subprocess.run(words, env={**os.environ, "DWMTJ_PROGRAM": program}, stdout=subprocess.DEVNULL, check=True)
        with open(os.path.join(folder, "rows.json"), encoding="utf-8") as text:
            sections = json.load(text)
        with open(os.path.join(folder, "index.html"), encoding="utf-8") as text:
            page = text.read()
    titles = [section["title"].split(":")[0] for section in sections]
    assert titles == ["Figure 2", "Figure 3", "Table 1"], titles
    trapezoid = {row["quantity"]: row for row in sections[0]["rows"]}
    for quantity, paper in (("level n2", "93.3 ohm"), ("V_C 76.1 to 67.1 ohm", "3.50 V"), ("V_C reset", "3.70 V"), ("nominal update pulse", "0.124 pJ")):
        assert trapezoid[quantity]["paper"] == paper and trapezoid[quantity]["verdict"] == "yes", trapezoid[quantity]
    rows = [row for section in sections for row in section["rows"]]
    assert {row["verdict"] for row in rows} == {"yes", "NO", "no number printed", "put in"}
    # What the paper prints in ohm is not what it prints in S; the page says so.
    assert [row["quantity"] for row in rows if row["verdict"] == "NO"] == ["DW-MTJ (this work): write noise at a level, Fig. 6a"]
    assert len(sections[2]["rows"]) > 10
    for section in sections:
        for row in section["rows"]:
            assert html.escape(row["ours"]) in page, row
    assert page.count("<img") == sum(len(section["images"]) for section in sections)
    assert "http" not in page.split("</style>")[1]


if __name__ == "__main__":
    main(*sys.argv[1:])
