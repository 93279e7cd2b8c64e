// SPDX-License-Identifier: Apache-2.0
#include "devices/pulse_trains.h"

#include <fmt/format.h>

#include "common/csv_reader.h"

namespace dwmtj {
namespace {

double positive(const CsvReader& reader, std::size_t column) {
  const double value = reader.number(column);
  if (value <= 0.0) reader.fail(fmt::format("{}: expected more than 0", reader.name(column)));
  return value;
}

double conductance(const CsvReader& reader, std::size_t column) {
  const double value = positive(reader, column);
  return reader.name(column) == "resistance_ohm" ? 1.0 / value : value;
}

}  // namespace

PulseTrains read_pulse_trains(const std::filesystem::path& file) {
  CsvReader reader(file);
  const auto amplitude = reader.column({"amplitude_V", "amplitude_A"});
  const auto width = reader.column({"width_s"});
  const auto reading = reader.column({"conductance_S", "resistance_ohm"});
  PulseTrains trains;
  trains.in_amperes = reader.name(amplitude) == "amplitude_A";
  double before = 0.0;
  while (reader.next()) {
    const double after = conductance(reader, reading);
    if (!reader.empty(amplitude)) {
      if (before == 0.0) reader.fail("a train begins with a reading alone, without amplitude");
      if (reader.number(amplitude) == 0.0) reader.fail("amplitude: expected another than 0");
      trains.pulses.push_back({reader.number(amplitude), positive(reader, width), before, after});
    }
    before = after;
  }
  if (trains.pulses.empty()) reader.fail("expected at least one pulse");
  return trains;
}

}  // namespace dwmtj
