// SPDX-License-Identifier: Apache-2.0
// What breaks the rules of a handshake at a tile or inside it: counted, and reported as asked for.
#pragma once

#include <array>
#include <cstdint>
#include <string>

namespace dwmtj {

enum class HandshakeRule : std::uint8_t {
  payload_stable,  // what is offered does not change until it is taken
  valid_held,      // an offer stands until it is taken
  none_lost,       // an offer stands at a clock edge, and at no time that nobody looks
  response_taken,  // a response is taken before the patience of whoever watches has passed
  count_of_rules
};
const char* name_of(HandshakeRule rule);

enum class ProtocolCheck : std::uint8_t {
  off,   // nothing is watched
  note,  // counted
  warn,  // counted, and a warning of SystemC
  fail   // an error of SystemC, which ends the simulation
};

class ProtocolLog {
 public:
  explicit ProtocolLog(ProtocolCheck check) : check_(check) {}

  [[nodiscard]] bool watches() const { return check_ != ProtocolCheck::off; }
  // `where` is the name of the handshake: "tile0.cmd".
  void broken(HandshakeRule rule, const std::string& where);

  [[nodiscard]] std::uint64_t count(HandshakeRule rule) const {
    return counts_[static_cast<std::size_t>(rule)];
  }
  [[nodiscard]] std::uint64_t count() const;
  [[nodiscard]] const std::string& first() const { return first_; }  // empty: none

 private:
  ProtocolCheck check_;
  std::array<std::uint64_t, static_cast<std::size_t>(HandshakeRule::count_of_rules)> counts_{};
  std::string first_;
};

}  // namespace dwmtj
