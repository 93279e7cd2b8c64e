// SPDX-License-Identifier: Apache-2.0
// The registers of a module that does one job at a time: status, interrupt, and plain words that
// describe the next job. No sockets, no kernel.
#pragma once

#include <array>
#include <cstdint>

#include "chip/chip_map.h"
#include "common/picoseconds.h"

namespace dwmtj {

class JobRegisters {
 public:
  // `start` is the register whose write starts a job.
  explicit JobRegisters(std::uint64_t start) : start_(start) {}

  // One aligned 32-bit access at `time`; false: no such register, or not readable or writable.
  bool read(std::uint64_t address, Picoseconds time, std::uint32_t& value);
  // The start register also refuses while a job runs.
  bool write(std::uint64_t address, Picoseconds time, std::uint32_t value);
  [[nodiscard]] bool starts(std::uint64_t address) const { return address == start_; }

  [[nodiscard]] std::uint32_t word(std::uint64_t address) const { return words_[address / 4]; }
  [[nodiscard]] std::uint64_t wide(std::uint64_t low) const {
    return word(low) | std::uint64_t{word(low + 4)} << 32U;
  }

  // The job that was started ends at `time`, which may lie ahead.
  void end(Picoseconds time, bool failed);
  [[nodiscard]] bool busy(Picoseconds time) const { return running_ || time < end_; }
  [[nodiscard]] Picoseconds ends() const { return end_; }
  // Enabled, and the end of a job not yet noticed.
  [[nodiscard]] bool interrupt(Picoseconds time);

 private:
  void retire(Picoseconds time);

  std::uint64_t start_;
  std::array<std::uint32_t, chip_map::kEndOfRegisters / 4> words_{};
  bool running_ = false;
  bool pending_ = false;  // ended, and not made visible yet
  bool failed_ = false;
  Picoseconds end_ = 0;
};

}  // namespace dwmtj
