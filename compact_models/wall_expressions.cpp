// SPDX-License-Identifier: Apache-2.0
#include "compact_models/wall_expressions.h"

#include <fmt/format.h>

namespace dwmtj {
namespace {

constexpr int kPasses = 3;

// 1 at its site, 0 at all others.
std::string at_site(std::size_t site, const WallNames& names) {
  return fmt::format("max(0,1-abs({}-{}))", names.site, site);
}

std::string rate_of(const SiteLaw& site, double exponent, Direction direction,
                    const WallNames& names) {
  const bool forward = direction == Direction::forward;
  return fmt::format("exp(-{:.9g}*pow(max(1-({}/{:.9g}+({:.9g})),0),{:.9g}))", site.barrier,
                     names.current, forward ? site.forward_current : -site.reverse_current,
                     forward ? site.forward_field : site.reverse_field, exponent);
}

}  // namespace

int hops_of_a_run(const DeviceLaw& law) {
  return kPasses * (static_cast<int>(law.sites.size()) - 1);
}

std::string exposure_rate(const DeviceLaw& law, Direction direction, const WallNames& names) {
  const bool forward = direction == Direction::forward;
  const std::size_t end = forward ? law.sites.size() - 1 : 0;
  std::string sum;
  for (std::size_t i = 0; i < law.sites.size(); ++i) {
    if (i == end) continue;
    sum += fmt::format(" +{}*{}", at_site(i, names),
                       rate_of(law.sites[i], law.exponent, direction, names));
  }
  return fmt::format("(({} {} 0) ? (0{}) : 0)", names.current, forward ? ">" : "<", sum);
}

std::string site_expression(const DeviceLaw& law, const WallNames& names) {
  std::string sum = "s0";
  for (int i = 1; i <= hops_of_a_run(law); ++i) {
    sum += fmt::format(" +0.5*tanh(({}-{})/width) -0.5*tanh(({}-{})/width)", names.forward,
                       fmt::format(fmt::runtime(names.forward_threshold), i), names.reverse,
                       fmt::format(fmt::runtime(names.reverse_threshold), i));
  }
  return sum;
}

std::string conductance_expression(const DeviceLaw& law, const WallNames& names) {
  std::string sum = "0";
  for (std::size_t i = 0; i < law.sites.size(); ++i) {
    sum += fmt::format(" +{}*{:.9g}", at_site(i, names), law.sites[i].conductance);
  }
  return sum;
}

}  // namespace dwmtj
