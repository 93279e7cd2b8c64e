// SPDX-License-Identifier: Apache-2.0
#include "testbenches/random_stall.h"

#include "common/random_stream.h"
#include "common/sim_time.h"

namespace dwmtj {
namespace {

// Far from the instances that random patterns use.
constexpr std::uint64_t kFirstInstance = std::uint64_t{1} << 40U;

}  // namespace

Stall random_stall(const StallParameters& parameters, std::uint64_t seed, std::uint64_t instance) {
  if (parameters.probability == 0.0) return {};
  return [parameters, seed, instance, count = std::uint32_t{0}]() mutable {
    const Draw drawn = draw(seed, Stream::stimulus, kFirstInstance + instance, count++);
    const bool stalls = uniform(drawn.words[0]) < parameters.probability;
    return stalls ? to_sc_time(to_picoseconds(uniform(drawn.words[1]) * parameters.most))
                  : sc_core::SC_ZERO_TIME;
  };
}

}  // namespace dwmtj
