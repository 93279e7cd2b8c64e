// SPDX-License-Identifier: Apache-2.0
// What of a transaction travels over the interconnect, besides the header of its packets.
#pragma once

#include <cstdint>

#include <tlm>

#include "tlm/command_extension.h"

namespace dwmtj {

inline constexpr std::int64_t kEntryBits = 16;  // of a command's or a result's data

inline std::int64_t request_bits(const tlm::tlm_generic_payload& payload) {
  if (const auto* const extension = payload.get_extension<CommandExtension>()) {
    return kEntryBits * static_cast<std::int64_t>(extension->command.data.size());
  }
  return payload.is_write() ? std::int64_t{8} * payload.get_data_length() : 0;
}

inline std::int64_t response_bits(const tlm::tlm_generic_payload& payload) {
  if (const auto* const extension = payload.get_extension<CommandExtension>()) {
    const auto& result = extension->result;
    return kEntryBits * static_cast<std::int64_t>(result.data.size() + result.pulses.size() +
                                                  result.attempts.size());
  }
  return payload.is_read() ? std::int64_t{8} * payload.get_data_length() : 0;
}

}  // namespace dwmtj
