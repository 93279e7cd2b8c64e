// SPDX-License-Identifier: Apache-2.0
// For every rule of the protocol checker: who breaks it, and the same done right.
#pragma once

#include <vector>

#include "tests/tlm/scripted_hop.h"

namespace dwmtj::test {

// What happens on a hop; the faulty twin does it wrong.
using HopScript = void (*)(ScriptedHop& hop, bool faulty);
struct ProtocolCase {
  ProtocolRule rule;
  const char* name;
  HopScript script;
};

std::vector<ProtocolCase> protocol_cases();

// An extension that means nothing.
struct Mark : tlm::tlm_extension<Mark> {
  tlm_extension_base* clone() const override { return new Mark(*this); }
  void copy_from(const tlm_extension_base&) override {}
};

}  // namespace dwmtj::test
