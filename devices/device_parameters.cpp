// SPDX-License-Identifier: Apache-2.0
#include "devices/device_parameters.h"

#include <cmath>
#include <stdexcept>

#include <fmt/format.h>

namespace dwmtj {
namespace {

constexpr long kMostCycles = 1000000;

// The range of a constant is the file's own; these are what the model needs, whatever the range.
double at_least_zero(const ParameterNode& node, const std::string& key, Dimension dimension) {
  const double value = node.constant(key, dimension);
  if (value < 0.0) node.fail(key, "must not be below zero");
  return value;
}

double above_zero(const ParameterNode& node, const std::string& key, Dimension dimension) {
  const double value = node.constant(key, dimension);
  if (value <= 0.0) node.fail(key, "must be above zero");
  return value;
}

template <typename Quantity>
Quantity at_least_zero(const ParameterNode& node, const std::string& key) {
  return from_si<Quantity>(at_least_zero(node, key, kDimensionOf<Quantity>));
}

template <typename Quantity>
Quantity above_zero(const ParameterNode& node, const std::string& key) {
  return from_si<Quantity>(above_zero(node, key, kDimensionOf<Quantity>));
}

long whole_number(const ParameterNode& node, const std::string& key, long least, long most) {
  const double value = node.constant(key, Dimension::number);
  if (!(value >= static_cast<double>(least) && value <= static_cast<double>(most)) ||
      value != std::floor(value)) {
    node.fail(key, fmt::format("expected a whole number from {} to {}", least, most));
  }
  return static_cast<long>(value);
}

// A name stands in tables and in paths of results.
std::string plain_name(const ParameterNode& node) {
  const auto name = node.text("name");
  const auto* const accepted = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
  if (name.empty() || name.front() == '.' ||
      name.find_first_not_of(accepted) != std::string::npos) {
    node.fail("name", fmt::format("'{}' is not made of letters, digits, - and _", name));
  }
  return name;
}

TrackGeometry read_geometry(const ParameterNode& track, const ParameterNode& mtj) {
  return {above_zero<Length>(track, "length"), above_zero<Length>(track, "width_in"),
          above_zero<Length>(track, "width_clk"), at_least_zero<Length>(mtj, "start"),
          above_zero<Length>(mtj, "length")};
}

OperatingPoint read_operating_point(const ParameterNode& node, const ParameterNode& pulse) {
  OperatingPoint point;
  point.track_voltage = above_zero<Voltage>(node, "track_voltage");
  point.track_current = above_zero<Current>(node, "track_current");
  point.update_energy = above_zero<Energy>(node, "update_energy");
  point.pad_voltage = above_zero<Voltage>(node, "pad_voltage");
  point.shape = {pulse.constant<Time>("width"), pulse.constant<Time>("rise"),
                 pulse.constant<Time>("fall")};
  try {
    check(point.shape);
  } catch (const std::invalid_argument& error) {
    pulse.fail(error.what());
  }
  return point;
}

PinningParameters read_pinning(const ParameterNode& node) {
  PinningParameters pinning;
  pinning.attempt_time = above_zero<Time>(node, "attempt_time");
  pinning.barrier_exponent = above_zero(node, "barrier_exponent", Dimension::number);
  pinning.critical_line_current = above_zero<LineCurrent>(node, "critical_line_current");
  pinning.reference_depth = above_zero<Length>(node, "reference_depth");
  pinning.holding_depth = above_zero<Length>(node, "holding_depth");
  pinning.wall_velocity = above_zero<Velocity>(node, "wall_velocity");
  pinning.field_coupling = node.constant<FieldCoupling>("field_coupling");
  pinning.compensation_field = node.constant<Field>("compensation_field");
  return pinning;
}

ReadoutParameters read_readout(const ParameterNode& mtj) {
  ReadoutParameters readout;
  readout.parallel = above_zero<Resistance>(mtj, "resistance_parallel");
  readout.antiparallel = mtj.constant<Resistance>("resistance_antiparallel");
  readout.tmr = mtj.constant("tmr", Dimension::number);
  readout.resistance_area = mtj.constant("resistance_area", Dimension::resistance_area);
  readout.read_noise = at_least_zero(mtj, "read_noise", Dimension::number);
  if (readout.antiparallel <= readout.parallel) {
    mtj.fail("resistance_antiparallel", "must exceed resistance_parallel");
  }
  return readout;
}

SiteParameters read_site(const ParameterNode& node) {
  SiteParameters site;
  site.name = plain_name(node);
  site.position = at_least_zero<Length>(node, "position");
  site.depth = at_least_zero<Length>(node, "depth");
  site.barrier = above_zero(node, "barrier", Dimension::barrier);
  site.spread = at_least_zero<Resistance>(node, "spread");
  node.finish();
  return site;
}

// Notches at one pitch, all alike: `site_array` instead of a list of `sites`.
std::vector<SiteParameters> read_site_array(const ParameterNode& node) {
  const long count = whole_number(node, "count", 2, kMostSites);
  const auto first = at_least_zero<Length>(node, "first_position");
  const auto pitch = above_zero<Length>(node, "pitch");
  SiteParameters site;
  site.depth = at_least_zero<Length>(node, "depth");
  site.barrier = above_zero(node, "barrier", Dimension::barrier);
  site.spread = at_least_zero<Resistance>(node, "spread");
  node.finish();
  std::vector<SiteParameters> sites;
  for (long i = 0; i < count; ++i) {
    site.name = fmt::format("n{}", i);
    site.position = first + static_cast<double>(i) * pitch;
    sites.push_back(site);
  }
  return sites;
}

std::vector<SiteParameters> read_sites(const ParameterNode& root) {
  if (root.has("site_array")) return read_site_array(root.child("site_array"));
  std::vector<SiteParameters> sites;
  for (const auto& node : root.items("sites")) {
    sites.push_back(read_site(node));
    for (std::size_t i = 0; i + 1 < sites.size(); ++i) {
      if (sites[i].name == sites.back().name) {
        node.fail("name", fmt::format("'{}' stands twice", sites[i].name));
      }
    }
    if (sites.size() > 1 && sites.back().position <= sites[sites.size() - 2].position) {
      node.fail("position",
                fmt::format("sites must be in order from IN to CLK and apart: {} does "
                            "not lie beyond '{}' at {}",
                            format_quantity(sites.back().position), sites[sites.size() - 2].name,
                            format_quantity(sites[sites.size() - 2].position)));
    }
  }
  return sites;
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

void check_mtj(const ParameterNode& mtj, const TrackGeometry& geometry) {
  // A hair of slack: both numbers are rounded.
  if (geometry.mtj_start + geometry.mtj_length <= geometry.length * (1.0 + 1e-9)) return;
  mtj.fail("length", fmt::format("the MTJ, {} from {}, reaches beyond the track of {}",
                                 format_quantity(geometry.mtj_length),
                                 format_quantity(geometry.mtj_start),
                                 format_quantity(geometry.length)));
}

std::size_t site_named(const ParameterNode& node, const std::string& key,
                       const DeviceParameters& device) {
  std::vector<std::string> names;
  for (const auto& site : device.sites) names.push_back(site.name);
  return node.choice(key, names);
}

MeasuredValues read_measured(const ParameterNode& node, const DeviceParameters& device) {
  MeasuredValues measured;
  measured.source = node.text("source");
  for (const auto& level : node.items("levels")) {
    measured.levels.push_back({site_named(level, "site", device),
                               level.quantity<Resistance>("mean"),
                               level.quantity<Resistance>("spread")});
    level.finish();
  }
  for (const auto& row : node.items("switches")) {
    measured.switches.push_back({row.text("label"), site_named(row, "from", device),
                                 site_named(row, "to", device), row.quantity<Voltage>("mean"),
                                 row.quantity("var", Dimension::number),
                                 row.integer("cycles", 2, 1000)});
    row.finish();
  }
  node.finish();
  return measured;
}

ProtocolParameters read_protocol(const ParameterNode& node) {
  ProtocolParameters protocol;
  protocol.ramp_stop = above_zero<Voltage>(node, "ramp_stop");
  protocol.ramp_step = above_zero<Voltage>(node, "ramp_step");
  protocol.reset_stop = above_zero<Voltage>(node, "reset_stop");
  protocol.ramp_cycles = whole_number(node, "ramp_cycles", 1, kMostCycles);
  protocol.reset_cycles = whole_number(node, "reset_cycles", 1, kMostCycles);
  return protocol;
}

void finish_all(const std::vector<ParameterNode>& nodes) {
  for (const auto& node : nodes) node.finish();
}

}  // namespace

DeviceParameters DeviceParameters::load(const std::filesystem::path& file) {
  const auto root = ParameterNode::load(file);
  DeviceParameters device;
  device.file = file;
  device.name = plain_name(root);
  device.title = root.text("title");
  const auto track = root.child("track");
  const auto mtj = root.child("mtj");
  const auto operating_point = root.child("operating_point");
  const auto pulse = root.child("pulse");
  const auto pinning = root.child("pinning");
  const auto fields = root.child("fields");
  const auto protocol = root.child("protocol");
  device.geometry = read_geometry(track, mtj);
  device.operating_point = read_operating_point(operating_point, pulse);
  device.pinning = read_pinning(pinning);
  device.fabricated = read_sites(root);
  for (const auto& site : device.fabricated) {
    if (site.depth >= device.pinning.holding_depth) device.sites.push_back(site);
  }
  check_sites(root, device);
  check_mtj(mtj, device.geometry);
  device.readout = read_readout(mtj);
  device.fields = {fields.constant<Field>("saturation"), fields.constant<Field>("write"),
                   fields.constant<Field>("reset")};
  device.protocol = read_protocol(protocol);
  if (root.has("measured")) device.measured = read_measured(root.child("measured"), device);
  finish_all({track, mtj, operating_point, pulse, pinning, fields, protocol, root});
  device.constants = root.constants();
  return device;
}

}  // namespace dwmtj
