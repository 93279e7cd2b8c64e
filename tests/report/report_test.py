# SPDX-License-Identifier: Apache-2.0
"""The report of a run: charts by the files that are there, folders that are refused, and the page in Chromium.

REPORT_SHOTS=DIR also leaves screenshots, light and dark.
"""

import contextlib
import io
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import unittest

SOURCES = os.environ["SOURCES"]
PROGRAM = os.environ["DWMTJ_PROGRAM"]
sys.path.insert(0, os.path.join(SOURCES, "report"))

import browser  # noqa: E402
import report  # noqa: E402
import views  # noqa: E402
from result_folder import ResultFolder, WrongFolder  # noqa: E402
from units import quantity  # noqa: E402

MOST_BYTES = 1.5e6
RUNS = {
    "estimate": ["estimate", "networks/examples/tiny.onnx", "--arch", "adc-multibit", "--batch", "20", "--power-window", "1us", "--no-figures"],
    "characterize": ["characterize", "trapezoidal", "--devices", "5", "--no-figures"],
    "replay": ["replay", "traces/examples/program-and-read.trace", "--arch", "bus-4", "--power-window", "1us"],
    "run": ["run", "single-shot-reset", "--seed", "3"],
}
SHARED = tempfile.TemporaryDirectory()  # pylint: disable=consider-using-with


def results(name):
    """The folder of a run, made once."""
    folder = os.path.join(SHARED.name, name)
    if not os.path.exists(folder):
        subprocess.run([PROGRAM, *RUNS[name], "--out", folder], cwd=SOURCES, stdout=subprocess.DEVNULL, check=True)
    return folder


def made(files, **run):
    """A folder of results with these files."""
    folder = tempfile.mkdtemp(dir=SHARED.name)
    lines = [f"{key}: {value}" for key, value in {"command": "|-\n  dwmtj x", "version": "0.1.0", "seed": 1, **run}.items()]
    names = [*files, "run.yaml"]
    with open(os.path.join(folder, "run.yaml"), "w", encoding="utf-8") as file:
        file.write("\n".join([*lines, "files:", *(f"- '{name}'" for name in names)]) + "\n")
    for name, text in files.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)
    return folder


def changed(value, dice):
    """JSON with a key gone or another value somewhere in it."""
    if isinstance(value, (dict, list)) and value:
        key = dice.choice(list(value)) if isinstance(value, dict) else dice.randrange(len(value))
        if dice.random() < 0.4:
            del value[key]
        else:
            value[key] = changed(value[key], dice)
        return value
    return dice.choice([None, "x", [], {}, -1, True])


def damage(folder, dice):
    """One file of a folder as no run leaves it."""
    path = os.path.join(folder, dice.choice(sorted(os.listdir(folder))))
    with open(path, "rb") as file:
        before = file.read()
    after = dice.choice([b"", before[:dice.randrange(len(before) + 1)], bytes(dice.randrange(256) for _ in range(40)), None])
    if path.endswith(".json") and dice.random() < 0.8:
        after = json.dumps(changed(json.loads(before), dice)).encode()
    os.remove(path)
    if after is None and dice.random() < 0.5:
        os.mkdir(path)
    elif after is not None:
        with open(path, "wb") as file:
            file.write(after)


class FolderTest(unittest.TestCase):
    """What is read and what is refused."""

    def refused(self, folder):
        """The line for a folder that gets no report; nothing is written."""
        before = os.path.isdir(folder) and sorted(os.listdir(folder))
        line = io.StringIO()
        with contextlib.redirect_stderr(line):
            self.assertEqual(report.main([folder]), 2)
        self.assertEqual(before, os.path.isdir(folder) and sorted(os.listdir(folder)))
        self.assertEqual(line.getvalue().count("\n"), 1)
        return line.getvalue()

    def test_what_is_no_complete_folder_is_refused(self):
        """By name of what is wrong."""
        self.assertIn("no such folder", self.refused("/nowhere"))
        self.assertIn("it has no run.yaml", self.refused(tempfile.mkdtemp(dir=SHARED.name)))
        folder = made({"a.csv": "x\n1\n"})
        os.remove(os.path.join(folder, "a.csv"))
        self.assertIn("a.csv is missing", self.refused(folder))
        with open(os.path.join(folder, "run.yaml"), "w", encoding="utf-8") as file:
            file.write("command: |-\n  dwmtj x\nversion: 0.0.9\nseed: 1\n")
        self.assertIn("older version (0.0.9)", self.refused(folder))
        self.assertIn("expected JSON", self.refused(made({"estimate.json": "{"})))
        self.assertIn("expected rows", self.refused(made({"a.csv": "x,y\n1\n"})))

    def test_a_damaged_folder_is_refused_by_name_or_shown(self):
        """Files cut, emptied, gone, of other bytes, of other keys and values: never a traceback, never half a page."""
        dice = random.Random(5)
        ends = {0: 0, 2: 0}
        for _ in range(80):
            folder = tempfile.mkdtemp(dir=SHARED.name)
            shutil.copytree(results(dice.choice(sorted(RUNS))), folder, dirs_exist_ok=True)
            damage(folder, dice)
            with contextlib.redirect_stderr(io.StringIO()) as line, contextlib.redirect_stdout(io.StringIO()):
                status = report.main([folder])
            ends[status] += 1
            self.assertEqual((line.getvalue().count("\n"), os.path.exists(os.path.join(folder, "report.html"))), (0, True) if status == 0 else (1, False), line.getvalue())
            shutil.rmtree(folder)
        self.assertGreater(min(ends.values()), 10)

    def test_the_command_and_the_option(self):
        """Status and line of the command are those of the report; every job makes its own."""
        folder = os.path.join(SHARED.name, "with-report")
        words = [PROGRAM, *RUNS["run"], "--out", folder, "--report"]
        said = subprocess.run(words, cwd=SOURCES, capture_output=True, text=True, check=True).stdout
        self.assertIn(os.path.join(folder, "report.html"), said)
        done = subprocess.run([PROGRAM, "report", "/nowhere"], capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stderr), (2, "dwmtj: /nowhere: no such folder\n"))
        done = subprocess.run([PROGRAM, *RUNS["run"], "--report"], cwd=SOURCES, capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("--out", done.stderr)

    def test_a_page_that_cannot_be_written_is_told(self):
        """Status 3, and what was there stays."""
        with contextlib.redirect_stderr(io.StringIO()) as line:
            self.assertEqual(report.main([made({}), "--out", "/nowhere/page.html"]), 3)
        self.assertIn("cannot be written", line.getvalue())

    def test_names_and_values_cannot_break_the_page(self):
        """What looks like the end of a script, or of a template's field, is text."""
        folder = ResultFolder(made({"layer_costs.csv": "layer,energy_J\n</script><b>{{PAGE}},1\n"}))
        page = report.page_of(folder)
        self.assertNotIn("</script><b>", page)
        data = page.split('type="application/json">')[1].split("</script>")[0]
        self.assertEqual(json.loads(data)["tables"][0]["rows"][0][0], "</script><b>{{PAGE}}")

    def test_an_unknown_table_is_a_table(self):
        """With units out of the names of its columns, and no more rows than a page holds."""
        folder = ResultFolder(made({"new.csv": "what,energy_J\n" + "a,1\n" * 1000}))
        (table,) = views.tables(folder)
        self.assertEqual(table["columns"], [{"name": "what", "unit": ""}, {"name": "energy", "unit": "J"}])
        self.assertEqual((len(table["rows"]), table["total"]), (views.MOST_ROWS, 1000))

    def test_a_known_name_with_other_columns_is_a_table(self):
        """As another command may write it."""
        folder = ResultFolder(made({"power.csv": "time_s,watts\n0,1\n", "layers.csv": "layer,kind,tiles,energy_J\na,product,1,2e-9\n"}))
        self.assertEqual([chart["title"] for chart in views.charts(folder)], ["Energy by layer"])
        self.assertEqual([table["file"] for table in views.tables(folder)], ["layers.csv", "power.csv"])

    def test_sums_of_a_chart_are_those_of_its_table(self):
        """Parts that are pooled are not lost."""
        folder = ResultFolder(results("estimate"))
        charts = {chart["file"]: chart for chart in views.charts(folder)}
        for name in ("energy.csv", "report.csv"):
            self.assertAlmostEqual(sum(charts[name]["points"]["value"]) / sum(folder.table(name)["energy_J"]), 1.0, places=9)
        self.assertEqual(charts["energy.csv"]["points"]["label"][0], folder.table("layer_costs.csv")["layer"][0])

    def test_long_curves_become_bands(self):
        """No peak is lost."""
        rows = "".join(f"{i}e-9,{7 if i == 12345 else 1},0.5\n" for i in range(100000))
        (chart,) = views.charts(ResultFolder(made({"power.csv": "time_s,posted_W,leakage_W\n" + rows})))
        self.assertEqual(chart["kind"], "bands")
        self.assertLessEqual(len(chart["points"]["x"]), views.MOST_POINTS)
        self.assertEqual((max(chart["points"]["high"]), min(chart["points"]["low"])), (7.5, 1.5))

    def test_accuracy_against_what_was_varied(self):
        """Of a sweep of any kind."""
        charts = views.charts(ResultFolder(made({"sweep.csv": "point,sigma_scale,mean_accuracy\n0,1,0.9\n1,2,0.8\n"})))
        self.assertEqual([chart["title"] for chart in charts], ["Accuracy against sigma scale"])
        self.assertEqual(charts[0]["points"], {"x": [1.0, 2.0], "y": [0.9, 0.8]})

    def test_a_sweep_lists_no_files(self):
        """Its table is the last that it writes; folders of points are links."""
        folder = made({"table.csv": "point,sigma_scale,mean_accuracy,error\n0,1,0.9,\n1,2,,broken\n", "table.db": ""})
        os.mkdir(os.path.join(folder, "points"))
        with open(os.path.join(folder, "run.yaml"), "w", encoding="utf-8") as file:
            file.write("command: |-\n  dwmtj sweep plan.yaml\nversion: 0.1.0\nseed: 0\n")
        self.assertEqual([chart["points"] for chart in views.charts(ResultFolder(folder))], [{"x": [1.0], "y": [0.9]}])
        self.assertEqual(report.main([folder, "--quiet"]), 0)

    def test_units_are_written_one_way(self):
        """Areas by size, everything else by prefix."""
        self.assertEqual([quantity(6.877e-7, "m^2"), quantity(1.2e-10, "m^2")], ["0.6877 mm^2", "120 um^2"])
        self.assertEqual([quantity(1.234e-9, "s"), quantity(999.99e-12, "s"), quantity(0, "J")], ["1.234 ns", "1 ns", "0 J"])


@unittest.skipUnless(browser.chromium(), "no chromium: the pages are not opened (section [browser] of scripts/packages.txt)")
class PageTest(unittest.TestCase):
    """In a browser."""

    def page(self, name):
        """The path of the page of a run."""
        path = os.path.join(results(name), "report.html")
        self.assertEqual(report.main([results(name), "--quiet"]), 0)
        self.assertLess(os.path.getsize(path), MOST_BYTES)
        return path

    def test_pages_open_without_an_error(self):
        """Every chart has marks with names; nothing is fetched."""
        with browser.Browser() as reader:
            for name, kinds in (("estimate", {"bars", "lines", "map"}), ("characterize", {"dots", "lines", "areas"}), ("replay", {"bars", "lines"}), ("run", {"bars"})):
                reader.open(self.page(name))
                self.assertEqual(reader.complaints(), [])
                self.assertEqual(reader.requests(), [])
                found = reader.evaluate("[...document.querySelectorAll('figure')].map((f) => [f.dataset.chart,"
                                        " f.querySelectorAll('rect, path, circle').length, f.querySelectorAll('[aria-label]').length])")
                self.assertLessEqual(kinds, {kind for kind, _, _ in found})
                for kind, marks, labels in found:
                    self.assertGreater(marks, 0, f"{name}: {kind}")
                    self.assertGreater(labels, 1, f"{name}: {kind}")
                drawn = reader.evaluate("[...document.querySelectorAll('figure [aria-label] path, figure path[aria-label]')].filter((p) => !p.getAttribute('d') || p.getAttribute('d').length < 5).length")
                self.assertEqual(drawn, 0, name)
                self.shoot(reader, name)

    def shoot(self, reader, name):
        """Screenshots, where they are asked for."""
        if "REPORT_SHOTS" in os.environ:
            for scheme in ("light", "dark"):
                reader.prefer(scheme)
                reader.screenshot(os.path.join(os.environ["REPORT_SHOTS"], f"{name}-{scheme}.png"))

    def test_tables_sort_by_keyboard(self):
        """Up, then down, by Enter on the head; the state is told to screen readers."""
        column = "[...document.querySelectorAll('#layers-layer-costs-csv tbody tr')].map((row) => row.children[4].textContent)"
        head = "document.querySelectorAll('#layers-layer-costs-csv th')[4]"
        with browser.Browser() as reader:
            reader.open(self.page("estimate"))
            before = [int(text) for text in reader.evaluate(column)]
            self.assertNotEqual(before, sorted(before))
            reader.evaluate(f"{head}.querySelector('button').focus()")
            for order, direction in ((False, "ascending"), (True, "descending")):
                reader.press("Enter", "\r")
                self.assertEqual([int(text) for text in reader.evaluate(column)], sorted(before, reverse=order))
                self.assertEqual(reader.evaluate(f"{head}.getAttribute('aria-sort')"), direction)

    def test_light_and_dark(self):
        """As the reader's system is, and by the button, which Tab comes to."""
        paper = "getComputedStyle(document.body).backgroundColor"
        with browser.Browser() as reader:
            reader.prefer("dark")
            reader.open(self.page("run"))
            dark = reader.evaluate(paper)
            reader.prefer("light")
            self.assertNotEqual(reader.evaluate(paper), dark)
            reader.press("Tab")
            reader.press("Tab")
            self.assertEqual(reader.evaluate("document.activeElement.id"), "theme")
            reader.press("Enter", "\r")
            self.assertEqual(reader.evaluate(paper), dark)


if __name__ == "__main__":
    unittest.main()
