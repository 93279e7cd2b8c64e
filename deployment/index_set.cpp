// SPDX-License-Identifier: Apache-2.0
#include "deployment/index_set.h"

#include <algorithm>
#include <bitset>

namespace dwmtj {
namespace {

std::int64_t ones(std::uint64_t word) {
  return static_cast<std::int64_t>(std::bitset<64>(word).count());
}

// The lowest so many bits.
std::uint64_t low_bits(std::int64_t count) { return (std::uint64_t{1} << count) - 1; }

}  // namespace

IndexSet IndexSet::all(std::int64_t size) {
  IndexSet set;
  set.size_ = size;
  return set;
}

void IndexSet::add(std::int64_t first, std::int64_t count) {
  if (words_.empty()) return;
  for (const std::int64_t last = first + count; first < last;) {
    const std::int64_t bit = first % kBits;
    const std::int64_t here = std::min(kBits - bit, last - first);
    words_[word_of(first)] |= here == kBits ? ~std::uint64_t{0} : low_bits(here) << bit;
    first += here;
  }
}

void IndexSet::close() {
  before_.assign(1, 0);
  for (const auto word : words_) before_.push_back(before_.back() + ones(word));
  if (before_.back() == size_) *this = all(size_);
}

std::int64_t IndexSet::below(std::int64_t i) const {
  if (words_.empty()) return i;
  return before_[word_of(i)] + ones(words_[word_of(i)] & low_bits(i % kBits));
}

}  // namespace dwmtj
