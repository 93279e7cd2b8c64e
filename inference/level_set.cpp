// SPDX-License-Identifier: Apache-2.0
#include "inference/level_set.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "common/input_error.h"
#include "networks/quantisation.h"
#include "networks/weight_digits.h"

namespace dwmtj {
namespace {

[[noreturn]] void refuse_bits(const LevelSet& levels, int bits, std::size_t wanted) {
  const auto most = bits_of_cell(static_cast<int>(levels.conductance.size())) + 1;
  throw InputError(fmt::format(
      "--bits {}: a pair needs {} levels a device, '{}' has {}: expected at most {} bits, or a "
      "device of more levels (dwmtj devices)",
      bits, wanted, levels.name, levels.conductance.size(), most));
}

}  // namespace

LevelSet levels_of_device(const DeviceModel& device) {
  LevelSet levels;
  levels.name = device.parameters().name;
  for (int site = 0; site < device.sites(); ++site) {
    levels.conductance.push_back(in_si(device.readout().level_conductance(site)));
    levels.error.push_back(in_si(device.readout().spread_conductance(site)));
  }
  levels.least = levels.conductance.front();
  levels.largest = levels.conductance.back();
  return levels;
}

const CatalogFolder& level_set_catalog() {
  static const CatalogFolder kCatalog{"inference/catalog", "set of levels"};
  return kCatalog;
}

LevelSet even_levels(const std::filesystem::path& file, std::optional<int> bits,
                     const ParameterOverrides& overrides) {
  const auto root = ParameterNode::load(file, overrides);
  LevelSet levels;
  levels.name = root.text("name");
  static_cast<void>(root.text("title"));
  levels.least = root.above_zero("least", Dimension::conductance);
  levels.largest = root.above_zero("largest", Dimension::conductance);
  levels.error = {root.at_least_zero("error", Dimension::conductance)};
  if (!(levels.largest > levels.least)) root.fail("largest", "expected more than the least");
  root.finish();
  for (int i = 0; bits && i < levels_of(*bits); ++i) {
    levels.conductance.push_back(levels.least + levels.range() * i / (levels_of(*bits) - 1));
  }
  return levels;
}

LevelSet selected(const LevelSet& levels, int bits) {
  const auto wanted = static_cast<std::size_t>(levels_of(bits));
  if (wanted > levels.conductance.size()) refuse_bits(levels, bits, wanted);
  LevelSet result{levels.name, levels.least, levels.largest, {}, {}, {}};
  std::size_t next = 0;
  for (std::size_t i = 0; i < wanted; ++i) {
    const double even = static_cast<double>(i) / static_cast<double>(wanted - 1);
    const auto last = levels.conductance.size() - (wanted - i);  // as many must be left
    const auto off = [&](std::size_t level) {
      return std::abs(levels.share(static_cast<int>(level)) - even);
    };
    while (next < last && off(next + 1) < off(next)) ++next;
    result.conductance.push_back(levels.conductance[next]);
    result.error.push_back(levels.error_of(static_cast<int>(next)));
    result.levels.push_back(static_cast<int>(next));
    ++next;
  }
  return result;
}

}  // namespace dwmtj
