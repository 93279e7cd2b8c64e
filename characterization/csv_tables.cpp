// SPDX-License-Identifier: Apache-2.0
#include "characterization/csv_tables.h"

#include <iterator>

#include <fmt/format.h>

namespace dwmtj {
namespace {

const std::string& name_of(const DeviceModel& model, int site) {
  return model.parameters().sites[static_cast<std::size_t>(site)].name;
}

}  // namespace

RampTable::RampTable(const std::filesystem::path& folder) : file_(folder / "ramp.csv") {
  file_.write("device,cycle,pulse,voltage_V,site,resistance_ohm\n");
}

void RampTable::add(const DeviceRecord& record) {
  fmt::memory_buffer text;
  for (const auto& row : record) {
    fmt::format_to(std::back_inserter(text), "{},{},{},{:.6g},{},{:.4f}\n", row.device, row.cycle,
                   row.pulse, row.voltage, row.site, row.resistance);
  }
  file_.write({text.data(), text.size()});
}

WriteResetTable::WriteResetTable(const std::filesystem::path& folder)
    : file_(folder / "write_reset.csv") {
  file_.write("device,cycle,phase,pulse,voltage_V,site,resistance_ohm\n");
}

void WriteResetTable::add(const DeviceRecord& record) {
  fmt::memory_buffer text;
  for (const auto& row : record) {
    fmt::format_to(std::back_inserter(text), "{},{},{},{},{:.6g},{},{:.4f}\n", row.device,
                   row.cycle, row.phase == Phase::write ? "write" : "reset", row.pulse, row.voltage,
                   row.site, row.resistance);
  }
  file_.write({text.data(), text.size()});
}

void write_state_map(const RunFolder& folder, const DeviceModel& model, const StateMap& map) {
  std::string text = "voltage_V,site,site_name,level_ohm,probability,sampled_fraction,samples\n";
  for (std::size_t i = 0; i < map.amplitudes().size(); ++i) {
    for (int site = 0; site < map.sites(); ++site) {
      const double share = map.samples() == 0 ? 0.0
                                              : static_cast<double>(map.found(i, site)) /
                                                    static_cast<double>(map.samples());
      text += fmt::format("{:.6g},{},{},{:.4f},{:.9g},{:.6g},{}\n", in_si(map.amplitudes()[i]),
                          site, name_of(model, site), in_si(model.readout().level(site)),
                          map.probability(i, site), share, map.samples());
    }
  }
  folder.write("state_map.csv", text);
}

void write_retention(const RunFolder& folder, const DeviceModel& model,
                     const std::vector<RetentionPoint>& points) {
  std::string text = "site,site_name,temperature_K,time_s,probability\n";
  for (const auto& point : points) {
    text += fmt::format("{},{},{:.6g},{:.9g},{:.9g}\n", point.site, name_of(model, point.site),
                        in_si(point.temperature), in_si(point.time), point.probability);
  }
  folder.write("retention.csv", text);
}

void write_pulse_width(const RunFolder& folder, const DeviceModel& model,
                       const std::vector<PulseWidthPoint>& points) {
  std::string text = "site,site_name,width_ns,voltage_V,probability\n";
  for (const auto& point : points) {
    text += fmt::format("{},{},{:.6g},{:.6g},{:.9g}\n", point.site, name_of(model, point.site),
                        1e9 * in_si(point.width), in_si(point.amplitude), point.probability);
  }
  folder.write("pulse_width.csv", text);
}

}  // namespace dwmtj
