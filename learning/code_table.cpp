// SPDX-License-Identifier: Apache-2.0
#include "learning/code_table.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include <fmt/format.h>

namespace dwmtj {
namespace {

constexpr std::array kDirections = {Direction::forward, Direction::reverse};

// Exponent and the first three bits of the mantissa.
std::uint32_t top_bits(float value) {
  std::uint32_t bits = 0;
  std::memcpy(&bits, &value, sizeof bits);
  return bits >> 20U;
}

constexpr std::uint32_t kTopBitsOfOne = 127U << 3U;

// The code whose chance is nearest to the wanted one, as a ratio; 0 where none has any.
int nearest_code(const std::vector<double>& chances, double wanted) {
  int nearest = 0;
  double least = HUGE_VAL;
  for (std::size_t code = 1; code < chances.size(); ++code) {
    if (chances[code] <= 0.0) continue;
    const double off = std::abs(std::log(chances[code] / wanted));
    if (off < least) {
      least = off;
      nearest = static_cast<int>(code);
    }
  }
  return nearest;
}

// Of the devices of a kind: all grades are equally probable.
double mean_probability(const DeviceModel& device, const PulseTables& tables, int from, int to) {
  const auto& variation = device.variation();
  if (variation.identical()) return tables.of(kNominalGrade).probability(from, to);
  double sum = 0.0;
  for (int grade = 1; grade < variation.grades(); ++grade) {
    sum += tables.of(grade).probability(from, to);
  }
  return sum / (variation.grades() - 1);
}

// By site and code in both directions, as the choice of codes lets it be seen from `site`: by
// symmetry the first site's forward chances are those of reverse pulses too.
std::vector<double> as_seen(CodeChoice choice,
                            const std::array<std::vector<std::vector<double>>, 2>& table,
                            Direction direction, std::size_t site) {
  const auto& chances = table[direction == Direction::forward ? 0 : 1];
  if (choice == CodeChoice::site) return chances[site];
  if (choice == CodeChoice::first) return table[0][0];
  std::vector<double> mean(chances[0].size(), 0.0);
  const std::size_t first = direction == Direction::forward ? 0 : 1;  // the end is not left
  for (std::size_t s = first; s + 1 < chances.size() + first; ++s) {
    for (std::size_t code = 0; code < mean.size(); ++code) {
      mean[code] += chances[s][code] / static_cast<double>(chances.size() - 1);
    }
  }
  return mean;
}

}  // namespace

CodeTable::CodeTable(const DeviceModel& device, const TileParameters& tile, CodeChoice choice)
    : largest_(tile.largest_code()) {
  const DriverLaw driver(tile.driver, device.parameters());
  for (const auto direction : kDirections) {
    fill(device, driver, direction);
    fill_codes(choice, direction);
    fill_hops(choice, direction);
  }
}

std::size_t CodeTable::bucket(float chance) {
  const auto below_one = kTopBitsOfOne - std::min(top_bits(chance), kTopBitsOfOne);
  return std::min<std::size_t>(below_one, kBuckets - 1);
}

// The middle of a bucket; the first is 1 itself.
double CodeTable::chance_of(std::size_t bucket) {
  const auto octave = static_cast<int>((bucket + 7) / 8);
  const auto eighths = static_cast<double>(8 * static_cast<std::size_t>(octave) - bucket);
  return std::min(1.0, std::ldexp(1.0 + (eighths + 0.5) / 8.0, -octave));
}

void CodeTable::fill(const DeviceModel& device, const DriverLaw& driver, Direction direction) {
  const int sign = static_cast<int>(direction);
  for (int site = 0; site < device.sites(); ++site) {
    Chances leave(1, 0.0);
    Chances once(1, 0.0);
    const int to = site + sign;
    const bool inside = to >= 0 && to < device.sites();
    for (int code = 1; code <= largest_; ++code) {
      const auto& tables = device.tables(driver.pulse(sign * code));
      leave.push_back(1.0 - mean_probability(device, tables, site, site));
      once.push_back(inside ? mean_probability(device, tables, site, to) : 0.0);
    }
    chance_[index(direction)].push_back(std::move(leave));
    once_[index(direction)].push_back(std::move(once));
  }
}

void CodeTable::fill_codes(CodeChoice choice, Direction direction) {
  const int sign = static_cast<int>(direction);
  for (std::size_t site = 0; site < chance_[0].size(); ++site) {
    const auto chances = as_seen(choice, chance_, direction, site);
    for (std::size_t i = 0; i < kBuckets; ++i) {
      codes_[index(direction)].push_back(sign * nearest_code(chances, chance_of(i)));
    }
  }
}

void CodeTable::fill_hops(CodeChoice choice, Direction direction) {
  const int sign = static_cast<int>(direction);
  const auto& once = once_[index(direction)];
  for (std::size_t site = 0; site < once.size(); ++site) {
    const auto seen = as_seen(choice, once_, direction, site);
    const auto best = std::max_element(seen.begin(), seen.end()) - seen.begin();
    const double chance = once[site][static_cast<std::size_t>(best)];
    hops_[index(direction)].push_back({sign * static_cast<int>(best), chance});
  }
}

std::string CodeTable::csv() const {
  std::string text = "direction,site,code,chance\n";
  for (const auto direction : kDirections) {
    for (int site = 0; site < static_cast<int>(chance_[0].size()); ++site) {
      for (int code = 1; code <= largest_; ++code) {
        text += fmt::format("{},{},{},{:.9g}\n",
                            direction == Direction::forward ? "forward" : "reverse", site, code,
                            chance(site, direction, code));
      }
    }
  }
  return text;
}

}  // namespace dwmtj
