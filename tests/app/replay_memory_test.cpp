// SPDX-License-Identifier: Apache-2.0
// `dwmtj replay` keeps nothing of the lines that it has passed, in whatever view.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "tests/app/program.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

constexpr int kFew = 20'000;
constexpr int kMany = 120'000;
constexpr long kMostKibibytes = 2048;  // more for many lines than for few: 20 bytes a line

std::string trace_of(int lines) {
  const std::string kinds[] = {
      "- tile0 reset row=0\n", "- tile0 pulse row=0 data=1,0,2,0\n",
      "- tile0 read row=0\n",  "- tile0 update row=1 data=1,-1,0,1\n",
      "- tile0 op9\n",         "- tile0 multiply data=1,-1,0,1\n",
      "- tile0 reset row=1\n", "- tile0 program row=2 data=1,2,3,0\n",
  };
  std::string text = "dwmtj-trace 1\n";
  for (int line = 0; line < lines; ++line) text += kinds[line % std::size(kinds)];
  return text;
}

// Of all programs so far, the most.
long peak_kibibytes() {
  rusage usage{};
  getrusage(RUSAGE_CHILDREN, &usage);
  return usage.ru_maxrss;
}

TEST(ReplayMemory, DoesNotGrowWithTheTrace) {
#if defined(__SANITIZE_ADDRESS__)
  GTEST_SKIP() << "what is freed, the sanitizer keeps";
#endif
  const TemporaryFolder folder;
  folder.write("few.trace", trace_of(kFew));
  folder.write("many.trace", trace_of(kMany));
  // What needs most comes last, as the peak is of all before.
  const std::vector<std::vector<std::string>> runs = {
      {"--rows", "4", "--columns", "4", "--view", "all"},
      {"--arch", "bus-4", "--timing", "lt", "--out", "out"},
      {"--arch", "bus-4", "--record", "record.db"}};
  for (const auto& options : runs) {
    const auto peak_with = [&](const char* trace) {
      std::vector<std::string> words = {"replay", trace};
      words.insert(words.end(), options.begin(), options.end());
      const auto outcome = dwmtj_in(folder.path(), words);
      EXPECT_EQ(outcome.status, 0) << outcome.err;
      std::filesystem::remove(folder / "record.db");
      return peak_kibibytes();
    };
    const auto with_few = peak_with("few.trace");
    EXPECT_LT(peak_with("many.trace"), with_few + kMostKibibytes) << options.back();
  }
}

}  // namespace
}  // namespace dwmtj
