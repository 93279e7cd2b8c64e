// SPDX-License-Identifier: Apache-2.0
// The fuzz target over sound files and seeded accidents to them.
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "tests/datasets/data_fuzz_target.h"

namespace dwmtj {
namespace {

std::string npy(const std::string& type, const std::string& shape, const std::string& data) {
  const std::string header =
      "{'descr': " + type + ", 'fortran_order': False, 'shape': " + shape + ", }\n";
  return std::string("\x01\x93NUMPY\x01\x00", 9) + static_cast<char>(header.size()) + '\0' +
         header + data;
}

std::vector<std::string> sound_files() {
  return {std::string("\x00\x00\x00\x08\x03\x00\x00\x00\x02\x00\x00\x00\x01\x00\x00\x00\x03", 17) +
              "abcdef",
          std::string("\x00\x00\x00\x08\x01\x00\x00\x00\x03", 9) + "abc",
          npy("'|u1'", "(2, 3)", "abcdef"),
          npy("'<f4'", "(1, 2, 1)", std::string(8, '\0')),
          npy("'<f8'", "(1, 1)", std::string(8, '\0')),
          npy("'<i8'", "(2,)", std::string(16, '\0')),
          "\x02" + std::string(3073, 'a'),
          "\x03" + std::string(3074, 'a')};
}

std::string accident(std::string text, std::mt19937& random) {
  const auto below = [&](std::size_t end) { return random() % end; };
  switch (below(4)) {
    case 0:
      text[below(text.size())] ^= static_cast<char>(1U << below(8));
      break;
    case 1:
      text.erase(below(text.size()), 1 + below(8));
      break;
    case 2:
      text.insert(below(text.size()), std::string(1 + below(8), static_cast<char>(below(256))));
      break;
    default:
      text[below(text.size())] = '9';
  }
  return text;
}

TEST(DataFile, SoundOnesAndAccidents) {
  std::mt19937 random(1);
  for (const auto& file : sound_files()) {
    ASSERT_NO_THROW(fuzz_data_file(file));
    for (int round = 0; round < 3000; ++round) {
      auto broken = accident(file, random);
      if (!broken.empty() && round % 2 == 1) broken = accident(broken, random);
      ASSERT_NO_THROW(fuzz_data_file(broken)) << broken;
    }
  }
}

}  // namespace
}  // namespace dwmtj
