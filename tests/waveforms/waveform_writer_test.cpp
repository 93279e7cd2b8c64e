// SPDX-License-Identifier: Apache-2.0
#include "waveforms/waveform_writer.h"

#include <cmath>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <map>
#include <memory>
#include <random>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <tuple>
#include <unistd.h>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "common/disk_full_error.h"
#include "common/input_error.h"
#include "tests/support/vcd_reader.h"

namespace dwmtj {
namespace {

using test::read_vcd;
using test::VcdChanges;
using test::VcdFile;

class VcdWriting : public ::testing::Test {
 protected:
  VcdWriting() {
    options_.now_ps = [this] { return now_; };
  }
  void TearDown() override {
    for (const auto& file : files_) std::filesystem::remove(file);
  }

  std::filesystem::path new_file(const std::string& suffix = ".vcd") {
    files_.push_back(std::filesystem::temp_directory_path() /
                     ("dwmtj_vcd_" + std::to_string(::getpid()) + "_" +
                      ::testing::UnitTest::GetInstance()->current_test_info()->name() + "_" +
                      std::to_string(files_.size()) + suffix));
    return files_.back();
  }

  static std::string content(const std::filesystem::path& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
  }

  std::int64_t now_ = 0;
  WaveformOptions options_;
  std::vector<std::filesystem::path> files_;
  std::filesystem::path file_ = new_file();
};

TEST_F(VcdWriting, AWholeFileLooksLikeThis) {
  options_.comment = "dwmtj 0.1.0, seed 7; not an $end";
  WaveformWriter writer(file_, options_);
  const Probe energy = writer.real("tile0.energy", "pJ");
  const Probe site = writer.integer("tile0.row3.plus.site", 4);
  const Probe busy = writer.integer("tile0.busy");
  const Probe state = writer.text("tile0.row3.state");
  const Probe clock = writer.integer("clock");
  energy.set(0, 0.1);
  site.set(50, 5);
  state.set(50, "moving to 5");
  busy.set(50, true);
  now_ = 60;
  clock.set(60, 0);
  writer.close();
  EXPECT_EQ(content(file_),
            "$comment\ndwmtj 0.1.0, seed 7; not an $ end\n$end\n"
            "$timescale 1 ps $end\n"
            "$var wire 1 % clock $end\n"
            "$scope module tile0 $end\n"
            "$var wire 1 # busy $end\n"
            "$var real 64 ! energy $end\n"
            "$comment\ntile0.energy in pJ\n$end\n"
            "$scope module row3 $end\n"
            "$scope module plus $end\n"
            "$var wire 4 \" site $end\n"
            "$upscope $end\n"
            "$var string 1 $ state $end\n"
            "$upscope $end\n"
            "$upscope $end\n"
            "$enddefinitions $end\n"
            "#0\n$dumpvars\nr0.1 !\nbx \"\nx#\ns $\nx%\n$end\n"
            "#50\nb101 \"\nsmoving\\040to\\0405 $\n1#\n"
            "#60\n0%\n");
}

TEST_F(VcdWriting, NestsScopesWhateverTheOrderOfDeclaration) {
  WaveformWriter writer(file_, options_);
  for (const auto* name :
       {"b.y.deep", "a", "b.x", "a10.z", "b.y.deeper", "a1.z", "a.b.c", "b.y.a"}) {
    static_cast<void>(writer.integer(name));
  }
  writer.close();
  const VcdFile file = read_vcd(file_);  // refuses names that stand twice
  EXPECT_EQ(file.signals.size(), 8U);
  EXPECT_EQ(file.signal("b.y.deeper").type, "wire");
  const std::string text = content(file_);
  EXPECT_EQ(text.find("module y"), text.rfind("module y"));
}

TEST_F(VcdWriting, FutureChangesAreWrittenInOrderOfTime) {
  WaveformWriter writer(file_, options_);
  const Probe pulse = writer.real("pulse");
  pulse.set(0, 0.0);
  pulse.set(30, 0.0);
  pulse.set(10, 1.5);
  now_ = 20;
  pulse.set(20, 2.0);
  writer.close(100);
  const VcdFile file = read_vcd(file_);
  EXPECT_EQ(file.changes("pulse"), (VcdChanges{{0, "0"}, {10, "1.5"}, {20, "2"}, {30, "0"}}));
  EXPECT_EQ(file.last_ps, 100);
}

TEST_F(VcdWriting, OfSeveralChangesAtOneTimeTheLastCallCounts) {
  WaveformWriter writer(file_, options_);
  const Probe state = writer.text("state");
  const Probe level = writer.real("level");
  state.set(10, "planned");
  state.set(10, "glitch");
  level.set(10, 3.0);
  now_ = 10;
  state.set(10, "final");
  level.set(10, 0.0);  // back at what stands in the file
  writer.close();
  const VcdFile file = read_vcd(file_);
  EXPECT_EQ(file.changes("state"), (VcdChanges{{0, ""}, {10, "final"}}));
  EXPECT_EQ(file.changes("level"), (VcdChanges{{0, "0"}}));
}

TEST_F(VcdWriting, UnchangedValuesAndIdleTimesAreNotWritten) {
  WaveformWriter writer(file_, options_);
  const Probe level = writer.real("level");
  const Probe count = writer.integer("count", 8);
  const Probe nan = writer.real("nan");
  for (now_ = 0; now_ < 50; now_ += 10) {
    level.set(now_, 1.0);
    count.set(now_, 7);
    nan.set(now_, std::nan(""));
  }
  writer.close();
  const std::string text = content(file_);
  EXPECT_EQ(text.substr(text.find("#0")), "#0\n$dumpvars\nr1 !\nb111 \"\nrnan #\n$end\n#50\n");
}

TEST_F(VcdWriting, AWindowStartsWithTheValuesThatHoldThere) {
  options_.from_ps = 100;
  options_.to_ps = 200;
  WaveformWriter writer(file_, options_);
  const Probe level = writer.real("level");
  const Probe energy = writer.real("energy");
  const Probe state = writer.text("state");
  const Probe never = writer.integer("never", 2);
  for (now_ = 0; now_ <= 300; now_ += 50) {
    level.set(now_, static_cast<double>(now_));
    energy.add(now_, 1.0);
  }
  state.set(now_, "too late");
  never.set(now_, 1);
  writer.close();
  const VcdFile file = read_vcd(file_);
  EXPECT_EQ(file.changes("level"), (VcdChanges{{100, "100"}, {150, "150"}, {200, "200"}}));
  EXPECT_EQ(file.changes("energy"), (VcdChanges{{100, "3"}, {150, "4"}, {200, "5"}}));
  EXPECT_EQ(file.changes("state"), (VcdChanges{{100, ""}}));
  EXPECT_EQ(file.changes("never"), (VcdChanges{{100, "x"}}));
  EXPECT_EQ(file.first_ps, 100);
  EXPECT_EQ(file.last_ps, 200);
}

TEST_F(VcdWriting, LastChangesAreMadeAtTheEndOfAWindowThatHasPassed) {
  options_.to_ps = 40;
  WaveformWriter writer(file_, options_);
  const Probe energy = writer.real("energy");
  energy.add(10, 1.0);
  writer.before_close([&](std::int64_t end) { energy.add(end, 2.0); });
  now_ = 100;
  writer.close();
  EXPECT_EQ(read_vcd(file_).changes("energy"), (VcdChanges{{0, "0"}, {10, "1"}, {40, "3"}}));
}

// As of something that happens: not even its begin is known beforehand.
TEST_F(VcdWriting, AWindowCanBeSetWhileTimePasses) {
  options_.from_ps = options_.to_ps;
  WaveformWriter writer(file_, options_);
  const Probe level = writer.real("level");
  for (now_ = 0; now_ <= 300; now_ += 50) {
    level.set(now_ + 20, static_cast<double>(now_));
    if (now_ == 100) writer.set_window(110, options_.to_ps);
    if (now_ == 200) writer.set_window(110, 220);
  }
  EXPECT_THROW(writer.set_window(110, 220), std::logic_error);
  EXPECT_THROW(writer.set_window(120, 900), std::logic_error);
  writer.close();
  const VcdFile file = read_vcd(file_);
  EXPECT_EQ(file.changes("level"),
            (VcdChanges{{110, "50"}, {120, "100"}, {170, "150"}, {220, "200"}}));
  EXPECT_EQ(file.last_ps, 220);
}

TEST_F(VcdWriting, AWindowThatWasNotReachedHoldsTheLastValues) {
  options_.from_ps = 1000;
  WaveformWriter writer(file_, options_);
  writer.integer("count", 8).set(20, 3);
  now_ = 70;
  writer.close();
  const VcdFile file = read_vcd(file_);
  EXPECT_EQ(file.changes("count"), (VcdChanges{{70, "11"}}));
  EXPECT_EQ(file.last_ps, 70);
}

TEST_F(VcdWriting, AnEmptyWindowIsRefused) {
  options_.from_ps = 10;
  options_.to_ps = 9;
  EXPECT_THROW(WaveformWriter(file_, options_), InputError);
}

TEST_F(VcdWriting, GlobsSelectByFullName) {
  options_.globs = {"tile0.*.site", "tile1.row[23].*"};
  WaveformWriter writer(file_, options_);
  EXPECT_TRUE(writer.integer("tile0.row3.plus.site", 4));
  EXPECT_FALSE(writer.integer("tile0.row3.plus.pulse"));
  EXPECT_TRUE(writer.text("tile1.row3.state"));
  const Probe inactive = writer.text("tile1.row4.state");
  EXPECT_FALSE(inactive);
  inactive.set(5, "nothing");
  writer.close();
  EXPECT_EQ(read_vcd(file_).signals.size(), 2U);
}

TEST_F(VcdWriting, ADefaultProbeDoesNothing) {
  const Probe probe;
  EXPECT_FALSE(probe);
  probe.set(1, 1.0);
  probe.set(1, 1);
  probe.set(1, "one");
  probe.add(1, 1.0);
}

TEST_F(VcdWriting, SumsIncrementsInOrderOfTime) {
  WaveformWriter writer(file_, options_);
  const Probe energy = writer.real("energy", "J");
  energy.add(30, 4.0);
  energy.add(10, 1.0);
  energy.add(20, 2.0);
  energy.add(10, 0.5);
  writer.close(40);
  EXPECT_EQ(read_vcd(file_).changes("energy"),
            (VcdChanges{{0, "0"}, {10, "1.5"}, {20, "3.5"}, {30, "7.5"}}));
}

TEST_F(VcdWriting, SettingACounterStartsItAnew) {
  WaveformWriter writer(file_, options_);
  const Probe energy = writer.real("energy");
  energy.add(10, 1e100);
  energy.set(20, 5);
  energy.add(30, 2.0);
  writer.close(40);
  EXPECT_EQ(read_vcd(file_).real_at("energy", 40), 7.0);
}

TEST_F(VcdWriting, ACounterEndsAtTheTotalOfItsIncrements) {
  WaveformWriter writer(file_, options_);
  const Probe energy = writer.real("energy");
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> exponent(-18.0, -9.0);
  long double total = 0.0L;
  for (int i = 0; i < 200000; ++i) {
    const double increment = std::pow(10.0, exponent(random));
    total += increment;
    energy.add(now_ + static_cast<std::int64_t>(random() % 1000), increment);
    now_ += static_cast<std::int64_t>(random() % 3);
  }
  writer.close(now_ + 1000);
  const double last = read_vcd(file_).real_at("energy", now_ + 1000);
  EXPECT_NEAR(last, static_cast<double>(total), 1e-15 * last);
}

TEST_F(VcdWriting, RealsReadBackExactly) {
  WaveformWriter writer(file_, options_);
  const Probe level = writer.real("level");
  std::mt19937_64 random(2);
  std::vector<double> values = {0.1,
                                1.0 / 3.0,
                                -0.0,
                                5e-324,
                                std::numeric_limits<double>::max(),
                                std::numeric_limits<double>::infinity()};
  std::uniform_real_distribution<double> mantissa(-1.0, 1.0);
  while (values.size() < 2000) {
    values.push_back(std::ldexp(mantissa(random), static_cast<int>(random() % 2000) - 1000));
  }
  for (const double value : values) level.set(++now_, value);
  writer.close();
  const VcdFile file = read_vcd(file_);
  for (std::size_t i = 0; i < values.size(); ++i) {
    EXPECT_EQ(file.real_at("level", static_cast<std::int64_t>(i) + 1), values[i]);
  }
}

TEST_F(VcdWriting, IntegersKeepTheirLowBits) {
  WaveformWriter writer(file_, options_);
  const Probe narrow = writer.integer("narrow", 4);
  const Probe wide = writer.integer("wide", 64);
  narrow.set(1, 0x35);
  narrow.set(2, -1);
  wide.set(1, std::numeric_limits<std::uint64_t>::max());
  wide.set(2, std::int64_t{-2});
  writer.close(3);
  const VcdFile file = read_vcd(file_);
  EXPECT_EQ(file.integer_at("narrow", 1), 5U);
  EXPECT_EQ(file.integer_at("narrow", 2), 15U);
  EXPECT_EQ(file.integer_at("wide", 1), ~std::uint64_t{0});
  EXPECT_EQ(file.integer_at("wide", 2), ~std::uint64_t{1});
  WaveformWriter other(new_file(), options_);
  EXPECT_THROW(static_cast<void>(other.integer("none", 0)), InputError);
  EXPECT_THROW(static_cast<void>(other.integer("many", 65)), InputError);
}

TEST_F(VcdWriting, TextsKeepEveryByte) {
  WaveformWriter writer(file_, options_);
  const Probe state = writer.text("state");
  const std::string odd = "a b\tc\\040 \n$end #5 50 \xC2\xB5m";
  state.set(1, odd);
  state.set(2, "");
  writer.close(3);
  const VcdFile file = read_vcd(file_);
  EXPECT_EQ(file.value_at("state", 1), odd);
  EXPECT_EQ(file.value_at("state", 2), "");
}

TEST_F(VcdWriting, NamesThatCannotStandInTheFileAreRefused) {
  WaveformWriter writer(file_, options_);
  for (const auto* name :
       {"", ".", "a.", ".a", "a..b", "a b", "row[3]", "$end", "a-b", "\xC2\xB5"}) {
    EXPECT_THROW(static_cast<void>(writer.real(name)), InputError) << name;
  }
  static_cast<void>(writer.real("a.b"));
  EXPECT_THROW(static_cast<void>(writer.text("a.b")), InputError);
}

TEST_F(VcdWriting, ManySignalsHaveCodesOfTheirOwn) {
  WaveformWriter writer(file_, options_);
  for (int i = 0; i < 10000; ++i) writer.integer("s" + std::to_string(i), 14).set(5, i);
  writer.close(10);
  const VcdFile file = read_vcd(file_);
  for (int i = 0; i < 10000; ++i) {
    EXPECT_EQ(file.integer_at("s" + std::to_string(i), 5), static_cast<std::uint64_t>(i));
  }
}

TEST_F(VcdWriting, MisuseIsToldAtOnce) {
  WaveformWriter writer(file_, options_);
  const Probe level = writer.real("top.level");
  const Probe count = writer.integer("count", 8);
  const Probe state = writer.text("state");
  EXPECT_THROW(level.set(0, "text"), std::logic_error);
  EXPECT_THROW(count.set(0, 1.5), std::logic_error);
  EXPECT_THROW(count.add(0, 1.5), std::logic_error);
  EXPECT_THROW(state.set(0, 1), std::logic_error);
  level.set(0, 1.0);
  static_cast<void>(writer.real("another_at_the_same_time"));
  now_ = 10;
  EXPECT_THROW(static_cast<void>(writer.real("late")), std::logic_error);
  try {
    level.set(9, 1.0);
    FAIL() << "accepted";
  } catch (const std::logic_error& error) {
    EXPECT_STREQ(error.what(), "top.level: a change at 9 ps, made at 10 ps");
  }
}

TEST_F(VcdWriting, CloseInMidSimulationLeavesTheFutureOut) {
  WaveformWriter writer(file_, options_);
  const Probe level = writer.real("level");
  level.set(10, 1.0);
  level.set(20, 2.0);
  level.set(30, 3.0);
  now_ = 20;
  writer.close();
  level.set(40, 4.0);
  writer.close(50);
  const VcdFile file = read_vcd(file_);
  EXPECT_EQ(file.changes("level"), (VcdChanges{{0, "0"}, {10, "1"}, {20, "2"}}));
  EXPECT_EQ(file.last_ps, 20);
}

TEST_F(VcdWriting, WithoutAClockEverythingWaitsForClose) {
  options_.now_ps = nullptr;
  WaveformWriter writer(file_, options_);
  const Probe level = writer.real("level");
  for (int t = 20000; t > 0; --t) level.set(t, t);
  writer.close();
  const VcdFile file = read_vcd(file_);
  EXPECT_EQ(file.changes("level").size(), 20001U);
  EXPECT_EQ(file.last_ps, 20000);
}

TEST_F(VcdWriting, AnExceptionLeavesAWholeFile) {
  try {
    WaveformWriter writer(file_, options_);
    const Probe level = writer.real("level");
    level.set(5, 1.0);
    level.set(15, 2.0);
    now_ = 10;
    throw std::runtime_error("simulation failed");
  } catch (const std::runtime_error&) {
    const VcdFile file = read_vcd(file_);
    EXPECT_EQ(file.changes("level"), (VcdChanges{{0, "0"}, {5, "1"}}));
    EXPECT_EQ(file.last_ps, 10);
  }
}

TEST_F(VcdWriting, AKilledProgramLeavesWholeLines) {
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    WaveformWriter writer(file_, options_);
    const Probe level = writer.real("level");
    for (; now_ < 100000; ++now_) level.set(now_, static_cast<double>(now_));
    ::raise(SIGKILL);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_GT(read_vcd(file_).changes("level").size(), 80000U);
}

TEST_F(VcdWriting, AFileThatCannotBeMadeIsAnInputError) {
  EXPECT_THROW(WaveformWriter("/nowhere/at/all.vcd", options_), InputError);
}

TEST_F(VcdWriting, AFullDiskIsToldByClose) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "no /dev/full";
  WaveformWriter writer("/dev/full", options_);
  const Probe level = writer.real("level");
  for (; now_ < 100000; ++now_) level.set(now_, static_cast<double>(now_));
  EXPECT_THROW(writer.close(), DiskFullError);
  EXPECT_NO_THROW(writer.close());
}

TEST_F(VcdWriting, AFullDiskDoesNotThrowFromTheDestructor) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "no /dev/full";
  WaveformWriter writer("/dev/full", options_);
  writer.real("level").set(1, 1.0);
}

TEST_F(VcdWriting, TwoWritersDoNotMix) {
  const auto other_file = new_file();
  WaveformWriter writer(file_, options_);
  auto other = std::make_unique<WaveformWriter>(other_file, options_);
  const Probe one = writer.real("one");
  const Probe two = other->real("two");
  for (; now_ < 10000; ++now_) {
    one.set(now_ + 1, static_cast<double>(now_));
    two.add(now_, 2.0);
  }
  other.reset();
  one.set(now_ + 1, -1.0);
  writer.close(now_ + 1);
  EXPECT_EQ(read_vcd(file_).signals.size(), 1U);
  EXPECT_EQ(read_vcd(file_).real_at("one", now_ + 1), -1.0);
  EXPECT_EQ(read_vcd(other_file).real_at("two", now_), 20000.0);
}

TEST_F(VcdWriting, AFarFutureDoesNotHoldBackTheFile) {
  WaveformWriter writer(file_, options_);
  const Probe far = writer.real("far");
  const Probe near = writer.real("near");
  for (int i = 0; i < 5000; ++i) far.set(1000000 + i, i);
  for (; now_ < 200000; ++now_) near.set(now_, static_cast<double>(now_));
  EXPECT_GT(std::filesystem::file_size(file_), 1000000U);
  writer.close(2000000);
  EXPECT_EQ(read_vcd(file_).changes("far").size(), 5000U);  // the first is 0, as at the start
}

// What the file should hold, by sorting everything at the end.
class ReferenceModel {
 public:
  void add(const std::string& name, std::int64_t at, const std::string& value) {
    changes_[name].emplace_back(at, changes_[name].size(), value);
  }

  [[nodiscard]] VcdChanges expected(const std::string& name, std::int64_t from,
                                    std::int64_t to) const {
    auto sorted = changes_.at(name);
    std::sort(sorted.begin(), sorted.end());
    std::map<std::int64_t, std::string> last;
    double sum = 0.0;
    for (const auto& [at, order, value] : sorted) {
      std::string now = value;
      if (value[0] == '+') {
        sum += std::stod(value);
        now = std::to_string(static_cast<long>(sum));
      }
      if (at <= to) last[std::max(at, from)] = now;
    }
    VcdChanges result;
    for (const auto& [at, value] : last) {
      if (result.empty() || result.back().second != value) result.emplace_back(at, value);
    }
    return result;
  }

 private:
  std::map<std::string, std::vector<std::tuple<std::int64_t, std::size_t, std::string>>> changes_;
};

std::string binary(long value) {
  std::string digits;
  for (; value > 1; value /= 2) digits.insert(digits.begin(), value % 2 == 0 ? '0' : '1');
  return (value == 0 ? "0" : "1") + digits;
}

// A writer and the reference model, fed with the same random changes: integers, texts, reals and
// counters; at one time, ahead of time, and far ahead.
class TwinWaveforms {
 public:
  TwinWaveforms(WaveformWriter& writer, std::int64_t& now, unsigned seed)
      : now_(now), random_(seed) {
    for (long i = 0; i < kSignals; ++i) {
      probes_.push_back(i % 4 == 0   ? writer.integer(name(i), 5)
                        : i % 4 == 1 ? writer.text(name(i))
                                     : writer.real(name(i)));
      change(i, 0, 0);
    }
  }

  void step() {
    if (below(3) == 0) now_ += below(4);
    const long ahead = below(2) == 0 ? 0 : below(below(50) == 0 ? 5000 : 30);
    change(below(kSignals), now_ + ahead, below(6));
  }

  void expect_equal(const VcdFile& file, std::int64_t from, std::int64_t to) const {
    for (long i = 0; i < kSignals; ++i) {
      EXPECT_EQ(file.changes(name(i)), reference_.expected(name(i), from, to)) << name(i);
    }
  }

 private:
  static constexpr long kSignals = 24;

  static std::string name(long i) { return "top.s" + std::to_string(i); }

  long below(std::uint64_t limit) { return static_cast<long>(random_() % limit); }

  void change(long i, std::int64_t at, long value) {
    const Probe& probe = probes_[static_cast<std::size_t>(i)];
    const std::string digits = std::to_string(value);
    if (i % 4 == 0) {
      probe.set(at, value);
      reference_.add(name(i), at, binary(value));
    } else if (i % 4 == 1) {
      probe.set(at, "to " + digits);
      reference_.add(name(i), at, "to " + digits);
    } else if (i % 4 == 2) {
      probe.set(at, static_cast<double>(value));
      reference_.add(name(i), at, digits);
    } else {
      probe.add(at, static_cast<double>(value));
      reference_.add(name(i), at, "+" + digits);
    }
  }

  std::int64_t& now_;
  std::mt19937_64 random_;
  std::vector<Probe> probes_;
  ReferenceModel reference_;
};

TEST_F(VcdWriting, RandomChangesMatchTheReference) {
  for (const unsigned seed : {1U, 2U, 3U}) {
    SCOPED_TRACE(seed);
    const bool windowed = seed > 1;
    if (windowed) options_.from_ps = 5000 * std::int64_t{seed};
    if (windowed) options_.to_ps = 40000 - 100 * std::int64_t{seed};
    const auto file = new_file();
    WaveformWriter writer(file, options_);
    now_ = 0;
    TwinWaveforms twins(writer, now_, seed);
    for (int i = 0; i < 100000; ++i) twins.step();
    ASSERT_GT(now_, 40000);
    writer.close(now_ + 1000);
    const VcdFile result = read_vcd(file);
    EXPECT_EQ(result.first_ps, options_.from_ps);
    EXPECT_EQ(result.last_ps, std::min(now_ + 1000, options_.to_ps));
    twins.expect_equal(result, options_.from_ps, result.last_ps);
  }
}

TEST_F(VcdWriting, AnEnumerationIsANumberOrAText) {
  const std::vector<std::string> labels = {"idle", "to read", "done"};
  for (const bool text : {false, true}) {
    options_.text_labels = text;
    const auto file = new_file();
    WaveformWriter writer(file, options_);
    const Probe state = writer.enumeration("state", labels);
    state.set(0, 2);
    state.set(10, 1);
    writer.close(20);
    const auto vcd = read_vcd(file);
    EXPECT_EQ(vcd.signal("state").type, text ? "string" : "wire");
    EXPECT_EQ(vcd.changes("state"),
              (text ? VcdChanges{{0, "done"}, {10, "to read"}} : VcdChanges{{0, "10"}, {10, "1"}}));
    EXPECT_EQ(vcd.comment, "state: 0 idle, 1 to read, 2 done\n");
  }
}

TEST_F(VcdWriting, KnowsWhetherAnySignalIsSelected) {
  options_.globs = {"b"};
  WaveformWriter writer(file_, options_);
  static_cast<void>(writer.integer("a"));
  EXPECT_FALSE(writer.has_signals());
  static_cast<void>(writer.integer("b"));
  EXPECT_TRUE(writer.has_signals());
}

// Reads what a writer puts into a FIFO, from another thread.
TEST_F(VcdWriting, AFifoTakesAllOfIt) {
  ASSERT_EQ(::mkfifo(file_.c_str(), 0600), 0);
  std::string read;
  std::thread reader([&] { read = content(file_); });
  const auto plain = new_file();
  for (const auto& file : {file_, plain}) {
    now_ = 0;
    WaveformWriter writer(file, options_);
    const Probe level = writer.real("level");
    for (; now_ < 20000; ++now_) level.set(now_, 0.1 * static_cast<double>(now_));
    writer.close();
  }
  reader.join();
  EXPECT_GT(read.size(), 200000U);
  EXPECT_EQ(read, content(plain));
}

TEST_F(VcdWriting, GtkWaveAcceptsTheFile) {
  if (std::system("command -v vcd2fst fst2vcd > /dev/null") != 0) GTEST_SKIP() << "no vcd2fst";
  WaveformWriter writer(file_, options_);
  const Probe energy = writer.real("tile0.energy", "pJ");
  const Probe site = writer.integer("tile0.row3.site", 4);
  const Probe state = writer.text("tile0.row3.state");
  energy.add(10, 0.125);
  site.set(20, 5);
  state.set(30, "at site 5");
  writer.close(40);
  const auto fst = new_file(".fst");
  const auto again = new_file();
  const std::string log = new_file(".log").string();
  ASSERT_EQ(std::system(("vcd2fst " + file_.string() + " " + fst.string() + " > " + log).c_str()),
            0)
      << content(log);
  ASSERT_EQ(std::system(("fst2vcd -f " + fst.string() + " -o " + again.string()).c_str()), 0);
  const std::string text = content(again);
  for (const auto* line : {"#10\nr0.125 ", "#20\nb0101 ", "#30\nsat\\040site\\0405 ", "#40\n"}) {
    EXPECT_NE(text.find(line), std::string::npos) << line << "\n" << text;
  }
}

}  // namespace
}  // namespace dwmtj
