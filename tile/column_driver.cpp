// SPDX-License-Identifier: Apache-2.0
#include "tile/column_driver.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "common/random_stream.h"

namespace dwmtj {
namespace {

constexpr double kLeast = 0.5;  // of what a source should give: no code is without current

double drawn(std::uint64_t seed, std::uint64_t instance, std::uint32_t count, double deviation) {
  const Draw errors = draw(seed, Stream::write_driver, instance, count);
  return std::max(1.0 + deviation * normal(errors.words[0], errors.words[1]), kLeast);
}

}  // namespace

// A source of 2^bit unit sources in parallel: their errors are independent.
ColumnDriver::ColumnDriver(const DriverParameters& driver, std::uint64_t seed,
                           std::uint64_t instance) {
  if (!driver.mismatch.any()) return;
  const double gain = drawn(seed, instance, 0, driver.mismatch.gain);
  for (int bit = 0; bit + 1 < driver.code_bits; ++bit) {
    const double units = std::ldexp(1.0, bit);
    const double each = drawn(seed, instance, 1U + static_cast<std::uint32_t>(bit),
                              driver.mismatch.unit / std::sqrt(units));
    sources_.push_back(driver.steps_a_code() * units * gain * each);
  }
}

double ColumnDriver::exact(int code) const {
  if (sources_.empty()) return code;
  const auto magnitude = static_cast<unsigned>(std::abs(code));
  double sum = 0.0;
  for (auto bit = sources_.size(); bit-- > 0;) {
    if ((magnitude >> bit & 1U) != 0) sum += sources_[bit];
  }
  return code < 0 ? -sum : sum;
}

int ColumnDriver::step(int code) const {
  return sources_.empty() ? code : static_cast<int>(std::lround(exact(code)));
}

}  // namespace dwmtj
