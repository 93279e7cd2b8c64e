// SPDX-License-Identifier: Apache-2.0
// Wires on the waveform: looked at when they change, by processes that there are only with
// waveforms. To be called when elaboration ends; without a writer they do nothing.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <systemc>

#include "common/picoseconds.h"
#include "common/sim_time.h"
#include "rtl_models/row_inputs.h"
#include "rtl_models/tile_context.h"
#include "rtl_models/tile_pins.h"

namespace dwmtj {

using Changes = std::vector<const sc_core::sc_event*>;

// Calls `look` when the simulation starts and whenever one of `changes` is notified.
void look_at(const Changes& changes, const std::function<void()>& look);

template <typename T>
inline constexpr int kWireBits = 8 * sizeof(T);
template <>
inline constexpr int kWireBits<bool> = 1;
template <int Bits>
inline constexpr int kWireBits<sc_dt::sc_uint<Bits>> = Bits;

template <typename T>
void show_wire(WaveformWriter* waveforms, const std::string& name,
               const sc_core::sc_signal_in_if<T>& wire) {
  const Probe probe = waveforms == nullptr ? Probe() : waveforms->integer(name, kWireBits<T>);
  if (!probe) return;
  look_at({&wire.value_changed_event()},
          [probe, &wire] { probe.set(now_ps(), static_cast<std::int64_t>(wire.read())); });
}

// A wire that carries values of an enumeration; what is beyond `last` is shown as that.
template <typename Enum, typename T>
void show_names(WaveformWriter* waveforms, const std::string& name,
                const sc_core::sc_signal_in_if<T>& wire, Enum last) {
  const Probe probe =
      waveforms == nullptr ? Probe() : waveforms->enumeration(name, names_up_to(last));
  if (!probe) return;
  look_at({&wire.value_changed_event()}, [probe, &wire, last] {
    probe.set(now_ps(),
              std::min(static_cast<std::int64_t>(wire.read()), static_cast<std::int64_t>(last)));
  });
}

// Whatever is bound to a port, by the name of the port; nothing of an unbound one.
template <typename Port>
void show_port(WaveformWriter* waveforms, const Port& port) {
  if (port.size() > 0) show_wire(waveforms, port.name(), *port[0]);
}

inline constexpr auto kLastStatus =
    static_cast<TileStatus>(static_cast<int>(TileStatus::count_of_statuses) - 1);

// The bundles: op, row, side and bits, then entry by entry of the data.
void show_command(WaveformWriter* waveforms, const std::string& name,
                  const sc_core::sc_signal_in_if<TileCommand>& wire, int entries);
void show_result(WaveformWriter* waveforms, const std::string& name,
                 const sc_core::sc_signal_in_if<TileResult>& wire, int entries);

void show_inputs(WaveformWriter* waveforms, const std::string& name,
                 const sc_core::sc_signal_in_if<RowInputs>& wire, int rows);

// A clock that no wire carries, at multiples of `period`, as it would run: asked at each falling
// edge, and when it may have to start, `runs` says whether there is another edge.
void draw_clock(WaveformWriter* waveforms, const std::string& name, Picoseconds period,
                const Changes& starts, const std::function<bool()>& runs);

}  // namespace dwmtj
