// SPDX-License-Identifier: Apache-2.0
// Images that a network is asked about again and again: the sums of the first layer are kept, and
// corrected where multipliers have changed since. Sums of whole numbers: nothing is lost by it.
#pragma once

#include "datasets/labelled_images.h"
#include "learning/weight_layer.h"

namespace dwmtj {

class StandingImages {
 public:
  explicit StandingImages(const LabelledImages& data);

  // Brings the sums up to date with the layer, the same one at each call.
  void follow(const WeightLayer& layer);
  // sums[image][output] of some images, as WeightLayer::forward() has them.
  void sums(std::size_t first, std::size_t images, std::int32_t* result) const;

  [[nodiscard]] const LabelledImages& data() const { return data_; }

 private:
  void follow_output(const WeightLayer& layer, std::size_t output);

  const LabelledImages& data_;
  std::vector<std::uint8_t> pixels_;      // [pixel][image]
  std::vector<std::int8_t> multipliers_;  // that the sums are of
  std::vector<std::int32_t> sums_;        // [output][image]
};

}  // namespace dwmtj
