// SPDX-License-Identifier: Apache-2.0
// What a transaction between modules of a chip carries where its data do not matter: results of a
// stage of work, named rather than valued. Its cost is booked on `command`. It is posted: nobody
// waits for an answer, so none travels.
#pragma once

#include <cstdint>

#include <tlm>

#include "ledger/ledger.h"

namespace dwmtj {

struct MessageExtension : tlm::tlm_extension<MessageExtension> {
  CommandId command{};
  std::uint32_t stage = 0;
  std::int64_t position = 0;  // the first
  std::int64_t count = 1;     // positions, one after the other
  bool partial = false;       // one of several sums that make the result
  bool more = false;          // the same goes to the target of the next request too

  tlm::tlm_extension_base* clone() const override { return new MessageExtension(*this); }
  void copy_from(const tlm::tlm_extension_base& other) override {
    *this = static_cast<const MessageExtension&>(other);
  }
};

}  // namespace dwmtj
