// SPDX-License-Identifier: Apache-2.0
#include "rtl_models/read_source.h"

#include "common/sim_time.h"

namespace dwmtj {

ReadSource::ReadSource(sc_core::sc_module_name name, TileContext& tile)
    : sc_module(name), tile_(tile), on_(integer_probe(tile, std::string(this->name()) + ".on")) {
  on_.set(0, 0);
  SC_METHOD(change);
  sensitive << on;
  dont_initialize();
}

void ReadSource::change() {
  ++tile_.activations;
  on_.set(now_ps(), on.read());
  if (on.read()) {
    since_ = sc_core::sc_time_stamp();
    ++reading_;
    return;
  }
  const Picoseconds start = to_picoseconds(since_);
  for (const auto& load : loads_) {
    tile_.accounts.read(start, now_ps() - start, load.devices, load.references, load.columns);
  }
  loads_.clear();
}

bool ReadSource::settled() const {
  return on.read() && sc_core::sc_time_stamp() >=
                          since_ + to_sc_time(to_picoseconds(tile_.parameters.timing.read_settle));
}

}  // namespace dwmtj
