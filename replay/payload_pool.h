// SPDX-License-Identifier: Apache-2.0
// Transactions that carry a command to a tile, used again once nobody refers to them.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include <tlm>

#include "tlm/command_extension.h"

namespace dwmtj {

class PayloadPool : private tlm::tlm_mm_interface {
 public:
  // With one reference held, all attributes set, and `command` in its extension.
  tlm::tlm_generic_payload& make(const TileCommand& command);

 private:
  void free(tlm::tlm_generic_payload* payload) override { idle_.push_back(payload); }

  std::vector<std::unique_ptr<tlm::tlm_generic_payload>> payloads_;
  std::vector<tlm::tlm_generic_payload*> idle_;
  std::uint32_t word_ = 0;  // the data of a command: nobody looks at them
};

}  // namespace dwmtj
