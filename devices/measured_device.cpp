// SPDX-License-Identifier: Apache-2.0
#include "devices/measured_device.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "devices/pulse_files.h"
#include "devices/technology_row.h"

namespace dwmtj {
namespace {

using Row = std::optional<TechnologyRow>;

PulseShape read_shape(const ParameterNode& node, const Row& row) {
  PulseShape shape{};
  shape.width = row ? row->width() : node.duration("width");
  shape.rise = node.duration("rise");
  shape.fall = node.duration("fall");
  try {
    check(shape);
  } catch (const std::invalid_argument& error) {
    node.fail(error.what());
  }
  return shape;
}

// What holds for all levels.
struct Levels {
  ConductanceLevels levels;
  Conductance spread;
  double read_noise;
};

Levels read_levels(const ParameterNode& node, const LookupTable* table, const Row& row) {
  const auto end = [&](const char* key, double of_table) {
    if (table != nullptr && !node.has(key)) return of_table;
    return in_si(node.above_zero<Conductance>(key));
  };
  Levels read{};
  read.levels.count = node.whole_number("count", 2, static_cast<int>(kMostLevels));
  read.levels.least = end("least", table != nullptr ? table->conductances.front() : 0.0);
  read.levels.most = end("most", table != nullptr ? table->conductances.back() : 0.0);
  if (read.levels.most <= read.levels.least) node.fail("most", "must exceed least");
  read.spread = node.at_least_zero<Conductance>("spread");
  const auto printed = row ? row->read_noise() : std::nullopt;
  read.read_noise = printed ? *printed : node.at_least_zero("read_noise", Dimension::number);
  node.finish();
  return read;
}

LevelChanges changes_of_curve(const ConductanceLevels& levels, PulseEntry& entry) {
  const auto& curve = *entry.curve;
  const bool upwards = entry.amplitude > 0.0;
  entry.pulse.origin =
      fmt::format("{} states, nonlinearity {:g}, write noise {:g} %", curve.states,
                  upwards ? curve.nonlinearity : -curve.nonlinearity, 100.0 * curve.write_noise);
  return changes_of(curve, levels, upwards);
}

void work_out(const ConductanceLevels& levels, const PulseFiles& files, PulseEntry& entry) {
  const auto changes = entry.curve ? changes_of_curve(levels, entry) : files.changes(levels, entry);
  entry.pulse.chances = changes.chances();
  entry.pulse.error = changes.error();
}

bool is_smaller(const MeasuredPulse& a, const MeasuredPulse& b) {
  return std::abs(in_si(a.voltage)) < std::abs(in_si(b.voltage));
}

void share_out(const ParameterNode& section, std::vector<PulseEntry> entries,
               MeasuredPulses& measured) {
  for (auto& entry : entries) {
    auto& side = entry.amplitude > 0.0 ? measured.up : measured.down;
    side.push_back(std::move(entry.pulse));
  }
  std::sort(measured.up.begin(), measured.up.end(), is_smaller);
  std::sort(measured.down.begin(), measured.down.end(), is_smaller);
  if (measured.up.empty() || measured.down.empty()) {
    section.fail("list", "expected a pulse of each sign at least");
  }
}

void fill_levels(const Levels& read, DeviceParameters& device) {
  const auto& levels = read.levels;
  device.readout.parallel = from_si<Resistance>(1.0 / levels.most);
  device.readout.antiparallel = from_si<Resistance>(1.0 / levels.least);
  device.readout.read_noise = read.read_noise;
  for (int level = 0; level < levels.count; ++level) {
    SiteParameters site;
    site.name = fmt::format("g{}", level);
    site.level = from_si<Conductance>(levels.level(level));
    site.conductance_spread = read.spread;
    device.sites.push_back(site);
  }
  device.fabricated = device.sites;
}

void fill_pulses(MeasuredPulses measured, DeviceParameters& device) {
  const auto& nominal = measured.up.front();
  device.operating_point = {nominal.voltage, nominal.pulse.amplitude, nominal.energy,
                            nominal.voltage, nominal.pulse.shape};
  device.pulses = std::make_shared<const MeasuredPulses>(std::move(measured));
}

}  // namespace

bool is_measured_device(const ParameterNode& root) { return root.has("levels"); }

void read_measured_device(const ParameterNode& root, DeviceParameters& device) {
  const auto pulse_node = root.child("pulse");
  const auto levels_node = root.child("levels");
  const auto section = root.child("pulses");
  Row row;
  if (root.has("technology")) row.emplace(root);
  const auto shape = read_shape(pulse_node, row);
  MeasuredPulses measured;
  measured.temperature = section.above_zero<Temperature>("temperature");
  auto entries = row ? row->entries(section, shape) : read_pulse_entries(section, shape);
  const PulseFiles files(entries);
  const auto read = read_levels(levels_node, files.first_table(), row);
  for (auto& entry : entries) work_out(read.levels, files, entry);
  files.check_all_used(entries, section);
  for (const auto& entry : entries) {
    if (!row) entry.node.finish();
  }
  share_out(section, std::move(entries), measured);
  section.finish();
  pulse_node.finish();
  measured.files = files.bytes();
  device.settling_time = row ? row->settling_time() : 0.0 * si::seconds;
  fill_levels(read, device);
  fill_pulses(std::move(measured), device);
}

}  // namespace dwmtj
