// SPDX-License-Identifier: Apache-2.0
#include "common/output_file.h"

#include <csignal>
#include <string>

#include <gtest/gtest.h>
#include <sys/resource.h>

#include "common/disk_full_error.h"
#include "tests/support/input_error_of.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

// Writing beyond this many bytes of a file fails while an object of this class lives, as it does on
// a full disk.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &before_);
    rlimit limit = before_;
    limit.rlim_cur = bytes;
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int);
};

bool is_empty(const TemporaryFolder& folder) { return std::filesystem::is_empty(folder.path()); }

TEST(OutputFile, AppearsWhenItIsCommitted) {
  const TemporaryFolder folder;
  OutputFile file(folder / "table.csv");
  file.write("a,b\n");
  file.write("1,2\n");
  EXPECT_FALSE(std::filesystem::exists(folder / "table.csv"));
  file.commit();
  EXPECT_EQ(read_text(folder / "table.csv"), "a,b\n1,2\n");
  EXPECT_FALSE(std::filesystem::exists(folder / "table.csv.part"));
}

TEST(OutputFile, KeepsBytesAsTheyAre) {
  const TemporaryFolder folder;
  const std::string bytes("\r\n\0\xff", 4);
  OutputFile file(folder / "bytes");
  file.write(bytes);
  file.commit();
  EXPECT_EQ(read_text(folder / "bytes"), bytes);
}

TEST(OutputFile, LeavesNothingWhenItIsNotCommitted) {
  const TemporaryFolder folder;
  { OutputFile(folder / "table.csv").write("half"); }
  EXPECT_TRUE(is_empty(folder));
}

TEST(OutputFile, KeepsTheFileOfBeforeUntilItIsCommitted) {
  const TemporaryFolder folder;
  folder.write("table.csv", "before");
  { OutputFile(folder / "table.csv").write("half"); }
  EXPECT_EQ(read_text(folder / "table.csv"), "before");
  OutputFile file(folder / "table.csv");
  file.write("after");
  file.commit();
  EXPECT_EQ(read_text(folder / "table.csv"), "after");
}

TEST(OutputFile, TakesOverThePartOfAKilledRun) {
  const TemporaryFolder folder;
  folder.write("table.csv.part", "a long text that a killed run had written");
  OutputFile file(folder / "table.csv");
  file.write("short");
  file.commit();
  EXPECT_EQ(read_text(folder / "table.csv"), "short");
  EXPECT_FALSE(std::filesystem::exists(folder / "table.csv.part"));
}

TEST(OutputFile, IsOneRunsAtATime) {
  const TemporaryFolder folder;
  const auto path = folder / "table.csv";
  OutputFile first(path);
  EXPECT_EQ(input_error_of([&] { OutputFile second(path); }),
            path.string() + ": another run is writing here");
  first.write("first");
  first.commit();
  OutputFile(path).commit();
  EXPECT_EQ(read_text(path), "");
}

TEST(OutputFile, KnowsAnInputByWhateverName) {
  const TemporaryFolder folder;
  const auto input = folder.write("input.yaml", "mine");
  std::filesystem::create_symlink(input, folder / "soft");
  std::filesystem::create_hard_link(input, folder / "hard");
  for (const char* const name : {"input.yaml", "soft", "hard", "./input.yaml"}) {
    const auto output = folder / name;
    EXPECT_EQ(input_error_of([&] { check_not_input(output, input); }),
              output.string() + ": is an input, and would be overwritten");
  }
  check_not_input(folder / "other", input);
}

TEST(OutputFile, NeedsItsFolder) {
  const TemporaryFolder folder;
  const auto path = folder / "nowhere/table.csv";
  EXPECT_EQ(input_error_of([&] { OutputFile file(path); }),
            path.string() + ": cannot be written: No such file or directory");
}

TEST(OutputFile, CannotReplaceAFolder) {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder / "table.csv/inside");
  const auto path = (folder / "table.csv").string();
  EXPECT_EQ(input_error_of([&] { OutputFile(path).commit(); }),
            path + ": cannot be written: it is a folder");
  EXPECT_FALSE(std::filesystem::exists(path + ".part"));
}

// Larger and smaller than the buffer of the stream: the failure shows at a write or at the end.
TEST(OutputFile, FailsAndLeavesNothingWhenTheDiskIsFull) {
  const TemporaryFolder folder;
  const auto path = folder / "table.csv";
  for (const std::size_t size : {100000U, 2000U}) {
    const FileSizeLimit limit(1024);
    try {
      OutputFile file(path);
      for (int part = 0; part < 3; ++part) file.write(std::string(size, 'x'));
      file.commit();
      ADD_FAILURE() << "written";
    } catch (const DiskFullError& error) {
      EXPECT_EQ(error.what(), path.string() + ": cannot be written (disk full?)");
    }
    EXPECT_TRUE(is_empty(folder));
  }
}

TEST(OutputFile, KeepsTheFileOfBeforeWhenTheDiskIsFull) {
  const TemporaryFolder folder;
  folder.write("table.csv", "before");
  {
    const FileSizeLimit limit(16);
    OutputFile file(folder / "table.csv");
    file.write(std::string(2000, 'x'));
    EXPECT_THROW(file.commit(), DiskFullError);
  }
  EXPECT_EQ(read_text(folder / "table.csv"), "before");
}

}  // namespace
}  // namespace dwmtj
