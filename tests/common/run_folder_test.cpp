// SPDX-License-Identifier: Apache-2.0
#include "common/run_folder.h"

#include <algorithm>
#include <unistd.h>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <yaml-cpp/yaml.h>

#include "common/version.h"
#include "tests/support/input_error_of.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

using Names = std::vector<std::string>;

Names names_in(const std::filesystem::path& folder) {
  Names names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

Names names_in(const TemporaryFolder& folder) { return names_in(folder.path()); }

TEST(RunFolder, IsCreatedWithItsParents) {
  const TemporaryFolder folder;
  RunFolder run(folder / "a/b/c");
  EXPECT_TRUE(std::filesystem::is_directory(folder / "a/b/c"));
  run.commit();
  EXPECT_EQ(run.path(), folder / "a/b/c");
}

TEST(RunFolder, PutsItsResultsInPlaceTogether) {
  const TemporaryFolder folder;
  folder.write("mine.txt", "mine");
  folder.write("table.csv", "old");
  RunFolder run(folder.path());
  run.write("table.csv", "new");
  EXPECT_EQ(read_text(folder / "table.csv"), "old");
  EXPECT_EQ(read_text(run.path() / "table.csv"), "new");
  run.commit();
  EXPECT_EQ(read_text(folder / "table.csv"), "new");
  EXPECT_EQ(names_in(folder), (Names{"mine.txt", "table.csv"}));
}

TEST(RunFolder, PutsThemInPlaceAtTheEndOfItsScope) {
  const TemporaryFolder folder;
  { RunFolder(folder / "out").write("table.csv", "new"); }
  EXPECT_EQ(read_text(folder / "out/table.csv"), "new");
}

TEST(RunFolder, ARunThatFailsLeavesAndDestroysNothing) {
  const TemporaryFolder folder;
  const auto fail_in = [&](const std::string& name) {
    try {
      const RunFolder run(folder / name);
      run.record_run({"dwmtj"}, 2);
      run.write("table.csv", "half");
      throw std::runtime_error("failed");
    } catch (const std::runtime_error&) {
    }
  };
  RunFolder(folder / "old").write("table.csv", "old");
  fail_in("old");
  fail_in("new");
  EXPECT_EQ(names_in(folder), (Names{"old"}));
  EXPECT_EQ(names_in(folder / "old"), (Names{"table.csv"}));
  EXPECT_EQ(read_text(folder / "old/table.csv"), "old");
}

TEST(RunFolder, RemovesTheResultsOfAnEarlierRunAndNothingElse) {
  const TemporaryFolder folder;
  folder.write("mine.txt", "mine");
  {
    const RunFolder run(folder.path());
    run.record_run({"dwmtj"}, 1);
    run.write("it's odd.csv", "old");
    run.write("table.csv", "old");
    run.write("other.csv", "old");
  }
  {
    const RunFolder run(folder.path());
    run.record_run({"dwmtj"}, 1);
    run.write("table.csv", "new");
  }
  EXPECT_EQ(names_in(folder), (Names{"mine.txt", "run.yaml", "table.csv"}));
  const auto files = YAML::LoadFile((folder / "run.yaml").string())["files"];
  EXPECT_EQ(files.as<std::vector<std::string>>(), (Names{"run.yaml", "table.csv"}));
}

TEST(RunFolder, RemovesNothingOutsideItself) {
  const TemporaryFolder folder;
  folder.write("mine.txt", "mine");
  std::filesystem::create_directory(folder / "out");
  folder.write("out/run.yaml",
               "seed: 1\nfiles:\n- '../mine.txt'\n- '..'\n- '.'\n- ''\n- '\n- '.unfinished'\n");
  { RunFolder(folder / "out").record_run({"dwmtj"}, 1); }
  EXPECT_EQ(names_in(folder), (Names{"mine.txt", "out"}));
  EXPECT_EQ(names_in(folder / "out"), (Names{"run.yaml"}));
}

TEST(RunFolder, PutsNoFileInThePlaceOfAFolder) {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder / "table.csv/inside");
  folder.write("other.csv", "old");
  RunFolder run(folder.path());
  run.write("other.csv", "new");
  std::ofstream(run.path() / "table.csv") << "a table";
  const auto message = (folder / "table.csv").string() + ": cannot be written: it is a folder";
  EXPECT_EQ(input_error_of([&] { run.write("table.csv", "text"); }), message);
  EXPECT_EQ(input_error_of([&] { run.commit(); }), message);
  EXPECT_EQ(read_text(folder / "other.csv"), "old");
  EXPECT_TRUE(std::filesystem::exists(folder / "table.csv/inside"));
}

TEST(RunFolder, ClearsAwayWhatAKilledRunLeft) {
  const TemporaryFolder folder;
  const auto child = fork();
  if (child == 0) {
    const RunFolder run(folder.path());
    run.write("table.csv", "half");
    _exit(0);
  }
  waitpid(child, nullptr, 0);
  EXPECT_EQ(names_in(folder), (Names{".unfinished"}));
  { RunFolder(folder.path()).write("other.csv", "new"); }
  EXPECT_EQ(names_in(folder), (Names{"other.csv"}));
}

TEST(RunFolder, IsOneRunsAtATime) {
  const TemporaryFolder folder;
  RunFolder run(folder.path());
  EXPECT_EQ(input_error_of([&] { RunFolder second(folder.path()); }),
            folder.path().string() + ": another run is writing here");
  run.write("table.csv", "first");
  run.commit();
  EXPECT_EQ(read_text(folder / "table.csv"), "first");
}

TEST(RunFolder, DoesNotOverwriteAnInput) {
  const TemporaryFolder folder;
  const auto input = folder.write("run.yaml", "name: mine\n");
  std::filesystem::create_symlink(folder.path(), folder / "link");
  for (const auto& name : {input, folder / "link/run.yaml"}) {
    EXPECT_EQ(input_error_of([&] {
                const RunFolder run(folder.path());
                run.keep_copy(name);
                run.record_run({"dwmtj"}, 1);
              }),
              input.string() + ": is an input, and would be overwritten");
    EXPECT_EQ(read_text(input), "name: mine\n");
  }
  EXPECT_EQ(input_error_of([&] {
              const RunFolder run(folder / "out");
              run.keep_copy(input);
              run.record_run({"dwmtj"}, 1);
            }),
            "run.yaml: an input and a result have this name; rename the input");
  EXPECT_FALSE(std::filesystem::exists(folder / "out"));
}

// Results that others, such as a program that draws, put beside it.
TEST(RunFolder, DoesNotOverwriteAnInputAtTheEnd) {
  const TemporaryFolder folder;
  const auto input = folder.write("ramp.png", "mine");
  RunFolder run(folder.path());
  run.protect(input);
  std::ofstream(run.path() / "ramp.png") << "a figure";
  EXPECT_EQ(input_error_of([&] { run.commit(); }),
            input.string() + ": is an input, and would be overwritten");
  EXPECT_EQ(read_text(input), "mine");
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
                kVersion + "\nseed: 7\nfiles:\n- 'run.yaml'\n");
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
