// SPDX-License-Identifier: Apache-2.0
// The network of a chip, as the section `interconnect` of its file describes it (format:
// docs/architecture/chip_parameters.md).
#pragma once

#include <cstdint>

#include "architecture/topology.h"
#include "common/parameter_file.h"
#include "common/units.h"

namespace dwmtj {

// A packet is cut into flits of `width` bits; a channel carries one flit a cycle.
struct InterconnectParameters {
  Topology topology = Topology::bus();
  Time cycle;
  int width = 1;      // bits of a flit
  int header = 0;     // bits that each packet has ahead of its data
  Time hop_latency;   // of a flit, through a router and the channel behind it
  Energy hop_energy;  // of one bit, likewise
  Power router_leakage;
  // Whether what several are to get travels once, and routers copy it where the ways part.
  bool multicast = false;

  [[nodiscard]] std::int64_t flits(std::int64_t data_bits) const {
    return (header + data_bits + width - 1) / width;
  }

  // Throws InputError: file:line, key, what was expected.
  static InterconnectParameters read(const ParameterNode& node);
};

// Sections of chips and architectures that may stand in a file of their own.
const CatalogFolder& part_catalog();

}  // namespace dwmtj
