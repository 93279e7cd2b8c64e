// SPDX-License-Identifier: Apache-2.0
#include "characterization/fitted_file.h"

#include <algorithm>

#include <fmt/format.h>

#include "common/quantity_text.h"

namespace dwmtj {
namespace {

constexpr int kDigits = 7;
constexpr std::uint64_t kFewestCycles = 2;  // that a switch is compared over ...
constexpr long kMostCycles = 1000;          // ... and the most that a file may say

// A constant: a value with a range that holds it, and its source.
std::string constant(const std::string& value, const std::string& range,
                     const std::string& source) {
  return fmt::format("{{value: {}, range: [{}], source: \"{}\"}}", value, range, source);
}

template <typename Quantity>
std::string text(Quantity value) {
  return format_quantity(value, kDigits);
}

bool has_constant(const DeviceParameters& device, const std::string& path) {
  return std::any_of(device.constants.begin(), device.constants.end(),
                     [&](const Constant& constant) { return constant.path.rfind(path, 0) == 0; });
}

std::string mtj_text(const SwitchingFit& fit, const DeviceParameters& like,
                     const FittedFile& file) {
  const auto& device = fit.device;
  const auto& track = device.geometry;
  const auto as_base = fmt::format("as {}", like.name);
  std::string lines = fmt::format("track:\n  length: {}\n\nmtj:\n  start: {}\n  length: {}\n",
                                  constant(text(track.length), "1 nm, 1 mm", as_base),
                                  constant(text(track.mtj_start), "0 nm, 1 mm", as_base),
                                  constant(text(track.mtj_length), "1 nm, 1 mm", as_base));
  lines += fmt::format("  resistance_parallel: {}\n  resistance_antiparallel: {}\n",
                       constant(text(device.readout.parallel), "1 mohm, 1000 Mohm",
                                fmt::format("fitted: least level of {}", file.source)),
                       constant(text(device.readout.antiparallel), "1 mohm, 1000 Mohm",
                                fmt::format("fitted: largest level of {}", file.source)));
  lines +=
      fmt::format("  tmr: {}\n  read_noise: {}\n",
                  constant(fmt::format("{:.4g} %", 100.0 * device.readout.tmr), "0 %, 10000 %",
                           "derived: from the two resistances"),
                  constant(fmt::format("{:.4g} %", 100.0 * device.readout.read_noise), "0 %, 100 %",
                           fmt::format("fitted: readings of one visit in {}", file.source)));
  if (has_constant(like, "mtj.resistance_scale")) lines += "  resistance_scale: ~\n";
  return lines;
}

std::string sites_text(const SwitchingFit& fit, const FittedFile& file) {
  std::string lines = "sites:\n";
  for (std::size_t i = 0; i < fit.sites.size(); ++i) {
    const auto& site = fit.device.sites[i];
    const auto& how = fit.sites[i];
    const auto source = [&](double error, const std::string& unit) {
      return how.fitted ? fmt::format("fitted: +- {:.2g} {}, {}", error, unit, file.source)
                        : std::string("assumption: as the level before, nothing was seen to leave");
    };
    lines += fmt::format(
        "  - name: {}\n    position: {}\n    depth: {}\n    barrier: {}\n    spread: {}\n",
        site.name, constant(text(site.position), "0 nm, 1 mm", "derived: from the level"),
        constant(text(site.depth), "0 nm, 1 mm", source(1e9 * how.depth_error, "nm")),
        constant(fmt::format("{:.6g} kT", site.barrier), "1 kT, 5000 kT",
                 source(how.barrier_error, "kT")),
        constant(text(site.spread), "0 ohm, 1000 Mohm",
                 fmt::format("fitted: over visits in {}", file.source)));
  }
  return lines;
}

std::string protocol_text(const ProtocolParameters& protocol, const FittedFile& file) {
  const auto volts = [&](Voltage value) {
    return constant(text(value), "1 uV, 1 kV", fmt::format("of {}", file.source));
  };
  const auto cycles = [&](long count) {
    return constant(fmt::format("{}", std::min(count, 1000000L)), "1, 1000000",
                    fmt::format("of {}", file.source));
  };
  return fmt::format(
      "protocol:\n  ramp_stop: {}\n  ramp_step: {}\n  reset_stop: {}\n  ramp_cycles: {}\n"
      "  reset_cycles: {}\n",
      volts(protocol.ramp_stop), volts(protocol.ramp_step), volts(protocol.reset_stop),
      cycles(protocol.ramp_cycles), cycles(protocol.reset_cycles));
}

// A site and the one it was left for most often.
std::string switches_text(const CycleStatistics& statistics, const SwitchingFit& fit, int first,
                          int last, int step) {
  std::string lines;
  const auto cycles = std::min<long>(
      kMostCycles,
      static_cast<long>(statistics.cycles() / std::max<std::uint64_t>(1, statistics.devices())));
  for (int from = first; from != last; from += step) {
    int to = from;
    std::uint64_t most = 0;
    for (int other = 0; other < static_cast<int>(fit.sites.size()); ++other) {
      const auto count = statistics.switching(from, other).voltages.count();
      if (other != from && count > most) {
        most = count;
        to = other;
      }
    }
    const auto seen = statistics.switching(from, to);
    // A value for each device, over its cycles: rare ones say nothing of the others.
    if (most < kFewestCycles * statistics.devices() || cycles < 2 || !(seen.var.mean() > 0.0))
      continue;
    if (2 * most < statistics.cycles()) continue;
    const auto& sites = fit.device.sites;
    lines += fmt::format(
        "    - {{label: \"{0} to {1}\", from: {0}, to: {1}, mean: {2:.6g} V, var: {3:.4g} %, "
        "cycles: {4}}}\n",
        sites[static_cast<std::size_t>(from)].name, sites[static_cast<std::size_t>(to)].name,
        seen.mean.mean(), 100.0 * seen.var.mean(), cycles);
  }
  return lines;
}

std::string measured_text(const SwitchingFit& fit, const SwitchingData& data,
                          const FittedFile& file) {
  std::string lines = fmt::format("measured:\n  source: \"{}\"\n  levels:\n", file.source);
  std::string levels;
  // The first one is where a ramp begins: no arrival of its own.
  for (std::size_t i = 1; i < fit.sites.size(); ++i) {
    if (data.visits[i] < 2 || !(data.spreads[i] > 0.0)) continue;
    levels += fmt::format("    - {{site: {}, mean: {:.7g} ohm, spread: {:.4g} ohm}}\n",
                          fit.device.sites[i].name, data.levels[i], data.spreads[i]);
  }
  const int last = static_cast<int>(fit.sites.size()) - 1;
  const auto switches =
      switches_text(data.write, fit, 0, last, 1) + switches_text(data.reset, fit, last, 0, -1);
  lines = fmt::format("measured:\n  source: \"{}\"\n", file.source);
  lines += levels.empty() ? "  levels: []\n" : "  levels:\n" + levels;
  lines += switches.empty() ? "  switches: []\n" : "  switches:\n" + switches;
  return lines;
}

}  // namespace

std::string fitted_file(const SwitchingFit& fit, const SwitchingData& data,
                        const DeviceParameters& like, const FittedFile& file) {
  const auto shallowest = std::min_element(
      fit.device.sites.begin(), fit.device.sites.end(),
      [](const SiteParameters& a, const SiteParameters& b) { return a.depth < b.depth; });
  std::string lines = fmt::format(
      "# Fitted to {}. Format: docs/devices/device_parameters.md\nextends: {}\nname: {}\n"
      "title: \"{}, fitted\"\n\n",
      file.source, file.base, file.name, file.name);
  lines += mtj_text(fit, like, file) + "\n";
  if (shallowest->depth < like.pinning.holding_depth) {
    lines += fmt::format("pinning:\n  holding_depth: {}\n\n",
                         constant(text(0.5 * shallowest->depth), "0 nm, 1 mm",
                                  "assumption: half of the shallowest notch that holds"));
  }
  if (has_constant(like, "site_array")) lines += "site_array: ~\n\n";
  lines += sites_text(fit, file) + "\n" + protocol_text(data.protocol, file) + "\n";
  lines += measured_text(fit, data, file);
  return lines;
}

}  // namespace dwmtj
