// SPDX-License-Identifier: Apache-2.0
#include "inference/study.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "common/input_error.h"
#include "inference/study_report.h"
#include "tests/inference/networks.h"

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

TEST_F(StudyTest, RefusesWhatDoesNotFit) {
  options_.device = "fig6";
  options_.write = WriteMode::pulses;
  EXPECT_THROW(run(), InputError);
  options_.device = "straight";
  options_.bits = 5;
  EXPECT_THROW(run(), InputError);
  options_ = {};
  data_.labels[0] = 4;
  EXPECT_THROW(run(), InputError);
}

TEST_F(StudyTest, RefusesImagesOfAnotherSize) {
  const auto larger = random_images(2, {1, 7, 6}, 4);
  EXPECT_THROW(ImageSource(larger, network_.layers[0], {}), InputError);
  EXPECT_THROW(ImageSource(data_, network_.layers[0], {{0.1, 0.2}, {}}), InputError);
  EXPECT_THROW(ImageSource(data_, network_.layers[0], {{}, {0.0}}), InputError);
}

}  // namespace
}  // namespace dwmtj
