// SPDX-License-Identifier: Apache-2.0
// The notches of a device file: a list of `sites`, or a `site_array` that makes them by a rule.
#pragma once

#include <vector>

#include "devices/device_parameters.h"

namespace dwmtj {

// A name that may stand in tables and in paths of results.
std::string read_plain_name(const ParameterNode& node);

// Notches at one pitch, all alike.
struct SiteArray {
  long count = 0;
  Length first_position;
  Length pitch;
  SiteParameters site;

  [[nodiscard]] Length track_length() const { return static_cast<double>(count) * pitch; }
  // From the first notch to the last: the states span all that the MTJ can conduct.
  [[nodiscard]] Length mtj_length() const { return static_cast<double>(count - 1) * pitch; }
  [[nodiscard]] std::vector<SiteParameters> sites() const;
};

// `pitch`, or the minimum `feature`, half of it; the first notch half a pitch from the end unless
// `first_position` says otherwise.
SiteArray read_site_array(const ParameterNode& node, const PinningParameters& pinning);

// In order from IN, whatever their depths.
std::vector<SiteParameters> read_site_list(const ParameterNode& root,
                                           const PinningParameters& pinning);

}  // namespace dwmtj
