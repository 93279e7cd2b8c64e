// SPDX-License-Identifier: Apache-2.0
#include "rtl_models/bias_field.h"

#include "common/sim_time.h"

namespace dwmtj {

BiasField::BiasField(sc_core::sc_module_name name, TileContext& tile)
    : sc_module(name),
      tile_(tile),
      field_(real_probe(tile, std::string(this->name()) + ".field_mT", "mT")) {
  field_.set(0, 1e3 * in_si(tile.device.parameters().fields.write));
  SC_METHOD(change);
  sensitive << reverse;
  dont_initialize();
}

void BiasField::change() {
  ++tile_.activations;
  settles_at_ =
      sc_core::sc_time_stamp() + to_sc_time(to_picoseconds(tile_.parameters.timing.field_settle));
  field_.set(now_ps(), 1e3 * in_si(field()));
}

Field BiasField::field() const {
  const auto& fields = tile_.device.parameters().fields;
  return reverse.read() ? fields.reset : fields.write;
}

bool BiasField::settled() const { return sc_core::sc_time_stamp() >= settles_at_; }

}  // namespace dwmtj
