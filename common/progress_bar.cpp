// SPDX-License-Identifier: Apache-2.0
#include "common/progress_bar.h"

#include <cstdio>
#include <unistd.h>

#include <fmt/format.h>

namespace dwmtj {
namespace {

constexpr double kQuietSeconds = 1.0;
constexpr double kRedrawSeconds = 0.1;
constexpr int kCells = 30;

double seconds_since(std::chrono::steady_clock::time_point moment) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - moment).count();
}

}  // namespace

ProgressBar::ProgressBar(std::string title, std::size_t steps, std::string rate)
    : title_(std::move(title)),
      rate_(std::move(rate)),
      steps_(steps),
      terminal_(isatty(STDERR_FILENO) == 1),
      start_(std::chrono::steady_clock::now()),
      last_draw_(start_) {}

ProgressBar::~ProgressBar() {
  if (drawn_) std::fputs("\r\033[K", stderr);
}

void ProgressBar::advance(std::size_t steps) {
  const std::lock_guard<std::mutex> lock(mutex_);
  done_ += steps;
  const double seconds = seconds_since(start_);
  if (!terminal_ || seconds < kQuietSeconds || seconds_since(last_draw_) < kRedrawSeconds) return;
  draw(seconds);
}

void ProgressBar::draw(double seconds) {
  const double share =
      done_ >= steps_ ? 1.0 : static_cast<double>(done_) / static_cast<double>(steps_);
  const int filled = static_cast<int>(share * kCells);
  const double remaining = share > 0.0 ? seconds * (1.0 - share) / share : 0.0;
  const auto rate =
      rate_.empty() ? "" : fmt::format("  {:.3g} {}", static_cast<double>(done_) / seconds, rate_);
  const auto text = fmt::format("\r\033[K{} [{:#<{}}{:.<{}}] {:3.0f} %{}  {:.0f} s left", title_,
                                "", filled, "", kCells - filled, 100.0 * share, rate, remaining);
  std::fputs(text.c_str(), stderr);
  std::fflush(stderr);
  drawn_ = true;
  last_draw_ = std::chrono::steady_clock::now();
}

}  // namespace dwmtj
