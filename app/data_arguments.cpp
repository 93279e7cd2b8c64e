// SPDX-License-Identifier: Apache-2.0
#include "app/data_arguments.h"

#include <map>

#include <CLI/CLI.hpp>

#include "common/input_error.h"

namespace dwmtj {

void add_data_arguments(CLI::App& command, DataArguments& arguments) {
  command
      .add_option("--data", arguments.folder,
                  "A folder of CIFAR binaries, IDX files or .npy arrays, or a name of datasets/")
      ->required();
  command.add_option("--split", arguments.split, "test or training images")
      ->transform(CLI::CheckedTransformer(
          std::map<std::string, Split>{{"test", Split::test}, {"training", Split::training}}))
      ->default_str("test");
  command
      .add_option("--mean", arguments.normalisation.mean,
                  "Subtracted from the pixels (0 to 1): one number, or one a channel")
      ->delimiter(',');
  command
      .add_option("--std", arguments.normalisation.deviation,
                  "They are then divided by: one number, or one a channel")
      ->delimiter(',');
}

const Layer& input_of(const Network& network) {
  for (const auto& layer : network.layers) {
    if (layer.kind == LayerKind::input) return layer;
  }
  throw InputError("expected a network with an input");
}

}  // namespace dwmtj
