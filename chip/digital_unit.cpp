// SPDX-License-Identifier: Apache-2.0
#include "chip/digital_unit.h"

#include <algorithm>
#include <cstring>
#include <numeric>

namespace dwmtj {

using namespace chip_map;

namespace {

// Overflow wraps around, as the adders do.
std::int32_t wrapped(std::int64_t value) { return static_cast<std::int32_t>(value); }

bool has_right(DigitalOp op) { return op <= DigitalOp::maximum; }

// Words of scratch memory that `length` entries take.
std::uint64_t words_read(DigitalOp op, std::uint64_t length) {
  return op == DigitalOp::widen ? (length + 1) / 2 : length;
}
std::uint64_t words_written(DigitalOp op, std::uint64_t length) {
  if (op == DigitalOp::sum) return 1;
  return op == DigitalOp::narrow ? (length + 1) / 2 : length;
}

template <typename Entry>
std::vector<unsigned char> as_bytes(const std::vector<Entry>& entries) {
  std::vector<unsigned char> bytes(entries.size() * sizeof(Entry));
  if (!bytes.empty()) std::memcpy(bytes.data(), entries.data(), bytes.size());
  return bytes;
}

// As scratch memory holds them.
std::vector<unsigned char> bytes_of(DigitalOp op, const std::vector<std::int32_t>& results) {
  if (op != DigitalOp::narrow) return as_bytes(results);
  return as_bytes(std::vector<std::int16_t>(results.begin(), results.end()));
}

}  // namespace

DigitalUnit::DigitalUnit(sc_core::sc_module_name name, const DigitalParameters& parameters,
                         const RegisterParameters& access, Ledger& ledger)
    : JobModule(name, access, ledger, "digital unit", parameters.leakage, kOperation),
      parameters_(parameters),
      cycle_(to_picoseconds(parameters.cycle)),
      operation_(add_account("operation")),
      scratch_(static_cast<std::size_t>(parameters.entries), 0) {}

unsigned char* DigitalUnit::window(std::uint64_t address, std::uint64_t length, Picoseconds time) {
  store(time);
  const std::uint64_t bytes = scratch_.size() * sizeof(std::int32_t);
  if (address < kScratch || address - kScratch >= bytes || length > bytes - (address - kScratch)) {
    return nullptr;
  }
  return reinterpret_cast<unsigned char*>(scratch_.data()) + (address - kScratch);
}

void DigitalUnit::start_job(Picoseconds time) {
  const auto op = static_cast<DigitalOp>(registers().word(kOperation));
  if (op >= DigitalOp::count_of_ops || !fits(op)) return end_job(time, true);
  store(time);
  const std::int64_t length = registers().word(kLength);
  const Picoseconds end = work(time, length, CommandId{});
  results_ = {bytes_of(op, results(op)), registers().word(kDestination), end};
  end_job(end, false);
}

Picoseconds DigitalUnit::work(Picoseconds time, std::int64_t operations, CommandId command) {
  const Picoseconds duration =
      repeated((operations + parameters_.lanes - 1) / parameters_.lanes, cycle_);
  const Picoseconds start = std::max(time, free_);
  post(operation_, start, duration,
       in_si(parameters_.operation_energy) * static_cast<double>(operations),
       static_cast<std::uint64_t>(operations), command);
  free_ = later(start, duration);
  busy_ += duration;
  return free_;
}

void DigitalUnit::store(Picoseconds time) {
  if (results_.bytes.empty() || time < results_.due) return;
  std::memcpy(scratch_.data() + results_.word, results_.bytes.data(), results_.bytes.size());
  results_.bytes.clear();
}

bool DigitalUnit::fits(DigitalOp op) const {
  const std::uint64_t length = registers().word(kLength);
  const auto within = [&](std::uint64_t first, std::uint64_t words) {
    return first + words <= scratch_.size();
  };
  const std::uint32_t operand = registers().word(kOperand);
  return within(registers().word(kLeft), words_read(op, length)) &&
         (!has_right(op) || within(registers().word(kRight), length)) &&
         within(registers().word(kDestination), words_written(op, length)) &&
         (op != DigitalOp::shift || operand < 32);
}

std::vector<std::int32_t> DigitalUnit::results(DigitalOp op) const {
  std::vector<std::int32_t> results(registers().word(kLength));
  for (std::size_t i = 0; i < results.size(); ++i) results[i] = result(op, i);
  if (op == DigitalOp::sum) {
    results = {wrapped(std::accumulate(results.begin(), results.end(), std::int64_t{0}))};
  }
  return results;
}

std::int32_t DigitalUnit::result(DigitalOp op, std::size_t i) const {
  const auto* const words = scratch_.data() + registers().word(kLeft);
  const auto operand = static_cast<std::int32_t>(registers().word(kOperand));
  if (op == DigitalOp::widen) {
    std::int16_t half = 0;
    std::memcpy(&half, reinterpret_cast<const unsigned char*>(words) + i * sizeof half,
                sizeof half);
    return half;
  }
  const std::int64_t left = words[i];
  const std::int64_t right = has_right(op) ? scratch_[registers().word(kRight) + i] : 0;
  switch (op) {
    case DigitalOp::add:
      return wrapped(left + right);
    case DigitalOp::subtract:
      return wrapped(left - right);
    case DigitalOp::multiply:
      return wrapped(left * right);
    case DigitalOp::maximum:
      return wrapped(std::max(left, right));
    case DigitalOp::offset:
      return wrapped(left + operand);
    case DigitalOp::scale:
      return wrapped(left * operand);
    case DigitalOp::shift:
      return wrapped(left >> operand);
    case DigitalOp::sign:
      return left >= operand ? 1 : -1;
    case DigitalOp::relu:
      return wrapped(std::max<std::int64_t>(left, 0));
    default:
      return wrapped(left);
  }
}

}  // namespace dwmtj
