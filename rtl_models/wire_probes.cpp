// SPDX-License-Identifier: Apache-2.0
#include "rtl_models/wire_probes.h"

#include <fmt/format.h>
#include <sysc/kernel/sc_dynamic_processes.h>

#include "tile/tile_op.h"

namespace dwmtj {
namespace {

constexpr int kEntryBits = 16;
constexpr int kRowBits = 32;
constexpr int kBitsBits = 8;

using Probes = std::vector<Probe>;

Probes entry_probes(WaveformWriter& waveforms, const std::string& name, int entries) {
  Probes probes;
  for (int i = 0; i < entries; ++i) {
    probes.push_back(waveforms.integer(fmt::format("{}_{}", name, i), kEntryBits));
  }
  return probes;
}

// What the list does not have is shown as 0.
template <typename Number>
void set_entries(const Probes& probes, const std::vector<Number>& values) {
  for (std::size_t i = 0; i < probes.size(); ++i) {
    probes[i].set(now_ps(), i < values.size() ? values[i] : Number{0});
  }
}

}  // namespace

void look_at(const Changes& changes, const std::function<void()>& look) {
  sc_core::sc_spawn_options options;
  options.spawn_method();
  for (const auto* const change : changes) options.set_sensitivity(change);
  sc_core::sc_spawn(look, sc_core::sc_gen_unique_name("look"), &options);
}

void show_command(WaveformWriter* waveforms, const std::string& name,
                  const sc_core::sc_signal_in_if<TileCommand>& wire, int entries) {
  if (waveforms == nullptr) return;
  const Probe op = waveforms->enumeration(name + ".op", names_up_to(TileOp::count_of_ops));
  const Probe row = waveforms->integer(name + ".row", kRowBits);
  const Probe side = waveforms->enumeration(name + ".side", names_up_to(Side::minus));
  const Probe bits = waveforms->integer(name + ".bits", kBitsBits);
  const Probes data = entry_probes(*waveforms, name + ".data", entries);
  look_at({&wire.value_changed_event()}, [op, row, side, bits, data, &wire] {
    const auto& command = wire.read();
    op.set(now_ps(), static_cast<int>(std::min(command.op, TileOp::count_of_ops)));
    row.set(now_ps(), command.row);
    side.set(now_ps(), static_cast<int>(command.side));
    bits.set(now_ps(), command.bits);
    set_entries(data, command.data);
  });
}

void show_result(WaveformWriter* waveforms, const std::string& name,
                 const sc_core::sc_signal_in_if<TileResult>& wire, int entries) {
  if (waveforms == nullptr) return;
  const Probe status = waveforms->enumeration(name + ".status", names_up_to(kLastStatus));
  const Probes data = entry_probes(*waveforms, name + ".data", entries);
  const Probes pulses = entry_probes(*waveforms, name + ".pulses", entries);
  const Probes attempts = entry_probes(*waveforms, name + ".attempts", entries);
  look_at({&wire.value_changed_event()}, [status, data, pulses, attempts, &wire] {
    const auto& result = wire.read();
    status.set(now_ps(), static_cast<int>(result.status));
    set_entries(data, result.data);
    set_entries(pulses, result.pulses);
    set_entries(attempts, result.attempts);
  });
}

void show_inputs(WaveformWriter* waveforms, const std::string& name,
                 const sc_core::sc_signal_in_if<RowInputs>& wire, int rows) {
  if (waveforms == nullptr) return;
  const Probes signs = entry_probes(*waveforms, name, rows);
  look_at({&wire.value_changed_event()}, [signs, &wire] { set_entries(signs, wire.read().signs); });
}

void draw_clock(WaveformWriter* waveforms, const std::string& name, Picoseconds period,
                const Changes& starts, const std::function<bool()>& runs) {
  const Probe clock = waveforms == nullptr ? Probe() : waveforms->integer(name);
  if (!clock) return;
  clock.set(now_ps(), 0);
  look_at(starts, [clock, period, runs] {
    if (!runs()) return;
    const Picoseconds edge = now_ps() - now_ps() % period + period;
    clock.set(edge, 1);
    clock.set(edge + period / 2, 0);
    sc_core::next_trigger(to_sc_time(edge + period / 2 - now_ps()));
  });
}

}  // namespace dwmtj
