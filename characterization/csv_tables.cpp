// SPDX-License-Identifier: Apache-2.0
#include "characterization/csv_tables.h"

#include <iterator>

#include <fmt/format.h>

namespace dwmtj {
namespace {

constexpr std::size_t kMostText = 1U << 16U;  // held back

const std::string& name_of(const DeviceModel& model, int site) {
  return model.parameters().sites[static_cast<std::size_t>(site)].name;
}

}  // namespace

RowTable::RowTable(const std::filesystem::path& file, Columns columns)
    : file_(file), columns_(columns) {
  file_.write(columns == Columns::ramp
                  ? "device,cycle,pulse,voltage_V,site,resistance_ohm\n"
                  : "device,cycle,phase,pulse,voltage_V,site,resistance_ohm\n");
}

void RowTable::add(const PulseRecord& row) {
  const char* const phase = columns_ == Columns::ramp   ? ""
                            : row.phase == Phase::write ? "write,"
                                                        : "reset,";
  fmt::format_to(std::back_inserter(text_), "{},{},{}{},{:.6g},{},{:.4f}\n", row.device, row.cycle,
                 phase, row.pulse, row.voltage, row.site, row.resistance);
  if (text_.size() > kMostText) flush();
}

void RowTable::flush() {
  file_.write({text_.data(), text_.size()});
  text_.clear();
}

void RowTable::commit() {
  flush();
  file_.commit();
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

void write_linearity(const RunFolder& folder, const std::vector<PulseTrain>& trains) {
  std::string text = "train,pulse,conductance_S\n";
  for (const auto& train : trains) {
    const bool up = in_si(train.pulse.amplitude) > 0.0;
    for (std::size_t i = 0; i < train.conductance.size(); ++i) {
      text += fmt::format("{},{},{:.9g}\n", up ? "potentiation" : "depression", i,
                          train.conductance[i]);
    }
  }
  folder.write("linearity.csv", text);
}

void write_temperature(const RunFolder& folder, const DeviceModel& model,
                       const std::vector<TemperaturePoint>& points) {
  std::string text = "temperature_K,phase,site,site_name,seen,mean_V,var,left_in_ten_years\n";
  for (const auto& point : points) {
    text += fmt::format("{:.6g},{},{},{},{:.6g},{:.6g},{:.6g},{:.6g}\n", in_si(point.temperature),
                        point.phase == Phase::write ? "write" : "reset", point.site,
                        name_of(model, point.site), point.switching.seen,
                        in_si(point.switching.mean), point.switching.var, point.left_in_ten_years);
  }
  folder.write("temperature.csv", text);
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
