// SPDX-License-Identifier: Apache-2.0
// How a transaction reaches a 32-bit register: the same for all banks of registers.
#pragma once

#include <cstring>

#include <tlm>

#include "common/picoseconds.h"

namespace dwmtj {

// One whole, aligned register of `bank`, which has read() and write(); what those refuse is a
// command error. True: it was written.
template <typename Bank>
bool access_register(tlm::tlm_generic_payload& payload, Bank& bank, Picoseconds time) {
  const std::uint64_t address = payload.get_address();
  std::uint32_t value = 0;
  if (payload.get_data_length() != sizeof value || address % sizeof value != 0) {
    payload.set_response_status(tlm::TLM_BURST_ERROR_RESPONSE);
    return false;
  }
  bool fine = true;
  if (payload.is_read()) {
    fine = bank.read(address, time, value);
    std::memcpy(payload.get_data_ptr(), &value, sizeof value);
  } else if (payload.is_write()) {
    std::memcpy(&value, payload.get_data_ptr(), sizeof value);
    fine = bank.write(address, time, value);
  }
  payload.set_response_status(fine ? tlm::TLM_OK_RESPONSE : tlm::TLM_COMMAND_ERROR_RESPONSE);
  return fine && payload.is_write();
}

}  // namespace dwmtj
