// SPDX-License-Identifier: Apache-2.0
#include "tile/field_parameters.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace dwmtj {
namespace {

constexpr double kVacuumPermeability = 1.25663706212e-6;  // H/m

std::array<Field, 2> fields_of(const DeviceParameters& device) {
  return {device.fields.write, device.fields.reset};
}

// A wide line carries 2 B / mu0 for each metre of its width to have B at its surface.
Power of_strip(Field field, Resistance sheet, Area area) {
  const double line_current = 2.0 * in_si(field) / kVacuumPermeability;
  return from_si<Power>(line_current * line_current * in_si(sheet) * in_si(area));
}

// Over the tracks, as wide as the widest of them.
Area strip_area(const TrackGeometry& track, int columns) {
  return static_cast<double>(columns) * (track.length * std::max(track.width_in, track.width_clk));
}

// A coil as long as it is wide has B bore / mu0 ampere turns.
Power of_coil(Field field, const FieldSourceParameters& coil) {
  const double ampere_turns = in_si(field) * in_si(coil.bore) / kVacuumPermeability;
  return from_si<Power>(ampere_turns * ampere_turns * in_si(coil.turn));
}

// B^2 / 2 mu0 in the bore; what a change takes out is lost.
Energy stored_in_coil(Field field, const FieldSourceParameters& coil) {
  const double bore = in_si(coil.bore);
  return from_si<Energy>(in_si(field) * in_si(field) / (2.0 * kVacuumPermeability) * bore * bore *
                         bore);
}

FieldPrices coil_prices(const FieldSourceParameters& coil, const std::array<Field, 2>& fields) {
  FieldPrices prices;
  prices.holding = std::max(of_coil(fields[0], coil), of_coil(fields[1], coil));
  if (fields[0] == fields[1]) return prices;
  for (std::size_t i = 0; i < 2; ++i) prices.change[i] = stored_in_coil(fields[i], coil);
  return prices;
}

std::string coil_fault(const FieldSourceParameters& coil, const std::array<Field, 2>& fields,
                       Time settle) {
  if (fields[0] == fields[1]) return {};
  const Energy stored = std::max(stored_in_coil(fields[0], coil), stored_in_coil(fields[1], coil));
  const Time least = stored / coil.coil_drive;
  if (settle >= least) return {};
  return fmt::format(
      "a coil that stores {} and is driven with {} takes {} to change; expected at "
      "least that for timing.field_settle",
      format_quantity(stored), format_quantity(coil.coil_drive), format_quantity(least));
}

}  // namespace

FieldSourceParameters read_field(const ParameterNode& node) {
  FieldSourceParameters field;
  const auto choice = node.choice("source", {"as_measured", "strip-line", "external-coil", "film"});
  field.source = static_cast<FieldSource>(choice);
  // A file may describe sources that it does not choose.
  if (field.source == FieldSource::strip_line || node.has("strip_line")) {
    const auto line = node.child("strip_line");
    field.sheet = line.above_zero<Resistance>("sheet_resistance");
    line.finish();
  }
  if (field.source == FieldSource::coil || node.has("external_coil")) {
    const auto coil = node.child("external_coil");
    field.bore = coil.above_zero<Length>("bore");
    field.turn = coil.above_zero<Resistance>("turn_resistance");
    field.coil_drive = coil.above_zero<Power>("drive_power");
    coil.finish();
  }
  return field;
}

FieldPrices field_prices(const FieldSourceParameters& source, const DeviceParameters& device,
                         int columns) {
  const auto fields = fields_of(device);
  if (source.source == FieldSource::coil) return coil_prices(source, fields);
  FieldPrices prices;
  if (source.source != FieldSource::strip_line) return prices;
  const Area area = strip_area(device.geometry, columns);
  for (std::size_t i = 0; i < 2; ++i) prices.pulsing[i] = of_strip(fields[i], source.sheet, area);
  return prices;
}

std::string field_fault(const FieldSourceParameters& source, const DeviceParameters& device,
                        Time settle) {
  const auto fields = fields_of(device);
  if (source.source == FieldSource::coil) return coil_fault(source, fields, settle);
  if (source.source != FieldSource::film || (fields[0] == Field{} && fields[1] == Field{})) {
    return {};
  }
  return fmt::format("a film without field, but the device '{}' is written at {} and reset at {}",
                     device.name, format_quantity(fields[0]), format_quantity(fields[1]));
}

}  // namespace dwmtj
