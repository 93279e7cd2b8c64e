// SPDX-License-Identifier: Apache-2.0
#include "arrays/state_file.h"

#include <charconv>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "common/index.h"
#include "common/input_log.h"
#include "common/line_source.h"

namespace dwmtj {
namespace {

struct HeadLine {
  std::string key;
  std::string value;
};

// What resistances follow from: with other levels the same walls would read differently.
std::string levels_of(const ReadoutLaw& readout) {
  std::vector<std::string> levels;
  levels.reserve(index(readout.sites()));
  for (int site = 0; site < readout.sites(); ++site) {
    levels.push_back(
        fmt::format("{:.9g}+-{:.9g}", readout.drawn_mean(site), readout.drawn_spread(site)));
  }
  return fmt::format("{} {}", fmt::join(levels, " "), readout.draws_conductance() ? "S" : "ohm");
}

std::vector<HeadLine> head_of(const StateOwner& owner) {
  return {{"dwmtj-states", "1"},
          {"device", owner.device.parameters().name},
          {"levels", levels_of(owner.device.readout())},
          {"seed", fmt::format("{}", owner.seed)},
          {"tiles", fmt::format("{}", owner.tiles)},
          {"rows", fmt::format("{}", owner.shape.rows)},
          {"columns", fmt::format("{}", owner.shape.columns)}};
}

std::string name_of_line(std::size_t line) {
  return fmt::format("row {} {}", line / 2, name_of(static_cast<Side>(line % 2)));
}

class StateReader {
 public:
  StateReader(const std::filesystem::path& file, const StateOwner& owner)
      : source_(file), owner_(owner) {}

  std::vector<TileState> read() {
    for (const auto& [key, value] : head_of(owner_)) {
      const auto seen = value_of(key);
      if (seen != value) source_.fail(fmt::format("{}: {}; this run has {}", key, seen, value));
    }
    std::vector<TileState> tiles(owner_.tiles);
    for (std::size_t i = 0; i < tiles.size(); ++i) read_tile(i, tiles[i]);
    std::string_view line;
    if (source_.next(line)) source_.fail("expected the end of the file");
    return tiles;
  }

 private:
  // The rest of the next line, which begins with `key:`.
  std::string_view value_of(const std::string& key) {
    std::string_view line;
    const bool any = source_.next(line);
    if (!any || line.substr(0, key.size() + 1) != key + ":") {
      source_.fail(fmt::format("expected '{}:'", key));
    }
    line.remove_prefix(key.size() + 1);
    return line.substr(std::min(line.find_first_not_of(' '), line.size()));
  }

  void read_tile(std::size_t tile, TileState& state) {
    const auto columns = index(owner_.shape.columns);
    rest_ = value_of(fmt::format("decisions of tile{}", tile));
    for (std::size_t column = 0; column < columns; ++column) {
      state.decisions.push_back(number("a count of decisions"));
    }
    expect_end();
    for (std::size_t line = 0; line < 2 * index(owner_.shape.rows); ++line) {
      rest_ = value_of(name_of_line(line));
      for (std::size_t column = 0; column < columns; ++column) {
        state.devices.push_back(read_device());
      }
      expect_end();
    }
  }

  // "site/draws/arrival"
  DeviceState read_device() {
    DeviceState state;
    const auto site = number("a site");
    if (site >= static_cast<std::uint32_t>(owner_.device.sites())) {
      source_.fail(fmt::format("site {}; expected 0 to {}", site, owner_.device.sites() - 1));
    }
    state.site = static_cast<std::uint8_t>(site);
    expect('/');
    state.draws = number("a count of draws");
    expect('/');
    state.arrival = number("the draw of an arrival");
    if (state.arrival >= state.draws) {
      source_.fail(
          fmt::format("arrival {} of {} draws; expected one of them", state.arrival, state.draws));
    }
    return state;
  }

  std::uint32_t number(const char* what) {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(' '), rest_.size()));
    std::uint32_t value = 0;
    const auto [stop, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    if (error != std::errc{}) source_.fail(fmt::format("expected {}", what));
    rest_.remove_prefix(static_cast<std::size_t>(stop - rest_.data()));
    return value;
  }

  void expect(char mark) {
    if (rest_.empty() || rest_.front() != mark) {
      source_.fail("expected site/draws/arrival of each device");
    }
    rest_.remove_prefix(1);
  }

  void expect_end() const {
    if (!rest_.empty()) {
      source_.fail(
          fmt::format("expected the end of the line after {} columns", owner_.shape.columns));
    }
  }

  LineSource source_;
  const StateOwner& owner_;
  std::string_view rest_;  // of the line at hand
};

}  // namespace

void write_states(const StateOwner& owner, const std::vector<TileState>& tiles, OutputFile& file) {
  for (const auto& [key, value] : head_of(owner)) file.write(fmt::format("{}: {}\n", key, value));
  const auto columns = index(owner.shape.columns);
  for (std::size_t tile = 0; tile < tiles.size(); ++tile) {
    file.write(
        fmt::format("decisions of tile{}: {}\n", tile, fmt::join(tiles[tile].decisions, " ")));
    fmt::memory_buffer text;
    for (std::size_t i = 0; i < tiles[tile].devices.size(); ++i) {
      if (i % columns == 0)
        fmt::format_to(std::back_inserter(text), "{}:", name_of_line(i / columns));
      const auto& state = tiles[tile].devices[i];
      fmt::format_to(std::back_inserter(text), " {}/{}/{}", state.site, state.draws, state.arrival);
      if (i % columns == columns - 1) text.push_back('\n');
    }
    file.write({text.data(), text.size()});
  }
}

std::vector<TileState> read_states(const std::filesystem::path& file, const StateOwner& owner) {
  note_input(file);
  return StateReader(file, owner).read();
}

}  // namespace dwmtj
