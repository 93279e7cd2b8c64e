// SPDX-License-Identifier: Apache-2.0
#include "traces/trace_line.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "common/input_error.h"
#include "tile/tile_op.h"
#include "traces/trace_time.h"

namespace dwmtj {
namespace {

constexpr std::size_t kMostQuoted = 40;  // of a word that is wrong
constexpr auto kFirstIllegal = static_cast<unsigned>(TileOp::count_of_ops);

[[noreturn]] void expected(const std::string& what, std::string_view got) {
  if (got.empty()) throw InputError(fmt::format("expected {}, found nothing", what));
  const bool cut = got.size() > kMostQuoted;
  throw InputError(
      fmt::format("expected {}, not '{}{}'", what, got.substr(0, kMostQuoted), cut ? "..." : ""));
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

// The next word of `rest`, empty at the end of the line. (Lines are long: find_first_of() would
// take half of all the time.)
std::string_view take_word(std::string_view& rest) {
  const auto* const start = std::find_if_not(rest.begin(), rest.end(), is_blank);
  const auto* const end = std::find_if(start, rest.end(), is_blank);
  rest = {end, static_cast<std::size_t>(rest.end() - end)};
  return {start, static_cast<std::size_t>(end - start)};
}

// All of `text` as a number; false if it is none, or does not fit.
template <typename Number>
bool parse_number(std::string_view text, Number& number) {
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  return error == std::errc{} && stop == end;
}

// "tile12" and "tile" give "12"; false where the prefix is missing.
bool strip(std::string_view& word, std::string_view prefix) {
  if (word.substr(0, prefix.size()) != prefix) return false;
  word.remove_prefix(prefix.size());
  return true;
}

Picoseconds parse_when(std::string_view word) {
  if (word == "-") return kWhenFree;
  const bool timed = !word.empty() && word.front() == '@';
  const Picoseconds time = timed ? parse_trace_time(word.substr(1)) : -1;
  if (time >= 0) return time;
  expected("- or @TIME, such as @1200ns: whole picoseconds up to 9000s", word);
}

std::uint32_t parse_tile(std::string_view word, std::uint32_t tiles) {
  std::uint32_t tile = 0;
  auto number = word;
  if (strip(number, "tile") && parse_number(number, tile) && tile < tiles) return tile;
  if (tiles == kAnyTile) expected("a tile such as tile0", word);
  expected(tiles == 1 ? std::string("tile0") : fmt::format("tile0 to tile{}", tiles - 1), word);
}

// Any code that is none reads as count_of_ops, as at the pins.
TileOp parse_op(std::string_view word) {
  for (unsigned op = 0; op < kFirstIllegal; ++op) {
    if (name_of(static_cast<TileOp>(op)) == word) return static_cast<TileOp>(op);
  }
  std::uint8_t code = 0;
  auto number = word;
  if (strip(number, "op") && parse_number(number, code) && code >= kFirstIllegal) {
    return TileOp::count_of_ops;
  }
  std::string names;
  for (unsigned op = 0; op < kFirstIllegal; ++op) names += name_of(static_cast<TileOp>(op)) + ", ";
  expected(fmt::format("{}or op{} to op255 for an illegal one", names, kFirstIllegal), word);
}

std::uint32_t parse_row(std::string_view text) {
  std::uint32_t row = 0;
  if (parse_number(text, row)) return row;
  expected("row= with a number from 0 to 4294967295", text);
}

Side parse_side(std::string_view text) {
  if (text == name_of(Side::plus)) return Side::plus;
  if (text == name_of(Side::minus)) return Side::minus;
  expected("side=plus or side=minus", text);
}

std::uint8_t parse_bits(std::string_view text) {
  std::uint8_t bits = 0;
  if (parse_number(text, bits)) return bits;
  expected("bits= with a number from 0 to 255", text);
}

class DataParser {
 public:
  DataParser(std::string_view text, std::vector<std::int16_t>& data)
      : rest_(text), end_(text.data() + text.size()), data_(data) {}

  void parse() {
    for (;;) {
      const std::int16_t value = take_value();
      append(value, take_count());
      if (rest_.empty()) return;
      if (rest_.front() != ',') fail();
      rest_.remove_prefix(1);
      item_ = rest_;
    }
  }

 private:
  std::int16_t take_value() {
    item_ = rest_;
    if (!rest_.empty() && rest_.front() == '_') {
      rest_.remove_prefix(1);
      return kSkip;
    }
    std::int16_t value = 0;
    if (!take_number(value) || value == kSkip) fail();
    return value;
  }

  std::size_t take_count() {
    if (rest_.empty() || rest_.front() != '*') return 1;
    rest_.remove_prefix(1);
    std::size_t count = 0;
    if (!take_number(count) || count == 0) fail();
    return count;
  }

  template <typename Number>
  bool take_number(Number& number) {
    const auto [stop, error] = std::from_chars(rest_.data(), end_, number);
    if (error != std::errc{}) return false;
    rest_ = {stop, static_cast<std::size_t>(end_ - stop)};
    return true;
  }

  void append(std::int16_t value, std::size_t count) {
    if (count > kMostTraceData - data_.size()) {
      throw InputError(fmt::format("expected at most {} values in data=", kMostTraceData));
    }
    if (count == 1) {
      data_.push_back(value);
    } else {
      data_.insert(data_.end(), count, value);
    }
  }

  [[noreturn]] void fail() const {
    expected("in data= values from -32767 to 32767 or _, each alone or as VALUE*COUNT",
             item_.substr(0, item_.find(',')));
  }

  std::string_view rest_;
  std::string_view item_;  // what is being read, for errors
  const char* end_;
  std::vector<std::int16_t>& data_;
};

// Which keys a line has had, so that none comes twice.
struct Seen {
  bool row = false;
  bool side = false;
  bool data = false;
  bool bits = false;
};

void mark(bool& seen, std::string_view word) {
  if (seen) expected("each key once", word);
  seen = true;
}

void parse_key(std::string_view word, TileCommand& command, Seen& seen) {
  auto value = word;
  if (strip(value, "row=")) {
    mark(seen.row, word);
    command.row = parse_row(value);
  } else if (strip(value, "side=")) {
    mark(seen.side, word);
    command.side = parse_side(value);
  } else if (strip(value, "data=")) {
    mark(seen.data, word);
    DataParser(value, command.data).parse();
  } else if (strip(value, "bits=")) {
    mark(seen.bits, word);
    command.bits = parse_bits(value);
  } else {
    expected("row=, side=, bits= or data=", word);
  }
}

// A forgotten row would silently be the first.
void require_row(TileOp op, const Seen& seen) {
  if (seen.row || !traits_of(op).by_row) return;
  expected(fmt::format("row= for {}", name_of(op)), {});
}

template <typename Integer>
void append_runs(const std::vector<Integer>& data, std::string& text) {
  for (std::size_t i = 0; i < data.size();) {
    std::size_t end = i + 1;
    while (end < data.size() && data[end] == data[i]) ++end;
    if (i > 0) text += ',';
    text += data[i] == kSkip ? std::string("_") : std::to_string(data[i]);
    if (end - i > 1) text += '*' + std::to_string(end - i);
    i = end;
  }
}

}  // namespace

bool is_trace_command(std::string_view line) {
  const auto* const start = std::find_if_not(line.begin(), line.end(), is_blank);
  return start != line.end() && *start != '#';
}

void parse_trace_line(std::string_view line, std::uint32_t tiles, TraceEntry& entry) {
  auto& command = entry.command;
  command.row = 0;
  command.side = Side::plus;
  command.data.clear();
  command.bits = 1;
  entry.at = parse_when(take_word(line));
  entry.tile = parse_tile(take_word(line), tiles);
  command.op = parse_op(take_word(line));
  Seen seen;
  for (auto word = take_word(line); !word.empty(); word = take_word(line)) {
    parse_key(word, command, seen);
  }
  require_row(command.op, seen);
}

void append_trace_data(const std::vector<std::int16_t>& data, std::string& text) {
  append_runs(data, text);
}

void append_trace_data(const std::vector<std::uint16_t>& data, std::string& text) {
  append_runs(data, text);
}

void append_trace_line(const TraceEntry& entry, std::string& text) {
  const auto& command = entry.command;
  text += entry.at == kWhenFree ? std::string("-") : '@' + format_trace_time(entry.at);
  text += " tile" + std::to_string(entry.tile) + ' ';
  text += is_op(command.op) ? name_of(command.op)
                            : "op" + std::to_string(static_cast<unsigned>(command.op));
  const bool by_row = traits_of(command.op).by_row;
  if (by_row || command.row != 0) text += " row=" + std::to_string(command.row);
  if (by_row || command.side != Side::plus) text += " side=" + name_of(command.side);
  if (command.bits != 1) text += " bits=" + std::to_string(command.bits);
  if (command.data.empty()) return;
  text += " data=";
  append_trace_data(command.data, text);
}

}  // namespace dwmtj
