// SPDX-License-Identifier: Apache-2.0
// FST, read back by GTKWave's own reader as a VCD.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstapi.h>
#include <iterator>
#include <map>
#include <random>
#include <set>
#include <sstream>
#include <unistd.h>
#include <vector>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "common/disk_full_error.h"
#include "common/input_error.h"
#include "tests/support/temporary_folder.h"
#include "waveforms/waveform_writer.h"

namespace dwmtj {
namespace {

// As text: GTKWave's header of a VCD, then all changes.
std::string as_vcd(const std::filesystem::path& fst, const std::filesystem::path& vcd) {
  void* const reader = fstReaderOpen(fst.c_str());
  if (reader == nullptr) return "";
  std::FILE* const out = std::fopen(vcd.c_str(), "w");
  fstReaderProcessHier(reader, out);
  fstReaderSetFacProcessMaskAll(reader);
  fstReaderIterBlocks(reader, nullptr, nullptr, out);
  fstReaderClose(reader);
  std::fclose(out);
  return read_text(vcd);
}

std::string comments_in(const std::filesystem::path& fst) {
  std::string comments;
  void* const reader = fstReaderOpen(fst.c_str());
  while (const fstHier* const entry = fstReaderIterateHier(reader)) {
    if (entry->htyp == FST_HT_ATTRBEGIN) comments += std::string(entry->u.attr.name) + "\n";
  }
  fstReaderClose(reader);
  return comments;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

class Fst : public ::testing::Test {
 protected:
  Fst() {
    options_.now_ps = [this] { return now_; };
    options_.format = WaveformFormat::fst;
    options_.comment = "dwmtj 0.1.0, seed 7";
  }

  // Changes of all types, at one time and ahead of time.
  void write(const std::filesystem::path& file, int changes) {
    now_ = 0;
    WaveformWriter writer(file, options_);
    const Probe site = writer.integer("tile0.row3.site", 5);
    const Probe level = writer.real("tile0.level", "pJ");
    const Probe text = writer.text("tile0.text");
    std::mt19937_64 random(3);
    for (int i = 0; i < changes; ++i) {
      now_ += static_cast<std::int64_t>(random() % 7);
      site.set(now_, random() % 32);
      level.set(now_ + static_cast<std::int64_t>(random() % 20),
                static_cast<double>(random() % 1000) / 7.0);
      text.set(now_, "to_" + std::to_string(random() % 5));
    }
    writer.close(now_ + 100);
  }

  TemporaryFolder folder_;
  std::int64_t now_ = 0;
  WaveformOptions options_;
};

TEST_F(Fst, AWholeFileLooksLikeThis) {
  WaveformWriter writer(folder_ / "a.fst", options_);
  const Probe energy = writer.real("tile0.energy", "pJ");
  const Probe state = writer.enumeration("tile0.state", {"idle", "read", "done"});
  const Probe site = writer.integer("tile0.row3.site", 4);
  const Probe name = writer.text("name");
  energy.add(10, 0.125);
  state.set(20, 2);
  site.set(20, 5);
  name.set(30, "at site 5");
  writer.close(40);
  const auto text = as_vcd(folder_ / "a.fst", folder_ / "a.vcd");
  EXPECT_TRUE(has(text, "dwmtj 0.1.0, seed 7")) << text;
  EXPECT_TRUE(has(text, "$timescale\n\t1ps\n$end\n"));
  EXPECT_TRUE(has(text, "$scope module tile0 $end\n"));
  EXPECT_TRUE(has(text, "$var real 64 "));
  EXPECT_EQ(comments_in(folder_ / "a.fst"),
            "tile0.energy in pJ\ntile0.state: 0 idle, 1 read, 2 done\n");
  const auto changes = text.substr(text.find("#0\n"));
  EXPECT_TRUE(has(changes, "#10\nr0.125 ")) << changes;
  EXPECT_TRUE(has(changes, "#20\nb0101 ")) << changes;
  EXPECT_TRUE(has(changes, "b10 "));
  EXPECT_TRUE(has(changes, "#30\nsat site 5 ") || has(changes, "#30\nsat\\040site\\0405 "));
  EXPECT_TRUE(has(changes, "#40\n"));
}

TEST_F(Fst, TheSameRunGivesTheSameBytes) {
  write(folder_ / "a.fst", 1000);
  write(folder_ / "b.fst", 1000);
  EXPECT_EQ(read_text(folder_ / "a.fst"), read_text(folder_ / "b.fst"));
}

// By time, what each signal changes to; values as numbers, which the two spell differently.
using Changes = std::map<std::int64_t, std::set<std::string>>;

std::string spelt(const std::string& value) {
  char text[64];
  if (value[0] == 'b') return std::to_string(std::strtoul(value.c_str() + 1, nullptr, 2));
  if (value[0] != 'r') return value;
  std::snprintf(text, sizeof text, "%.12g", std::strtod(value.c_str() + 1, nullptr));
  return text;
}

Changes changes_in(const std::string& vcd) {
  std::map<std::string, std::string> names;
  Changes changes;
  std::istringstream lines(vcd);
  std::int64_t now = -1;
  for (std::string line; std::getline(lines, line);) {
    std::istringstream stream(line);
    const std::vector<std::string> words(std::istream_iterator<std::string>(stream), {});
    if (words.empty()) continue;
    if (words[0] == "$var") names[words[3]] = words[4];
    if (line[0] == '#') now = std::stoll(line.substr(1));
    if (now < 0 || line[0] == '$' || line[0] == '#') continue;
    changes[now].insert(names.at(words.at(1)) + " = " + spelt(words[0]));
  }
  return changes;
}

TEST_F(Fst, HoldsWhatTheVcdHolds) {
  write(folder_ / "a.fst", 20000);
  options_.format = WaveformFormat::vcd;
  write(folder_ / "b.vcd", 20000);
  const auto expected = changes_in(read_text(folder_ / "b.vcd"));
  EXPECT_GT(expected.size(), 20000U);
  EXPECT_EQ(changes_in(as_vcd(folder_ / "a.fst", folder_ / "a.vcd")), expected);
}

TEST_F(Fst, NoSignalsAreNoFullDisk) {
  options_.globs = {"nothing"};
  EXPECT_NO_THROW(write(folder_ / "a.fst", 10));
}

TEST_F(Fst, GoesIntoPlainFilesAlone) {
  EXPECT_THROW(WaveformWriter("/dev/null", options_), InputError);
  EXPECT_THROW(WaveformWriter("/nowhere/at/all.fst", options_), InputError);
  EXPECT_THROW(WaveformWriter(folder_.path(), options_), InputError);
}

// A limit of the size of files stands for a full disk.
TEST_F(Fst, AFullDiskIsToldByClose) {
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{5000, 5000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    try {
      write(folder_ / "a.fst", 20000);
    } catch (const DiskFullError&) {
      ::_exit(3);
    }
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 3);
}

}  // namespace
}  // namespace dwmtj
