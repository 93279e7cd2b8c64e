// SPDX-License-Identifier: Apache-2.0
#include "devices/lookup_table.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "common/line_source.h"

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
  explicit LookupReader(const std::filesystem::path& file) : source_(file) {}

  bool next() { return source_.next(text_); }
  [[nodiscard]] std::string_view text() const { return text_; }

  // The numbers of the next line, `wanted` of them unless that is 0.
  std::vector<double> numbers(const char* what, std::size_t wanted) {
    if (!next()) fail(fmt::format("expected a line of {}", what));
    std::vector<double> values;
    const char* at = text_.data();
    const char* const end = at + text_.size();
    while (at < end) {
      double value = 0.0;
      const auto [rest, error] = std::from_chars(at + (*at == ' ' ? 1 : 0), end, value);
      if (error != std::errc{} || !std::isfinite(value) || (rest < end && *rest != ',')) {
        fail(fmt::format("number {} of the {} is none", values.size() + 1, what));
      }
      values.push_back(value);
      at = rest + 1;
    }
    const std::size_t least = wanted == 0 ? 2 : wanted;
    if (values.size() < least || (wanted != 0 && values.size() != wanted)) {
      fail(fmt::format("{} {}; expected {}{}", values.size(), what, least,
                       wanted == 0 ? " at least" : ""));
    }
    return values;
  }

  [[noreturn]] void fail(const std::string& message) const { source_.fail(message); }

 private:
  LineSource source_;
  std::string_view text_;
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

double LookupTable::change(std::size_t point, double conductance) const {
  const auto above = std::upper_bound(conductances.begin(), conductances.end(), conductance);
  const auto last = static_cast<std::ptrdiff_t>(conductances.size()) - 1;
  const auto i = static_cast<std::size_t>(
      std::clamp<std::ptrdiff_t>(above - conductances.begin() - 1, 0, last - 1));
  const double share = (conductance - conductances[i]) / (conductances[i + 1] - conductances[i]);
  return changes[point][i] + share * (changes[point][i + 1] - changes[point][i]);
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
