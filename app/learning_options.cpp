// SPDX-License-Identifier: Apache-2.0
#include "app/learning_options.h"

#include <algorithm>
#include <map>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/design_warnings.h"
#include "app/quantity_option.h"
#include "app/seed_option.h"
#include "app/set_option.h"
#include "architecture/chip_catalog.h"
#include "common/input_error.h"
#include "common/normal.h"
#include "devices/catalog.h"
#include "learning/ideal_synapses.h"
#include "tile/tile_of_device.h"

namespace dwmtj {
namespace {

template <typename Choice>
void add_choice(CLI::App& command, const std::string& name, Choice& target,
                const std::map<std::string, Choice>& choices, const std::string& description) {
  std::string names;
  for (const auto& [word, value] : choices) {
    names += (names.empty() ? "" : "|") + word;
    if (value == target) names += "*";
  }
  command
      .add_option_function<std::string>(
          name,
          [&target, choices, name](const std::string& word) {
            const auto found = choices.find(word);
            if (found != choices.end()) {
              target = found->second;
              return;
            }
            std::string known;
            for (const auto& choice : choices) known += (known.empty() ? "" : ", ") + choice.first;
            throw InputError(fmt::format("{}: '{}' is none of {}", name, word, known));
          },
          description)
      ->type_name(names);
}

void add_rule_options(CLI::App& command, LearningRule& rule) {
  add_choice(command, "--metaplasticity", rule.metaplasticity,
             {{"all", Metaplasticity::all}, {"decreasing", Metaplasticity::decreasing}},
             "Steps that the metaplastic factor scales");
  add_choice(command, "--rounding", rule.rounding,
             {{"stochastic", Rounding::stochastic}, {"nearest", Rounding::nearest}}, "To levels");
  add_choice(command, "--sign-of-zero", rule.sign_of_zero,
             {{"zero", SignOfZero::zero}, {"hold", SignOfZero::hold}},
             "What a hidden weight of 0 multiplies by: 0, or its sign before");
  add_choice(command, "--activation", rule.activation,
             {{"sign", HiddenActivation::sign}, {"relu", HiddenActivation::relu}},
             "Between layers");
  add_choice(command, "--evaluate", rule.evaluation,
             {{"subset", Evaluation::subset}, {"epoch", Evaluation::epoch}},
             "With all test images, after every");
  command.add_flag("--multi-weight{false}", rule.binarised,
                   "Multiply by the hidden weights, not by their signs");
  command.add_flag("--no-zero{false}", rule.grid.zero, "Levels without a zero: 1/7, 3/7, 5/7, 1");
  command.add_option("--learning-rate", rule.learning_rate, "Of Adam")
      ->check(CLI::Range(1e-9, 1.0))
      ->capture_default_str();
  command.add_option("--initial-width", rule.initial_width, "Hidden weights start in +- this")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  command.add_option("--hidden", rule.hidden, "Sizes of hidden layers, multiples of 16")
      ->delimiter(',')
      ->check(CLI::Range(16, 8192))
      ->capture_default_str();
}

void add_device_options(CLI::App& command, LearningOptions& options) {
  command
      .add_option_function<std::string>(
          "--update",
          [&options](const std::string& word) {
            options.devices = word != "rounding";
            if (word == "drawn") options.policy.mode = UpdateMode::drawn;
            if (word == "accumulated") options.policy.mode = UpdateMode::accumulated;
            if (word == "gated") options.policy.mode = UpdateMode::gated;
            if (word == "all") options.policy.mode = UpdateMode::all;
          },
          "Ideal rounding, or pulses to devices: where one is drawn, where steps have "
          "accumulated to a level, where a draw lets one of little chance through, or to all")
      ->check(CLI::IsMember({"rounding", "drawn", "accumulated", "gated", "all"}))
      ->type_name("rounding*|drawn|accumulated|gated|all");
  add_choice(command, "--pair", options.policy.pair,
             {{"refresh", PairUse::refresh}, {"two-way", PairUse::two_way}},
             "Down by the other side and rewriting, or by reverse pulses");
  add_choice(command, "--codes", options.policy.codes,
             {{"site", CodeChoice::site}, {"mean", CodeChoice::mean}, {"first", CodeChoice::first}},
             "Driver codes for a wall's own site, or one table for all sites");
  command
      .add_option("--least-chance", options.policy.least_chance,
                  "With --update all: nothing is sent below it")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  command
      .add_option("--pulse-chance", options.policy.pulse_chance,
                  "With --update gated: that a pulse moves a wall")
      ->check(CLI::Range(0.001, 1.0))
      ->capture_default_str();
  add_quantity_option(
      command, "--spread", Dimension::number, [&options](double value) { options.spread = value; },
      "Standard deviation of critical currents from device to device [as the device file]");
  command.add_option("--tile", options.tile, "A name of the catalog, or a file [as the device]");
  command.add_option("--tile-size", options.policy.tile_size, "Rows, and columns of pairs")
      ->check(CLI::Range(1, 4096))
      ->capture_default_str();
}

void add_stream_options(CLI::App& command, LearningRule& rule) {
  command.add_option("--subsets", rule.subsets, "Of the training images, in order")
      ->check(CLI::Range(1, 60000))
      ->capture_default_str();
  command.add_option("--subset-size", rule.subset_size, "Images")
      ->check(CLI::Range(1, 60000))
      ->capture_default_str();
  command.add_option("--epochs", rule.epochs, "That each subset is shown for")
      ->check(CLI::Range(1, 10000))
      ->capture_default_str();
  command.add_option("--batch", rule.batch, "Images a step")
      ->check(CLI::Range(2, 4096))
      ->capture_default_str();
}

// 1 where no track is known.
double width_ratio(const DeviceParameters& device) {
  if (device.pulses) return 1.0;
  return device.geometry.width_in / device.geometry.width_clk;
}

LearningRule rule_of(const LearningOptions& options, const DeviceParameters& device) {
  LearningRule rule = options.rule;
  const double ratio = width_ratio(device);
  rule.grid.levels = options.levels.value_or(static_cast<int>(device.sites.size()));
  rule.width_ratio = options.width_ratio.value_or(ratio);
  rule.delta = options.delta.value_or(ratio < 1.0 ? 3.0 : 1.0);
  // Steps are drawn so much more often as their pulses do nothing.
  if (options.devices && options.policy.mode == UpdateMode::gated) {
    rule.learning_rate /= options.policy.pulse_chance;
  }
  if (options.quick) {
    rule.subsets = std::min(rule.subsets, 10);
    rule.epochs = std::min(rule.epochs, 10);
  }
  return rule;
}

}  // namespace

void add_learning_options(CLI::App& command, LearningOptions& options) {
  command.add_option("--device", options.device, "A name of the catalog, or a parameter file")
      ->capture_default_str();
  add_set_option(command, options.overrides, "device (tile.KEY: of the tile's)");
  command.add_option("--levels", options.levels, "Of abs(W) [as many as the device has sites]")
      ->check(CLI::Range(2, kMostLevelsOfASign));
  command
      .add_option("--width-ratio", options.width_ratio,
                  "w1/w2 of the metaplastic factor [of the device's track]")
      ->check(CLI::Range(0.01, 1.0));
  command
      .add_option("--delta", options.delta,
                  "Steps that raise abs(W) are this much larger [3; straight tracks 1]")
      ->check(CLI::Range(0.1, 100.0));
  add_rule_options(command, options.rule);
  add_stream_options(command, options.rule);
  add_device_options(command, options);
  command.add_option("--arch", options.architecture,
                     "An architecture whose digital parts price what tiles do not do [none]");
  command.add_flag("--quick", options.quick, "At most 10 subsets and 10 epochs");
  command.add_option("--data", options.data, "Folder of the images, in MNIST's format")
      ->capture_default_str();
  add_seed_option(command, options.first_seed);
  command.add_option("--seeds", options.seeds, "Runs, with this and the following seeds")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command.add_option("--threads", options.threads, "Runs side by side; changes no result")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
  command.add_flag("--resume", options.resume, "Go on from the checkpoints in the output folder");
  command.add_option("--out", options.out, "Output folder")->capture_default_str();
  command.add_flag("--chances", options.chances,
                   "Write the chances to move a wall, by site and code, and learn nothing");
  command.add_flag("--no-figures{false}", options.figures, "Do not draw");
}

namespace {

// Ideal: a step of a level costs one nominal pulse.
LearningStudy::MakeSynapsesOfSeed ideal_synapses(const LearningRule& rule, double pulse) {
  return [rule, pulse](std::uint64_t) -> MakeSynapses {
    return [rule, pulse](std::size_t, LayerShape, std::uint64_t first_instance) {
      return std::make_unique<IdealSynapses>(rule.grid, first_instance, pulse);
    };
  };
}

LearningStudy::MakeSynapsesOfSeed device_synapses(const PairKind& kind) {
  return [kind](std::uint64_t seed) -> MakeSynapses {
    return [kind, seed](std::size_t, LayerShape shape, std::uint64_t first_instance) {
      return std::make_unique<DeviceSynapses>(kind, shape, seed, first_instance);
    };
  };
}

// For checkpoints: a parameter file by name and content, with what was set over it.
template <typename Parameters>
std::string identity(const Parameters& of) {
  return fmt::format("{} ({})", of.name, checksum_of(of.effective_text));
}

constexpr double kLargestSpread = 1.0 / kLargestNormal;  // as in device files
constexpr int kClasses = 15;                             // all that a file may have

DeviceParameters device_of(const LearningOptions& options) {
  auto device = DeviceParameters::load(find_device(options.device),
                                       SetParts(options.overrides).over_named_device());
  if (options.spread == 0.0) return device;
  if (!(options.spread > 0.0 && options.spread < kLargestSpread)) {
    throw InputError(fmt::format("--spread {:.4g} %: expected 0 to {:.1f} %",
                                 100.0 * options.spread, 100.0 * kLargestSpread));
  }
  if (!options.devices && !options.chances) {
    throw InputError("--spread: ideal rounding knows no devices; expected --update");
  }
  if (device.pulses) {
    throw InputError(
        fmt::format("--spread: the device '{}' is known by its pulses alone: no critical "
                    "currents to vary",
                    device.name));
  }
  device.variation.critical_current = options.spread;
  device.variation.classes = kClasses;
  return device;
}

// A tile that is asked for is used.
void check_tile(const LearningOptions& options) {
  const auto& set = options.overrides;
  const bool asked = !options.tile.empty() || std::any_of(set.begin(), set.end(), [](auto& text) {
    return text.rfind("tile.", 0) == 0;
  });
  if (!asked || options.devices || options.chances) return;
  throw InputError("--tile, --set tile.KEY: ideal rounding knows no tile; expected --update");
}

// What walls cannot hold.
void check_levels(const LearningRule& rule, const DeviceModel& device) {
  if (rule.grid.levels != device.sites()) {
    throw InputError(fmt::format("--levels {}: the device '{}' has {}", rule.grid.levels,
                                 device.parameters().name, device.sites()));
  }
  if (!rule.grid.zero) throw InputError("--no-zero: two equal devices of a pair are a zero");
}

TileParameters load_tile(const LearningOptions& options, const DeviceModel& device) {
  const auto file = options.tile.empty() ? find_tile_of_device(device.parameters().name)
                                         : find_tile(options.tile);
  return TileParameters::load(file, ParameterOverrides(SetParts(options.overrides).tile));
}

void add_devices(const LearningOptions& options, LearningSetup& setup) {
  setup.tile = std::make_unique<TileParameters>(load_tile(options, *setup.device));
  setup.tile->check_device(*setup.device);
  check_levels(setup.study.rule, *setup.device);
  warn_of_design(*setup.tile, *setup.device, {options.policy.tile_size, options.policy.tile_size});
  setup.codes = std::make_unique<CodeTable>(*setup.device, *setup.tile, options.policy.codes);
  for (auto& value : named_values(options.policy)) setup.study.devices.push_back(std::move(value));
  const auto& variation = setup.device->parameters().variation;
  setup.study.devices.emplace_back("spread", fmt::format("{}", variation.critical_current));
  setup.study.devices.emplace_back("tile", identity(*setup.tile));
  setup.prices.tiles = tile_prices({*setup.tile, *setup.device, options.policy.tile_size});
  setup.prices.tiles->reads_before_pulses = options.policy.codes == CodeChoice::site;
  setup.prices.digital.accumulators = options.policy.mode == UpdateMode::accumulated;
  setup.synapses = device_synapses({*setup.device, *setup.tile, options.policy, *setup.codes});
}

}  // namespace

std::string chances_csv(const LearningOptions& options) {
  const DeviceModel device(device_of(options));
  return CodeTable(device, load_tile(options, device), options.policy.codes).csv();
}

void check_files(const LearningOptions& options) {
  const DeviceModel device(device_of(options));
  check_tile(options);
  if (options.devices) load_tile(options, device).check_device(device);
}

LearningSetup set_up(const LearningOptions& options) {
  check_tile(options);
  LearningSetup setup;
  setup.device = std::make_unique<DeviceModel>(device_of(options));
  setup.training = load_labelled_images(options.data, Split::training);
  setup.test = load_labelled_images(options.data, Split::test);
  if (setup.training.pixels_an_image() != setup.test.pixels_an_image()) {
    throw InputError(fmt::format("{}: test images of {} pixels, training images of {}",
                                 options.data.string(), setup.test.pixels_an_image(),
                                 setup.training.pixels_an_image()));
  }
  const auto& parameters = setup.device->parameters();
  const auto rule = rule_of(options, parameters);
  check(rule, setup.training.size());
  setup.prices.digital.tile_rows = static_cast<std::size_t>(options.policy.tile_size);
  if (!options.architecture.empty()) {
    setup.prices.architecture = Architecture::load(find_chip(options.architecture));
  }
  setup.study = {rule,
                 {{"device", identity(parameters)}},
                 options.first_seed,
                 options.seeds,
                 options.threads,
                 options.resume};
  for (const auto& text : options.overrides) setup.study.devices.emplace_back("set", text);
  if (options.devices) {
    add_devices(options, setup);
  } else {
    setup.study.devices.emplace_back("mode", "rounding");
    setup.synapses = ideal_synapses(rule, in_si(parameters.operating_point.update_energy));
  }
  return setup;
}

}  // namespace dwmtj
