// SPDX-License-Identifier: Apache-2.0
// A data set as the input of a network: brought to its axes, and normalised.
#pragma once

#include "datasets/data_set.h"
#include "networks/network.h"

namespace dwmtj {

// (pixel - mean) / deviation: none, one number for all channels, or one each.
struct PixelNormalisation {
  std::vector<double> mean;
  std::vector<double> deviation;
};

class ImageSource {
 public:
  // Keeps a reference to the data. Throws InputError: images of another size than the network's
  // input, numbers for other channels, a deviation that is not above zero.
  ImageSource(const DataSet& data, const Layer& input, const PixelNormalisation& normalisation);

  [[nodiscard]] const DataSet& data() const { return data_; }
  // In the order of the network's file.
  void write(std::int64_t image, float* values) const;

 private:
  const DataSet& data_;
  bool channels_last_;
  std::vector<float> factor_, offset_;  // by channel
};

}  // namespace dwmtj
