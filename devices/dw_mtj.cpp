// SPDX-License-Identifier: Apache-2.0
#include "devices/dw_mtj.h"

namespace dwmtj {

void DwMtj::saturate() {
  state_.arrival = state_.draws++;
  state_.site = 0;
}

PulseResult DwMtj::apply(const TransitionTable& table) {
  const std::uint32_t count = state_.draws++;
  const int from = state_.site;
  const Draw drawn = draw(seed_, Stream::device, index_, count);
  const int to = table.end_site(from, drawn);
  if (to != from) {
    state_.site = static_cast<std::uint8_t>(to);
    state_.arrival = count;
  }
  return {from, to, drawn};
}

Resistance DwMtj::resistance() const {
  const Draw arrival = draw(seed_, Stream::device, index_, state_.arrival);
  return model_->readout().resistance(state_.site, arrival) / traits_.conductance;
}

}  // namespace dwmtj
