// SPDX-License-Identifier: Apache-2.0
// Transactions for an initiator, used again once nobody refers to them.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include <tlm>

#include "tlm/command_extension.h"

namespace dwmtj {

class PayloadPool : private tlm::tlm_mm_interface {
 public:
  // Each with one reference held and all attributes set.
  // A plain access; `data` are the caller's.
  tlm::tlm_generic_payload& make(tlm::tlm_command command, std::uint64_t address,
                                 unsigned char* data, unsigned length);
  // A command for the tile at `base`, in a CommandExtension.
  tlm::tlm_generic_payload& make(const TileCommand& command, std::uint64_t base = 0);

 private:
  // Those with an extension keep it, so that its vectors need not grow again.
  using Payloads = std::vector<tlm::tlm_generic_payload*>;
  void free(tlm::tlm_generic_payload* payload) override;
  tlm::tlm_generic_payload& take(Payloads& idle);

  std::vector<std::unique_ptr<tlm::tlm_generic_payload>> payloads_;
  Payloads idle_;
  Payloads idle_with_command_;
  std::uint32_t word_ = 0;  // the data of a command: nobody looks at them
};

}  // namespace dwmtj
