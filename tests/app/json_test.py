# SPDX-License-Identifier: Apache-2.0
"""Asks every command for JSON: json_test.py SOURCES DWMTJ

Standard output is one object and nothing else, with what was run, its status and what was found; numbers are those of the files and texts. A
command without a line here is a fault. Also: nothing printed on a terminal has a colour. Exit status: 0, or an assertion.
"""

import json
import os
import pty
import re
import struct
import subprocess
import sys
import tempfile

PLAN = "command: {command}\ngrid: {{--seed: [1, 2]}}\n"


class Asked:
    """The program in a folder of its own."""

    def __init__(self, sources, program, folder):
        self.sources, self.program, self.folder, self.asked = sources, program, folder, set()

    def run(self, *words):
        """One command; the process when it has ended."""
        return subprocess.run([self.program, *words], cwd=self.folder, capture_output=True, text=True, check=False)

    def json(self, *words, status=0):
        """What it answers."""
        done = self.run(*words, "--json")
        assert done.returncode == status, f"{words}: status {done.returncode}: {done.stderr}"
        answer = json.loads(done.stdout)
        assert answer["status"] == status and answer["command"][1:] == [*words, "--json"] and answer["version"], answer
        self.asked.add(words[0])
        return answer if status == 2 else answer["found"]

    def read(self, *path):
        """A file of results."""
        with open(os.path.join(self.folder, *path), encoding="utf-8") as text:
            return json.load(text)

    def write_images(self, side=28, count=20):
        """Labelled squares as IDX files, to test and to learn from."""
        os.mkdir(os.path.join(self.folder, "data"))
        for part in ("train", "t10k"):
            with open(os.path.join(self.folder, f"data/{part}-images-idx3-ubyte"), "wb") as file:
                file.write(struct.pack(">4I", 0x803, count, side, side))
                file.write(bytes(200 if p % side > 5 + i % 10 else 0 for i in range(count) for p in range(side * side)))
            with open(os.path.join(self.folder, f"data/{part}-labels-idx1-ubyte"), "wb") as file:
                file.write(struct.pack(">2I", 0x801, count) + bytes(i % 10 for i in range(count)))

    def write_plan(self, command):
        """Of two points."""
        with open(os.path.join(self.folder, "plan.yaml"), "w", encoding="utf-8") as file:
            file.write(PLAN.format(command=command))
        return "plan.yaml"


def check_catalogs(ask):
    """Lists, and one entry of each."""
    for command in ("devices", "tiles", "chips", "architectures", "technologies"):
        rows = ask.json(command)[command]
        listed = [line.split()[0] for line in ask.run(command).stdout.splitlines()[1:]]
        assert [row["name"] for row in rows] == listed and len(listed) > 2, command
        one = ask.json(command, listed[0])
        assert one["name"] == listed[0], one
        assert all(constant["source"] for constant in one["constants"]) and len(one["constants"]) > 3, command
    device = ask.json("devices", "straight")
    assert [round(site["level_ohm"], 1) for site in device["sites"]] == [1061.0, 1043.3, 989.0, 929.5, 913.1], device["sites"]
    assert "critical_write_V" not in device["sites"][-1] and device["sites"][0]["critical_write_V"] > 0
    drivers = ask.json("tiles", "straight-65nm")["drivers"]
    assert 0.008 < drivers["gain"] < 0.010 and 0 < drivers["inl_mean"] < drivers["inl_worst"] < 1, drivers
    assert "drivers" not in ask.json("tiles", "straight"), "those of a prototype are all alike"
    scenarios = [row["name"] for row in ask.json("run")["scenarios"]]
    assert "single-shot-reset" in scenarios, scenarios


def check_devices(ask):
    """Commands on devices and tiles."""
    found = ask.json("characterize", "trapezoidal", "--devices", "2", "--protocol", "write-reset", "--no-figures", "--out", "c")
    assert found["summary"] == ask.read("c/summary.json") and found["comparison"]
    ask.json("characterize", "trapezoidal", "--devices", "20", "--protocol", "ramp,write-reset", "--no-figures", "--out", "s")
    sites = ask.json("fit", "s/ramp.csv", "s/write_reset.csv", "--like", "trapezoidal", "--no-figures", "--out", "f")["sites"]
    assert len(sites) == 4 and abs(sites[1]["level_ohm"] - 93.3) < 0.5 and sites[1]["fitted"], sites
    found = ask.json("calibrate", "--mean", "3.5V", "--var", "5.7%", "--cycles", "13")
    assert abs(found["mean_V"] - 3.5) < 1e-6 and abs(found["var"] - 0.057) < 1e-6, found
    levels = ask.json("program", "straight", "--rows", "4", "--columns", "4")["levels"]
    assert levels[-1]["devices"] == 32 == sum(level["devices"] for level in levels[:-1]), levels
    found = ask.json("export", "straight", "--as", "spice", "--out", "x")
    assert found["files"] == ["x/straight.cir"] and os.path.getsize(os.path.join(ask.folder, "x/straight.cir")) > 0
    points = ask.json("wires", "straight", "--columns", "8,16", "--segments", "1 ohm", "--vectors", "1")["points"]
    assert [(row["columns"], row["segment_ohm"]) for row in points] == [(8, 1.0), (16, 1.0)], points
    found = ask.json("check", "straight-65nm")
    assert found["warnings"] == [] and (found["rows"], found["columns"]) == (64, 64) and "none_with" not in found, found
    found = ask.json("check", "straight-65nm", "--set", "sum_reference.bits=9", status=1)
    assert [(warning["rule"], list(warning["fits"])) for warning in found["warnings"]] == [("resolution", ["sum_reference.bits"])], found
    assert found["none_with"].startswith("dwmtj check straight-65nm --set 'sum_reference.bits="), found
    assert "bits=9" not in found["none_with"], found
    found = ask.json("run", "single-shot-reset", "--out", "r")
    assert found["passed"] and found["commands"] > 0 and found["account"] == ask.read("r/report.json")
    trace = os.path.join(ask.sources, "traces/examples/program-and-read.trace")
    found = ask.json("replay", trace, "--view", "all", "--rows", "4")
    assert {"bulk", "tlm", "pins"} <= set(found["views"]) and found["agree"] and found["differences"] == [], found


def check_networks(ask):
    """Commands on networks."""
    tiny, fashion = (os.path.join(ask.sources, "networks/examples", name + ".onnx") for name in ("tiny", "fashion-cnn"))
    found = ask.json("estimate", tiny, "--arch", "adc-multibit", "--no-figures", "--out", "e")
    assert found["estimate"] == ask.read("e/estimate.json")
    row = ask.json("compare", "e")["estimates"][0]
    assert row["energy_J"] == found["estimate"]["energy_J"] and row["result"] == "e"
    assert ask.json("map", tiny, "--arch", "adc-multibit", "--no-figures", "--out", "m")["mapping"] == ask.read("m/mapping.json")
    assert ask.json("report", "e")["page"] == "e/report.html"
    ask.write_images()
    data = ("--data", "data")
    found = ask.json("infer", fashion, *data, "--device", "straight", "--write", "ideal", "--images", "4", "--no-figures", "--out", "i")
    assert found["inference"] == ask.read("i/infer.json")
    found = ask.json("simulate", fashion, "--chip", "mesh-256", *data, "--images", "1", "--timing", "lt", "--no-compare", "--out", "s")
    assert found["simulation"] == ask.read("s/simulate.json")
    found = ask.json("learn", *data, "--hidden", "16", "--subset-size", "10", "--batch", "5", "--subsets", "2", "--epochs", "1", "--no-figures", "--out", "l")
    assert found["learning"] == ask.read("l/learning.json")


def check_sweeps(ask):
    """Of a command of the program itself, and of one of another program, which the first becomes."""
    tiny = os.path.join(ask.sources, "networks/examples/tiny.onnx")
    for out, command in (("w1", "wires straight --columns 8 --vectors 1"), ("w2", f"estimate {tiny} --arch adc-multibit")):
        plan = ask.write_plan(command)
        assert [len(point["words"]) > 3 for point in ask.json("sweep", plan, "--out", out, "--list")["points"]] == [True, True]
        assert ask.json("sweep", plan, "--out", out)["points"] == {"done": 2, "already_done": 0, "failed": 0, "killed": 0, "elsewhere": 0}
        assert ask.json("sweep", plan, "--out", out)["points"]["already_done"] == 2


def check_refusals(ask):
    """What went wrong is in the object and on standard error, once each."""
    answer = ask.json("devices", "nothing", status=2)
    assert "nothing" in answer["error"] and "found" not in answer, answer
    assert ask.json("estimate", "nowhere.onnx", "--arch", "adc-multibit", status=2)["error"] == "nowhere.onnx: cannot be read"
    done = ask.run("run", "single-shot-reset", "--json", "--vcd", "/dev/stdout")
    assert done.returncode == 2 and done.stdout == "" and "--json" in done.stderr, done
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run([ask.program, "devices", "--json"], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 3 and "cannot be written" in done.stderr, done


def on_terminal(ask, words):
    """What a command prints where both of its outputs are a terminal."""
    ours, its = pty.openpty()
    with subprocess.Popen([ask.program, *words], cwd=ask.folder, stdin=subprocess.DEVNULL, stdout=its, stderr=its) as process:
        os.close(its)
        said = b""
        while True:
            try:
                more = os.read(ours, 1 << 16)
            except OSError:  # as a terminal ends
                break
            if not more:
                break
            said += more
        process.wait()
    os.close(ours)
    return said


def check_terminal(ask):
    """No colours, so NO_COLOR has nothing to switch off."""
    measure = ["characterize", "straight", "--protocol", "ramp", "--devices", "200", "--no-rows", "--no-figures", "--out", "t"]
    for words in (["devices"], ["--help"], ["devices", "nothing"], measure):
        said = on_terminal(ask, words)
        assert said and not re.search(rb"\x1b\[[0-9;]*m", said), said


def main(sources, program):
    """All of it."""
    with tempfile.TemporaryDirectory() as folder:
        ask = Asked(sources, program, folder)
        for check in (check_catalogs, check_devices, check_networks, check_sweeps, check_refusals, check_terminal):
            check(ask)
        commands = set(re.findall(r"^  ([a-z-]+)  ", ask.run("--help").stdout.split("Subcommands:")[1], re.M))
        assert ask.asked == commands, f"not asked: {commands - ask.asked}"


if __name__ == "__main__":
    main(*sys.argv[1:])
