// SPDX-License-Identifier: Apache-2.0
#include "common/progress_bar.h"

#include <chrono>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <regex>
#include <thread>
#include <unistd.h>
#include <vector>

#include <gtest/gtest.h>

namespace dwmtj {
namespace {

using std::chrono::milliseconds;

// stderr goes to `descriptor` while an object of this class lives.
class RedirectedStderr {
 public:
  explicit RedirectedStderr(int descriptor) : before_(dup(STDERR_FILENO)) {
    std::fflush(stderr);
    dup2(descriptor, STDERR_FILENO);
  }
  ~RedirectedStderr() {
    std::fflush(stderr);
    dup2(before_, STDERR_FILENO);
    close(before_);
  }
  RedirectedStderr(const RedirectedStderr&) = delete;
  RedirectedStderr& operator=(const RedirectedStderr&) = delete;

 private:
  int before_;
};

class Terminal {
 public:
  Terminal() { works_ = openpty(&reader_, &writer_, nullptr, nullptr, nullptr) == 0; }
  ~Terminal() {
    if (!works_) return;
    close(reader_);
    close(writer_);
  }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  [[nodiscard]] bool works() const { return works_; }
  [[nodiscard]] int descriptor() const { return writer_; }
  [[nodiscard]] std::string shown() const {
    std::string result;
    pollfd ready{reader_, POLLIN, 0};
    while (poll(&ready, 1, 50) == 1) {
      char buffer[4096];
      const auto size = read(reader_, buffer, sizeof buffer);
      if (size <= 0) break;
      result.append(buffer, static_cast<std::size_t>(size));
    }
    return result;
  }

 private:
  int reader_ = -1;
  int writer_ = -1;
  bool works_ = false;
};

TEST(ProgressBar, IsSilentWhenStderrIsNoTerminal) {
  ::testing::internal::CaptureStderr();
  {
    ProgressBar bar("work", 10);
    std::this_thread::sleep_for(milliseconds(1100));
    bar.advance(5);
  }
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
}

TEST(ProgressBar, IsSilentDuringTheFirstSecond) {
  const Terminal terminal;
  if (!terminal.works()) GTEST_SKIP() << "no pseudo-terminal here";
  {
    const RedirectedStderr redirected(terminal.descriptor());
    const auto start = std::chrono::steady_clock::now();
    ProgressBar bar("work", 10);
    for (int i = 0; i < 10; ++i) bar.advance();
    const auto passed = std::chrono::steady_clock::now() - start;
    if (passed > milliseconds(900)) GTEST_SKIP() << "the machine is too busy";
  }
  EXPECT_EQ(terminal.shown(), "");
}

TEST(ProgressBar, ShowsTheShareAndWipesItselfOut) {
  const Terminal terminal;
  if (!terminal.works()) GTEST_SKIP() << "no pseudo-terminal here";
  {
    const RedirectedStderr redirected(terminal.descriptor());
    ProgressBar bar("work", 4);
    std::this_thread::sleep_for(milliseconds(1100));
    bar.advance(2);
  }
  // As many seconds as have passed: at least one, and more on a busy machine.
  EXPECT_TRUE(std::regex_match(
      terminal.shown(),
      std::regex(
          "\r\x1b\\[Kwork \\[###############\\.{15}\\]  50 %  [1-9][0-9]* s left\r\x1b\\[K")));
}

TEST(ProgressBar, StaysWholeWhenMoreStepsComeThanAnnounced) {
  const Terminal terminal;
  if (!terminal.works()) GTEST_SKIP() << "no pseudo-terminal here";
  {
    const RedirectedStderr redirected(terminal.descriptor());
    ProgressBar bar("work", 4);
    std::this_thread::sleep_for(milliseconds(1100));
    bar.advance(9);
  }
  EXPECT_EQ(terminal.shown(),
            "\r\x1b[Kwork [##############################] 100 %  0 s left\r\x1b[K");
}

TEST(ProgressBar, TakesStepsFromManyThreads) {
  ProgressBar bar("work", 4000);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&bar] {
      for (int step = 0; step < 1000; ++step) bar.advance();
    });
  }
  for (auto& thread : threads) thread.join();
}

}  // namespace
}  // namespace dwmtj
