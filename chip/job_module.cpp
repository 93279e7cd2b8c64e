// SPDX-License-Identifier: Apache-2.0
#include "chip/job_module.h"

#include <algorithm>

#include "common/sim_time.h"
#include "tlm/register_access.h"

namespace dwmtj {

using namespace chip_map;
using tlm::tlm_generic_payload;

namespace {

constexpr unsigned kRegisterDepth = 4;  // accesses taken and not yet answered

}  // namespace

JobModule::JobModule(sc_core::sc_module_name name, const RegisterParameters& access, Ledger& ledger,
                     const std::string& description, Power leakage, std::uint64_t start_register)
    : TimedTarget(name, kRegisterDepth),
      interrupt("interrupt"),
      registers_(start_register),
      access_time_(to_picoseconds(access.access_time)),
      access_energy_(in_si(access.access_energy)),
      ledger_(ledger),
      component_(ledger.add_component(this->name(), description, leakage)),
      access_(add_account("access")) {
  SC_METHOD(raise_interrupt);
  sensitive << interrupt_due_;
  dont_initialize();
}

void JobModule::post(AccountId account, Picoseconds start, Picoseconds duration, double joules,
                     std::uint64_t count, CommandId command) {
  ledger_.on_behalf_of(command);
  ledger_.post(account, start, duration, joules, count);
}

Picoseconds JobModule::perform(tlm_generic_payload& payload, Picoseconds time) {
  payload.set_dmi_allowed(false);
  post(access_, time, access_time_, access_energy_);
  if (is_plain(payload)) {
    auto* const memory = window(payload.get_address(), payload.get_data_length(), time);
    if (memory != nullptr) {
      copy_data(payload, memory);
      payload.set_response_status(tlm::TLM_OK_RESPONSE);
    } else {
      access_job_register(payload, time);
    }
  }
  return later(time, access_time_);
}

void JobModule::access_job_register(tlm_generic_payload& payload, Picoseconds time) {
  const std::uint64_t address = payload.get_address();
  if (address >= kEndOfRegisters) {
    payload.set_response_status(tlm::TLM_ADDRESS_ERROR_RESPONSE);
    return;
  }
  if (!access_register(payload, registers_, time)) return;
  if (registers_.starts(address)) start_job(time);
  interrupt_due_.notify(sc_core::SC_ZERO_TIME);
}

unsigned JobModule::transport_dbg(tlm_generic_payload& payload) {
  auto* const memory = window(payload.get_address(), payload.get_data_length(), now_ps());
  if (memory == nullptr) return 0;
  copy_data(payload, memory);
  return payload.get_data_length();
}

void JobModule::end_job(Picoseconds time, bool failed) {
  registers_.end(time, failed);
  interrupt_due_.notify(to_sc_time(std::max<Picoseconds>(time - now_ps(), 0)));
}

void JobModule::raise_interrupt() {
  interrupt.write(registers_.interrupt(now_ps()));
  if (registers_.ends() > now_ps()) interrupt_due_.notify(to_sc_time(registers_.ends() - now_ps()));
}

}  // namespace dwmtj
