// SPDX-License-Identifier: Apache-2.0
#include "inference/classification.h"

#include <algorithm>
#include <cmath>

#include <boost/math/distributions/students_t.hpp>

#include "common/index.h"

namespace dwmtj {
namespace {

constexpr double kNormal95 = 1.959963984540054;

// The first of the largest; NaN is never larger.
int largest(const std::vector<double>& values) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < values.size(); ++i) {
    if (values[i] > values[best]) best = i;
  }
  return static_cast<int>(best);
}

}  // namespace

template <typename Number>
Predictions classify(const ForwardPass<Number>& pass, const ImageSource& source,
                     std::int64_t images, const std::function<void(std::int64_t)>& advance,
                     const ValueProbe<Number>& probe) {
  Predictions predictions(index(images), kNotRun);
  typename ForwardPass<Number>::Job job;
  job.images = images;
  job.image = [&](std::int64_t i, float* values) { source.write(i, values); };
  job.result = [&](std::int64_t i, const std::vector<double>& values) {
    predictions[index(i)] = largest(values);
  };
  job.advance = advance;
  job.probe = probe;
  pass.run(job);
  return predictions;
}

template Predictions classify(const ForwardPass<float>&, const ImageSource&, std::int64_t,
                              const std::function<void(std::int64_t)>&, const ValueProbe<float>&);
template Predictions classify(const ForwardPass<Fixed>&, const ImageSource&, std::int64_t,
                              const std::function<void(std::int64_t)>&, const ValueProbe<Fixed>&);

Share::Interval Share::interval() const {
  if (of == 0) return {0.0, 1.0};
  const auto n = static_cast<double>(of);
  const double z2 = kNormal95 * kNormal95;
  const double centre = (value() + z2 / (2 * n)) / (1 + z2 / n);
  const double half =
      kNormal95 / (1 + z2 / n) * std::sqrt(value() * (1 - value()) / n + z2 / (4 * n * n));
  return {std::max(0.0, centre - half), std::min(1.0, centre + half)};
}

Share accuracy(const Predictions& predictions, const std::vector<int>& labels) {
  Share share;
  for (std::size_t i = 0; i < predictions.size(); ++i) {
    if (predictions[i] == kNotRun) continue;
    ++share.of;
    if (predictions[i] == labels[i]) ++share.hits;
  }
  return share;
}

ConfusionTable confusion(const Predictions& predictions, const std::vector<int>& labels,
                         int classes) {
  ConfusionTable table(index(classes), std::vector<std::int64_t>(index(classes), 0));
  for (std::size_t i = 0; i < predictions.size(); ++i) {
    if (predictions[i] != kNotRun) ++table.at(index(labels[i])).at(index(predictions[i]));
  }
  return table;
}

MeanOf mean_of(const std::vector<double>& values) {
  MeanOf result;
  const auto n = static_cast<double>(values.size());
  if (values.empty()) return result;
  for (const double value : values) result.mean += value / n;
  if (values.size() < 2) return result;
  double squares = 0;
  for (const double value : values) squares += (value - result.mean) * (value - result.mean);
  result.deviation = std::sqrt(squares / (n - 1));
  const boost::math::students_t distribution(n - 1);
  result.half_width = boost::math::quantile(distribution, 0.975) * result.deviation / std::sqrt(n);
  return result;
}

}  // namespace dwmtj
