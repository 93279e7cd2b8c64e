// SPDX-License-Identifier: Apache-2.0
#include "learning/learning_run.h"

#include <numeric>

#include "common/interrupt.h"
#include "common/random_stream.h"
#include "common/binary_stream.h"

namespace dwmtj {
namespace {

// Fisher and Yates, with the draws of epoch `epoch`.
std::vector<std::uint32_t> shuffled(std::uint32_t first, std::size_t size, std::uint64_t seed,
                                    std::uint64_t epoch) {
  std::vector<std::uint32_t> order(size);
  std::iota(order.begin(), order.end(), first);
  for (std::size_t i = size; i-- > 1;) {
    const Draw drawn = draw(seed, Stream::shuffle, epoch, static_cast<std::uint32_t>(i));
    std::swap(order[i], order[std::uint64_t{drawn.words[0]} * (i + 1) >> 32U]);
  }
  return order;
}

constexpr std::size_t kClasses = 10;

}  // namespace

LearningRun::LearningRun(const LearningRule& rule, const LabelledImages& training,
                         const LabelledImages& test, std::uint64_t seed,
                         const MakeSynapses& synapses)
    : rule_(rule),
      training_(training),
      test_(test),
      seed_(seed),
      network_(rule, training.pixels_an_image(), kClasses, seed, synapses) {}

void LearningRun::learn_epoch(int epoch) {
  const auto size = static_cast<std::size_t>(rule_.subset_size);
  const auto batch = static_cast<std::size_t>(rule_.batch);
  const auto number =
      static_cast<std::uint64_t>(subset_) * static_cast<std::uint64_t>(rule_.epochs) +
      static_cast<std::uint64_t>(epoch);
  const auto order =
      shuffled(static_cast<std::uint32_t>(subset_ * rule_.subset_size), size, seed_, number);
  for (std::size_t at = 0; at < size; at += batch) {
    const auto from = order.begin() + static_cast<std::ptrdiff_t>(at);
    network_.learn(training_, {from, from + rule_.batch});
  }
}

bool LearningRun::learn_subset() {
  for (int epoch = 0; epoch < rule_.epochs; ++epoch) {
    if (interrupted()) return false;
    learn_epoch(epoch);
    if (epoch + 1 < rule_.epochs && rule_.evaluation == Evaluation::subset) continue;
    accuracies_.push_back(
        {subset_ + 1, epoch + 1, static_cast<std::uint32_t>(network_.count_right(test_)),
         static_cast<std::uint32_t>(test_.data().size()), network_.loss(), network_.accounts()});
  }
  ++subset_;
  network_.stand_by();
  return true;
}

void LearningRun::save(std::ostream& stream) const {
  write_value(stream, subset_);
  write_value(stream, std::uint64_t{accuracies_.size()});
  for (const auto& row : accuracies_) write_value(stream, row);
  network_.save(stream);
}

void LearningRun::load(std::istream& stream) {
  read_value(stream, subset_);
  std::uint64_t rows = 0;
  read_value(stream, rows);
  accuracies_.clear();
  for (std::uint64_t i = 0; i < rows; ++i) {
    AccuracyRow row;
    read_value(stream, row);
    accuracies_.push_back(row);
  }
  network_.load(stream);
}

}  // namespace dwmtj
