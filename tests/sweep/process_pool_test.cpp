// SPDX-License-Identifier: Apache-2.0
// Processes side by side: all items, their ends, and nothing left behind.
#include "sweep/process_pool.h"

#include <csignal>
#include <filesystem>
#include <map>
#include <numeric>
#include <optional>
#include <unistd.h>

#include <gtest/gtest.h>
#include <sys/wait.h>

#include "common/write_lock.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

std::vector<std::size_t> first(std::size_t count) {
  std::vector<std::size_t> items(count);
  std::iota(items.begin(), items.end(), std::size_t{0});
  return items;
}

TEST(ProcessPool, EachItemIsRunOnceAndItsEndIsTold) {
  std::map<std::size_t, ProcessEnd> ends;
  const bool all = for_each_in_processes(
      first(40), 3,
      [](std::size_t item) {
        std::signal(SIGSEGV, SIG_DFL);  // a sanitizer takes it else
        if (item == 7) raise(SIGSEGV);
        return static_cast<int>(item % 5);
      },
      [&](const ProcessEnd& end) { return ends.emplace(end.item, end).second; });
  EXPECT_TRUE(all);
  ASSERT_EQ(ends.size(), 40U);
  for (const auto& [item, end] : ends) {
    EXPECT_EQ(end.status, item == 7 ? -1 : static_cast<int>(item % 5)) << item;
    EXPECT_EQ(end.signal, item == 7 ? SIGSEGV : 0) << item;
  }
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1);  // no child is left
}

TEST(ProcessPool, NoMoreAtOnceThanAskedFor) {
  const TemporaryFolder folder;
  const auto running = [&] {
    long count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
      count += entry.is_regular_file() ? 1 : 0;
    }
    return count;
  };
  for_each_in_processes(
      first(12), 3,
      [&](std::size_t item) {
        const auto file = folder.write(std::to_string(item), "");
        const long seen = running();
        usleep(3000);
        std::filesystem::remove(file);
        return static_cast<int>(seen);
      },
      [&](const ProcessEnd& end) {
        EXPECT_GE(end.status, 1);
        EXPECT_LE(end.status, 3);
        return true;
      });
}

// Else a sweep that was killed could not be run again before the last of its points had ended.
TEST(ProcessPool, LocksStayWithTheParent) {
  const TemporaryFolder folder;
  std::optional<WriteLock> lock(std::in_place, folder.path(), folder.path());
  const auto wait_for = [&](const char* file) {
    for (int i = 0; i < 10'000 && !exists(folder / file); ++i) usleep(1000);
    return exists(folder / file) ? 0 : 1;
  };
  for_each_in_processes(
      first(2), 2,
      [&](std::size_t item) {
        if (item == 0) return wait_for("started");
        folder.write("started", "");
        return wait_for("go");
      },
      [&](const ProcessEnd& end) {
        if (end.item == 1) {
          EXPECT_EQ(end.status, 0) << "it was there meanwhile";
          return true;
        }
        lock.reset();
        EXPECT_NO_THROW(lock.emplace(folder.path(), folder.path()));
        folder.write("go", "");
        return true;
      });
}

TEST(ProcessPool, WhoeverEndsCanStopTheRest) {
  std::size_t ended = 0;
  const bool all = for_each_in_processes(
      first(1000), 2,
      [](std::size_t item) {
        if (item > 0) pause();  // until it is told to end
        return 0;
      },
      [&](const ProcessEnd&) { return ++ended == 0; });
  EXPECT_FALSE(all);
  EXPECT_LE(ended, 3U);
}

TEST(ProcessPool, AStubbornProcessIsEnded) {
  int killed = 0;
  const TemporaryFolder folder;
  for_each_in_processes(
      first(2), 2,
      [&](std::size_t item) {
        std::signal(SIGTERM, SIG_IGN);
        if (item > 0) {
          folder.write("stubborn", "");
          for (;;) pause();
        }
        while (!std::filesystem::exists(folder / "stubborn")) usleep(1000);
        return 0;
      },
      [&](const ProcessEnd& end) {
        killed += end.signal == SIGKILL ? 1 : 0;
        return false;
      });
  EXPECT_EQ(killed, 1);
}

// The processes of one that is killed end with it.
TEST(ProcessPool, NothingOutlivesThisProcess) {
  const TemporaryFolder folder;
  const pid_t parent = fork();
  if (parent == 0) {
    for_each_in_processes(
        first(2), 2,
        [&](std::size_t item) {
          folder.write(std::to_string(item), std::to_string(getpid()));
          while (true) pause();
          return 0;
        },
        [](const ProcessEnd&) { return true; });
    _exit(0);
  }
  const auto pid_in = [&](const char* name) {
    const auto text = read_text(folder / name);
    return text.empty() ? 0 : std::stoi(text);
  };
  while (pid_in("0") == 0 || pid_in("1") == 0) usleep(1000);
  const int one = pid_in("0");
  const int other = pid_in("1");
  kill(parent, SIGKILL);
  waitpid(parent, nullptr, 0);
  // Where nobody reaps orphans they stay as zombies: gone is what has no more memory.
  const auto gone = [](int process) {
    return read_text("/proc/" + std::to_string(process) + "/cmdline").empty();
  };
  for (int tries = 0; tries < 60000 && !(gone(one) && gone(other)); ++tries) usleep(1000);
  EXPECT_TRUE(gone(one) && gone(other));
}

}  // namespace
}  // namespace dwmtj
