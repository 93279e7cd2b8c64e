// SPDX-License-Identifier: Apache-2.0
// A device from switching data: positions from levels, depth and barrier of each site by maximum
// likelihood over all pulses that found the wall there, and how well the law then fits.
#pragma once

#include "characterization/switching_data.h"
#include "devices/device_model.h"

namespace dwmtj {

// How often pulses of an amplitude made a wall leave a site, and how often the law says.
struct FitPoint {
  int site = 0;
  Voltage voltage;  // at the pads, signed
  Trials trials;
  double chance = 0.0;  // of the fitted device
};

struct SiteFit {
  bool fitted = false;         // else taken from its neighbour: nothing was seen to leave it
  double depth_error = 0.0;    // m, standard error
  double barrier_error = 0.0;  // kT
  double chi_square = 0.0;     // Pearson's, over amplitudes with enough expected on both sides
  int freedom = 0;             // of it
  double p = 1.0;              // chance of a chi square as large, if the law holds
};

struct SwitchingFit {
  DeviceParameters device;
  std::vector<SiteFit> sites;
  std::vector<FitPoint> points;
};

// `like` gives track, film, pulse, fields and attempt time: what the data do not tell. Throws
// InputError where a level is left too seldom.
SwitchingFit fit_device(const DeviceParameters& like, const SwitchingData& data);

}  // namespace dwmtj
