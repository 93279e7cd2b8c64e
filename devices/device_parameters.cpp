// SPDX-License-Identifier: Apache-2.0
#include "devices/device_parameters.h"

#include <algorithm>
#include <optional>
#include <stdexcept>

#include <boost/math/constants/constants.hpp>
#include <fmt/format.h>

#include "devices/catalog.h"
#include "devices/measured_device.h"
#include "devices/measured_pulses.h"
#include "devices/readout_law.h"
#include "devices/site_reader.h"

namespace dwmtj {
namespace {

constexpr long kMostCycles = 1000000;
constexpr long kMostClasses = 15;  // so that a grade fits a byte

// What the file leaves out of track and MTJ follows from its site array, where it has one.
template <typename Read>
Length read_or_follow(const ParameterNode& node, const std::string& key,
                      const std::optional<Length>& follows, Read read) {
  return follows && !node.has(key) ? *follows : read(node, key);
}

Length read_far_width(const ParameterNode& track, Length width_in) {
  if (!track.has("taper")) return track.above_zero<Length>("width_clk");
  if (track.has("width_clk"))
    track.fail("taper", "stands beside 'width_clk'; only one of them can");
  return width_in * track.above_zero("taper", Dimension::number);
}

TrackGeometry read_geometry(const ParameterNode& track, const ParameterNode& mtj,
                            const std::optional<SiteArray>& array) {
  const auto above_zero = [](const ParameterNode& node, const std::string& key) {
    return node.above_zero<Length>(key);
  };
  const auto at_least_zero = [](const ParameterNode& node, const std::string& key) {
    return node.at_least_zero<Length>(key);
  };
  const auto follows = [&](Length length) {
    return array ? std::optional<Length>(length) : std::nullopt;
  };
  const SiteArray rule = array.value_or(SiteArray{});
  TrackGeometry geometry;
  geometry.length = read_or_follow(track, "length", follows(rule.track_length()), above_zero);
  geometry.width_in = track.above_zero<Length>("width_in");
  geometry.width_clk = read_far_width(track, geometry.width_in);
  geometry.mtj_start = read_or_follow(mtj, "start", follows(rule.first_position), at_least_zero);
  geometry.mtj_length = read_or_follow(mtj, "length", follows(rule.mtj_length()), above_zero);
  return geometry;
}

OperatingPoint read_operating_point(const ParameterNode& node, const ParameterNode& pulse) {
  OperatingPoint point;
  point.track_voltage = node.above_zero<Voltage>("track_voltage");
  point.track_current = node.above_zero<Current>("track_current");
  point.update_energy = node.above_zero<Energy>("update_energy");
  point.pad_voltage = node.above_zero<Voltage>("pad_voltage");
  point.shape = {pulse.duration("width"), pulse.duration("rise"), pulse.duration("fall")};
  try {
    check(point.shape);
  } catch (const std::invalid_argument& error) {
    pulse.fail(error.what());
  }
  return point;
}

PinningParameters read_pinning(const ParameterNode& node) {
  PinningParameters pinning;
  pinning.attempt_time = node.above_zero<Time>("attempt_time");
  pinning.barrier_exponent = node.above_zero("barrier_exponent", Dimension::number);
  if (node.has("barrier")) pinning.barrier = node.above_zero("barrier", Dimension::barrier);
  pinning.critical_line_current = node.above_zero<LineCurrent>("critical_line_current");
  pinning.reference_depth = node.above_zero<Length>("reference_depth");
  pinning.holding_depth = node.above_zero<Length>("holding_depth");
  pinning.wall_velocity = node.above_zero<Velocity>("wall_velocity");
  pinning.field_coupling = node.constant<FieldCoupling>("field_coupling");
  pinning.compensation_field = node.constant<Field>("compensation_field");
  return pinning;
}

// As SwitchingLaw::check_reach, with the place in the file.
void check_reach(const ParameterNode& pulse, const DeviceParameters& device) {
  const Time least = device.pinning.attempt_time / (2.0 * boost::math::constants::pi<double>());
  if (device.operating_point.shape.width >= least) return;
  pulse.fail(
      "width",
      fmt::format("{} is below the reach of the switching law, {}: the attempt time over 2 pi",
                  format_quantity(device.operating_point.shape.width), format_quantity(least)));
}

ReadoutParameters read_readout(const ParameterNode& mtj) {
  ReadoutParameters readout;
  readout.parallel = mtj.above_zero<Resistance>("resistance_parallel");
  readout.antiparallel = mtj.constant<Resistance>("resistance_antiparallel");
  readout.tmr = mtj.constant("tmr", Dimension::number);
  readout.resistance_area = mtj.constant("resistance_area", Dimension::resistance_area);
  readout.read_noise = mtj.at_least_zero("read_noise", Dimension::number);
  if (readout.antiparallel <= readout.parallel) {
    mtj.fail("resistance_antiparallel", "must exceed resistance_parallel");
  }
  return readout;
}

// A barrier of another thickness: everything the MTJ shows, in proportion.
void scale_resistances(const ParameterNode& mtj, DeviceParameters& device) {
  if (!mtj.has("resistance_scale")) return;
  const double scale = mtj.above_zero("resistance_scale", Dimension::number);
  device.readout.parallel *= scale;
  device.readout.antiparallel *= scale;
  device.readout.resistance_area *= scale;
  for (auto* const sites : {&device.fabricated, &device.sites}) {
    for (auto& site : *sites) {
      site.spread *= scale;
      site.conductance_spread /= scale;
    }
  }
}

void check_sites(const ParameterNode& root, const DeviceParameters& device) {
  const char* const key = root.has("site_array") ? "site_array" : "sites";
  if (device.fabricated.empty()) root.fail(key, "expected at least 2 sites");
  const auto& last = device.fabricated.back();
  if (last.position > device.geometry.length) {
    root.fail(key,
              fmt::format("'{}' at {} lies beyond the track of {}", last.name,
                          format_quantity(last.position), format_quantity(device.geometry.length)));
  }
  if (device.sites.size() < 2 || device.sites.size() > kMostSites) {
    root.fail(key, fmt::format("{} sites hold a wall (depth >= {}); expected 2 to {}",
                               device.sites.size(), format_quantity(device.pinning.holding_depth),
                               kMostSites));
  }
}

// One kind of spread a device, and no draw of it that is no resistance.
void check_spreads(const ParameterNode& root, const DeviceParameters& device) {
  const char* const key = device.pulses            ? "levels"
                          : root.has("site_array") ? "site_array"
                                                   : "sites";
  const auto in_siemens = [](const SiteParameters& site) {
    return in_si(site.conductance_spread) > 0.0;
  };
  const auto& sites = device.sites;
  const bool any_siemens = std::any_of(sites.begin(), sites.end(), in_siemens);
  const ReadoutLaw law(device);
  for (std::size_t i = 0; i < sites.size(); ++i) {
    if (any_siemens && in_si(sites[i].spread) > 0.0) {
      root.fail(key, fmt::format("the spread of '{}' is in ohm, that of others in siemens",
                                 sites[i].name));
    }
    if (law.smallest_draw(static_cast<int>(i)) <= 0.0) {
      root.fail(key, fmt::format("the spread of '{}' is so wide that it could draw less than 0",
                                 sites[i].name));
    }
  }
}

void check_mtj(const ParameterNode& mtj, const TrackGeometry& geometry) {
  // A hair of slack: both numbers are rounded.
  if (geometry.mtj_start + geometry.mtj_length <= geometry.length * (1.0 + 1e-9)) return;
  mtj.fail("length",
           fmt::format("the MTJ, {} from {}, reaches beyond the track of {}",
                       format_quantity(geometry.mtj_length), format_quantity(geometry.mtj_start),
                       format_quantity(geometry.length)));
}

std::size_t site_named(const ParameterNode& node, const std::string& key,
                       const DeviceParameters& device) {
  std::vector<std::string> names;
  for (const auto& site : device.sites) names.push_back(site.name);
  return node.choice(key, names);
}

MeasuredLevel read_level(const ParameterNode& row, const DeviceParameters& device) {
  MeasuredLevel level{site_named(row, "site", device), row.quantity<Resistance>("mean"),
                      row.quantity<Resistance>("spread")};
  row.finish();
  if (level.mean <= 0.0 * si::ohms) row.fail("mean", "must be above 0 ohm");
  if (level.spread <= 0.0 * si::ohms) row.fail("spread", "must be above 0 ohm");
  return level;
}

MeasuredSwitch read_switch(const ParameterNode& row, const DeviceParameters& device) {
  MeasuredSwitch measured{row.text("label"),
                          site_named(row, "from", device),
                          site_named(row, "to", device),
                          row.quantity<Voltage>("mean"),
                          row.quantity("var", Dimension::number),
                          row.integer("cycles", 2, 1000)};
  row.finish();
  if (measured.from == measured.to) row.fail("to", "expected another site than 'from'");
  if (measured.mean <= 0.0 * si::volts) row.fail("mean", "must be above 0 V, without sign");
  if (!(measured.var > 0.0 && measured.var < 1.0)) {
    row.fail("var", "expected a share of the mean, above 0 and below 1");
  }
  return measured;
}

MeasuredValues read_measured(const ParameterNode& node, const DeviceParameters& device) {
  MeasuredValues measured;
  measured.source = node.text("source");
  for (const auto& row : node.items("levels")) {
    measured.levels.push_back(read_level(row, device));
    for (std::size_t i = 0; i + 1 < measured.levels.size(); ++i) {
      if (measured.levels[i].site == measured.levels.back().site) {
        row.fail("site", "has a level already");
      }
    }
  }
  for (const auto& row : node.items("switches")) {
    measured.switches.push_back(read_switch(row, device));
  }
  node.finish();
  return measured;
}

ProtocolParameters read_protocol(const ParameterNode& node) {
  ProtocolParameters protocol;
  protocol.ramp_stop = node.above_zero<Voltage>("ramp_stop");
  protocol.ramp_step = node.above_zero<Voltage>("ramp_step");
  protocol.reset_stop = node.above_zero<Voltage>("reset_stop");
  protocol.ramp_cycles = node.whole_number("ramp_cycles", 1, kMostCycles);
  protocol.reset_cycles = node.whole_number("reset_cycles", 1, kMostCycles);
  return protocol;
}

// Beyond this a draw could turn a value around.
void check_deviation(const ParameterNode& node, const std::string& key, double deviation) {
  const double most = 1.0 / kLargestNormal;
  if (deviation < most) return;
  node.fail(key, fmt::format("expected less than {:.1f} %", 100.0 * most));
}

void read_variation_of_law(const ParameterNode& node, VariationParameters& variation) {
  variation.critical_current = node.at_least_zero("critical_current", Dimension::number);
  variation.barrier = node.at_least_zero("barrier", Dimension::number);
  variation.classes = static_cast<int>(node.whole_number("classes", 2, kMostClasses));
  check_deviation(node, "critical_current", variation.critical_current);
  check_deviation(node, "barrier", variation.barrier);
}

// Without the section, or with the word for it, all devices of a kind are alike.
VariationParameters read_variation(const ParameterNode& root, const DeviceParameters& device) {
  VariationParameters variation;
  if (!root.has("variation")) return variation;
  if (root.is_text("variation")) {
    if (root.text("variation") == "identical") return variation;
    root.fail("variation", "expected the word identical, or a mapping");
  }
  const auto node = root.child("variation");
  variation.resistance = node.at_least_zero("resistance", Dimension::number);
  check_deviation(node, "resistance", variation.resistance);
  if (!device.pulses) {
    read_variation_of_law(node, variation);
  } else if (node.has("critical_current") || node.has("barrier")) {
    node.fail("a device of measured pulses has no critical current and no barrier to vary");
  }
  node.finish();
  return variation;
}

void finish_all(const std::vector<ParameterNode>& nodes) {
  for (const auto& node : nodes) node.finish();
}

void read_track_device(const ParameterNode& root, DeviceParameters& device) {
  const auto track = root.child("track");
  const auto mtj = root.child("mtj");
  const auto operating_point = root.child("operating_point");
  const auto pulse = root.child("pulse");
  const auto pinning = root.child("pinning");
  const auto fields = root.child("fields");
  const auto protocol = root.child("protocol");
  device.pinning = read_pinning(pinning);
  std::optional<SiteArray> array;
  if (root.has("site_array")) {
    array = read_site_array(root.child("site_array"), device.pinning);
  }
  device.geometry = read_geometry(track, mtj, array);
  device.operating_point = read_operating_point(operating_point, pulse);
  check_reach(pulse, device);
  device.fabricated = array ? array->sites() : read_site_list(root, device.pinning);
  for (const auto& site : device.fabricated) {
    if (site.depth >= device.pinning.holding_depth) device.sites.push_back(site);
  }
  check_sites(root, device);
  check_mtj(mtj, device.geometry);
  device.readout = read_readout(mtj);
  scale_resistances(mtj, device);
  device.fields = {fields.constant<Field>("saturation"), fields.constant<Field>("write"),
                   fields.constant<Field>("reset")};
  device.protocol = read_protocol(protocol);
  if (root.has("measured")) device.measured = read_measured(root.child("measured"), device);
  finish_all({track, mtj, operating_point, pulse, pinning, fields, protocol});
}

}  // namespace

DeviceParameters DeviceParameters::load(const std::filesystem::path& file,
                                        const ParameterOverrides& overrides) {
  const auto root = ParameterNode::load(file, device_catalog(), overrides);
  DeviceParameters device;
  device.file = file;
  device.name = read_plain_name(root);
  device.title = root.text("title");
  if (is_measured_device(root)) {
    read_measured_device(root, device);
  } else {
    read_track_device(root, device);
  }
  check_spreads(root, device);
  device.variation = read_variation(root, device);
  root.finish();
  device.constants = root.constants();
  device.effective_text = root.effective_text();
  return device;
}

}  // namespace dwmtj
