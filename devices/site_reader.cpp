// SPDX-License-Identifier: Apache-2.0
#include "devices/site_reader.h"

#include <fmt/format.h>

#include "common/input_error.h"

namespace dwmtj {
namespace {

constexpr double kPitchOfFeature = 2.0;  // a notch and the track between two, one feature each

bool is_conductance(const std::string& text) {
  try {
    parse_quantity(text, Dimension::conductance);
    return true;
  } catch (const InputError&) {
    return false;
  }
}

// In ohm or in siemens: the quantity that is normal over arrivals.
void read_spread(const ParameterNode& node, SiteParameters& site) {
  const auto spread = node.child("spread");
  if (spread.has("value") && is_conductance(spread.text("value"))) {
    site.conductance_spread = node.at_least_zero<Conductance>("spread");
  } else {
    site.spread = node.at_least_zero<Resistance>("spread");
  }
}

// A barrier of its own is the exception: one geometry gives both, critical drive and barrier in
// proportion to the depth.
void read_notch(const ParameterNode& node, const PinningParameters& pinning, SiteParameters& site) {
  site.depth = node.at_least_zero<Length>("depth");
  if (pinning.barrier > 0.0 && !node.has("barrier")) {
    site.barrier = pinning.barrier * (site.depth / pinning.reference_depth);
  } else {
    site.barrier = node.above_zero("barrier", Dimension::barrier);
  }
  read_spread(node, site);
}

Length read_pitch(const ParameterNode& node) {
  if (node.has("pitch") == node.has("feature")) {
    node.fail("pitch", "expected either 'pitch' or 'feature', half of it");
  }
  if (node.has("pitch")) return node.above_zero<Length>("pitch");
  return kPitchOfFeature * node.above_zero<Length>("feature");
}

void check_order(const ParameterNode& node, const std::vector<SiteParameters>& sites) {
  const auto& last = sites.back();
  for (std::size_t i = 0; i + 1 < sites.size(); ++i) {
    if (sites[i].name == last.name) node.fail("name", fmt::format("'{}' stands twice", last.name));
  }
  if (sites.size() < 2) return;
  const auto& before = sites[sites.size() - 2];
  if (last.position > before.position) return;
  node.fail("position", fmt::format("sites must be in order from IN to CLK and apart: {} does "
                                    "not lie beyond '{}' at {}",
                                    format_quantity(last.position), before.name,
                                    format_quantity(before.position)));
}

}  // namespace

std::string read_plain_name(const ParameterNode& node) {
  auto name = node.text("name");
  const auto* const accepted = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
  if (name.empty() || name.front() == '.' ||
      name.find_first_not_of(accepted) != std::string::npos) {
    node.fail("name", fmt::format("'{}' is not made of letters, digits, - and _", name));
  }
  return name;
}

std::vector<SiteParameters> SiteArray::sites() const {
  std::vector<SiteParameters> sites(static_cast<std::size_t>(count), site);
  for (std::size_t i = 0; i < sites.size(); ++i) {
    sites[i].name = fmt::format("n{}", i);
    sites[i].position = first_position + static_cast<double>(i) * pitch;
  }
  return sites;
}

SiteArray read_site_array(const ParameterNode& node, const PinningParameters& pinning) {
  SiteArray array;
  array.count = node.whole_number("count", 2, kMostSites);
  array.pitch = read_pitch(node);
  array.first_position =
      node.has("first_position") ? node.at_least_zero<Length>("first_position") : 0.5 * array.pitch;
  read_notch(node, pinning, array.site);
  node.finish();
  return array;
}

std::vector<SiteParameters> read_site_list(const ParameterNode& root,
                                           const PinningParameters& pinning) {
  std::vector<SiteParameters> sites;
  for (const auto& node : root.items("sites")) {
    SiteParameters site;
    site.name = read_plain_name(node);
    site.position = node.at_least_zero<Length>("position");
    read_notch(node, pinning, site);
    node.finish();
    sites.push_back(site);
    check_order(node, sites);
  }
  return sites;
}

}  // namespace dwmtj
