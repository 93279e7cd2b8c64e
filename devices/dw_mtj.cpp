// SPDX-License-Identifier: Apache-2.0
#include "devices/dw_mtj.h"

namespace dwmtj {

void DwMtj::saturate() {
  state_.arrival = state_.draws++;
  state_.site = 0;
}

PulseResult DwMtj::apply(const TransitionTable& table) {
  const std::uint32_t count = state_.draws++;
  const PulseResult result = [&] {
    const Draw drawn = draw(seed_, Stream::device, index_, count);
    return PulseResult{state_.site, table.end_site(state_.site, drawn), drawn};
  }();
  if (result.to != result.from) {
    state_.site = static_cast<std::uint8_t>(result.to);
    state_.arrival = count;
  }
  return result;
}

Resistance DwMtj::resistance() const {
  return model_->readout().resistance(state_.site,
                                      draw(seed_, Stream::device, index_, state_.arrival));
}

}  // namespace dwmtj
