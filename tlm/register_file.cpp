// SPDX-License-Identifier: Apache-2.0
#include "tlm/register_file.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace dwmtj {
namespace {

using namespace tile_map;

std::uint32_t low(std::uint64_t value) { return static_cast<std::uint32_t>(value); }
std::uint32_t high(std::uint64_t value) { return static_cast<std::uint32_t>(value >> 32U); }

// As the register counts them: up to 9.2 J, where it stays.
std::uint64_t attojoules(double joules) {
  return static_cast<std::uint64_t>(std::llround(1e18 * std::min(joules, 9.2)));
}

constexpr std::size_t kWindowEntries = kWindowBytes / sizeof(std::int16_t);

}  // namespace

RegisterFile::RegisterFile(TileEngine& engine)
    : engine_(engine), input_(kWindowEntries, 0), output_(kWindowEntries, 0) {}

void RegisterFile::retire(Picoseconds time) {
  while (!pending_.empty() && pending_.front().completed <= time) {
    const auto& first = pending_.front();
    const auto count = std::min(first.data.size(), output_.size());
    std::copy_n(first.data.begin(), count, output_.begin());
    last_status_ = first.status;
    visible_time_ = first.completed;
    visible_attojoules_ = first.attojoules;
    ++done_;
    failed_ += last_status_ == TileStatus::ok ? 0 : 1;
    interrupt_ = 1;
    pending_.pop_front();
  }
}

bool RegisterFile::full(Picoseconds time) {
  retire(time);
  return pending_.size() >= kQueueDepth;
}

std::optional<CommandOutcome> RegisterFile::carry_out(const TileCommand& command,
                                                      Picoseconds time) {
  retire(time);
  pending_.emplace_back();
  ++started_;
  auto outcome = engine_.put(command, time);
  if (outcome) finish(*outcome);
  return outcome;
}

std::uint64_t RegisterFile::finish(const CommandOutcome& outcome) {
  fill_in(pending_[pending_.size() - (started_ - known_)], outcome);
  return known_++;
}

void RegisterFile::fill_in(Pending& pending, const CommandOutcome& outcome) {
  busy_until_ = outcome.completed;
  joules_ += in_si(outcome.energy);
  pending = {outcome.result.status, outcome.result.data, outcome.completed, attojoules(joules_)};
}

bool RegisterFile::start(std::uint32_t op, Picoseconds time) {
  if (full(time)) return false;
  TileCommand command;
  command.op = static_cast<TileOp>(std::min(op, static_cast<std::uint32_t>(TileOp::count_of_ops)));
  command.row = row_;
  command.side = (side_ & 1U) != 0 ? Side::minus : Side::plus;
  command.bits = static_cast<std::uint8_t>(bits_);
  const auto length = std::min<std::size_t>(length_, input_.size());
  command.data.assign(input_.begin(), input_.begin() + static_cast<std::ptrdiff_t>(length));
  carry_out(command, time);
  return true;
}

// Commands of blocking callers may be carried out behind a full queue: they wait at the socket.
std::uint32_t RegisterFile::status(Picoseconds time) {
  const bool is_full = full(time);  // retires, too
  return (pending_.empty() ? 0U : kBusy) | (is_full ? kQueueFull : 0U) |
         static_cast<std::uint32_t>(last_status_) << 8U |
         static_cast<std::uint32_t>(std::min<std::size_t>(pending_.size(), kQueueDepth)) << 16U;
}

bool RegisterFile::read(std::uint64_t address, Picoseconds time, std::uint32_t& value) {
  retire(time);
  if (address == kEnergyLow) latched_attojoules_ = visible_attojoules_;
  if (address == kTimeLow) latched_time_ = static_cast<std::uint64_t>(visible_time_);
  return peek(address, time, value);
}

bool RegisterFile::peek(std::uint64_t address, Picoseconds time, std::uint32_t& value) {
  retire(time);
  const auto shape = engine_.array().shape();
  switch (address) {
    case kId:
      value = kIdValue;
      return true;
    case kShape:
      value = static_cast<std::uint32_t>(shape.rows) | static_cast<std::uint32_t>(shape.columns)
                                                           << 16U;
      return true;
    case kLevels:
      value = static_cast<std::uint32_t>(engine_.device().sites());
      return true;
    case kStatus:
      value = status(time);
      return true;
    case kControl:
      value = control_;
      return true;
    case kRow:
      value = row_;
      return true;
    case kSide:
      value = side_;
      return true;
    case kLength:
      value = length_;
      return true;
    case kBits:
      value = bits_;
      return true;
    case kEnergyLow:
      value = low(visible_attojoules_);
      return true;
    case kEnergyHigh:
      value = high(latched_attojoules_);
      return true;
    case kTimeLow:
      value = low(static_cast<std::uint64_t>(visible_time_));
      return true;
    case kTimeHigh:
      value = high(latched_time_);
      return true;
    case kDone:
      value = done_;
      return true;
    case kFailed:
      value = failed_;
      return true;
    case kInterrupt:
      value = interrupt_;
      return true;
    default:
      return false;
  }
}

bool RegisterFile::write(std::uint64_t address, Picoseconds time, std::uint32_t value) {
  retire(time);
  switch (address) {
    case kControl:
      control_ = value & 1U;
      return true;
    case kRow:
      row_ = value;
      return true;
    case kSide:
      side_ = value & 1U;
      return true;
    case kLength:
      length_ = value;
      return true;
    case kBits:
      bits_ = std::min<std::uint32_t>(value, std::numeric_limits<std::uint8_t>::max());
      return true;
    case kCommand:
      return start(value, time);
    case kInterrupt:
      interrupt_ &= ~value;
      return true;
    default:
      return false;
  }
}

}  // namespace dwmtj
