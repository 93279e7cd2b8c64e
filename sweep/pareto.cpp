// SPDX-License-Identifier: Apache-2.0
#include "sweep/pareto.h"

#include <algorithm>
#include <cstdlib>
#include <numeric>

#include "common/input_error.h"

namespace dwmtj {
namespace {

const char* const kOption = "--pareto";

bool wanted_high(const std::string& name) {
  const auto words = {"accuracy", "_per_", "efficiency", "throughput", "utilisation"};
  return std::any_of(words.begin(), words.end(),
                     [&](const char* const word) { return name.find(word) != std::string::npos; });
}

// Costs: the less, the better. Empty where a value is missing.
std::vector<double> costs_of(const std::vector<std::string>& row,
                             const std::vector<Objective>& objectives) {
  std::vector<double> costs;
  for (const auto& objective : objectives) {
    const auto& cell = row[objective.column];
    char* end = nullptr;
    const double value = std::strtod(cell.c_str(), &end);
    if (cell.empty() || *end != '\0') return {};
    costs.push_back(objective.most ? -value : value);
  }
  return costs;
}

bool dominates(const std::vector<double>& one, const std::vector<double>& other) {
  bool better = false;
  for (std::size_t i = 0; i < one.size(); ++i) {
    if (one[i] > other[i]) return false;
    better = better || one[i] < other[i];
  }
  return better;
}

}  // namespace

std::vector<Objective> parse_objectives(const ResultsTable& table, const std::string& text) {
  std::vector<Objective> objectives;
  for (std::size_t start = 0; start <= text.size();) {
    const auto comma = std::min(text.find(',', start), text.size());
    auto name = text.substr(start, comma - start);
    const auto side = name.substr(0, 4);
    const bool told = side == "min:" || side == "max:";
    if (told) name.erase(0, side.size());
    const auto column = table.column(kOption, name);
    objectives.push_back({column, told ? side == "max:" : wanted_high(table.columns()[column])});
    start = comma + 1;
  }
  if (objectives.size() < 2) throw InputError("--pareto: expected two columns or more, as in a,b");
  return objectives;
}

std::vector<std::size_t> pareto_front(const ResultsTable& table,
                                      const std::vector<Objective>& objectives) {
  std::vector<std::vector<double>> costs;
  for (const auto& row : table.rows()) costs.push_back(costs_of(row, objectives));
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < costs.size(); ++i) {
    if (!costs[i].empty()) order.push_back(i);
  }
  // Who dominates stands before whom it dominates, so the front only grows.
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return costs[a] < costs[b]; });
  std::vector<std::size_t> front;
  for (const auto i : order) {
    const bool beaten = std::any_of(front.begin(), front.end(),
                                    [&](auto other) { return dominates(costs[other], costs[i]); });
    if (!beaten) front.push_back(i);
  }
  return front;
}

}  // namespace dwmtj
