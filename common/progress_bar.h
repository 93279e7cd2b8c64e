// SPDX-License-Identifier: Apache-2.0
// A progress bar for work that takes more than a second; silent when stderr is no terminal.
#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>

namespace dwmtj {

class ProgressBar {
 public:
  // `rate`: what the steps of a second are called, if their number is to be shown: "points/s".
  ProgressBar(std::string title, std::size_t steps, std::string rate = "");
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void advance(std::size_t steps = 1);  // from any thread

 private:
  void draw(double seconds);

  std::string title_;
  std::string rate_;
  std::size_t steps_;
  std::size_t done_ = 0;
  bool terminal_;
  bool drawn_ = false;
  std::chrono::steady_clock::time_point start_;
  std::chrono::steady_clock::time_point last_draw_;
  std::mutex mutex_;
};

}  // namespace dwmtj
