// SPDX-License-Identifier: Apache-2.0
#include "devices/device_parameters.h"

#include <stdexcept>

#include <boost/math/constants/constants.hpp>
#include <fmt/format.h>

namespace dwmtj {
namespace {

constexpr long kMostCycles = 1000000;

// A name stands in tables and in paths of results.
std::string plain_name(const ParameterNode& node) {
  auto name = node.text("name");
  const auto* const accepted = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
  if (name.empty() || name.front() == '.' ||
      name.find_first_not_of(accepted) != std::string::npos) {
    node.fail("name", fmt::format("'{}' is not made of letters, digits, - and _", name));
  }
  return name;
}

TrackGeometry read_geometry(const ParameterNode& track, const ParameterNode& mtj) {
  return {track.above_zero<Length>("length"), track.above_zero<Length>("width_in"),
          track.above_zero<Length>("width_clk"), mtj.at_least_zero<Length>("start"),
          mtj.above_zero<Length>("length")};
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

SiteParameters read_site(const ParameterNode& node) {
  SiteParameters site;
  site.name = plain_name(node);
  site.position = node.at_least_zero<Length>("position");
  site.depth = node.at_least_zero<Length>("depth");
  site.barrier = node.above_zero("barrier", Dimension::barrier);
  site.spread = node.at_least_zero<Resistance>("spread");
  node.finish();
  return site;
}

// Notches at one pitch, all alike: `site_array` instead of a list of `sites`.
std::vector<SiteParameters> read_site_array(const ParameterNode& node) {
  const long count = node.whole_number("count", 2, kMostSites);
  const auto first = node.at_least_zero<Length>("first_position");
  const auto pitch = node.above_zero<Length>("pitch");
  SiteParameters site;
  site.depth = node.at_least_zero<Length>("depth");
  site.barrier = node.above_zero("barrier", Dimension::barrier);
  site.spread = node.at_least_zero<Resistance>("spread");
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
  protocol.ramp_stop = node.above_zero<Voltage>("ramp_stop");
  protocol.ramp_step = node.above_zero<Voltage>("ramp_step");
  protocol.reset_stop = node.above_zero<Voltage>("reset_stop");
  protocol.ramp_cycles = node.whole_number("ramp_cycles", 1, kMostCycles);
  protocol.reset_cycles = node.whole_number("reset_cycles", 1, kMostCycles);
  return protocol;
}

void finish_all(const std::vector<ParameterNode>& nodes) {
  for (const auto& node : nodes) node.finish();
}

}  // namespace

DeviceParameters DeviceParameters::load(const std::filesystem::path& file,
                                        const ParameterOverrides& overrides) {
  const auto root = ParameterNode::load(file, overrides);
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
  check_reach(pulse, device);
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
  device.effective_text = root.effective_text();
  return device;
}

}  // namespace dwmtj
