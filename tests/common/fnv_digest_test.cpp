// SPDX-License-Identifier: Apache-2.0
// FNV-1a of 64 bits against its published values.
#include "common/fnv_digest.h"

#include <string>

#include <gtest/gtest.h>

namespace dwmtj {
namespace {

std::uint64_t digest_of(const std::string& text) {
  FnvDigest digest;
  for (const char c : text) digest.add(c);
  return digest.value();
}

TEST(FnvDigest, PublishedValues) {
  EXPECT_EQ(digest_of(""), 0xcbf29ce484222325U);
  EXPECT_EQ(digest_of("a"), 0xaf63dc4c8601ec8cU);
  EXPECT_EQ(digest_of("foobar"), 0x85944171f73967e8U);
}

TEST(FnvDigest, NumbersAreTheirBytesFromTheLowest) {
  FnvDigest digest;
  digest.add(std::uint32_t{0x626f6f66U});  // "foob"
  digest.add(std::uint16_t{0x7261U});      // "ar"
  EXPECT_EQ(digest.value(), digest_of("foobar"));
  FnvDigest of_float;
  of_float.add(1.0F);  // 0x3f800000
  EXPECT_EQ(of_float.value(), digest_of(std::string("\0\0\x80?", 4)));
}

TEST(FnvDigest, ValuesDoNotMoveFromOneListToTheNext) {
  FnvDigest one;
  one.add(std::vector<int>{1, 2});
  one.add(std::vector<int>{3});
  FnvDigest other;
  other.add(std::vector<int>{1});
  other.add(std::vector<int>{2, 3});
  EXPECT_NE(one.value(), other.value());
}

}  // namespace
}  // namespace dwmtj
