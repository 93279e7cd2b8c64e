// SPDX-License-Identifier: Apache-2.0
#include "inference/study.h"

#include <functional>
#include <numeric>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "common/build_paths.h"
#include "common/input_error.h"
#include "common/on_threads.h"
#include "inference/ranges_file.h"
#include "inference/study_checkpoint.h"
#include "inference/study_device.h"
#include "inference/study_report.h"
#include "inference/tile_pass.h"
#include "tests/inference/networks.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

class StudyTest : public testing::Test {
 protected:
  [[nodiscard]] StudyResult run() const { return run_study(network_, source_, options_); }

  Network network_ = small_perceptron();
  DataSet data_ = labelled();
  ImageSource source_{data_, network_.layers[0], {}};
  StudyOptions options_;

  // Images labelled as the network itself has them.
  [[nodiscard]] DataSet labelled() const {
    auto data = random_images(200, {1, 6, 6}, 4);
    const ImageSource source(data, network_.layers[0], {});
    data.labels = run_study(network_, source, {}).software_predictions;
    return data;
  }
};

TEST_F(StudyTest, SoftwareAgreesWithItself) {
  const auto result = run();
  EXPECT_EQ(result.software.hits, 200);
  EXPECT_TRUE(result.programmings.empty());
}

TEST_F(StudyTest, ManyIdealLevelsLoseNothingAndFewLoseSome) {
  options_.device = "fig6";
  options_.write = WriteMode::ideal;
  options_.bits = 12;
  EXPECT_GE(run().programmings.at(0).accuracy.hits, 199);
  options_.bits = 2;
  EXPECT_LT(run().programmings.at(0).accuracy.hits, 180);
}

TEST_F(StudyTest, MoreErrorLosesMore) {
  options_.device = "fig6";
  options_.write = WriteMode::one_shot;
  options_.programmings = 5;
  const auto little = run();
  options_.sigma_scale = 30;
  const auto much = run();
  EXPECT_GT(little.mean_accuracy().mean, much.mean_accuracy().mean + 0.2);
  // 20 lg of 30, on the same draws.
  const auto db = [](const StudyResult& result) {
    return result.programmings[0].layers[0].signal_to_error_db();
  };
  EXPECT_NEAR(db(little) - db(much), 29.54, 0.1);
}

TEST_F(StudyTest, PulsesWriteAllWeights) {
  options_.device = "straight";
  options_.programmings = 2;
  const auto result = run();
  ASSERT_EQ(result.programmings.size(), 2U);
  EXPECT_EQ(result.programmings[0].writing.writes.devices, 2 * network_.weights());
  EXPECT_GT(result.programmings[0].writing.writes.pulses, 0);
  EXPECT_NE(result.programmings[0].writing.writes.pulses,
            result.programmings[1].writing.writes.pulses);
  const auto json = nlohmann::json::parse(study_json(options_, data_, result));
  EXPECT_EQ(json["programmings"].size(), 2U);
  EXPECT_EQ(json["levels_s"].size(), 5U);
  EXPECT_NE(study_text(options_, data_, result).find("pulses a device"), std::string::npos);
}

// 8 bits on digits of the five levels: as good as many levels, and each pair is counted.
TEST_F(StudyTest, DigitsHoldMoreBitsThanAPair) {
  options_.device = "straight";
  options_.write = WriteMode::ideal;
  const auto one_pair = run();
  options_.bits = 8;
  const auto digits = run();
  EXPECT_EQ(one_pair.pairs_of_weight, 1);
  EXPECT_EQ(digits.pairs_of_weight, 4);
  EXPECT_EQ(digits.levels->conductance.size(), 5U);
  EXPECT_EQ(digits.programmings.at(0).writing.writes.devices, 4 * 2 * network_.weights());
  EXPECT_GT(digits.programmings[0].layers.at(0).signal_to_error_db(),
            one_pair.programmings.at(0).layers.at(0).signal_to_error_db() + 10);
  EXPECT_NE(study_text(options_, data_, digits).find("on 4 pairs each"), std::string::npos);
}

TEST_F(StudyTest, DigitsAreTheSameOnAnyNumberOfThreads) {
  const TemporaryFolder folder;
  folder.write("ranges.json", ranges_json(measure_ranges(network_, plan_forward(network_), source_,
                                                         {100, 16, 8, {}})));
  options_.device = "straight";
  options_.bits = 8;
  options_.rows = 16;
  options_.columns = 30;
  options_.input_bits = 8;
  options_.read_noise = true;
  options_.calibration = folder / "ranges.json";
  const auto found = [&](int threads) {
    return state_of(on_threads(threads, [&] { return run(); }).programmings);
  };
  const auto one = found(1);
  EXPECT_EQ(found(2), one);
  EXPECT_EQ(found(7), one);
}

TEST_F(StudyTest, RefusesDigitsThatCannotBeRight) {
  options_.device = "straight";
  options_.bits = 8;
  const auto refuses = [&](const std::function<void(StudyOptions&)>& ask) {
    StudyOptions options = options_;
    ask(options);
    EXPECT_THROW(StudyDevice{options}, InputError);
  };
  refuses([](auto& o) { o.columns = 3; });
  refuses([](auto& o) { o.readout = ColumnReadout::tile; });
  options_.input_bits = 8;
  EXPECT_NO_THROW(StudyDevice{options_});
  for (const auto readout : {ColumnReadout::converter, ColumnReadout::comparator}) {
    refuses([&](auto& o) { o.readout = readout; });
    options_.readout = readout;
    options_.converter_range = ConverterRange::fixed;
    EXPECT_NO_THROW(StudyDevice{options_});
    options_.converter_range = ConverterRange::layer;
  }
}

class TileReadout : public StudyTest {
 protected:
  TileReadout() {
    folder_.write("ranges.json", ranges_json(ranges_));
    options_.device = "trapezoidal";
    options_.readout = ColumnReadout::tile;
    options_.input_bits = 4;
    options_.converter_bits = 6;
    options_.rows = options_.columns = 16;
    options_.calibration = folder_ / "ranges.json";
    options_.images = 30;
    options_.seed = 7;
  }

  TemporaryFolder folder_;
  ActivationRanges ranges_ =
      measure_ranges(network_, plan_forward(network_), source_, {100, 16, 8, {}});
};

// The tiles of a chip with the same seed, told the same.
TEST_F(TileReadout, IsThatOfTheTilesOfAChip) {
  const auto tile = TileParameters::load(find_tile("trapezoidal"));
  const DeviceModel device(tile.load_device());
  const TileSet tiles{tile, device, 20, 16, 16, 7};
  const auto tiled = tile_network(network_, ranges_, tiles, {{4, 6}, {}, 100});
  TilePass pass(tiled, tiles);
  Predictions expected;
  for (int image = 0; image < 30; ++image) expected.push_back(pass.classify(source_, image));
  const auto result = run();
  EXPECT_EQ(result.programmings.at(0).predictions, expected);
  const auto& writing = result.programmings[0].writing;
  EXPECT_EQ(writing.writes.devices, 2 * network_.weights());
  EXPECT_GT(writing.writes.pulses, writing.writes.devices / 10);
  EXPECT_GT(writing.joules, 0.0);
  EXPECT_EQ(std::accumulate(writing.histogram.begin(), writing.histogram.end(), std::int64_t{0}),
            2 * network_.weights());
  EXPECT_GT(result.programmings[0].layers.at(0).signal_to_error_db(), 0.0);
}

TEST_F(TileReadout, IsTheSameOnAnyNumberOfThreads) {
  options_.programmings = 2;
  const auto found = [&](int threads) {
    const auto result = on_threads(threads, [&] { return run(); });
    return state_of(result.programmings);
  };
  const auto one = found(1);
  EXPECT_EQ(found(2), one);
  EXPECT_EQ(found(7), one);
}

TEST_F(TileReadout, HasTheWiresAndTheStuckDevicesThatAreAskedFor) {
  const auto plain = run();
  options_.history.stuck_rate = 0.1;
  const auto stuck = run();
  EXPECT_GT(stuck.programmings.at(0).writing.stuck, network_.weights() / 10);
  EXPECT_LT(stuck.programmings.at(0).layers.at(0).signal_to_error_db(),
            plain.programmings.at(0).layers.at(0).signal_to_error_db());
  options_.history.stuck_rate = 0;
  options_.wires.row_segment = options_.wires.column_segment = 0.1 * si::ohm;
  const auto wired = run();
  EXPECT_LT(wired.programmings.at(0).layers.at(0).signal_to_error_db(),
            plain.programmings.at(0).layers.at(0).signal_to_error_db());
}

TEST_F(TileReadout, RefusesTooFewTilesAndTooManyBits) {
  options_.tiles = 2;
  EXPECT_THROW(static_cast<void>(run()), InputError);
  options_.tiles.reset();
  options_.converter_bits = 15;
  EXPECT_THROW(static_cast<void>(run()), InputError);
}

TEST_F(StudyTest, WiresOfATileAreThoseOfItsReading) {
  options_.device = "straight";
  options_.rows = options_.columns = 64;
  options_.wires.row_segment = options_.wires.column_segment = 0.05 * si::ohm;
  const auto asked = run();
  options_.wires = {};
  const TemporaryFolder folder;
  std::string text = "extends: straight\nname: wired\ntitle: as straight, with wires\nwires:\n";
  for (const auto* const line :
       {"row_resistance: {value: 0.05 ohm, range: [0 ohm, 1 ohm], source: assumption}",
        "column_resistance: {value: 0.05 ohm, range: [0 ohm, 1 ohm], source: assumption}",
        "row_capacitance: {value: 0 F, range: [0 F, 1 F], source: assumption}",
        "column_capacitance: {value: 0 F, range: [0 F, 1 F], source: assumption}",
        "driver_resistance: {value: 0 ohm, range: [0 ohm, 1 ohm], source: assumption}",
        "sense_resistance: {value: 0 ohm, range: [0 ohm, 1 ohm], source: assumption}"}) {
    text += std::string("  ") + line + '\n';
  }
  options_.tile = folder.write("wired.yaml", text).string();
  EXPECT_EQ(state_of(run().programmings), state_of(asked.programmings));
}

// As each row of Table 1 is a device with a tile of its own, named from another folder.
TEST_F(StudyTest, RowsOfTable1WriteAllWeights) {
  const auto rows = std::filesystem::path(kSourceDir) / "plans/table1";
  int written = 0;
  for (const auto& file : std::filesystem::directory_iterator(rows)) {
    const auto name = file.path().stem().string();
    const auto tile = rows / (name + "-tile.yaml");
    if (!std::filesystem::exists(tile) || name == "assumed") continue;
    SCOPED_TRACE(name);
    options_.device = std::filesystem::relative(file.path()).string();
    options_.tile = tile.string();
    const auto writing = run().programmings.at(0).writing;
    EXPECT_EQ(writing.writes.devices, 2 * network_.weights());
    EXPECT_GT(writing.read_joules, 0.0);
    ++written;
  }
  EXPECT_EQ(written, 10);
  options_.device = "straight";
  EXPECT_THROW(static_cast<void>(run()), InputError) << "a tile of another device";
}

// A study that goes on from one of two programmings ends as one that was never stopped.
TEST_F(StudyTest, GoesOnFromWhatIsFinished) {
  options_.device = "straight";
  options_.programmings = 3;
  const auto whole = run();
  options_.programmings = 1;
  std::string state;
  StudyProgress first;
  first.finished = [&](const auto& done) { state = state_of(done); };
  run_study(network_, source_, options_, first);
  options_.programmings = 3;
  std::vector<std::size_t> told;
  StudyProgress then{programmings_of(state),
                     [&](const auto& done) { told.push_back(done.size()); }};
  const auto resumed = run_study(network_, source_, options_, then);
  EXPECT_EQ(state_of(resumed.programmings), state_of(whole.programmings));
  EXPECT_EQ(told, (std::vector<std::size_t>{2, 3}));
  EXPECT_THROW(static_cast<void>(programmings_of(state.substr(0, state.size() - 3))), InputError);
}

// What decides a result is asked of a checkpoint; how many programmings there are does not.
TEST_F(StudyTest, ACheckpointIsOfOneStudyAlone) {
  options_.device = "straight";
  const auto asked = [&] { return asked_of_study(network_, source_, options_); };
  const auto before = asked();
  options_.programmings = 7;
  EXPECT_EQ(asked(), before);
  options_.over_tile = ParameterOverrides({"verify.attempts=7"});
  EXPECT_NE(asked(), before);
  options_.over_tile = {};
  options_.over_device = ParameterOverrides({"mtj.read_noise=0.1 %"});
  EXPECT_NE(asked(), before);
  options_.over_device = {};
  data_.labels[3] += data_.labels[3] == 0 ? 1 : -1;
  EXPECT_NE(asked(), before);
}

// Each of these computes something else with the same weights.
TEST_F(StudyTest, ACheckpointIsOfOneNetworkAlone) {
  const std::vector<std::function<void(Layer&)>> changes = {
      [](Layer& layer) { layer.kind = LayerKind::scale; },
      [](Layer& layer) { layer.function = Activation::tanh; },
      [](Layer& layer) { layer.parameters = {0.5F}; },
      [](Layer& layer) { layer.inputs = {0}; },
      [](Layer& layer) { layer.factor = {2.0F}; },
      [](Layer& layer) { layer.offset = {2.0F}; },
      [](Layer& layer) { layer.window.stride.width = 2; },
      [](Layer& layer) { layer.window.pad_after.height = 1; }};
  const auto asked = [&] { return asked_of_study(network_, source_, options_); };
  const auto before = asked();
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const auto kept = network_.layers[2];
    changes[i](network_.layers[2]);
    EXPECT_NE(asked(), before) << i;
    network_.layers[2] = kept;
  }
  EXPECT_EQ(asked(), before);
  network_.layers[1].weights.bias.assign(24, 0.0F);
  EXPECT_NE(asked(), before);
}

TEST_F(StudyTest, ASetOfLevelsHasNoTileAndNoNoise) {
  options_.device = "fig6";
  options_.write = WriteMode::ideal;
  options_.input_bits = 4;
  options_.calibration = "none.json";
  for (const auto& ask : std::vector<std::function<void(StudyOptions&)>>{
           [](auto& o) { o.read_noise = true; }, [](auto& o) { o.johnson = true; },
           [](auto& o) { o.tile = "straight"; }}) {
    StudyOptions options = options_;
    ask(options);
    EXPECT_THROW(StudyDevice{options}, InputError);
  }
}

TEST_F(StudyTest, RefusesWhatDoesNotFit) {
  options_.device = "fig6";
  options_.write = WriteMode::pulses;
  EXPECT_THROW(static_cast<void>(run()), InputError);
  options_ = {};
  data_.labels[0] = 4;
  EXPECT_THROW(static_cast<void>(run()), InputError);
}

TEST_F(StudyTest, RefusesImagesOfAnotherSize) {
  const auto larger = random_images(2, {1, 7, 6}, 4);
  EXPECT_THROW(ImageSource(larger, network_.layers[0], {}), InputError);
  EXPECT_THROW(ImageSource(data_, network_.layers[0], {{0.1, 0.2}, {}}), InputError);
  EXPECT_THROW(ImageSource(data_, network_.layers[0], {{}, {0.0}}), InputError);
}

}  // namespace
}  // namespace dwmtj
