// SPDX-License-Identifier: Apache-2.0
#include "common/run_folder.h"

#include <unistd.h>

#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include "common/version.h"
#include "tests/support/input_error_of.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

TEST(RunFolder, IsCreatedWithItsParents) {
  const TemporaryFolder folder;
  const RunFolder run(folder / "a/b/c");
  EXPECT_TRUE(std::filesystem::is_directory(folder / "a/b/c"));
  EXPECT_EQ(run.path(), folder / "a/b/c");
}

TEST(RunFolder, KeepsWhatIsThereAndReplacesFilesOneByOne) {
  const TemporaryFolder folder;
  folder.write("mine.txt", "mine");
  folder.write("table.csv", "old");
  const RunFolder run(folder.path());
  run.write("table.csv", "new");
  EXPECT_EQ(read_text(folder / "mine.txt"), "mine");
  EXPECT_EQ(read_text(folder / "table.csv"), "new");
}

TEST(RunFolder, RemovesAResultIfThereIsOne) {
  const TemporaryFolder folder;
  folder.write("table.csv", "old");
  const RunFolder run(folder.path());
  run.remove("table.csv");
  run.remove("table.csv");
  EXPECT_FALSE(std::filesystem::exists(folder / "table.csv"));
}

TEST(RunFolder, KeepsACopyOfAnInput) {
  const TemporaryFolder folder;
  const auto input = folder.write("device.yaml", "name: x\n# note\n");
  RunFolder(folder / "out").keep_copy(input);
  EXPECT_EQ(read_text(folder / "out/device.yaml"), "name: x\n# note\n");
}

TEST(RunFolder, KeepsACopyOfAnInputThatLiesInIt) {
  const TemporaryFolder folder;
  const auto input = folder.write("device.yaml", "name: x\n");
  RunFolder(folder.path()).keep_copy(input);
  EXPECT_EQ(read_text(input), "name: x\n");
}

TEST(RunFolder, CannotStandWhereAFileIs) {
  const TemporaryFolder folder;
  const auto file = folder.write("file", "in the way");
  const auto inside = file / "below";
  EXPECT_EQ(input_error_of([&] { RunFolder run(file); }),
            file.string() + ": cannot create this output folder: Not a directory");
  EXPECT_EQ(input_error_of([&] { RunFolder run(inside); }),
            inside.string() + ": cannot create this output folder: Not a directory");
  EXPECT_EQ(read_text(file), "in the way");
}

TEST(RunFolder, CannotStandWhereNobodyCanWrite) {
  EXPECT_EQ(input_error_of([] {
              RunFolder run("/proc/dwmtj");
            }).rfind("/proc/dwmtj: cannot create this output folder: ", 0),
            0U);
}

TEST(RunFolder, MustBeWritable) {
  if (geteuid() == 0) GTEST_SKIP() << "nothing is forbidden to root";
  const TemporaryFolder folder;
  std::filesystem::permissions(folder.path(), std::filesystem::perms::owner_read);
  EXPECT_EQ(input_error_of([&] { RunFolder run(folder.path()); }),
            folder.path().string() + ": cannot write into this output folder");
  std::filesystem::permissions(folder.path(), std::filesystem::perms::owner_all);
}

// What a shell makes of the words in `line`.
std::vector<std::string> words_in_shell(const std::string& line) {
  const TemporaryFolder folder;
  const auto script =
      folder.write("script", "printf '%s\\0' " + line + " > " + (folder / "words").string());
  EXPECT_EQ(std::system(("sh " + script.string()).c_str()), 0);
  std::vector<std::string> words;
  std::istringstream stream(read_text(folder / "words"));
  for (std::string word; std::getline(stream, word, '\0');) words.push_back(word);
  return words;
}

TEST(RunFolder, RecordsHowToRunItAgain) {
  const TemporaryFolder folder;
  RunFolder(folder.path()).record_run({"dwmtj", "characterize", "straight", "--seed", "7"}, 7);
  EXPECT_EQ(read_text(folder / "run.yaml"),
            std::string("# How to run this again.\ncommand: |-\n  dwmtj characterize straight "
                        "--seed 7\nversion: ") +
                kVersion + "\nseed: 7\n");
}

TEST(RunFolder, RecordsTheLargestSeed) {
  const TemporaryFolder folder;
  RunFolder(folder.path()).record_run({"dwmtj"}, ~std::uint64_t{0});
  EXPECT_EQ(YAML::LoadFile((folder / "run.yaml").string())["seed"].as<std::uint64_t>(),
            ~std::uint64_t{0});
}

TEST(RunFolder, RecordsAnyCommandSoThatAShellReadsItBack) {
  const std::vector<std::string> command = {
      "dwmtj", "300 K, 350 K", "it's",        "\"quoted\"", "$HOME", "`id`", "a;b",  "*", "~",
      "",      "#x",           "back\\slash", "two\nlines", "a: b",  "(x)",  "<>|&!"};
  const TemporaryFolder folder;
  RunFolder(folder.path()).record_run(command, 1);
  const auto yaml = YAML::LoadFile((folder / "run.yaml").string());
  EXPECT_EQ(words_in_shell(yaml["command"].as<std::string>()), command);
}

}  // namespace
}  // namespace dwmtj
