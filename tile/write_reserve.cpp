// SPDX-License-Identifier: Apache-2.0
#include "tile/write_reserve.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "tile/driver_law.h"
#include "tile/two_digits.h"

namespace dwmtj {
namespace {

constexpr double kSigmasOff = 3.0;
constexpr double kMostFlagged = 0.01;  // of the cells of such a column
constexpr double kMostMissed = 1e-3;   // of its single-shot resets

// Of a column, at a code.
double deviation(const DriverMismatch& mismatch, int code) {
  return std::hypot(mismatch.gain, mismatch.unit / std::sqrt(static_cast<double>(code)));
}

// That a cell is flagged whose every attempt succeeds with this chance.
double flagged(double chance, int attempts) { return std::pow(1.0 - chance, attempts); }

// To two digits, the largest value up to `most` that fits; 0 does.
template <typename Fits>
double largest_that(const Fits& fits, double most) {
  if (fits(most)) return most;
  double least = 0.0;
  for (int i = 0; i < 10; ++i) {
    const double middle = (least + most) / 2.0;
    (fits(middle) ? least : most) = middle;
  }
  return least > 0.0 ? two_digits(least, false) : 0.0;
}

}  // namespace

const TransitionTable& WriteReserve::table(int code, double factor) const {
  auto driver = tile_.driver;
  driver.code_step *= factor;
  return device_.table(DriverLaw(driver, device_.parameters()).pulse(code));
}

// Its first pulse towards a level that has one beyond it, from the level before.
std::string WriteReserve::too_strong(double factor) const {
  const auto& verify = tile_.verify;
  double least = 1.0;
  int worst = 0;
  for (int level = 1; level + 1 < device_.sites(); ++level) {
    const auto& first = table(verify.first_codes[static_cast<std::size_t>(level)], factor);
    double stops = 0.0;
    for (int site = 0; site <= level; ++site) stops += first.probability(level - 1, site);
    if (stops < least) {
      least = stops;
      worst = level;
    }
  }
  const double lost = flagged(least, verify.attempts);
  if (lost <= kMostFlagged) return {};
  return fmt::format(
      "the first pulse passes level {} with a chance of {:.3g}, and {} attempts leave "
      "{:.3g} % of its cells flagged",
      worst, 1.0 - least, verify.attempts, 100.0 * lost);
}

// Its largest pulses: they leave no site, or do not reset at once.
std::string WriteReserve::too_weak(double factor) const {
  const auto& verify = tile_.verify;
  const auto& last = table(verify.last_code, factor);
  double leaves = 1.0;
  for (int site = 0; site + 1 < device_.sites(); ++site) {
    leaves = std::min(leaves, 1.0 - last.probability(site, site));
  }
  if (flagged(leaves, verify.attempts) > kMostFlagged) {
    return fmt::format("the largest pulse of a ramp moves a wall with a chance of {:.2g}", leaves);
  }
  const double missed = 1.0 - table(-verify.reset_code, factor).probability(device_.sites() - 1, 0);
  if (missed <= kMostMissed) return {};
  return fmt::format("a single-shot reset fails with a chance of {:.2g}", missed);
}

// From a code to the next of a ramp, those sources change of which the codes differ.
std::string WriteReserve::uneven(double unit) const {
  const auto& verify = tile_.verify;
  const int first = *std::min_element(verify.first_codes.begin(), verify.first_codes.end());
  int units = 0, worst = first;
  for (int code = first; code + verify.step <= verify.last_code; ++code) {
    const int changed = code ^ (code + verify.step);
    if (changed <= units) continue;
    units = changed;
    worst = code;
  }
  const double error = unit * std::sqrt(static_cast<double>(units));
  if (kSigmasOff * error <= verify.step) return {};
  return fmt::format(
      "the step from code {} to {} is off by {:.2g} codes (one sigma), so that it may "
      "lead back",
      worst, worst + verify.step, error);
}

std::string WriteReserve::fault(const DriverMismatch& mismatch) const {
  const auto& codes = tile_.verify.first_codes;
  const double off =
      kSigmasOff * deviation(mismatch, *std::min_element(codes.begin(), codes.end()));
  const auto of_column = [&](const char* how, const std::string& what) {
    return what.empty() ? what
                        : fmt::format("of a column {:.2g} % too {} {}", 100.0 * off, how, what);
  };
  std::string text;
  for (const auto& part :
       {of_column("strong", too_strong(1.0 + off)),
        of_column("weak", too_weak(std::max(1.0 - off, 0.0))), uneven(mismatch.unit)}) {
    if (!part.empty()) text += (text.empty() ? "" : "; ") + part;
  }
  return text;
}

DriverMismatch WriteReserve::that_fits(const DriverMismatch& mismatch) const {
  const auto fits = [&](double gain, double unit) { return fault({gain, unit}).empty(); };
  if (!fits(0.0, 0.0)) return mismatch;
  const auto alone = [&](double unit) { return fits(0.0, unit); };
  const double unit = largest_that(alone, mismatch.unit);
  return {largest_that([&](double gain) { return fits(gain, unit); }, mismatch.gain), unit};
}

}  // namespace dwmtj
