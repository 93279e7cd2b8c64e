// SPDX-License-Identifier: Apache-2.0
// Round numbers for the parts of a chip under test.
#pragma once

#include "architecture/chip_parameters.h"

namespace dwmtj::test {

inline InterconnectParameters interconnect(Topology topology) {
  InterconnectParameters parameters;
  parameters.topology = std::move(topology);
  parameters.cycle = 1e-9 * si::seconds;
  parameters.width = 32;
  parameters.header = 64;
  parameters.hop_latency = 3e-9 * si::seconds;
  parameters.hop_energy = 0.25e-12 * si::joules;
  parameters.router_leakage = 1e-3 * si::watts;
  return parameters;
}

inline BufferParameters small_buffer(std::int64_t bytes) {
  BufferParameters buffer{};
  buffer.bytes = bytes;
  buffer.latency = 2e-9 * si::seconds;
  buffer.width = 8;
  buffer.cycle = 1e-9 * si::seconds;
  buffer.byte_energy = 1e-12 * si::joules;
  buffer.leakage = 1e-3 * si::watts;
  return buffer;
}

}  // namespace dwmtj::test
