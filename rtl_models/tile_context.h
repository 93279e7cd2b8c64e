// SPDX-License-Identifier: Apache-2.0
// What the modules of one tile share besides their pins: parameters, books and waveforms.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <systemc>

#include "devices/device_model.h"
#include "rtl_models/protocol.h"
#include "tile/tile_accounts.h"
#include "tile/tile_parameters.h"
#include "waveforms/waveform_writer.h"

namespace dwmtj {

// Extra time before a handshake answers, for tests of back-pressure; empty means none.
using Stall = std::function<sc_core::sc_time()>;

struct TileContext {
  const TileParameters& parameters;
  const DeviceModel& device;
  TileAccounts& accounts;
  WaveformWriter* waveforms;  // null: off
  Stall stall;
  ProtocolLog& protocol;
  std::uint64_t activations = 0;  // of the processes of this tile, for the kernel-cost report
};

// Probes of a tile that has no waveforms are inactive.
inline Probe real_probe(const TileContext& tile, const std::string& name, const std::string& unit) {
  return tile.waveforms != nullptr ? tile.waveforms->real(name, unit) : Probe();
}
inline Probe integer_probe(const TileContext& tile, const std::string& name, int bits = 1) {
  return tile.waveforms != nullptr ? tile.waveforms->integer(name, bits) : Probe();
}
// The names of an enumeration, from 0 to `last`.
template <typename Enum>
std::vector<std::string> names_up_to(Enum last) {
  std::vector<std::string> names;
  for (int value = 0; value <= static_cast<int>(last); ++value) {
    names.emplace_back(name_of(static_cast<Enum>(value)));
  }
  return names;
}
template <typename Enum>
Probe enumeration_probe(const TileContext& tile, const std::string& name, Enum last) {
  return tile.waveforms != nullptr ? tile.waveforms->enumeration(name, names_up_to(last)) : Probe();
}

}  // namespace dwmtj
