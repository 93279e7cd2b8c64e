// SPDX-License-Identifier: Apache-2.0
#include "learning/learning_study.h"

#include <gtest/gtest.h>

#include "learning/ideal_synapses.h"
#include "tests/learning/small_data.h"
#include "tests/support/input_error_of.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

LearningStudyOptions small_study() {
  LearningStudyOptions options;
  options.rule.hidden = {32};
  options.rule.batch = 50;
  options.rule.subset_size = 100;
  options.rule.subsets = 6;
  options.rule.epochs = 4;
  options.seeds = 3;
  return options;
}

class LearningStudyTest : public ::testing::Test {
 protected:
  // The study's CSV. Ends after `stop_after` subsets in all, as if the program had ended there.
  std::string run(const LearningStudyOptions& options, const TemporaryFolder& folder,
                  int stop_after = 1000) {
    struct Ended {};
    const auto results = RunFolder::in_place(folder.path());
    const auto synapses = [rule = options.rule](std::uint64_t) -> MakeSynapses {
      return [rule](std::size_t, LayerShape, std::uint64_t first) {
        return std::make_unique<IdealSynapses>(rule.grid, first, 1e-13);
      };
    };
    LearningStudy study(options, training_, test_, synapses, results);
    remarks_ = study.remarks();
    try {
      study.run([&](const LearningRun&, double) {
        if (--stop_after <= 0) throw Ended{};
      });
    } catch (const Ended&) {
    }
    return read_text(folder / "accuracy.csv");
  }
  std::string resumed(LearningStudyOptions options, const TemporaryFolder& folder) {
    options.resume = true;
    return run(options, folder);
  }
  static void expect_same_files(const TemporaryFolder& a, const TemporaryFolder& b) {
    for (const auto* const name : {"seed-0.checkpoint", "seed-1.checkpoint", "seed-2.checkpoint",
                                   "seed-2.checkpoint-before", "accuracy.csv"}) {
      EXPECT_TRUE(read_text(a / name) == read_text(b / name)) << name;
      EXPECT_FALSE(read_text(a / name).empty()) << name;
    }
  }

  LabelledImages training_ = small_data(600, 1);
  LabelledImages test_ = small_data(200, 2);
  std::vector<std::string> remarks_;
};

TEST_F(LearningStudyTest, IsTheSameOnOneAndOnTwoThreads) {
  const TemporaryFolder one, two;
  auto options = small_study();
  run(options, one);
  options.threads = 2;
  run(options, two);
  expect_same_files(one, two);
}

TEST_F(LearningStudyTest, SeedsDiffer) {
  const TemporaryFolder folder;
  const auto csv = run(small_study(), folder);
  const auto line = [&](const std::string& start) {
    const auto at = csv.find('\n' + start) + 1 + start.size();
    return csv.substr(at, csv.find('\n', at) - at);
  };
  EXPECT_NE(line("0,6,4,"), line("1,6,4,"));
}

TEST_F(LearningStudyTest, GoesOnWhereItWasStopped) {
  const TemporaryFolder whole;
  const auto options = small_study();
  run(options, whole);
  for (const int stop : {1, 5, 6}) {
    const TemporaryFolder folder;
    run(options, folder, stop);
    resumed(options, folder);
    EXPECT_TRUE(remarks_.empty());
    expect_same_files(folder, whole);
  }
}

TEST_F(LearningStudyTest, BrokenCheckpointGivesWayToTheOneBefore) {
  const TemporaryFolder whole, folder;
  const auto options = small_study();
  run(options, whole);
  run(options, folder, 4);
  const auto text = read_text(folder / "seed-0.checkpoint");
  folder.write("seed-0.checkpoint", text.substr(0, text.size() - 100));
  resumed(options, folder);
  const auto file = (folder / "seed-0.checkpoint").string();
  ASSERT_EQ(remarks_.size(), 1U);
  EXPECT_EQ(remarks_[0], file + ": is not whole; going on from the one before");
  expect_same_files(folder, whole);

  auto flipped = text;
  flipped[flipped.size() / 2] = static_cast<char>(flipped[flipped.size() / 2] ^ 1);
  folder.write("seed-0.checkpoint", flipped);
  folder.write("seed-0.checkpoint-before", flipped);
  EXPECT_EQ(
      input_error_of([&] { return resumed(options, folder); }),
      file + ": is not whole, and the one before it is not whole; begin again without --resume");
}

TEST_F(LearningStudyTest, CheckpointOfAnotherRunIsRefusedWithTheKey) {
  const TemporaryFolder folder;
  auto options = small_study();
  run(options, folder, 2);
  const auto file = (folder / "seed-0.checkpoint").string();
  const auto refusal = [&] { return input_error_of([&] { return resumed(options, folder); }); };
  options.rule.delta = 1.0;
  EXPECT_EQ(refusal(),
            file + ": is of another run: it has 'delta 3' where 'delta 1' was asked for");
  options = small_study();
  options.devices = {{"device", "straight"}};
  EXPECT_NE(refusal().find("where 'device straight' was"), std::string::npos);
  options = small_study();
  folder.write("seed-0.checkpoint", "dwmtj checkpoint 0\n");
  EXPECT_EQ(refusal(), file +
                           ": no checkpoint of this version; expected it to begin with 'dwmtj "
                           "checkpoint 1'");
}

TEST_F(LearningStudyTest, CheckpointOfOtherImagesIsRefused) {
  const TemporaryFolder folder;
  run(small_study(), folder, 2);
  training_.pixels[0] ^= 1U;
  EXPECT_NE(input_error_of([&] { return resumed(small_study(), folder); }).find("it has 'data "),
            std::string::npos);
}

TEST_F(LearningStudyTest, WithoutResumeItBeginsAgain) {
  const TemporaryFolder whole, folder;
  run(small_study(), whole);
  run(small_study(), folder, 7);
  run(small_study(), folder);
  expect_same_files(folder, whole);
}

}  // namespace
}  // namespace dwmtj
