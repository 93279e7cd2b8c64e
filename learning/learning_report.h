// SPDX-License-Identifier: Apache-2.0
// What a study of learning found, in words and as JSON.
#pragma once

#include <string>

#include "learning/learning_study.h"

namespace dwmtj {

std::string learning_text(const LearningStudy& study, const StudyOptions& options);
std::string learning_json(const LearningStudy& study, const StudyOptions& options);

}  // namespace dwmtj
