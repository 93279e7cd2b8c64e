// SPDX-License-Identifier: Apache-2.0
// The fuzz target over the examples and their seeded mutations.
#include <algorithm>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "common/build_paths.h"
#include "tests/support/temporary_folder.h"
#include "tests/traces/trace_fuzz_target.h"

namespace dwmtj {
namespace {

constexpr int kRounds = 1000;

std::vector<std::string> examples() {
  std::vector<std::filesystem::path> files;
  const auto folder = std::filesystem::path(kSourceDir) / "traces/examples";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());  // so that a failure can be repeated
  std::vector<std::string> texts;
  texts.reserve(files.size());
  for (const auto& file : files) texts.push_back(read_text(file));
  return texts;
}

// A few small accidents behind the header.
class Mutator {
 public:
  explicit Mutator(std::uint32_t seed) : random_(seed) {}

  std::string operator()(std::string text) {
    for (std::size_t count = 1 + below(4); count > 0; --count) {
      const std::size_t place = kHeader + below(text.size() - kHeader);
      switch (below(3)) {
        case 0:
          text[place] = static_cast<char>(text[place] ^ (1 << below(8)));
          break;
        case 1:
          if (text.size() > kHeader + 20) text.erase(place, 1 + below(10));
          break;
        default:
          text.insert(place, pieces_[below(pieces_.size())]);
      }
    }
    return text;
  }

 private:
  static constexpr std::size_t kHeader = 14;

  std::size_t below(std::size_t end) { return random_() % end; }

  const std::vector<std::string> pieces_ = {"\n",
                                            "\r",
                                            "\t",
                                            " ",
                                            "#",
                                            "@",
                                            "-",
                                            "_",
                                            "*",
                                            ",",
                                            "=",
                                            "row",
                                            "data=",
                                            "0",
                                            "-32768",
                                            "4294967296",
                                            "ns",
                                            ".5",
                                            "op7",
                                            "\xff",
                                            "*65536",
                                            std::string(1, '\0'),
                                            "99999999999999999999"};
  std::mt19937 random_;
};

void expect_sound(const std::string& input) {
  try {
    fuzz_trace(input);
  } catch (const std::exception& error) {
    FAIL() << error.what() << "\n" << input;
  }
}

TEST(TraceFuzz, ExamplesAndTheirMutations) {
  Mutator mutate(1);
  const auto texts = examples();
  for (const auto& text : texts) expect_sound(text);
  for (std::size_t round = 0; round < kRounds; ++round) {
    expect_sound(mutate(texts[round % texts.size()]));
    if (HasFatalFailure()) return;
  }
}

TEST(TraceFuzz, BytesThatLookLikeGzip) {
  std::mt19937 random(2);
  for (int round = 0; round < 100; ++round) {
    std::string bytes = "\x1f\x8b\x08";
    for (int i = 0; i < 40; ++i) bytes += static_cast<char>(random());
    expect_sound(bytes);
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace dwmtj
