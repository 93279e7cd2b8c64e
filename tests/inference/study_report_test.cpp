// SPDX-License-Identifier: Apache-2.0
// The files of a study, of results written out by hand.
#include "inference/study_report.h"

#include <gtest/gtest.h>

namespace dwmtj {
namespace {

// Four images of three classes, two programmings.
StudyResult result_by_hand() {
  StudyResult result;
  result.classes = 3;
  result.software = {3, 4};
  result.software_predictions = {0, 1, 2, 2};
  result.levels = LevelSet{"two", 1.0, 3.0, {1.0, 3.0}, {0.1}, {}};
  ProgrammingResult one;
  one.predictions = {0, 1, 1, 2};
  one.accuracy = {2, 4};
  one.writing.writes = {10, 25, 13, 2, 1, 0.4};
  one.writing.joules = 1.5e-12;
  one.writing.read_joules = 2.5e-13;
  one.writing.seconds = 2e-6;
  one.writing.histogram.assign(kHistogramBins, 0);
  one.writing.histogram[7] = 3;
  one.layers = {{"fc, last", 6, 1, 0.5, 100.0, 1.0, Share{1, 2}}};
  ProgrammingResult two = one;
  two.predictions = {2, 1, 2, 2};
  two.accuracy = {3, 4};
  two.writing.histogram[7] = 4;
  two.layers = {{"fc, last", 6, 2, 0.5, 100.0, 3.0, Share{2, 2}}};
  result.programmings = {one, two};
  return result;
}

DataSet labels() { return {"four", {}, {}, {}, {0, 1, 2, 1}}; }

TEST(StudyReport, ProgrammingsAreNumberedFromOne) {
  EXPECT_EQ(programmings_csv(result_by_hand()),
            "programming,correct,images,accuracy,devices,pulses,retries,given_up,wrong_sites,"
            "energy_j,read_energy_j,time_s,error_s\n"
            "1,2,4,0.500000,10,25,3,2,1,1.5e-12,2.5e-13,2e-06,0.2\n"
            "2,3,4,0.750000,10,25,3,2,1,1.5e-12,2.5e-13,2e-06,0.2\n");
}

// 2 and 3 of 4 images: the interval is that of 3 (2.5, rounded) among 4, not among both sets.
TEST(StudyReport, TextSaysTheMeanAndTheImagesOfOneSet) {
  const auto text = study_text({}, labels(), result_by_hand());
  EXPECT_NE(text.find("on devices   62.50 % +- "), std::string::npos) << text;
  EXPECT_NE(text.find("of 2 programmings; one scatters by 17.68)"), std::string::npos) << text;
  EXPECT_NE(text.find("30.06 to 95.44 %: 95 % of other sets of 4 images"), std::string::npos)
      << text;
}

TEST(StudyReport, TextSaysWhatAllProgrammingsTook) {
  StudyOptions options;
  options.write = WriteMode::pulses;
  const auto text = study_text(options, labels(), result_by_hand());
  EXPECT_NE(text.find("written      pulses, 10 devices, off by 200 mS (10.00 % of the range)\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("2.50 pulses a device, 0.30 retries a device, 4 given up (0.2 of all), "
                      "0.1 on a wrong site\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("1.5 pJ a programming, 2 us with all arrays side by side\n"),
            std::string::npos)
      << text;
}

TEST(StudyReport, TextNamesTheLayersThatAreWorst) {
  auto result = result_by_hand();
  for (auto& programming : result.programmings) {
    programming.layers.push_back({"good", 6, 0, 0.5, 100.0, 0.1, Share{2, 2}});
  }
  const auto text = study_text({}, labels(), result);
  EXPECT_NE(text.find("worst layer  'fc, last': signal to error 17.0 dB\n"), std::string::npos)
      << text;
  EXPECT_NE(text.find("loses most   'fc, last': 50.00 % with it alone on devices\n"),
            std::string::npos)
      << text;
}

TEST(StudyReport, PredictionsAreARowAnImage) {
  EXPECT_EQ(predictions_csv(labels(), result_by_hand()),
            "image,label,software,programming_1,programming_2\n"
            "0,0,0,0,2\n"
            "1,1,1,1,1\n"
            "2,2,2,1,2\n"
            "3,1,2,2,2\n");
}

TEST(StudyReport, ConfusionIsOfAllProgrammingsOrOfTheSoftware) {
  auto result = result_by_hand();
  EXPECT_EQ(confusion_csv(labels(), result),
            "label,0,1,2\n"
            "0,1,0,1\n"
            "1,0,2,2\n"
            "2,0,1,1\n");
  result.programmings.clear();
  EXPECT_EQ(confusion_csv(labels(), result),
            "label,0,1,2\n"
            "0,1,0,0\n"
            "1,0,1,1\n"
            "2,0,0,1\n");
}

TEST(StudyReport, ConductancesAreOfAllProgrammings) {
  const auto text = conductances_csv(result_by_hand());
  // The eighth of 400 bins over three times the half range: 1 + 2 (7.5 * 1.5 / 400 - 0.25).
  EXPECT_NE(text.find("\n0.55625,7\n"), std::string::npos) << text.substr(0, 300);
  EXPECT_EQ(text.substr(0, text.find('\n', 22) + 1), "conductance_s,devices\n0.50375,0\n");
}

TEST(StudyReport, ErrorsOfLayersAreOfAllProgrammings) {
  const auto text = layer_errors_csv(result_by_hand());
  EXPECT_EQ(text.substr(0, text.find('\n') + 1),
            "layer,weights,clipped,limit,signal_to_error_db,accuracy_alone\n");
  // 200 of signal and 4 of error: 16.99 dB. One layer at a time is tried in the first alone.
  EXPECT_NE(text.find("\"fc, last\",6,"), std::string::npos) << text;
  EXPECT_NE(text.find(",1,0.5,16.99,0.500000\n"), std::string::npos) << text;
}

}  // namespace
}  // namespace dwmtj
