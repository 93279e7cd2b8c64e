// SPDX-License-Identifier: Apache-2.0
#include "learning/learning_rule.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "common/input_error.h"

namespace dwmtj {

NamedValues named_values(const LearningRule& rule) {
  const auto number = [](double value) { return fmt::format("{}", value); };
  return {
      {"hidden", fmt::format("{}", fmt::join(rule.hidden, ","))},
      {"activation", rule.activation == HiddenActivation::sign ? "sign" : "relu"},
      {"binarised", rule.binarised ? "yes" : "no"},
      {"levels", std::to_string(rule.grid.levels)},
      {"zero", rule.grid.zero ? "yes" : "no"},
      {"sign-of-zero", rule.sign_of_zero == SignOfZero::zero ? "zero" : "hold"},
      {"width-ratio", number(rule.width_ratio)},
      {"metaplasticity", rule.metaplasticity == Metaplasticity::all ? "all" : "decreasing"},
      {"delta", number(rule.delta)},
      {"rounding", rule.rounding == Rounding::stochastic ? "stochastic" : "nearest"},
      {"learning-rate", number(rule.learning_rate)},
      {"initial-width", number(rule.initial_width)},
      {"batch", std::to_string(rule.batch)},
      {"subsets", std::to_string(rule.subsets)},
      {"subset-size", std::to_string(rule.subset_size)},
      {"epochs", std::to_string(rule.epochs)},
      {"evaluate", rule.evaluation == Evaluation::subset ? "subset" : "epoch"},
  };
}

void check(const LearningRule& rule, std::size_t images) {
  for (const int size : rule.hidden) {
    if (size % 16 != 0) {
      throw InputError(fmt::format("--hidden {}: expected multiples of 16", size));
    }
  }
  const auto needed =
      static_cast<std::size_t>(rule.subsets) * static_cast<std::size_t>(rule.subset_size);
  if (needed > images) {
    throw InputError(fmt::format("--subsets {} of {} images: there are only {} images",
                                 rule.subsets, rule.subset_size, images));
  }
  if (rule.subset_size % rule.batch != 0) {
    throw InputError(fmt::format("--batch {}: does not divide the {} images of a subset",
                                 rule.batch, rule.subset_size));
  }
  if (!rule.grid.zero && rule.binarised && rule.sign_of_zero == SignOfZero::hold) {
    throw InputError("--sign-of-zero hold: there is no zero among the levels");
  }
}

}  // namespace dwmtj
