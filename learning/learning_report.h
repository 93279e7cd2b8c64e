// SPDX-License-Identifier: Apache-2.0
// What a study of learning found, in words, as JSON and as CSV.
#pragma once

#include <optional>
#include <string>

#include "learning/digital_half.h"
#include "learning/learning_study.h"
#include "learning/tile_prices.h"

namespace dwmtj {

struct LearningPrices {
  std::optional<TilePrices> tiles;           // where weights are on devices
  std::optional<Architecture> architecture;  // of the digital half; what it does not price is told
  DigitalKind digital;
};

std::string learning_text(const LearningStudy& study, const LearningStudyOptions& options,
                          const LearningPrices& prices);
std::string learning_json(const LearningStudy& study, const LearningStudyOptions& options,
                          const LearningPrices& prices);
// seed,pulses,devices: how many devices have taken so many pulses, initialisation included.
std::string wear_csv(const LearningStudy& study);

}  // namespace dwmtj
