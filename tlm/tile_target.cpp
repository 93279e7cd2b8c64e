// SPDX-License-Identifier: Apache-2.0
#include "tlm/tile_target.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "common/sim_time.h"
#include "tlm/register_access.h"

namespace dwmtj {
namespace {

using namespace tile_map;
using tlm::tlm_generic_payload;

bool in_window(const tlm_generic_payload& payload, std::uint64_t window) {
  const std::uint64_t address = payload.get_address();
  return address >= window && address < window + kWindowBytes &&
         payload.get_data_length() <= window + kWindowBytes - address;
}

}  // namespace

TileTarget::TileTarget(sc_core::sc_module_name name, TileEngine& engine, Ledger& ledger,
                       const TileAccess& access)
    : TimedTarget(name, kQueueDepth),
      interrupt("interrupt"),
      engine_(engine),
      ledger_(ledger),
      registers_(engine),
      access_time_(to_picoseconds(access.time)),
      access_energy_(in_si(access.energy)) {
  SC_METHOD(raise_interrupt);
  sensitive << interrupt_due_;
  dont_initialize();
}

void TileTarget::open_account() {
  access_ = ledger_.add_account(
      ledger_.add_component(std::string(name()) + ".registers", "registers and windows"), "access");
}

Picoseconds TileTarget::perform(tlm_generic_payload& payload, Picoseconds time) {
  payload.set_dmi_allowed(false);
  if (auto* const extension = payload.get_extension<CommandExtension>()) {
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
    return perform_command(payload, *extension, time);
  }
  const Picoseconds done = later(time, access_time_);
  ledger_.on_behalf_of(CommandId{});
  ledger_.post(access_, time, done - time, access_energy_);
  const bool was_enabled = registers_.interrupt_enabled();
  if (is_plain(payload)) access(payload, time);
  if (was_enabled) interrupt_due_.notify(sc_core::SC_ZERO_TIME);
  follow_interrupt();
  return done;
}

// The command itself is answered in the extension: a wrong one is no error of the bus.
Picoseconds TileTarget::perform_command(tlm_generic_payload& payload, CommandExtension& extension,
                                        Picoseconds time) {
  const auto number = registers_.started();
  auto outcome = registers_.carry_out(extension.command, time);
  follow_interrupt();
  if (!outcome) {
    asked_.push_back({number, &payload});
    return kUnknown;
  }
  static_cast<CommandOutcome&>(extension) = std::move(*outcome);
  return extension.completed;
}

void TileTarget::finish(const CommandOutcome& outcome) {
  const auto number = registers_.finish(outcome);
  follow_interrupt();
  if (asked_.empty() || asked_.front().number != number) return;
  auto& payload = *asked_.front().payload;
  asked_.pop_front();
  static_cast<CommandOutcome&>(*payload.get_extension<CommandExtension>()) = outcome;
  complete(payload, outcome.completed);
}

void TileTarget::access(tlm_generic_payload& payload, Picoseconds time) {
  if (payload.get_address() < kEndOfRegisters) {
    access_register(payload, registers_, time);
  } else if (in_window(payload, kInputWindow)) {
    access_window(payload, registers_.input_window() + (payload.get_address() - kInputWindow),
                  true);
  } else if (in_window(payload, kOutputWindow)) {
    registers_.retire(time);
    access_window(payload, registers_.output_window() + (payload.get_address() - kOutputWindow),
                  false);
  } else {
    payload.set_response_status(tlm::TLM_ADDRESS_ERROR_RESPONSE);
  }
}

void TileTarget::access_window(tlm_generic_payload& payload, unsigned char* window, bool writable) {
  if (payload.is_write() && !writable) {
    payload.set_response_status(tlm::TLM_COMMAND_ERROR_RESPONSE);
    return;
  }
  copy_data(payload, window);
  payload.set_dmi_allowed(writable);
  payload.set_response_status(tlm::TLM_OK_RESPONSE);
}

// Only the input window is plain memory: what the output window holds depends on the time.
bool TileTarget::get_direct_mem_ptr(tlm_generic_payload& payload, tlm::tlm_dmi& dmi) {
  dmi.set_start_address(kInputWindow);
  dmi.set_end_address(kInputWindow + kWindowBytes - 1);
  const std::uint64_t address = payload.get_address();
  if (address < kInputWindow || address >= kInputWindow + kWindowBytes) {
    dmi.set_start_address(address);
    dmi.set_end_address(address);
    return false;
  }
  dmi.set_dmi_ptr(registers_.input_window());
  dmi.set_granted_access(tlm::tlm_dmi::DMI_ACCESS_READ_WRITE);
  dmi.set_read_latency(to_sc_time(access_time_));
  dmi.set_write_latency(to_sc_time(access_time_));
  return true;
}

unsigned TileTarget::transport_dbg(tlm_generic_payload& payload) {
  const auto length = payload.get_data_length();
  registers_.retire(now_ps());
  if (payload.get_address() >= kWeightWindow) return read_weights(payload);
  for (const auto window : {kInputWindow, kOutputWindow}) {
    if (!in_window(payload, window)) continue;
    const bool input = window == kInputWindow;
    auto* const memory = (input ? registers_.input_window() : registers_.output_window()) +
                         (payload.get_address() - window);
    copy_data(payload, memory);
    return length;
  }
  std::uint32_t value = 0;
  if (!payload.is_read() || length != 4 || payload.get_address() % 4 != 0 ||
      !registers_.peek(payload.get_address(), now_ps(), value)) {
    return 0;
  }
  std::memcpy(payload.get_data_ptr(), &value, sizeof(value));
  return length;
}

unsigned TileTarget::read_weights(tlm_generic_payload& payload) const {
  const auto& devices = array().devices();
  const std::uint64_t first = payload.get_address() - kWeightWindow;
  if (!payload.is_read() || first >= devices.size()) return 0;
  const auto count = std::min<std::uint64_t>(payload.get_data_length(), devices.size() - first);
  for (std::uint64_t i = 0; i < count; ++i) {
    payload.get_data_ptr()[i] = static_cast<unsigned char>(devices.site(first + i));
  }
  return static_cast<unsigned>(count);
}

// The kernel is not troubled for a line that stays down.
void TileTarget::follow_interrupt() {
  if (registers_.interrupt_enabled()) interrupt_due_.notify(sc_core::SC_ZERO_TIME);
}

// Follows the interrupt register: up when a finished command has not been noticed yet.
void TileTarget::raise_interrupt() {
  registers_.retire(now_ps());
  interrupt.write(registers_.interrupt_enabled() && registers_.interrupt_pending());
  if (!registers_.interrupt_enabled()) return;
  const Picoseconds next = registers_.next_completion();
  if (next > now_ps() && next != kUnknown) interrupt_due_.notify(to_sc_time(next - now_ps()));
}

}  // namespace dwmtj
