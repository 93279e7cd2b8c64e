// SPDX-License-Identifier: Apache-2.0
// How a printed price follows a core whose shape is not the one it was printed for (format:
// docs/architecture/scaling_law.md).
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "common/parameter_file.h"

namespace dwmtj {

// What a price may depend on.
enum class ShapeKey {
  arrays,
  rows,
  columns,
  columns_per_weight,
  levels,
  weight_bits,
  input_bits,
  input_bits_per_step,
  output_bits,
  adc_bits,
  step_time,
  technology_node,
  count_of_keys
};
inline constexpr std::size_t kShapeKeys = static_cast<std::size_t>(ShapeKey::count_of_keys);
const std::vector<std::string>& shape_key_names();
using ShapeValues = std::array<double, kShapeKeys>;  // SI; 0: the core has none

// The shape that prices were printed for, and that of the core.
struct ShapeChange {
  ShapeValues printed{};
  ShapeValues now{};

  // Now over printed; of the bits of an ADC, the ratio of their steps, 2^bits.
  [[nodiscard]] double ratio(ShapeKey key) const;
  [[nodiscard]] bool changed(ShapeKey key) const;
};

class ScalingLaw {
 public:
  // None: nothing may change.
  ScalingLaw() = default;
  // Throws InputError: file:line, key, what was expected.
  static ScalingLaw read(const ParameterNode& node);

  // Throws InputError at `component`: a key that changed and that the law does not speak of, or
  // that it does not hold for.
  void check(const ShapeChange& change, const ParameterNode& component) const;
  [[nodiscard]] double count(const ShapeChange& change) const { return factor(count_, change); }
  [[nodiscard]] double energy(const ShapeChange& change) const { return factor(energy_, change); }
  [[nodiscard]] double area(const ShapeChange& change) const { return factor(area_, change); }
  [[nodiscard]] double leakage(const ShapeChange& change) const { return factor(leakage_, change); }

 private:
  using Exponents = std::array<std::optional<double>, kShapeKeys>;
  struct Range {
    double least;
    double most;
  };
  static double factor(const Exponents& exponents, const ShapeChange& change);
  [[nodiscard]] bool speaks_of(std::size_t key) const;

  Exponents count_;
  Exponents energy_;
  Exponents area_;
  Exponents leakage_;
  std::array<std::optional<Range>, kShapeKeys> holds_;
};

const CatalogFolder& law_catalog();

}  // namespace dwmtj
