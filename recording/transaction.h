// SPDX-License-Identifier: Apache-2.0
// The vocabulary of a recording, free of SystemC: streams (sockets) carry transactions, which have
// phases and, further up the path, a parent.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common/picoseconds.h"

namespace dwmtj {

enum class StreamId : std::uint32_t {};       // from 1, in order of elaboration
enum class TransactionId : std::uint64_t {};  // from 1, in order of begin; 0 is "none"

enum class TransactionKind : std::uint8_t {
  read,
  write,
  ignore,   // neither
  command,  // a CommandExtension rides along
  debug_read,
  debug_write,
  direct_memory,  // asked for; what is done with the pointer nobody sees
  count_of_kinds
};

// The numbers of TLM-2.0.
enum class ResponseStatus : std::int8_t {
  ok = 1,
  incomplete = 0,
  generic_error = -1,
  address_error = -2,
  command_error = -3,
  burst_error = -4,
  byte_enable_error = -5
};

enum class TransactionPhase : std::uint8_t { begin_req, end_req, begin_resp, end_resp };

struct PhaseMark {
  TransactionPhase phase;
  Picoseconds time;
};

// The phases of a non-blocking transaction as they were seen; none if it was blocking.
class PhaseMarks {
 public:
  static constexpr std::size_t kMost = 4;
  // What breaks the protocol by more than four is left to the protocol checker.
  void add(TransactionPhase phase, Picoseconds time) {
    if (count_ < kMost) marks_[count_++] = {phase, time};
  }
  [[nodiscard]] const PhaseMark* begin() const { return marks_.data(); }
  [[nodiscard]] const PhaseMark* end() const { return marks_.data() + count_; }
  [[nodiscard]] bool empty() const { return count_ == 0; }

 private:
  std::array<PhaseMark, kMost> marks_{};
  std::uint8_t count_ = 0;
};

// What a CommandExtension says. The texts live as long as the program.
struct CommandNote {
  std::string_view op;
  std::uint32_t row = 0;
  std::string_view side;
  std::string_view status;  // empty until answered
  double joules = 0.0;      // what the target posted for it
};

struct Transaction {
  TransactionId id{};
  TransactionId parent{};  // the nearest recorded one up the path
  StreamId stream{};
  TransactionKind kind = TransactionKind::read;
  std::uint64_t address = 0;
  std::uint64_t length = 0;  // bytes
  Picoseconds start = 0;
  Picoseconds end = 0;    // unfinished: when the recording ended
  bool finished = false;  // false: still under way when the recording ended
  ResponseStatus status = ResponseStatus::incomplete;
  std::optional<CommandNote> command;
  PhaseMarks phases;
};

std::string_view name_of(TransactionKind kind);
std::string_view name_of(ResponseStatus status);
std::string_view name_of(TransactionPhase phase);  // as in the standard: "BEGIN_REQ"

// Throws InputError, listing the kinds, when there is none of that name.
TransactionKind transaction_kind(const std::string& name);

}  // namespace dwmtj
