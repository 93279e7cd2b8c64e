// SPDX-License-Identifier: Apache-2.0
// `dwmtj characterize`: the measurements of Figs. 2 and 3 on the model (docs/app/characterize.md).
#include <memory>

#include "app/characterization_run.h"
#include "app/commands.h"
#include "app/device_argument.h"
#include "common/interrupt.h"

namespace dwmtj {

void add_characterize_command(CLI::App& app, const CommandLine& line) {
  auto* const command = app.add_subcommand(
      "characterize", "Measure a device as the paper does: tables, figures, comparison.");
  const auto options = std::make_shared<CharacterizationOptions>();
  add_characterization_options(*command, *options);
  command->footer(
      "Examples:\n"
      "  dwmtj characterize trapezoidal\n"
      "  dwmtj characterize straight --protocol ramp,state-map --devices 100 --seed 7\n"
      "  dwmtj characterize my-device.yaml --protocol ramp --stop 4V --step 0.02V --out "
      "results/mine\n"
      "  dwmtj characterize straight --protocol retention --read-voltage 1V --temperatures "
      "300K,350K\n"
      "  dwmtj characterize trapezoidal --devices 10000000 --no-rows");
  line.tell_sweeps(*command, {"summary.json", [options] {
                                check(*options);
                                check(*options, load_device(options->device, options->overrides));
                              }});
  command->callback([options, line] {
    check(*options);
    auto parameters = load_device(options->device, options->overrides);
    if (options->protocols.empty()) options->protocols = usual_protocols(parameters);
    check(*options, parameters);
    if (options->out.empty()) options->out = "results/" + parameters.name;
    CharacterizationRun run(*options, std::move(parameters));
    run.run(line.words);
    *line.found = run.found();
    if (options->check && !run.agrees()) *line.status = 1;
    if (interrupted()) *line.status = kInterruptedStatus;
  });
}

}  // namespace dwmtj
