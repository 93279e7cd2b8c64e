// SPDX-License-Identifier: Apache-2.0
// A set of indices: which positions of a stage, or which channels, something needs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace dwmtj {

class IndexSet {
 public:
  IndexSet() = default;
  // Of indices from 0 to `size`, `size` not among them; empty at first.
  explicit IndexSet(std::int64_t size) : size_(size), words_(word_of(size) + 1, 0) {}
  static IndexSet all(std::int64_t size);

  void add(std::int64_t first, std::int64_t count = 1);
  void add_all() { *this = all(size_); }

  [[nodiscard]] bool contains(std::int64_t i) const {
    return words_.empty() || (words_[word_of(i)] >> (i % kBits) & 1U) != 0;
  }
  // Of the set, how many lie below `i`, which may be the size. After the last add().
  [[nodiscard]] std::int64_t below(std::int64_t i) const;
  [[nodiscard]] std::int64_t count() const { return below(size_); }
  [[nodiscard]] std::int64_t size() const { return size_; }
  // Makes below() fast.
  void close();

  friend bool operator==(const IndexSet& a, const IndexSet& b) {
    return a.size_ == b.size_ && a.words_ == b.words_;
  }

 private:
  static constexpr std::int64_t kBits = 64;
  static std::size_t word_of(std::int64_t i) { return static_cast<std::size_t>(i / kBits); }

  std::int64_t size_ = 0;
  std::vector<std::uint64_t> words_;  // none: all
  std::vector<std::int64_t> before_;  // how many are in the words before
};

}  // namespace dwmtj
