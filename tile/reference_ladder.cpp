// SPDX-License-Identifier: Apache-2.0
#include "tile/reference_ladder.h"

#include "common/random_stream.h"

namespace dwmtj {

ReferenceLadder::ReferenceLadder(const ReadParameters& parameters, const ReadoutLaw& readout,
                                 std::uint64_t seed, std::uint64_t instance) {
  for (int i = 0; i + 1 < readout.sites(); ++i) {
    const Conductance middle =
        0.5 * (readout.level_conductance(i) + readout.level_conductance(i + 1));
    const Draw drawn = draw(seed, Stream::reference_error, instance, static_cast<std::uint32_t>(i));
    const double error = parameters.reference_error * normal(drawn.words[0], drawn.words[1]);
    references_.push_back(middle * (1.0 + error));
  }
}

}  // namespace dwmtj
