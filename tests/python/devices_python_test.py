# SPDX-License-Identifier: Apache-2.0
"""Devices in NumPy: the numbers of the paper, memory that is shared, and mistakes that are told."""

import unittest

import numpy as np

import dwmtj


class DeviceTest(unittest.TestCase):
    """One kind of device."""

    def test_has_the_levels_of_the_paper(self):
        """Fig. 2: 93.3, 76.1 and 67.1 ohm, after the start."""
        device = dwmtj.Device("trapezoidal")
        self.assertEqual((device.name, device.sites), ("trapezoidal", 4))
        np.testing.assert_allclose(device.resistances[1:], [93.3, 76.1, 67.1], rtol=1e-3)
        np.testing.assert_allclose(device.conductances, 1 / device.resistances, rtol=1e-3)
        self.assertTrue((device.conductance_spreads > 0).all())

    def test_transitions_are_chances(self):
        """Nothing moves without a pulse's drive; the nominal update costs 0.124 pJ."""
        device = dwmtj.Device("trapezoidal")
        for pads in (0.1, 3.0, 3.5, -3.7):
            rows = device.transitions(pads)
            self.assertEqual(rows.shape, (4, 4))
            np.testing.assert_allclose(rows.sum(axis=1), 1.0, atol=1e-12)
        np.testing.assert_allclose(device.transitions(0.1), np.eye(4), atol=1e-9)
        self.assertAlmostEqual(device.pulse_energy(3.5) / 0.124e-12, 1.0, places=9)
        self.assertAlmostEqual(device.pulse_energy(7.0) / 0.124e-12, 4.0, places=9)

    def test_values_may_be_set(self):
        """As on the command line; constants name their source."""
        device = dwmtj.Device("trapezoidal", set=["operating_point.update_energy=0.2 pJ"])
        self.assertAlmostEqual(device.pulse_energy(3.5) / 0.2e-12, 1.0, places=9)
        self.assertTrue(all(row["source"] for row in device.constants))

    def test_mistakes_are_told(self):
        """With the names that there are."""
        with self.assertRaisesRegex(dwmtj.InputError, "trapezoidal"):
            dwmtj.Device("trapezium")
        with self.assertRaises(ValueError):
            dwmtj.Devices(dwmtj.Device("straight"), 0)


class DevicesTest(unittest.TestCase):
    """Many devices."""

    def test_follow_the_transitions(self):
        """20000 walls: within five standard deviations of the table."""
        device = dwmtj.Device("straight")
        devices = dwmtj.Devices(device, 20000, seed=7)
        chances = device.transitions(4.0)[0]
        devices.pulse(4.0)
        shares = np.bincount(devices.sites, minlength=device.sites) / 20000
        self.assertTrue((np.abs(shares - chances) <= 5 * np.sqrt(chances * (1 - chances) / 20000) + 1e-12).all())

    def test_sites_are_their_own_memory(self):
        """A view follows the walls, cannot be written to, and outlives its owner's name."""
        devices = dwmtj.Devices(dwmtj.Device("straight"), 100)
        view = devices.sites
        self.assertTrue((view == 0).all())
        devices.pulse(5.5)
        self.assertTrue((view > 0).any())
        self.assertFalse(view.flags.writeable)
        del devices
        self.assertEqual(view.shape, (100,))
        view.sum()

    def test_a_device_is_the_same_in_any_array(self):
        """Draws belong to the device, not to the array."""
        model = dwmtj.Device("straight")
        whole, part = dwmtj.Devices(model, 100), dwmtj.Devices(model, 40, first_index=60)
        for pads in (3.0, 4.0, -4.0, 5.0):
            whole.pulse(pads)
            part.pulse(pads)
        np.testing.assert_array_equal(whole.sites[60:], part.sites)
        np.testing.assert_array_equal(whole.resistances()[60:], part.resistances())


if __name__ == "__main__":
    unittest.main()
