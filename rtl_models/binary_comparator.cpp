// SPDX-License-Identifier: Apache-2.0
#include "rtl_models/binary_comparator.h"

#include "common/sim_time.h"

namespace dwmtj {

BinaryComparator::BinaryComparator(sc_core::sc_module_name name, TileContext& tile,
                                   std::uint64_t seed, std::uint64_t instance)
    : sc_module(name),
      tile_(tile),
      law_(tile.parameters.comparator, seed, instance),
      input_(real_probe(tile, std::string(this->name()) + ".input_mV", "mV")),
      output_(integer_probe(tile, std::string(this->name()) + ".decision")) {
  valid.initialize(true);
  SC_METHOD(run);
  sensitive << strobe.pos();
  dont_initialize();
  if (!tile.protocol.watches()) return;
  SC_METHOD(watch);
  sensitive << strobe;
  dont_initialize();
}

// The rule of its handshake: the strobe stands until `valid`.
void BinaryComparator::watch() {
  if (!deciding_ || sc_core::sc_time_stamp() == since_) return;
  tile_.protocol.broken(strobe.read() ? HandshakeRule::none_lost : HandshakeRule::valid_held,
                        name());
}

void BinaryComparator::run() {
  ++tile_.activations;
  if (!deciding_) {
    sample();
    const auto delay = to_sc_time(pending_.delay);
    next_trigger(tile_.stall ? delay + tile_.stall() : delay);
  } else {
    decision.write(pending_.above);
    output_.set(now_ps(), pending_.above);
    valid.write(true);
  }
  deciding_ = !deciding_;
}

void BinaryComparator::sample() {
  since_ = sc_core::sc_time_stamp();
  const Voltage input = in->sense(law_.decisions());
  pending_ = law_.decide(input);
  metastable_ += pending_.metastable ? 1 : 0;
  tile_.accounts.decisions(now_ps());
  input_.set(now_ps(), 1e3 * in_si(input));
  valid.write(false);
}

}  // namespace dwmtj
