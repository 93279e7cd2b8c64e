// SPDX-License-Identifier: Apache-2.0
#include "common/input_log.h"

#include <mutex>
#include <set>

namespace dwmtj {
namespace {

struct InputLog {
  std::mutex mutex;
  std::set<std::string> files;
};

// Made at its first use: constants of other files may read catalogs before main().
InputLog& input_log() {
  static InputLog log;
  return log;
}

}  // namespace

void note_input(const std::filesystem::path& file) {
  const std::lock_guard<std::mutex> lock(input_log().mutex);
  input_log().files.insert(file.string());
}

std::vector<std::string> take_noted_inputs() {
  const std::lock_guard<std::mutex> lock(input_log().mutex);
  std::vector<std::string> files(input_log().files.begin(), input_log().files.end());
  input_log().files.clear();
  return files;
}

}  // namespace dwmtj
