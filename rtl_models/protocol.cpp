// SPDX-License-Identifier: Apache-2.0
#include "rtl_models/protocol.h"

#include <numeric>

#include <fmt/format.h>
#include <systemc>

namespace dwmtj {

const char* name_of(HandshakeRule rule) {
  switch (rule) {
    case HandshakeRule::payload_stable:
      return "payload changed before it was taken";
    case HandshakeRule::valid_held:
      return "valid withdrawn before it was taken";
    case HandshakeRule::none_lost:
      return "lost: nobody looks while it is offered";
    default:
      return "response not taken";
  }
}

void ProtocolLog::broken(HandshakeRule rule, const std::string& where) {
  if (!watches()) return;
  ++counts_[static_cast<std::size_t>(rule)];
  const auto text = fmt::format("{}: {}", where, name_of(rule));
  if (first_.empty()) {
    first_ = fmt::format("{} (at {})", text, sc_core::sc_time_stamp().to_string());
  }
  if (check_ == ProtocolCheck::warn) SC_REPORT_WARNING("dwmtj/protocol", text.c_str());
  if (check_ == ProtocolCheck::fail) SC_REPORT_ERROR("dwmtj/protocol", text.c_str());
}

std::uint64_t ProtocolLog::count() const {
  return std::accumulate(counts_.begin(), counts_.end(), std::uint64_t{0});
}

}  // namespace dwmtj
