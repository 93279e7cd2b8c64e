// SPDX-License-Identifier: Apache-2.0
#include "learning/code_table.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include <fmt/format.h>

namespace dwmtj {
namespace {

constexpr Direction kDirections[] = {Direction::forward, Direction::reverse};

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

}  // namespace

CodeTable::CodeTable(const DeviceModel& device, const TileParameters& tile, CodeChoice choice)
    : largest_(tile.largest_code()) {
  const DriverLaw driver(tile.driver, device.parameters());
  for (const auto direction : kDirections) {
    fill(device, driver, direction);
    fill_codes(choice, direction);
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
    Chances chances(1, 0.0);
    Hop hop;
    for (int code = 1; code <= largest_; ++code) {
      const auto& tables = device.tables(driver.pulse(sign * code));
      chances.push_back(1.0 - mean_probability(device, tables, site, site));
      const int to = site + sign;
      const bool inside = to >= 0 && to < device.sites();
      const double once = inside ? mean_probability(device, tables, site, to) : 0.0;
      if (once > hop.chance) hop = {sign * code, once};
    }
    chance_[index(direction)].push_back(std::move(chances));
    hops_[index(direction)].push_back(hop);
  }
}

// By symmetry the first site's forward chances are those of reverse pulses too.
CodeTable::Chances CodeTable::response(CodeChoice choice, Direction direction,
                                       std::size_t site) const {
  const auto& chances = chance_[index(direction)];
  if (choice == CodeChoice::site) return chances[site];
  if (choice == CodeChoice::first) return chance_[index(Direction::forward)][0];
  Chances mean(chances[0].size(), 0.0);
  const std::size_t first = direction == Direction::forward ? 0 : 1;  // the end is not left
  for (std::size_t s = first; s + 1 < chances.size() + first; ++s) {
    for (std::size_t code = 0; code < mean.size(); ++code) {
      mean[code] += chances[s][code] / static_cast<double>(chances.size() - 1);
    }
  }
  return mean;
}

void CodeTable::fill_codes(CodeChoice choice, Direction direction) {
  const int sign = static_cast<int>(direction);
  for (std::size_t site = 0; site < chance_[0].size(); ++site) {
    const auto chances = response(choice, direction, site);
    for (std::size_t i = 0; i < kBuckets; ++i) {
      codes_[index(direction)].push_back(sign * nearest_code(chances, chance_of(i)));
    }
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
