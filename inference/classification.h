// SPDX-License-Identifier: Apache-2.0
// What a network says of labelled images, and how often that is right.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "inference/forward_pass.h"
#include "inference/image_source.h"

namespace dwmtj {

// By image, the class with the largest output; kNotRun where the run was interrupted.
inline constexpr int kNotRun = -1;
using Predictions = std::vector<int>;

// The first `images` of the data. `advance` is told of images that are done, from any thread.
template <typename Number>
Predictions classify(const ForwardPass<Number>& pass, const ImageSource& source,
                     std::int64_t images, const std::function<void(std::int64_t)>& advance = {},
                     const ValueProbe<Number>& probe = {});

// A share of so many, with a 95 % interval for another draw of as many (Wilson, 1927).
struct Share {
  std::int64_t hits = 0;
  std::int64_t of = 0;

  [[nodiscard]] double value() const {
    return of == 0 ? 0.0 : static_cast<double>(hits) / static_cast<double>(of);
  }
  struct Interval {
    double low;
    double high;
  };
  [[nodiscard]] Interval interval() const;
};

// Of the images that were run.
[[nodiscard]] Share accuracy(const Predictions& predictions, const std::vector<int>& labels);

// [label][class]: how many images.
using ConfusionTable = std::vector<std::vector<std::int64_t>>;
[[nodiscard]] ConfusionTable confusion(const Predictions& predictions,
                                       const std::vector<int>& labels, int classes);

// Mean over programmings, and the half width of its 95 % interval (Student); 0 for one alone.
struct MeanOf {
  double mean = 0;
  double deviation = 0;  // of one
  double half_width = 0;
};
[[nodiscard]] MeanOf mean_of(const std::vector<double>& values);

extern template Predictions classify(const ForwardPass<float>&, const ImageSource&, std::int64_t,
                                     const std::function<void(std::int64_t)>&,
                                     const ValueProbe<float>&);
extern template Predictions classify(const ForwardPass<Fixed>&, const ImageSource&, std::int64_t,
                                     const std::function<void(std::int64_t)>&,
                                     const ValueProbe<Fixed>&);

}  // namespace dwmtj
