# SPDX-License-Identifier: Apache-2.0
"""The tile in NumPy: write, read and multiply as the commands do, on memory that is shared."""

import ast
import os
import unittest

import numpy as np

import dwmtj

QUIET = ["comparator.noise=0 V", "comparator.offset=0 V", "read.noise=none"]


def programmed(rows=8, columns=16, **options):
    """A tile with random levels, and these."""
    tile = dwmtj.Tile("trapezoidal", rows, columns, **options)
    levels = np.random.default_rng(1).integers(0, tile.levels, tile.shape).astype(np.int16)
    return tile, levels, tile.program(levels)


class TileTest(unittest.TestCase):
    """Commands."""

    def test_reads_what_was_programmed(self):
        """By write-verify: pulses counted, walls where they were wanted."""
        tile, levels, done = programmed()
        self.assertEqual(tile.shape, (8, 2, 16))
        self.assertFalse(done["flagged"].any())
        np.testing.assert_array_equal(tile.sites, levels)
        np.testing.assert_array_equal(tile.read(), levels)
        self.assertTrue((done["pulses"][levels > 0] > 0).all())
        self.assertEqual(done["attempts"].shape, tile.shape)

    def test_multiplies_conductances(self):
        """The sign of inputs times differences, where that is far from balance."""
        tile, _, _ = programmed(set=QUIET)
        inputs = np.random.default_rng(2).integers(-1, 2, (50, 8)).astype(np.int16)
        sums = inputs @ (tile.conductances[:, 0] - tile.conductances[:, 1])
        signs = tile.multiply(inputs)
        self.assertEqual(signs.shape, (50, 16))
        clear = np.abs(sums) > 1e-5
        self.assertGreater(clear.sum(), 400)
        np.testing.assert_array_equal(signs[clear], np.where(sums[clear] > 0, 1, signs.min()))
        np.testing.assert_array_equal(tile.multiply(inputs[0]), signs[0])
        codes = tile.multiply(inputs, bits=6)
        self.assertTrue(((codes >= -32) & (codes < 32)).all())

    def test_arrays_are_the_tile_s_memory(self):
        """Two views share it; a reset is seen in an old one."""
        tile, levels, _ = programmed()
        self.assertTrue(np.shares_memory(tile.sites, tile.sites))
        self.assertTrue(np.shares_memory(tile.conductances, tile.conductances))
        self.assertFalse(tile.conductances.flags.writeable)
        view = tile.sites
        tile.reset(3, "minus")
        self.assertTrue((view[3, 1] == 0).all())
        np.testing.assert_array_equal(view[4], levels[4])

    def test_the_account_is_that_of_the_commands(self):
        """Joules by component add up to the total."""
        tile, _, _ = programmed()
        account = tile.account()
        self.assertGreater(tile.time, 0)
        total = sum(row["value"] for row in account["by_component"])
        self.assertAlmostEqual(total / account["total_J"], 1.0, places=12)

    def test_skipped_devices_stay(self):
        """No pulse where the level is SKIP."""
        tile = dwmtj.Tile("trapezoidal", 2, 4)
        levels = np.full(tile.shape, dwmtj.SKIP, np.int16)
        levels[1, 0, 2] = 2
        done = tile.program(levels)
        self.assertEqual(np.flatnonzero(done["pulses"]).tolist(), [10])

    def test_mistakes_are_told(self):
        """Shapes, values and types: nothing is bent to fit."""
        tile = dwmtj.Tile("trapezoidal", 2, 4)
        with self.assertRaisesRegex(ValueError, r"expected shape \(2, 2, 4\)"):
            tile.program(np.zeros((2, 4), np.int16))
        with self.assertRaisesRegex(ValueError, "level"):
            tile.program(np.full(tile.shape, 4, np.int16))
        with self.assertRaisesRegex(ValueError, r"expected shape \(2\)"):
            tile.multiply(np.zeros(3, np.int16))
        for bits in (-1, 256):  # which a byte would take for others
            with self.assertRaisesRegex(ValueError, "bits: expected"):
                tile.multiply(np.zeros(2, np.int16), bits=bits)
        with self.assertRaisesRegex(ValueError, "multiply: wrong"):
            tile.multiply(np.full(2, 20000, np.int16))
        with self.assertRaises(TypeError):
            tile.multiply(np.zeros(2, np.float64))
        with self.assertRaisesRegex(ValueError, "row"):
            tile.reset(2, "plus")
        with self.assertRaisesRegex(ValueError, "side"):
            tile.reset(0, "left")
        with self.assertRaisesRegex(ValueError, "rows"):
            dwmtj.Tile("trapezoidal", 0, 4)


class StubTest(unittest.TestCase):
    """Types for checkers are those of the module."""

    def test_stubs_name_what_there_is(self):
        """Classes, members and arguments; every member has a docstring."""
        path = os.path.join(os.path.dirname(dwmtj.__file__), "_native.pyi")
        with open(path, encoding="utf-8") as text:
            stubs = {node.name: node for node in ast.parse(text.read()).body if isinstance(node, ast.ClassDef)}
        for name in ("Device", "Devices", "Tile"):
            real = getattr(dwmtj, name)
            known = {node.name: node for node in stubs[name].body if isinstance(node, ast.FunctionDef)}
            members = {member for member in vars(real) if not member.startswith("_")}
            self.assertEqual(members, set(known) - {"__init__"})
            for member in members:
                self.assertTrue(getattr(real, member).__doc__.strip(), member)
            for member in members - {m for m in members if isinstance(vars(real)[m], property)} | {"__init__"}:
                signature = getattr(real, member).__doc__
                for argument in known[member].args.args[1:]:
                    self.assertIn(f"{argument.arg}: ", signature, member)


if __name__ == "__main__":
    unittest.main()
