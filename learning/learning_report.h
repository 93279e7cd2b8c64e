// SPDX-License-Identifier: Apache-2.0
// What a study of learning found, in words, as JSON and as CSV.
#pragma once

#include <optional>
#include <string>

#include "learning/learning_study.h"
#include "learning/tile_prices.h"

namespace dwmtj {

// `prices` where weights are on devices.
std::string learning_text(const LearningStudy& study, const StudyOptions& options,
                          const std::optional<TilePrices>& prices);
std::string learning_json(const LearningStudy& study, const StudyOptions& options,
                          const std::optional<TilePrices>& prices);
// seed,pulses,devices: how many devices have taken so many pulses, initialisation included.
std::string wear_csv(const LearningStudy& study);

}  // namespace dwmtj
