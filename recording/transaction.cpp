// SPDX-License-Identifier: Apache-2.0
#include "recording/transaction.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "common/input_error.h"

namespace dwmtj {
namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(TransactionKind::count_of_kinds)>
    kKinds{"read", "write", "ignore", "command", "debug_read", "debug_write", "direct_memory"};

}  // namespace

std::string_view name_of(TransactionKind kind) { return kKinds.at(static_cast<std::size_t>(kind)); }

std::string_view name_of(ResponseStatus status) {
  switch (status) {
    case ResponseStatus::ok:
      return "ok";
    case ResponseStatus::incomplete:
      return "incomplete";
    case ResponseStatus::generic_error:
      return "generic error";
    case ResponseStatus::address_error:
      return "address error";
    case ResponseStatus::command_error:
      return "command error";
    case ResponseStatus::burst_error:
      return "burst error";
    case ResponseStatus::byte_enable_error:
      return "byte enable error";
  }
  return "illegal";  // whatever a target has set
}

std::string_view name_of(TransactionPhase phase) {
  static constexpr std::array<std::string_view, 4> kNames{"BEGIN_REQ", "END_REQ", "BEGIN_RESP",
                                                          "END_RESP"};
  return kNames.at(static_cast<std::size_t>(phase));
}

TransactionKind transaction_kind(const std::string& name) {
  for (std::size_t i = 0; i < kKinds.size(); ++i) {
    if (kKinds[i] == name) return static_cast<TransactionKind>(i);
  }
  throw InputError(
      fmt::format("no kind of transaction '{}'; known: {}", name, fmt::join(kKinds, ", ")));
}

}  // namespace dwmtj
