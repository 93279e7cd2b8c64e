// SPDX-License-Identifier: Apache-2.0
#include "chip/global_buffer.h"

#include <new>

#include "common/sim_time.h"

namespace dwmtj {

using tlm::tlm_generic_payload;

namespace {

constexpr unsigned kBufferDepth = 8;  // transactions taken and not yet answered

unsigned char* zeroed_pages(std::size_t bytes) {
  void* const pages = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                           MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (pages == MAP_FAILED) throw std::bad_alloc();
  return static_cast<unsigned char*>(pages);
}

}  // namespace

GlobalBuffer::GlobalBuffer(sc_core::sc_module_name name, const BufferParameters& parameters,
                           Ledger& ledger)
    : TimedTarget(name, kBufferDepth),
      parameters_(parameters),
      latency_(to_picoseconds(parameters.latency)),
      cycle_(to_picoseconds(parameters.cycle)),
      byte_energy_(in_si(parameters.byte_energy)),
      ledger_(ledger),
      bytes_(static_cast<std::size_t>(parameters.bytes)),
      memory_(zeroed_pages(bytes_), Unmap{bytes_}) {
  const auto buffer = ledger.add_component(this->name(), "global buffer", parameters.leakage);
  read_ = ledger.add_account(buffer, "read");
  write_ = ledger.add_account(buffer, "write");
}

bool GlobalBuffer::contains(const tlm_generic_payload& payload) const {
  return payload.get_address() < bytes_ &&
         payload.get_data_length() <= bytes_ - payload.get_address();
}

// One line of `width` bytes a cycle.
Picoseconds GlobalBuffer::occupancy(const tlm_generic_payload& payload) const {
  const auto width = static_cast<unsigned>(parameters_.width);
  return repeated((payload.get_data_length() + width - 1) / width, cycle_);
}

Picoseconds GlobalBuffer::perform(tlm_generic_payload& payload, Picoseconds time) {
  payload.set_dmi_allowed(false);
  if (!is_plain(payload)) return later(time, latency_);
  if (!contains(payload)) {
    payload.set_response_status(tlm::TLM_ADDRESS_ERROR_RESPONSE);
    return later(time, latency_);
  }
  copy_data(payload, memory_.get() + payload.get_address());
  payload.set_dmi_allowed(true);
  payload.set_response_status(tlm::TLM_OK_RESPONSE);
  const Picoseconds duration = occupancy(payload);
  if (payload.get_command() != tlm::TLM_IGNORE_COMMAND) {
    ledger_.on_behalf_of(CommandId{});
    ledger_.post(payload.is_read() ? read_ : write_, time, duration,
                 byte_energy_ * payload.get_data_length(), payload.get_data_length());
  }
  return later(later(time, latency_), duration);
}

bool GlobalBuffer::get_direct_mem_ptr(tlm_generic_payload& payload, tlm::tlm_dmi& dmi) {
  if (payload.get_address() >= bytes_) {
    return TimedTarget::get_direct_mem_ptr(payload, dmi);
  }
  dmi.set_start_address(0);
  dmi.set_end_address(bytes_ - 1);
  dmi.set_dmi_ptr(memory_.get());
  dmi.set_granted_access(tlm::tlm_dmi::DMI_ACCESS_READ_WRITE);
  dmi.set_read_latency(to_sc_time(latency_ + cycle_));
  dmi.set_write_latency(to_sc_time(latency_ + cycle_));
  return true;
}

unsigned GlobalBuffer::transport_dbg(tlm_generic_payload& payload) {
  if (!contains(payload)) return 0;
  copy_data(payload, memory_.get() + payload.get_address());
  return payload.get_data_length();
}

}  // namespace dwmtj
