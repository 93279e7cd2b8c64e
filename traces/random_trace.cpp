// SPDX-License-Identifier: Apache-2.0
#include "traces/random_trace.h"

#include <limits>

#include "common/random_stream.h"
#include "tile/tile_op.h"
#include "traces/trace_line.h"

namespace dwmtj {
namespace {

// Far from the instances that random patterns and stalls of testbenches use.
constexpr std::uint64_t kFirstInstance = std::uint64_t{1} << 41U;
constexpr double kSkipped = 0.1;  // share of the columns
constexpr double kSparse = 0.3;   // share of resets and reads that name their columns

class Dice {
 public:
  Dice(std::uint64_t seed, std::uint64_t instance)
      : seed_(seed), instance_(kFirstInstance + instance) {}

  std::uint32_t word() {
    if (next_ == drawn_.words.size()) {
      drawn_ = draw(seed_, Stream::stimulus, instance_, count_++);
      next_ = 0;
    }
    return drawn_.words[next_++];
  }

  // `least` to `most`, both included. Not quite even, which does not matter here.
  int between(int least, int most) {
    const auto span = static_cast<std::uint32_t>(most - least) + 1U;
    return least + static_cast<int>(word() % span);
  }

  bool chance(double share) { return uniform(word()) < share; }

 private:
  std::uint64_t seed_;
  std::uint64_t instance_;
  std::uint32_t count_ = 0;
  Draw drawn_{};
  std::size_t next_ = 4;
};

class Generator {
 public:
  Generator(std::uint64_t seed, const RandomTraceOptions& options)
      : options_(options), dice_(seed, options.instance) {}

  TraceEntry next() {
    TraceEntry entry;
    if (dice_.chance(options_.timed)) entry.at = next_time();
    entry.tile = options_.first_tile + dice_.word() % options_.tiles;
    entry.command = sound_command();
    if (dice_.chance(options_.illegal)) spoil(entry.command);
    return entry;
  }

 private:
  // Times grow, but may lie before the end of what the tile does by then.
  Picoseconds next_time() {
    time_ +=
        static_cast<Picoseconds>(uniform(dice_.word()) * static_cast<double>(options_.most_gap));
    return time_;
  }

  TileCommand sound_command() {
    TileCommand command;
    command.op = static_cast<TileOp>(dice_.between(0, static_cast<int>(TileOp::count_of_ops) - 1));
    const auto& traits = traits_of(command.op);
    if (traits.by_row) {
      command.row = static_cast<std::uint32_t>(dice_.between(0, options_.rows - 1));
      command.side = dice_.chance(0.5) ? Side::minus : Side::plus;
    }
    if (traits.in_bits && options_.sum_bits > 1) {
      command.bits = static_cast<std::uint8_t>(dice_.between(1, options_.sum_bits));
    }
    if (traits.whole_row && !dice_.chance(kSparse)) return command;
    const auto range = traits.range(options_.levels, options_.largest_code);
    for (int i = traits.by_row ? options_.columns : options_.rows; i > 0; --i) {
      const bool skipped = dice_.chance(kSkipped);
      command.data.push_back(
          skipped ? kSkip : static_cast<std::int16_t>(dice_.between(range.least, range.most)));
    }
    return command;
  }

  void spoil(TileCommand& command) {
    switch (dice_.between(0, 3)) {
      case 0:
        command.op = TileOp::count_of_ops;
        break;
      case 1:
        spoil_row(command);
        break;
      case 2:
        spoil_length(command);
        break;
      default:
        spoil_value(command);
    }
  }

  // A product has no row, but bits.
  void spoil_row(TileCommand& command) {
    if (traits_of(command.op).in_bits) {
      command.bits = static_cast<std::uint8_t>(dice_.chance(0.5) ? 0 : options_.sum_bits + 1);
    }
    const auto rows = static_cast<std::uint32_t>(options_.rows);
    command.row = dice_.chance(0.5) ? rows : std::numeric_limits<std::uint32_t>::max();
  }

  void spoil_length(TileCommand& command) {
    if (command.data.empty() || dice_.chance(0.5)) {
      command.data.resize(command.data.size() + 1 +
                          static_cast<std::size_t>(dice_.between(0, options_.columns)));
    } else {
      command.data.pop_back();
    }
  }

  void spoil_value(TileCommand& command) {
    const auto range = traits_of(command.op).range(options_.levels, options_.largest_code);
    if (command.data.empty()) {
      command.data.resize(static_cast<std::size_t>(options_.columns), 0);
    }
    const auto place = dice_.word() % command.data.size();
    const int value = dice_.chance(0.5) ? range.most + 1 : range.least - 1;
    command.data[place] = static_cast<std::int16_t>(value);
  }

  const RandomTraceOptions& options_;
  Dice dice_;
  Picoseconds time_ = 0;
};

}  // namespace

std::vector<TraceEntry> random_trace(std::uint64_t seed, const RandomTraceOptions& options) {
  Generator generator(seed, options);
  std::vector<TraceEntry> entries;
  entries.reserve(options.commands);
  while (entries.size() < options.commands) entries.push_back(generator.next());
  return entries;
}

}  // namespace dwmtj
