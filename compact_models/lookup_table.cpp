// SPDX-License-Identifier: Apache-2.0
#include "compact_models/lookup_table.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <functional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "common/input_error.h"

namespace dwmtj {
namespace {

// Where the inverse distribution of the end sites is at `u`.
int end_site(const TransitionTable& table, int from, double u) {
  double below = 0.0;
  for (int to = 0; to + 1 < table.sites(); ++to) {
    below += table.probability(from, to);
    if (u < below) return to;
  }
  return table.sites() - 1;
}

std::string joined(const std::vector<double>& numbers) {
  return fmt::format("{:.9g}\n", fmt::join(numbers, ","));
}

class LookupReader {
 public:
  explicit LookupReader(const std::filesystem::path& file) : file_(file), stream_(file) {
    if (!stream_) throw InputError(fmt::format("{}: cannot be read", file.string()));
  }

  bool next() {
    ++line_;
    return static_cast<bool>(std::getline(stream_, text_));
  }
  [[nodiscard]] const std::string& text() const { return text_; }

  // The numbers of the next line, `wanted` of them unless that is 0.
  std::vector<double> numbers(const char* what, std::size_t wanted) {
    if (!next()) fail(fmt::format("expected a line of {}", what));
    std::vector<double> values;
    const char* at = text_.data();
    const char* const end = at + text_.size() - (!text_.empty() && text_.back() == '\r' ? 1 : 0);
    while (at < end) {
      double value = 0.0;
      const auto [rest, error] = std::from_chars(at + (*at == ' ' ? 1 : 0), end, value);
      if (error != std::errc{} || !std::isfinite(value) || (rest < end && *rest != ',')) {
        fail(fmt::format("number {} of the {} is none", values.size() + 1, what));
      }
      values.push_back(value);
      at = rest + 1;
    }
    if (values.empty() || (wanted != 0 && values.size() != wanted)) {
      fail(fmt::format("{} {}; expected {}", values.size(), what, wanted == 0 ? 1 : wanted));
    }
    return values;
  }

  [[noreturn]] void fail(const std::string& message) const {
    throw InputError(fmt::format("{}:{}: {}", file_.string(), line_, message));
  }

 private:
  std::filesystem::path file_;
  std::ifstream stream_;
  std::string text_;
  int line_ = 0;
};

void check_ascending(const LookupReader& reader, const std::vector<double>& values,
                     const char* what) {
  const auto turn = std::adjacent_find(values.begin(), values.end(), std::greater_equal<>());
  if (turn != values.end()) reader.fail(fmt::format("{} must ascend", what));
}

}  // namespace

double LookupTable::mean_change(std::size_t conductance) const {
  double mean = 0.0;
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    mean +=
        (points[i + 1] - points[i]) * 0.5 * (changes[i][conductance] + changes[i + 1][conductance]);
  }
  return mean;
}

LookupTable lookup_table(const DeviceModel& model, const Pulse& pulse, int points) {
  const auto& transitions = model.table(pulse);
  LookupTable table;
  table.title = fmt::format("{}: change of conductance (S) by one pulse of {} for {}",
                            model.parameters().name, format_quantity(pulse.amplitude),
                            format_quantity(pulse.shape.width));
  for (int site = 0; site < model.sites(); ++site) {
    table.conductances.push_back(in_si(model.readout().level_conductance(site)));
  }
  for (int i = 0; i < points; ++i) {
    const double u = static_cast<double>(i) / (points - 1);
    std::vector<double> row;
    for (int site = 0; site < model.sites(); ++site) {
      const auto to = static_cast<std::size_t>(end_site(transitions, site, u));
      row.push_back(table.conductances[to] - table.conductances[static_cast<std::size_t>(site)]);
    }
    table.points.push_back(u);
    table.changes.push_back(std::move(row));
  }
  return table;
}

std::string to_text(const LookupTable& table) {
  std::string text = table.title + "\n" + joined(table.conductances) + joined(table.points);
  for (const auto& row : table.changes) text += joined(row);
  return text;
}

LookupTable read_lookup_table(const std::filesystem::path& file) {
  LookupReader reader(file);
  LookupTable table;
  if (!reader.next()) reader.fail("expected a title");
  table.title = reader.text();
  table.conductances = reader.numbers("conductances", 0);
  check_ascending(reader, table.conductances, "conductances");
  table.points = reader.numbers("points of the distribution", 0);
  check_ascending(reader, table.points, "points of the distribution");
  for (std::size_t i = 0; i < table.points.size(); ++i) {
    table.changes.push_back(reader.numbers("changes", table.conductances.size()));
  }
  if (reader.next() && !reader.text().empty()) reader.fail("expected the end of the table");
  return table;
}

}  // namespace dwmtj
