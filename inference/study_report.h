// SPDX-License-Identifier: Apache-2.0
// What a study found: as text, and as files for other programs.
#pragma once

#include <string>

#include "inference/study.h"

namespace dwmtj {

std::string study_text(const StudyOptions& options, const DataSet& data, const StudyResult& result);
std::string study_json(const StudyOptions& options, const DataSet& data, const StudyResult& result);
std::string programmings_csv(const StudyResult& result);
// Errors over all programmings, accuracy with one layer on devices in the first.
std::string layer_errors_csv(const StudyResult& result);
// A row an image: its label, and what the network says of it.
std::string predictions_csv(const DataSet& data, const StudyResult& result);
std::string confusion_csv(const DataSet& data, const StudyResult& result);
std::string conductances_csv(const StudyResult& result);  // the histogram

}  // namespace dwmtj
