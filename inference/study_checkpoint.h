// SPDX-License-Identifier: Apache-2.0
// The programmings of a study that are finished, on disk: what `--resume` goes on from.
#pragma once

#include "common/checkpoint.h"
#include "inference/study.h"

namespace dwmtj {

// All that decides what a programming gives, in words; how many there are to be does not.
[[nodiscard]] NamedValues asked_of_study(const Network& network, const ImageSource& source,
                                         const StudyOptions& options);

[[nodiscard]] std::string state_of(const std::vector<ProgrammingResult>& done);
// Throws InputError for a text that is no such state.
[[nodiscard]] std::vector<ProgrammingResult> programmings_of(const std::string& state);

}  // namespace dwmtj
