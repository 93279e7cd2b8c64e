// SPDX-License-Identifier: Apache-2.0
#include "traces/trace_reader.h"

#include <fstream>
#include <thread>
#include <zlib.h>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "common/build_paths.h"
#include "tests/support/input_error_of.h"
#include "tests/support/temporary_folder.h"
#include "traces/random_trace.h"
#include "traces/trace_writer.h"

namespace dwmtj {
namespace {

constexpr std::size_t kMebi = std::size_t{1} << 20U;

class TraceFiles : public ::testing::Test {
 protected:
  [[nodiscard]] std::filesystem::path file(const std::string& text) const {
    return folder_.write("a.trace", text);
  }

  [[nodiscard]] std::filesystem::path compressed(const std::string& text) const {
    auto path = folder_ / "a.trace.gz";
    gzFile const stream = gzopen(path.c_str(), "wb");
    gzwrite(stream, text.data(), static_cast<unsigned>(text.size()));
    gzclose(stream);
    return path;
  }

  static std::vector<TraceEntry> entries_of(const std::filesystem::path& path) {
    std::vector<TraceEntry> entries;
    TraceReader reader(path);
    for (TraceEntry entry; reader.next(entry);) entries.push_back(entry);
    return entries;
  }

  // The message without the folder.
  [[nodiscard]] std::string error_of(const std::filesystem::path& path) const {
    const auto text = input_error_of([&] { return entries_of(path); });
    const auto start = folder_.path().string() + "/";
    return text.rfind(start, 0) == 0 ? text.substr(start.size()) : text;
  }

  TemporaryFolder folder_;
};

const char* const kTrace =
    "dwmtj-trace 1\n# comment\n\n  # another\n- tile0 read row=1\n@5ns tile1 multiply data=1\n";

TEST_F(TraceFiles, SkipCommentsAndEmptyLines) {
  const auto entries = entries_of(file(kTrace));
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0], (TraceEntry{kWhenFree, 0, {TileOp::read, 1, Side::plus, {}}}));
  EXPECT_EQ(entries[1], (TraceEntry{5000, 1, {TileOp::multiply, 0, Side::plus, {1}}}));
}

TEST(TraceEntries, AreTheSameWhereAllOfThemIs) {
  const TraceEntry entry{5000, 1, {TileOp::multiply, 3, Side::plus, {1}, 2}};
  EXPECT_TRUE(entry == (TraceEntry{5000, 1, {TileOp::multiply, 3, Side::plus, {1}, 2}}));
  for (const auto& other :
       std::vector<TraceEntry>{{5001, 1, {TileOp::multiply, 3, Side::plus, {1}, 2}},
                               {5000, 2, {TileOp::multiply, 3, Side::plus, {1}, 2}},
                               {5000, 1, {TileOp::read, 3, Side::plus, {1}, 2}},
                               {5000, 1, {TileOp::multiply, 4, Side::plus, {1}, 2}},
                               {5000, 1, {TileOp::multiply, 3, Side::minus, {1}, 2}},
                               {5000, 1, {TileOp::multiply, 3, Side::plus, {2}, 2}},
                               {5000, 1, {TileOp::multiply, 3, Side::plus, {1}, 3}}}) {
    EXPECT_FALSE(entry == other);
  }
}

TEST_F(TraceFiles, KnowTheLine) {
  TraceReader reader(file(kTrace));
  TraceEntry entry;
  reader.next(entry);
  EXPECT_EQ(reader.line(), 5U);
}

TEST_F(TraceFiles, MayBeGzip) {
  EXPECT_EQ(entries_of(compressed(kTrace)), entries_of(file(kTrace)));
}

TEST_F(TraceFiles, MayEndLinesAsWindowsOrNotAtAll) {
  EXPECT_EQ(entries_of(file("dwmtj-trace 1 \r\n- tile0 read row=1\r\n")).size(), 1U);
  EXPECT_EQ(entries_of(file("dwmtj-trace 1\n- tile0 read row=1")).size(), 1U);
  EXPECT_EQ(entries_of(file("dwmtj-trace 1")).size(), 0U);
}

TEST_F(TraceFiles, AreReadByTile) {
  const auto entries = read_trace(file(kTrace), 3);
  ASSERT_EQ(entries.size(), 3U);
  EXPECT_EQ(entries[0].size(), 1U);
  EXPECT_EQ(entries[1].size(), 1U);
  EXPECT_EQ(entries[2].size(), 0U);
  EXPECT_EQ(error_of(file("dwmtj-trace 1\n- tile0 read\n")),
            "a.trace:2: expected row= for read, found nothing");
}

TEST_F(TraceFiles, StartWithTheirHeader) {
  for (const char* const text :
       {"", "\n", "dwmtj-trace 2\n", " dwmtj-trace 1\n", "# a\n", "\xff"}) {
    EXPECT_EQ(error_of(file(text)), "a.trace:1: expected 'dwmtj-trace 1'") << text;
  }
}

TEST_F(TraceFiles, ThatAreNotThereAreAnError) {
  EXPECT_EQ(error_of(folder_ / "no"), "no: cannot be read: No such file or directory");
  EXPECT_NE(error_of(folder_.path()).find(": cannot be read: it is a folder"), std::string::npos);
}

TEST_F(TraceFiles, DoNotPassControlCharactersOn) {
  EXPECT_EQ(error_of(file(std::string("dwmtj-trace 1\n- tile\x1b[2J\n"))),
            "a.trace:2: expected a tile such as tile0, not 'tile?[2J'");
}

TEST_F(TraceFiles, CutShortAreAnErrorWhereTheyEnd) {
  std::string text = "dwmtj-trace 1\n";
  for (int i = 0; i < 2000; ++i) text += "- tile0 read row=" + std::to_string(i * 7919) + "\n";
  const auto whole = read_text(compressed(text));
  const auto path = folder_.write("b.gz", whole.substr(0, whole.size() / 2));
  const auto message = error_of(path);
  EXPECT_EQ(message.rfind("b.gz:", 0), 0U) << message;
  EXPECT_NE(message.find(": expected more gzip data: the file is cut short"), std::string::npos)
      << message;
  // Only the checksum at the end is missing: still not the whole file.
  EXPECT_NE(error_of(folder_.write("b.gz", whole.substr(0, whole.size() - 4))).find("cut short"),
            std::string::npos);
}

TEST_F(TraceFiles, DamagedAreAnError) {
  auto bytes = read_text(compressed(kTrace));
  bytes[bytes.size() - 6] = static_cast<char>(bytes[bytes.size() - 6] ^ 1);  // of the checksum
  const auto message = error_of(folder_.write("b.gz", bytes));
  EXPECT_NE(message.find(": expected sound gzip data: "), std::string::npos) << message;
}

TEST_F(TraceFiles, MayBeSeveralGzipMembers) {
  const auto first = read_text(compressed("dwmtj-trace 1\n- tile0 read row=0\n- tile0 re"));
  const auto second = read_text(compressed("ad row=1\n"));
  EXPECT_EQ(entries_of(folder_.write("b.gz", first + second)).size(), 2U);
  for (const auto& damaged : {first + second.substr(0, second.size() - 9),
                              first + second.substr(0, 12), first + second.substr(0, 1)}) {
    EXPECT_NE(error_of(folder_.write("b.gz", damaged)).find("cut short"), std::string::npos);
  }
  auto wrong = second;
  wrong[12] = static_cast<char>(wrong[12] ^ 0x55);
  EXPECT_NE(error_of(folder_.write("b.gz", first + wrong)).find("expected "), std::string::npos);
  for (const auto& rest : std::vector<std::string>{"- tile0 read row=1\n", "x", {1, '\0'}}) {
    EXPECT_NE(error_of(folder_.write("b.gz", first + rest))
                  .find(": expected nothing behind the gzip data"),
              std::string::npos);
  }
}

// As a named pipe or `<(...)` gives it: once.
TEST_F(TraceFiles, MayBePipesAndAreCopiedAsTheyAreRead) {
  const auto pipe = folder_ / "pipe";
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  const auto bytes = read_text(compressed(kTrace));
  std::thread writer([&] { std::ofstream(pipe, std::ios::binary) << bytes; });
  std::FILE* const copy = std::tmpfile();
  const auto entries = read_trace(pipe, 3, copy);
  writer.join();
  EXPECT_EQ(entries[0].size() + entries[1].size(), 2U);
  std::string copied(bytes.size() + 1, ' ');
  std::rewind(copy);
  EXPECT_EQ(std::fread(copied.data(), 1, copied.size(), copy), bytes.size());
  std::fclose(copy);
  copied.pop_back();
  EXPECT_EQ(copied, bytes);
}

TEST_F(TraceFiles, BoundTheirLines) {
  const std::string start = "dwmtj-trace 1\n";
  const std::string longest(16 * kMebi - 1, 'x');
  EXPECT_EQ(entries_of(file(start + "#" + longest + "\n- tile0 read row=0\n")).size(), 1U);
  const std::string message = ":2: expected at most 16 MiB in a line";
  EXPECT_EQ(error_of(file(start + "##" + longest + "\n")), "a.trace" + message);
  EXPECT_EQ(error_of(file(start + "##" + longest)), "a.trace" + message);
  EXPECT_EQ(error_of(compressed(start + std::string(100 * kMebi, '#'))), "a.trace.gz" + message);
}

TEST_F(TraceFiles, ReadBackAsTheyWereWritten) {
  for (std::uint64_t instance = 0; instance < 20; ++instance) {
    RandomTraceOptions options;
    options.instance = instance;
    options.tiles = 3;
    options.columns = 1 + static_cast<int>(5 * instance);
    options.illegal = 0.3;
    const auto entries = random_trace(1, options);
    TraceWriter writer(folder_ / "b.trace");
    writer.comment("made\nup");
    for (const auto& entry : entries) writer.add(entry);
    writer.commit();
    EXPECT_EQ(entries_of(folder_ / "b.trace"), entries);
    EXPECT_EQ(entries_of(compressed(read_text(folder_ / "b.trace"))), entries);
  }
}

TEST_F(TraceFiles, AppearWhole) {
  TraceWriter writer(folder_ / "b.trace");
  writer.add({});
  EXPECT_FALSE(std::filesystem::exists(folder_ / "b.trace"));
  writer.commit();
  EXPECT_TRUE(std::filesystem::exists(folder_ / "b.trace"));
}

TEST_F(TraceFiles, OfTheExamplesAreSound) {
  int count = 0;
  const auto folder = std::filesystem::path(kSourceDir) / "traces/examples";
  for (const auto& example : std::filesystem::directory_iterator(folder)) {
    EXPECT_GT(entries_of(example.path()).size(), 0U) << example.path();
    ++count;
  }
  EXPECT_GE(count, 3);
}

}  // namespace
}  // namespace dwmtj
