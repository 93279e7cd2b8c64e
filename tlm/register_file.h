// SPDX-License-Identifier: Apache-2.0
// The registers of a tile and its command queue: no sockets, no kernel. Results appear when the
// time of an access has passed the completion of their command.
#pragma once

#include <cstdint>
#include <cstring>
#include <deque>
#include <limits>
#include <optional>
#include <vector>

#include "tlm/register_map.h"
#include "tlm/tile_engine.h"

namespace dwmtj {

class RegisterFile {
 public:
  explicit RegisterFile(TileEngine& engine);

  // One aligned 32-bit access at `time`. False: no such register, or not readable / writable, or
  // the queue is full.
  bool read(std::uint64_t address, Picoseconds time, std::uint32_t& value);
  bool write(std::uint64_t address, Picoseconds time, std::uint32_t value);
  // What read() would find, without the latching.
  bool peek(std::uint64_t address, Picoseconds time, std::uint32_t& value);

  // Carries out a command that arrives at `time`, behind those already queued; none: see
  // TileEngine.
  std::optional<CommandOutcome> carry_out(const TileCommand& command, Picoseconds time);
  // What became of the oldest command of which that was not known. Its number, from 0.
  std::uint64_t finish(const CommandOutcome& outcome);
  [[nodiscard]] std::uint64_t started() const { return started_; }  // commands

  [[nodiscard]] bool full(Picoseconds time);
  static constexpr Picoseconds kUnknown = std::numeric_limits<Picoseconds>::max();
  // When the last command completes of which that is known.
  [[nodiscard]] Picoseconds busy_until() const { return busy_until_; }
  // When the oldest unfinished command completes; busy_until() if there is none.
  [[nodiscard]] Picoseconds next_completion() const {
    return pending_.empty() ? busy_until_ : pending_.front().completed;
  }
  [[nodiscard]] bool interrupt_enabled() const { return (control_ & 1U) != 0; }
  [[nodiscard]] bool interrupt_pending() const { return interrupt_ != 0; }
  void retire(Picoseconds time);  // makes visible what has completed by `time`

  [[nodiscard]] unsigned char* input_window() { return bytes(input_); }
  [[nodiscard]] unsigned char* output_window() { return bytes(output_); }

 private:
  struct Pending {
    TileStatus status = TileStatus::ok;
    std::vector<std::int16_t> data;
    Picoseconds completed = kUnknown;
    std::uint64_t attojoules = 0;  // posted by the tile up to here
  };
  static unsigned char* bytes(std::vector<std::int16_t>& window) {
    return reinterpret_cast<unsigned char*>(window.data());
  }
  std::uint32_t status(Picoseconds time);
  bool start(std::uint32_t op, Picoseconds time);
  void fill_in(Pending& pending, const CommandOutcome& outcome);

  TileEngine& engine_;
  std::vector<std::int16_t> input_;
  std::vector<std::int16_t> output_;
  std::deque<Pending> pending_;
  std::uint64_t started_ = 0;
  std::uint64_t known_ = 0;  // of these, how many whose completion is known
  Picoseconds busy_until_ = 0;
  std::uint32_t control_ = 0;
  std::uint32_t row_ = 0;
  std::uint32_t side_ = 0;
  std::uint32_t length_ = 0;
  std::uint32_t bits_ = 1;
  std::uint32_t done_ = 0;
  std::uint32_t failed_ = 0;
  std::uint32_t interrupt_ = 0;
  TileStatus last_status_ = TileStatus::ok;
  double joules_ = 0.0;
  std::uint64_t visible_attojoules_ = 0;
  Picoseconds visible_time_ = 0;
  std::uint64_t latched_attojoules_ = 0;
  std::uint64_t latched_time_ = 0;
};

}  // namespace dwmtj
