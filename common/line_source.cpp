// SPDX-License-Identifier: Apache-2.0
#include "common/line_source.h"

#include <cstring>

#include <fmt/format.h>

#include "common/input_error.h"

namespace dwmtj {
namespace {

constexpr std::size_t kLineBuffer = std::size_t{64} << 10U;

std::string_view without_return(std::string_view line) {
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

}  // namespace

LineSource::LineSource(std::filesystem::path file, std::FILE* copy)
    : path_(std::move(file)), bytes_(path_, copy), buffer_(kLineBuffer) {}

bool LineSource::next(std::string_view& line) {
  ++number_;
  searched_ = begin_;
  for (;;) {
    const void* const found = std::memchr(buffer_.data() + searched_, '\n', end_ - searched_);
    if (found != nullptr) {
      const auto stop = static_cast<std::size_t>(static_cast<const char*>(found) - buffer_.data());
      give_out(stop, line);
      begin_ = stop + 1;
      return true;
    }
    if (ended_) return last_line(line);
    searched_ = end_;
    read_more();
  }
}

// The last line of a file may lack its end.
bool LineSource::last_line(std::string_view& line) {
  const bool any = begin_ < end_;
  give_out(end_, line);
  begin_ = end_;
  return any;
}

void LineSource::give_out(std::size_t stop, std::string_view& line) const {
  check_length(stop - begin_);
  line = without_return({buffer_.data() + begin_, stop - begin_});
}

void LineSource::check_length(std::size_t length) const {
  if (length <= kLongestLine) return;
  fail(fmt::format("expected at most {} MiB in a line", kLongestLine >> 20U));
}

void LineSource::read_more() {
  check_length(end_ - begin_);
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    searched_ -= begin_;
    begin_ = 0;
  }
  if (end_ == buffer_.size()) buffer_.resize(2 * buffer_.size());
  try {
    const auto count = bytes_.read(buffer_.data() + end_, buffer_.size() - end_);
    ended_ = count == 0;
    end_ += count;
  } catch (const InputError& error) {
    fail(error.what());
  }
}

void LineSource::fail(const std::string& message) const {
  throw InputError(fmt::format("{}:{}: {}", path_.string(), number_, message));
}

}  // namespace dwmtj
