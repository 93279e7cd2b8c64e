// SPDX-License-Identifier: Apache-2.0
#include "inference/image_source.h"

#include <cmath>

#include <fmt/format.h>

#include "common/input_error.h"

namespace dwmtj {
namespace {

bool is_flat(const TensorShape& shape) { return shape.positions() == 1; }

// Whether the axes of the network's input are height, width, channels; refuses other sizes.
bool channels_last(const DataSet& data, const TensorShape& wanted) {
  const auto& shape = data.shape;
  if (wanted == TensorShape{shape.channels, shape.height, shape.width}) return false;
  if (is_flat(wanted) && wanted.channels == shape.elements()) return false;
  if (wanted == TensorShape{shape.height, shape.width, shape.channels}) return true;
  // A single channel may have no axis of its own.
  if (shape.channels == 1 && wanted.elements() == shape.elements()) return false;
  throw InputError(fmt::format(
      "data '{}': images of {} x {} x {}, but the network takes {} x {} x {}", data.name,
      shape.channels, shape.height, shape.width, wanted.channels, wanted.height, wanted.width));
}

double number_for(const std::vector<double>& numbers, std::size_t channel, double otherwise) {
  if (numbers.empty()) return otherwise;
  return numbers[numbers.size() == 1 ? 0 : channel];
}

void check(const std::vector<double>& numbers, std::int64_t channels, const char* option) {
  if (numbers.size() > 1 && static_cast<std::int64_t>(numbers.size()) != channels) {
    throw InputError(fmt::format("{}: {} numbers: expected one, or one for each of {} channels",
                                 option, numbers.size(), channels));
  }
}

}  // namespace

ImageSource::ImageSource(const DataSet& data, const Layer& input,
                         const PixelNormalisation& normalisation)
    : data_(data), channels_last_(channels_last(data, input.output)) {
  check(normalisation.mean, data.shape.channels, "--mean");
  check(normalisation.deviation, data.shape.channels, "--std");
  for (std::size_t c = 0; c < static_cast<std::size_t>(data.shape.channels); ++c) {
    const double mean = number_for(normalisation.mean, c, 0.0);
    const double deviation = number_for(normalisation.deviation, c, 1.0);
    if (!(deviation > 0) || !std::isfinite(deviation)) {
      throw InputError(fmt::format("--std: {}: expected a number above zero", deviation));
    }
    if (!std::isfinite(mean)) throw InputError("--mean: expected finite numbers");
    factor_.push_back(static_cast<float>(1 / deviation));
    offset_.push_back(static_cast<float>(-mean / deviation));
  }
}

void ImageSource::write(std::int64_t image, float* values) const {
  data_.copy(image, values);
  const auto pixels = static_cast<std::size_t>(data_.shape.height * data_.shape.width);
  for (std::size_t c = 0; c < factor_.size(); ++c) {
    for (std::size_t i = 0; i < pixels; ++i) {
      auto& value = values[c * pixels + i];
      value = value * factor_[c] + offset_[c];
    }
  }
  if (!channels_last_) return;
  const std::vector<float> planes(values, values + data_.shape.elements());
  for (std::size_t c = 0; c < factor_.size(); ++c) {
    for (std::size_t i = 0; i < pixels; ++i)
      values[i * factor_.size() + c] = planes[c * pixels + i];
  }
}

}  // namespace dwmtj
