// SPDX-License-Identifier: Apache-2.0
#include "common/spool.h"

#include <gtest/gtest.h>

#include "tests/recording/file_size_limit.h"

namespace dwmtj {
namespace {

struct Word {
  int number = 0;
  std::vector<std::int16_t> data;
};
bool operator==(const Word& a, const Word& b) { return a.number == b.number && a.data == b.data; }

void write_record(const Word& word, std::string& bytes) {
  append_bytes(word.number, bytes);
  append_bytes(word.data, bytes);
}
void read_record(const char*& from, Word& word) {
  take_bytes(from, word.number);
  take_bytes(from, word.data);
}

Word word(int i) {
  const int length = i % 7 == 0 ? 3000 : std::abs(i % 5);
  return {i, std::vector<std::int16_t>(static_cast<std::size_t>(length),
                                       static_cast<std::int16_t>(-i))};
}

TEST(Spooled, GivesBackWhatItTookInOrder) {
  Spooled<Word> words;
  Spooled<Word> others;  // in the same file
  for (int i = 0; i < 2000; ++i) {
    words.push_back(word(i));
    others.push_back(word(-i));
    EXPECT_EQ(words.back(), word(i));
  }
  ASSERT_EQ(words.size(), 2000U);
  for (int round = 0; round < 2; ++round) {
    int i = 0;
    auto other = others.begin();
    for (const auto& each : words) {
      EXPECT_EQ(each, word(i)) << i;
      EXPECT_EQ(*other, word(-i)) << i;
      ++other;
      ++i;
    }
    EXPECT_EQ(i, 2000);
    EXPECT_TRUE(other == others.end());
  }
}

// Read back with those of before and after.
TEST(Spooled, StaysInMemoryWhereTheDiskIsFull) {
  Spooled<Word> words;
  const auto add_to = [&](int end) {
    for (auto i = static_cast<int>(words.size()); i < end; ++i) words.push_back(word(i));
  };
  add_to(100);
  {
    const test::FileSizeLimit limit(1);
    add_to(200);
  }
  add_to(300);
  int i = 0;
  for (const auto& each : words) EXPECT_EQ(each, word(i++));
  EXPECT_EQ(i, 300);
}

TEST(Spooled, IsAValue) {
  Spooled<Word> words = {word(1), word(2)};
  const auto copy = words;
  words.push_back(word(3));
  EXPECT_EQ(copy.all(), (std::vector<Word>{word(1), word(2)}));
  EXPECT_EQ(words.all(), (std::vector<Word>{word(1), word(2), word(3)}));
  words.clear();
  EXPECT_TRUE(words.empty());
  EXPECT_TRUE(words.begin() == words.end());
}

}  // namespace
}  // namespace dwmtj
