// SPDX-License-Identifier: Apache-2.0
#include "rtl_models/current_source_driver.h"

#include <algorithm>

#include "common/sim_time.h"

namespace dwmtj {
namespace {

const Time kPlotStep = 1e-9 * si::seconds;  // of the ramps on the waveform
const Time kPlotFoot = 1e-12 * si::seconds;

}  // namespace

CurrentSourceDriver::CurrentSourceDriver(sc_core::sc_module_name name, TileContext& tile,
                                         std::uint64_t seed, std::uint64_t instance)
    : sc_module(name),
      tile_(tile),
      driver_(tile.parameters.driver, seed, instance),
      law_(tile.parameters.driver.in_steps(), tile.device.parameters()),
      duration_(to_sc_time(
          to_picoseconds(tile.device.parameters().operating_point.shape.foot_to_foot()))),
      current_(real_probe(tile, std::string(this->name()) + ".current_uA", "uA")) {
  ready.initialize(true);
  SC_METHOD(run);
  sensitive << enable.pos();
  dont_initialize();
  if (!tile.protocol.watches()) return;
  SC_METHOD(watch);
  sensitive << enable << code;
  dont_initialize();
}

// The rules of its handshake: enable and code stand until `ready`.
void CurrentSourceDriver::watch() {
  if (!pulsing_ || sc_core::sc_time_stamp() == since_) return;
  if (code.read() != asked_) tile_.protocol.broken(HandshakeRule::payload_stable, name());
  if (enable.event()) {
    tile_.protocol.broken(enable.read() ? HandshakeRule::none_lost : HandshakeRule::valid_held,
                          name());
  }
}

// Two activations a pulse: at the first foot and at the last.
void CurrentSourceDriver::run() {
  ++tile_.activations;
  if (!pulsing_) {
    start_pulse();
    next_trigger(tile_.stall ? duration_ + tile_.stall() : duration_);
  } else {
    ready.write(true);
  }
  pulsing_ = !pulsing_;
}

void CurrentSourceDriver::start_pulse() {
  asked_ = code.read();
  const int step = driver_.step(asked_);
  since_ = sc_core::sc_time_stamp();
  const auto gain = boost.read() ? DriverGain::asymmetry : DriverGain::unity;
  const CurrentPulse pulse{step, gain, law_.current(step, gain),
                           tile_.device.parameters().operating_point.shape};
  ready.write(false);
  clipped_ += law_.clips(step, gain) ? 1 : 0;
  tile_.accounts.pulse(now_ps(), step, gain);
  out->drive(pulse);
  if (current_) plot(pulse);
}

// The whole ramp is announced at its start; points lie on the ideal trapezoid. A viewer that
// interpolates draws a line from the last change, and 0 after 0 is none: the point right after the
// foot keeps the rest before a pulse flat.
void CurrentSourceDriver::plot(const CurrentPulse& pulse) {
  const auto point = [&](Time t) {
    current_.set(now_ps() + to_picoseconds(t), 1e6 * in_si(pulse.amplitude) * pulse.shape.level(t));
  };
  const Time end = pulse.shape.foot_to_foot();
  point(std::min(kPlotFoot, pulse.shape.rise));
  for (Time t = kPlotStep; t < pulse.shape.rise; t += kPlotStep) point(t);
  point(pulse.shape.rise);
  for (Time t = end - pulse.shape.fall; t < end; t += kPlotStep) point(t);
  point(end);
}

}  // namespace dwmtj
