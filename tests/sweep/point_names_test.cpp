// SPDX-License-Identifier: Apache-2.0
// Names of points and the folders they stand for.
#include "sweep/point_names.h"

#include <set>

#include <gmock/gmock.h>

#include "common/input_error.h"
#include "sweep/sweep_folder.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

using State = SweepFolder::State;

class Names : public ::testing::Test {
 protected:
  // What a plan of these axes has for points, and a folder of them.
  struct Sweep {
    Sweep(const TemporaryFolder& place, const std::string& axes, FilesHash base)
        : plan(SweepPlan::load(place.write("plan.yaml", "command: x\n" + axes))),
          expansion(plan),
          names(expansion, base, std::vector<std::vector<FilesHash>>(plan.axes().size())),
          folder(place / "out", expansion, names) {}
    SweepPlan plan;
    Expansion expansion;
    PointNames names;
    SweepFolder folder;
  };
  [[nodiscard]] Sweep sweep(const std::string& axes, FilesHash base = 7) const {
    return {folder_, axes, base};
  }
  static std::string hash(const std::string& name) { return name.substr(name.find('-')); }

  TemporaryFolder folder_;
};

TEST_F(Names, AreIndexAndHashOfWhatIsRun) {
  const auto one = sweep("grid: {a: [1, 2], b: [3, 4]}");
  std::set<std::string> all;
  for (std::size_t i = 0; i < 4; ++i) all.insert(hash(one.names.name(i)));
  EXPECT_EQ(all.size(), 4U);
  EXPECT_THAT(one.names.name(3), ::testing::MatchesRegex("3-[0-9a-f]+"));
  EXPECT_EQ(one.names.name(3).size(), 14U);
  // The same configuration, wherever it stands in a plan.
  const auto other = sweep("grid: {b: [4, 5], a: [9, 2]}");
  EXPECT_EQ(hash(one.names.name(3)), hash(other.names.name(1)));
  EXPECT_NE(hash(one.names.name(3)), hash(sweep("grid: {a: [1, 2], b: [3, 4]}", 8).names.name(3)));
}

TEST_F(Names, FilesCountByNameAndContentInAnyOrder) {
  const auto a = folder_.write("a.yaml", "rows: 1").string();
  const auto b = folder_.write("b.yaml", "rows: 1").string();
  // The first 8 bytes of Python's uuid5(NAMESPACE_OID, "a.yaml\0rows: 1").
  EXPECT_EQ(hash_of_files({a}), 0xb713ff16ac6656c3U);
  EXPECT_EQ(hash_of_files({a, b}), hash_of_files({b, a}));
  EXPECT_EQ(hash_of_files({a, b}), hash_of_files({a}) + hash_of_files({b}));
  EXPECT_NE(hash_of_files({a}), hash_of_files({b}));
  const auto before = hash_of_files({a});
  folder_.write("a.yaml", "rows: 2");
  EXPECT_NE(hash_of_files({a}), before);
}

TEST_F(Names, IndexInName) {
  EXPECT_EQ(index_in_name("17-0a"), 17U);
  for (const char* const name : {"", "17", "a-1", "-1", "99999999999999999999-a"}) {
    EXPECT_FALSE(index_in_name(name)) << name;
  }
}

TEST_F(Names, FoldersSayWhatIsDone) {
  const auto now = sweep("grid: {a: [1, 2, 3]}");
  EXPECT_EQ(now.folder.scan().states, std::vector<State>(3, State::missing));
  std::filesystem::create_directories(now.folder.done(1));
  std::filesystem::create_directories(now.folder.failed(2));
  std::filesystem::create_directories(now.folder.unfinished(0));
  EXPECT_EQ(now.folder.scan().states,
            (std::vector<State>{State::missing, State::done, State::failed}));
}

TEST_F(Names, FinishedPointsThatHaveMovedGetTheirNewIndex) {
  const auto before = sweep("grid: {a: [1, 2]}");
  std::filesystem::create_directories(before.folder.done(0));
  std::filesystem::create_directories(before.folder.done(1));
  std::filesystem::create_directories(before.folder.failed(1));
  const auto now = sweep("grid: {a: [5, 2, 3]}");
  const auto content = now.folder.scan();
  EXPECT_EQ(content.states, (std::vector<State>{State::missing, State::done, State::missing}));
  EXPECT_TRUE(std::filesystem::exists(now.folder.done(1)));
  EXPECT_THAT(content.foreign, ::testing::ElementsAre(before.folder.done(0)));
  const auto after = sweep("grid: {a: [2, 5]}");
  EXPECT_EQ(after.folder.scan().states, (std::vector<State>{State::done, State::missing}));
  after.folder.clear_away();
  EXPECT_FALSE(std::filesystem::exists(before.folder.failed(1)));
  EXPECT_TRUE(std::filesystem::exists(before.folder.done(0)));  // nobody has asked for it
}

}  // namespace
}  // namespace dwmtj
