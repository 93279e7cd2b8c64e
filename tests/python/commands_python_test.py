# SPDX-License-Identifier: Apache-2.0
"""Commands as functions: results as dictionaries, failures as exceptions; and the example."""

import os
import re
import subprocess
import sys
import unittest

import dwmtj

SOURCES = os.environ["SOURCES"]
TINY = os.path.join(SOURCES, "networks/examples/tiny.onnx")
TRACE = os.path.join(SOURCES, "traces/examples/program-and-read.trace")


class CommandsTest(unittest.TestCase):
    """Estimate, replay, run, infer."""

    def test_estimate_is_a_dictionary(self):
        """Layers and accounts add up to the total."""
        result = dwmtj.estimate(TINY, "adc-multibit", batch=2)
        layers = sum(row["energy_J"] for row in result["layers"])
        self.assertGreater(layers, 0)
        self.assertGreater(result["account"]["total_J"], layers)

    def test_replay_agrees_in_two_views(self):
        """Joules of the bulk view are those of the transactions."""
        joules = [dwmtj.replay(TRACE, view, rows=4)["account"]["posted_J"] for view in ("bulk", "tlm")]
        self.assertAlmostEqual(joules[0] / joules[1], 1.0, places=12)

    def test_run_gives_the_account(self):
        """Of a scenario that comes with the project."""
        result = dwmtj.run("single-shot-reset", seed=3)
        self.assertIn("single-shot-reset", result["text"])
        self.assertGreater(result["account"]["total_J"], 0)

    def test_failures_are_exceptions(self):
        """A wrong input is what it is for devices."""
        with self.assertRaisesRegex(dwmtj.InputError, "nowhere"):
            dwmtj.estimate("nowhere.onnx", "adc-multibit")
        with self.assertRaisesRegex(dwmtj.InputError, "cifar"):
            dwmtj.infer(TINY, "cifar11")

    def test_the_example_runs(self):
        """A network in NumPy keeps its accuracy on pairs of devices."""
        example = os.path.join(SOURCES, "python/examples/network_on_a_tile.py")
        text = subprocess.run([sys.executable, example], capture_output=True, text=True, check=True).stdout
        floating, devices = (float(number) for number in re.findall(r"([\d.]+) %", text)[:2])
        self.assertGreater(floating, 90)
        self.assertGreater(devices, floating - 15)


if __name__ == "__main__":
    unittest.main()
