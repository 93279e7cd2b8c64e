// SPDX-License-Identifier: Apache-2.0
// What of a transaction travels over the interconnect, besides the header of its packets.
#pragma once

#include <cstdint>

#include <tlm>

#include "tlm/command_extension.h"

namespace dwmtj {

inline constexpr std::int64_t kEntryBits = 16;  // of data that is not said to take less

// Of an entry of a command's data: -1, 0, +1 and skip are two bits.
inline std::int64_t data_bits(TileOp op) {
  return op == TileOp::multiply || op == TileOp::update ? 2 : kEntryBits;
}
// Of an entry of what becomes of it: a product's has as many as were asked for.
inline std::int64_t result_bits(const TileCommand& command) {
  return command.op == TileOp::multiply ? command.bits : kEntryBits;
}

inline std::int64_t request_bits(const tlm::tlm_generic_payload& payload) {
  if (const auto* const extension = payload.get_extension<CommandExtension>()) {
    const auto& command = extension->command;
    return data_bits(command.op) * static_cast<std::int64_t>(command.data.size());
  }
  return payload.is_write() ? std::int64_t{8} * payload.get_data_length() : 0;
}

inline std::int64_t response_bits(const tlm::tlm_generic_payload& payload) {
  if (const auto* const extension = payload.get_extension<CommandExtension>()) {
    const auto& result = extension->result;
    return result_bits(extension->command) * static_cast<std::int64_t>(result.data.size()) +
           kEntryBits * static_cast<std::int64_t>(result.pulses.size() + result.attempts.size());
  }
  return payload.is_read() ? std::int64_t{8} * payload.get_data_length() : 0;
}

}  // namespace dwmtj
