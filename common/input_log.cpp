// SPDX-License-Identifier: Apache-2.0
#include "common/input_log.h"

#include <mutex>
#include <set>

namespace dwmtj {
namespace {

std::mutex mutex;
std::set<std::string> noted;

}  // namespace

void note_input(const std::filesystem::path& file) {
  const std::lock_guard<std::mutex> lock(mutex);
  noted.insert(file.string());
}

std::vector<std::string> take_noted_inputs() {
  const std::lock_guard<std::mutex> lock(mutex);
  std::vector<std::string> files(noted.begin(), noted.end());
  noted.clear();
  return files;
}

}  // namespace dwmtj
