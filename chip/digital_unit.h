// SPDX-License-Identifier: Apache-2.0
// Post-processing of what tiles deliver: vector operations on a scratch memory of 32-bit entries
// (docs/chip/digital_unit.md).
#pragma once

#include <cstdint>
#include <vector>

#include "chip/job_module.h"

namespace dwmtj {

// Entry by entry, in two's complement: destination = ... Operands are read when the job starts,
// results are written when it ends.
enum class DigitalOp : std::uint32_t {
  add,       // left + right
  subtract,  // left - right
  multiply,  // left * right
  maximum,   // of left and right
  offset,    // left + operand
  scale,     // left * operand
  shift,     // left / 2^operand, rounded down
  sign,      // +1 where left >= operand, else -1
  relu,      // left where positive, else 0
  widen,     // left holds two 16-bit entries a word: one entry each
  narrow,    // the opposite; the low half of each entry
  sum,       // of all entries of left: one entry
  count_of_ops
};

// Jobs come by registers, one at a time, or from a program beside the unit (work()): the lanes do
// one after the other.
class DigitalUnit : public JobModule {
 public:
  DigitalUnit(sc_core::sc_module_name name, const DigitalParameters& parameters,
              const RegisterParameters& access, Ledger& ledger);

  // For who works on the scratch memory without registers: so many operations on entries, asked for
  // at `time`, on behalf of `command`; when they are done.
  Picoseconds work(Picoseconds time, std::int64_t operations, CommandId command);
  [[nodiscard]] std::vector<std::int32_t>& scratch() { return scratch_; }
  [[nodiscard]] Picoseconds busy() const { return busy_; }  // with all of that

 private:
  // JobModule
  void start_job(Picoseconds time) override;
  unsigned char* window(std::uint64_t address, std::uint64_t length, Picoseconds time) override;

  [[nodiscard]] bool fits(DigitalOp op) const;
  [[nodiscard]] std::vector<std::int32_t> results(DigitalOp op) const;
  [[nodiscard]] std::int32_t result(DigitalOp op, std::size_t i) const;
  void store(Picoseconds time);

  // What a job has worked out and scratch memory holds when the job ends.
  struct Results {
    std::vector<unsigned char> bytes;  // none: they are there
    std::size_t word = 0;              // the first
    Picoseconds due = 0;
  };

  DigitalParameters parameters_;
  Picoseconds cycle_;
  AccountId operation_;
  Picoseconds free_ = 0;  // when the lanes are
  Picoseconds busy_ = 0;
  std::vector<std::int32_t> scratch_;
  Results results_;
};

}  // namespace dwmtj
