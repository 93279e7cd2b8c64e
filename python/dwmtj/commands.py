# SPDX-License-Identifier: Apache-2.0
"""Commands of the program `dwmtj` as functions: they run it and return its results as dictionaries.

It is a process of its own: SystemC has one kernel a process, and Ctrl-C, memory and threads of a run stay with it.
"""

import csv
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from ._native import InputError

_INPUT_ERROR = 2


class CommandError(RuntimeError):
    """A command ended with a status that is no success; `status` has it."""

    def __init__(self, status, text):
        super().__init__(text)
        self.status = status


def estimate(network, arch, **options):
    """Energy, latency and area of an ONNX file on an architecture.

    Options are those of `dwmtj estimate`, with _ for -: batch=100, power_window="50us". Returns
    estimate.json as a dictionary (s, J, m^2), with the ledger under "account" and a list of a dictionary a layer
    under "layers".
    """
    with _results("estimate", network, {"arch": arch, "figures": False, **options}) as folder:
        return {**_json(folder, "estimate"), "account": _json(folder, "report"), "layers": _rows(folder, "layer_costs")}


def infer(network, data, **options):
    """Accuracy of an ONNX file on labelled images, with its weights on devices.

    Options are those of `dwmtj infer`: device="straight", bits=3, write="pulses". Returns infer.json as a dictionary.
    """
    with _results("infer", network, {"data": data, **options}) as folder:
        return _json(folder, "infer")


def replay(trace, view="tlm", **options):
    """Replays a command trace on the pins, in transactions or in bulk (view "pins", "tlm", "bulk").

    Options are those of `dwmtj replay`: rows=64, tile="straight". Returns {"text": what it prints, "account": ledger}.
    """
    with _results("replay", trace, {"view": view, **options}) as folder:
        return {"text": folder.text, "account": _json(folder, "report")}


def run(scenario, **options):
    """Runs a scenario on the pin-level tile. Options are those of `dwmtj run`.

    Returns {"text": what it prints, "account": ledger}. A scenario whose expectations fail is a CommandError.
    """
    with _results("run", scenario, options) as folder:
        return {"text": folder.text, "account": _json(folder, "report")}


def program():
    """Where the program is: $DWMTJ_PROGRAM, else where it was built or installed with this package, else on the path."""
    chosen = os.environ.get("DWMTJ_PROGRAM")
    if chosen:
        return chosen
    for above in Path(__file__).resolve().parents:
        for candidate in (above / "app" / "dwmtj", above / "bin" / "dwmtj"):
            if os.access(candidate, os.X_OK) and candidate.is_file():
                return str(candidate)
    found = shutil.which("dwmtj")
    if not found:
        raise FileNotFoundError("the program dwmtj is not found; set DWMTJ_PROGRAM")
    return found


class _results:
    """The folder that a command leaves its results in, while they are read."""

    def __init__(self, command, argument, options):
        self.words = [command, os.fspath(argument), *_words(options)]

    def __enter__(self):
        self.kept = tempfile.TemporaryDirectory()  # pylint: disable=consider-using-with
        self.path = Path(self.kept.name) / "results"
        try:
            self.text = _call([*self.words, "--out", str(self.path)])
        except BaseException:
            self.kept.cleanup()
            raise
        return self

    def __exit__(self, *unused):
        self.kept.cleanup()


def _words(options):
    """Options of a function as options of a command: True is a flag, False its --no- form, a list one word each."""
    words = []
    for name, value in options.items():
        option = name.replace("_", "-")
        if value is True:
            words.append(f"--{option}")
        elif value is False:
            words.append(f"--no-{option}")
        elif isinstance(value, (list, tuple)):
            for one in value:
                words += [f"--{option}", str(one)]
        elif value is not None:
            words += [f"--{option}", str(value)]
    return words


def _call(words):
    """What the program prints; raises what its status means."""
    done = subprocess.run([program(), *words], capture_output=True, text=True, check=False)
    if done.returncode == _INPUT_ERROR:
        raise InputError(done.stderr.strip())
    if done.returncode != 0:
        raise CommandError(done.returncode, done.stderr.strip() or done.stdout.strip())
    return done.stdout


def _json(folder, name):
    return json.loads((folder.path / f"{name}.json").read_text(encoding="utf-8"))


def _rows(folder, name):
    with open(folder.path / f"{name}.csv", encoding="utf-8", newline="") as lines:
        return [{key: _number(value) for key, value in row.items()} for row in csv.DictReader(lines)]


def _number(text):
    try:
        return float(text)
    except ValueError:
        return text
