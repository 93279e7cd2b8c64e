// SPDX-License-Identifier: Apache-2.0
#include "characterization/csv_tables.h"

#include <array>
#include <iterator>

#include <fmt/format.h>

namespace dwmtj {
namespace {

constexpr std::size_t kMostText = 1U << 16U;  // held back

const std::string& name_of(const DeviceModel& model, int site) {
  return model.parameters().sites[static_cast<std::size_t>(site)].name;
}

}  // namespace

RowTable::RowTable(const std::filesystem::path& file, Columns columns, Time width)
    : file_(file), columns_(columns), width_(in_si(width)) {
  static constexpr std::array<const char*, 3> kHeads = {
      "device,cycle,pulse,voltage_V,site,resistance_ohm\n",
      "device,cycle,phase,pulse,voltage_V,site,resistance_ohm\n",
      "device,cycle,pulse,amplitude_V,width_s,site,resistance_ohm\n"};
  file_.write(kHeads.at(static_cast<std::size_t>(columns)));
}

void RowTable::add(const PulseRecord& row) {
  if (columns_ == Columns::trains) return add_of_train(row);
  const char* const phase = columns_ == Columns::ramp   ? ""
                            : row.phase == Phase::write ? "write,"
                                                        : "reset,";
  fmt::format_to(std::back_inserter(text_), "{},{},{}{},{:.6g},{},{:.4f}\n", row.device, row.cycle,
                 phase, row.pulse, row.voltage, row.site, row.resistance);
  if (text_.size() > kMostText) flush();
}

// The first reading of a train has no pulse before it.
void RowTable::add_of_train(const PulseRecord& row) {
  const auto pulse =
      row.pulse == 0 ? std::string(",") : fmt::format("{:.9g},{:.9g}", row.voltage, width_);
  fmt::format_to(std::back_inserter(text_), "{},{},{},{},{},{:.9g}\n", row.device, row.cycle,
                 row.pulse, pulse, row.site, row.resistance);
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

void write_metaplasticity(const RunFolder& folder, const DeviceModel& model,
                          const std::vector<MetaplasticPoint>& points) {
  std::string text =
      "site,site_name,abs_w,position,equation_1,mean_V,factor,measured_V,measured_factor\n";
  for (const auto& point : points) {
    text += fmt::format("{},{},{:.6g},{:.6g},{:.6g},{:.6g},{:.6g},", point.site,
                        name_of(model, point.site), point.weight, point.position, point.equation_1,
                        in_si(point.switching), point.factor);
    text += point.measured
                ? fmt::format("{:.6g},{:.6g}\n", in_si(*point.measured), point.measured_factor)
                : std::string(",\n");
  }
  folder.write("metaplasticity.csv", text);
}

void write_field_loop(const RunFolder& folder, const FieldLoop& loop) {
  std::string text = "field_T,resistance_ohm\n";
  for (const auto& point : loop.points) {
    text += fmt::format("{:.6g},{:.6g}\n", in_si(point.field), point.resistance);
  }
  folder.write("field_loop.csv", text);
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
