// SPDX-License-Identifier: Apache-2.0
#include "tests/testbenches/scenario_fuzz.h"

#include <stdexcept>

#include "common/input_error.h"
#include "testbenches/scenario.h"
#include "tests/support/require.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {

void fuzz_scenario_file(const std::string& bytes) {
  static const TemporaryFolder kFolder;
  const auto file = kFolder.write("scenario.yaml", bytes);
  try {
    const auto scenario = Scenario::load(file);
    for (const auto& command : scenario.commands) {
      test::require(command.step < scenario.tolerated.size(), "a command of no step");
    }
  } catch (const InputError& error) {
    // A tile file that a scenario names has errors of its own, but lies in the same folder.
    if (std::string(error.what()).rfind(kFolder.path().string(), 0) != 0) {
      throw std::logic_error(std::string("a message without its file: ") + error.what());
    }
  }
}

}  // namespace dwmtj
