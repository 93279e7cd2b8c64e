// SPDX-License-Identifier: Apache-2.0
#include "rtl_models/sum_references.h"

#include <algorithm>

#include "common/index.h"
#include "common/sim_time.h"

namespace dwmtj {

SumReferences::SumReferences(sc_core::sc_module_name name, TileContext& tile, int columns,
                             const SumReadout& readout)
    : sc_module(name), code("code", index(columns)), tile_(tile), readout_(readout) {
  SC_METHOD(change);
  for (auto& pin : code) sensitive << pin;
  dont_initialize();
  if (tile.waveforms == nullptr) return;
  for (int column = 0; column < columns; ++column) {
    const auto path = std::string(this->name()) + ".col" + std::to_string(column) + ".code";
    code_probes_.push_back(integer_probe(tile, path, tile.parameters.sum_reference.bits + 1));
    code_probes_.back().set(0, 0);
  }
}

// All columns change in one delta cycle.
void SumReferences::change() {
  ++tile_.activations;
  if (on_) {
    const Picoseconds start = to_picoseconds(since_);
    tile_.accounts.sum_references(start, now_ps() - start, code.size());
  }
  since_ = sc_core::sc_time_stamp();
  on_ = std::any_of(code.begin(), code.end(), [](const auto& pin) { return pin.read() != 0; });
  for (std::size_t c = 0; c < code_probes_.size(); ++c) {
    code_probes_[c].set(now_ps(), code[c].read());
  }
}

bool SumReferences::settled() const {
  const Picoseconds settle = to_picoseconds(tile_.parameters.sum_reference.settle);
  return !on_ || sc_core::sc_time_stamp() >= since_ + to_sc_time(settle);
}

Voltage SumReferences::input(int column, Conductance difference) {
  const auto input = readout_.input(column, difference, code[index(column)].read());
  clipped_ += input.clipped ? 1 : 0;
  return input.voltage;
}

}  // namespace dwmtj
