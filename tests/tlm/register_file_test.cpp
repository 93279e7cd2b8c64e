// SPDX-License-Identifier: Apache-2.0
// The register map, register by register, and commands by registers, at given times, without
// sockets.
#include "tlm/register_file.h"

#include <cstring>

#include <gtest/gtest.h>

#include "tests/support/catalog_model.h"

namespace dwmtj::test {
namespace {

using namespace tile_map;

constexpr ArrayShape kTileShape{4, 3};

class RegisterFileTest : public testing::Test {
 protected:
  std::uint32_t read(std::uint64_t address, Picoseconds time = 0) {
    std::uint32_t value = 0;
    EXPECT_TRUE(registers_.read(address, time, value)) << address;
    return value;
  }
  bool write(std::uint64_t address, std::uint32_t value, Picoseconds time = 0) {
    return registers_.write(address, time, value);
  }
  void fill_input(const std::vector<std::int16_t>& data) {
    if (!data.empty()) std::memcpy(registers_.input_window(), data.data(), 2 * data.size());
    write(kLength, static_cast<std::uint32_t>(data.size()));
  }
  std::int16_t output(std::size_t i) {
    std::int16_t value = 0;
    std::memcpy(&value, registers_.output_window() + 2 * i, sizeof(value));
    return value;
  }
  // The level of each device of a row, by registers.
  bool read_row(std::uint32_t row, Picoseconds time = 0) {
    write(kLength, 0);
    write(kRow, row);
    return write(kCommand, static_cast<std::uint32_t>(TileOp::read), time);
  }
  std::uint64_t both_halves(std::uint64_t low, Picoseconds time) {
    const std::uint64_t first = read(low, time);
    return first | static_cast<std::uint64_t>(read(low + 4, time)) << 32U;
  }

  TileParameters parameters_ = TileParameters::load(find_tile(kTrapezoid));
  Ledger ledger_;
  BulkTile tile_{"tile", parameters_, catalog_model(kTrapezoid), ledger_, {kTileShape, 7, 0, 0}};
  BulkEngine engine_{tile_};
  RegisterFile registers_{engine_};
  Ledger reference_ledger_;
  BulkTile reference_{
      "tile", parameters_, catalog_model(kTrapezoid), reference_ledger_, {kTileShape, 7, 0, 0}};
};

struct Expected {
  const char* name;
  std::uint64_t address;
  std::uint32_t reset;
  bool readable;
  bool writable;
  std::uint32_t kept;  // the bits that a write of all ones leaves
};

const Expected kMap[] = {
    {"ID", 0x000, 0x44574D54, true, false, 0},
    {"SHAPE", 0x004, 4 | 3U << 16U, true, false, 0},
    {"LEVELS", 0x008, 5, true, false, 0},
    {"STATUS", 0x00C, 0, true, false, 0},
    {"CONTROL", 0x010, 0, true, true, 1},
    {"ROW", 0x014, 0, true, true, 0xFFFFFFFF},
    {"SIDE", 0x018, 0, true, true, 1},
    {"COMMAND", 0x01C, 0, false, true, 0},
    {"LENGTH", 0x020, 0, true, true, 0xFFFFFFFF},
    {"ENERGY_LOW", 0x024, 0, true, false, 0},
    {"ENERGY_HIGH", 0x028, 0, true, false, 0},
    {"TIME_LOW", 0x02C, 0, true, false, 0},
    {"TIME_HIGH", 0x030, 0, true, false, 0},
    {"DONE", 0x034, 0, true, false, 0},
    {"FAILED", 0x038, 0, true, false, 0},
    {"INTERRUPT", 0x03C, 0, true, true, 0},
    {"BITS", 0x040, 1, true, true, 255},
};

TEST_F(RegisterFileTest, EveryRegisterAnswersAsTheMapSays) {
  std::uint64_t next = 0;
  for (const auto& expected : kMap) {
    SCOPED_TRACE(expected.name);
    EXPECT_EQ(expected.address, next);  // no gaps
    next += 4;
    std::uint32_t value = 0;
    EXPECT_EQ(registers_.read(expected.address, 0, value), expected.readable);
    const auto reset = expected.address == kLevels
                           ? static_cast<std::uint32_t>(catalog_model(kTrapezoid).sites())
                           : expected.reset;
    EXPECT_EQ(value, reset);
    EXPECT_EQ(write(expected.address, 0xFFFFFFFF), expected.writable);
    if (expected.readable && expected.writable) {
      EXPECT_EQ(read(expected.address), expected.kept);
    } else if (expected.readable) {
      EXPECT_EQ(read(expected.address), value);
    }
  }
  EXPECT_EQ(next, kEndOfRegisters);
  std::uint32_t value = 0;
  EXPECT_FALSE(registers_.read(kEndOfRegisters, 0, value));
  EXPECT_FALSE(write(kEndOfRegisters, 0));
}

TEST_F(RegisterFileTest, CommandTakesRowSideAndLengthEntriesOfTheInputWindow) {
  write(kRow, 2);
  write(kSide, 1);
  fill_input({3, kSkip, 1});
  ASSERT_TRUE(write(kCommand, static_cast<std::uint32_t>(TileOp::program), 1234));
  reference_.carry_out({TileOp::program, 2, Side::minus, {3, kSkip, 1}}, 1234);
  for (std::size_t i = 0; i < tile_.array().devices().size(); ++i) {
    EXPECT_EQ(tile_.array().devices().site(i), reference_.array().devices().site(i)) << i;
  }
  EXPECT_EQ(registers_.busy_until(), reference_.now());
}

TEST_F(RegisterFileTest, StatusIsBusyUntilThePicosecondOfCompletion) {
  ASSERT_TRUE(read_row(1));
  const Picoseconds done = registers_.busy_until();
  EXPECT_EQ(read(kStatus, done - 1), kBusy | 1U << 16U);
  EXPECT_EQ(read(kDone, done - 1), 0U);
  EXPECT_EQ(read(kStatus, done), 0U);
  EXPECT_EQ(read(kDone, done), 1U);
  EXPECT_EQ(read(kFailed, done), 0U);
}

TEST_F(RegisterFileTest, OutputWindowShowsTheResultAtCompletionOnly) {
  const auto expected = reference_.carry_out({TileOp::read, 1, Side::plus, {}}, 0);
  read_row(1);
  const Picoseconds done = registers_.busy_until();
  registers_.retire(done - 1);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(output(i), 0);
  registers_.retire(done);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(output(i), expected.data[i]);
}

TEST_F(RegisterFileTest, OutputWindowKeepsTheLastResultThatHadData) {
  const auto levels = reference_.carry_out({TileOp::read, 1, Side::plus, {}}, 0);
  read_row(1);
  fill_input({1, 1, 1});
  write(kCommand, static_cast<std::uint32_t>(TileOp::update));
  registers_.retire(registers_.busy_until());
  EXPECT_EQ(output(0), levels.data[0]);
  EXPECT_EQ(read(kDone, registers_.busy_until()), 2U);
}

TEST_F(RegisterFileTest, WrongCommandsFailWithTheirStatus) {
  const struct {
    std::uint32_t op;
    std::uint32_t row;
    std::vector<std::int16_t> data;
    TileStatus status;
  } wrong_ones[] = {
      {6, 0, {}, TileStatus::illegal_op},          {0xFFFFFFFF, 0, {}, TileStatus::illegal_op},
      {4, 4, {}, TileStatus::row_out_of_range},    {2, 0, {1, 1}, TileStatus::wrong_length},
      {2, 0, {1, 1, 99}, TileStatus::wrong_value},
  };
  std::uint32_t failed = 0;
  for (const auto& wrong : wrong_ones) {
    write(kRow, wrong.row);
    fill_input(wrong.data);
    ASSERT_TRUE(write(kCommand, wrong.op));
    const Picoseconds done = registers_.busy_until();
    EXPECT_EQ(read(kStatus, done) >> 8U, static_cast<std::uint32_t>(wrong.status));
    EXPECT_EQ(read(kFailed, done), ++failed);
    EXPECT_EQ(read(kDone, done), failed);
  }
}

TEST_F(RegisterFileTest, MultiplyHasAsManyBitsAsTheRegisterSays) {
  for (const std::uint32_t bits : {0U, 1U, 2U, 8U, 9U, 256U}) {
    const auto expected = reference_.carry_out(
        {TileOp::multiply, 0, Side::plus, {1, -1, 1, 1}, static_cast<std::uint8_t>(bits)},
        reference_.now());
    write(kBits, bits);
    fill_input({1, -1, 1, 1});
    ASSERT_TRUE(write(kCommand, static_cast<std::uint32_t>(TileOp::multiply)));
    const Picoseconds done = registers_.busy_until();
    const bool resolved = bits >= 1 && bits <= 8;
    EXPECT_EQ(read(kStatus, done) >> 8U,
              static_cast<std::uint32_t>(resolved ? TileStatus::ok : TileStatus::wrong_bits));
    for (std::size_t i = 0; i < expected.data.size(); ++i) EXPECT_EQ(output(i), expected.data[i]);
  }
}

TEST_F(RegisterFileTest, LengthBeyondTheWindowIsCutToIt) {
  write(kLength, 0xFFFFFFFF);
  ASSERT_TRUE(write(kCommand, static_cast<std::uint32_t>(TileOp::update)));
  const Picoseconds done = registers_.busy_until();
  EXPECT_EQ(read(kStatus, done) >> 8U, static_cast<std::uint32_t>(TileStatus::wrong_length));
}

TEST_F(RegisterFileTest, QueueHoldsSixteenAndRefusesTheNext) {
  for (unsigned i = 0; i < kQueueDepth; ++i) {
    EXPECT_EQ(read(kStatus) & kQueueFull, 0U);
    ASSERT_TRUE(read_row(i % 4));
  }
  EXPECT_EQ(read(kStatus), kBusy | kQueueFull | 16U << 16U);
  EXPECT_FALSE(read_row(0));
  // The first completes: there is room again, at that very picosecond.
  const Picoseconds first = registers_.next_completion();
  EXPECT_FALSE(read_row(0, first - 1));
  EXPECT_TRUE(read_row(0, first));
  EXPECT_EQ(read(kDone, registers_.busy_until()), 17U);
}

// As an extension in a blocking call does: its caller waits, and is let in before anybody else.
TEST_F(RegisterFileTest, ACommandBehindAFullQueueWaitsOutsideOfIt) {
  for (unsigned i = 0; i < kQueueDepth; ++i) ASSERT_TRUE(read_row(i % 4));
  const Picoseconds first = registers_.next_completion();
  const Picoseconds last = registers_.busy_until();
  EXPECT_EQ(registers_.carry_out({TileOp::read, 1, Side::plus, {}}, 0)->started, last);
  EXPECT_EQ(read(kStatus), kBusy | kQueueFull | 16U << 16U);
  EXPECT_FALSE(read_row(0, first));  // it has taken the room
  const Picoseconds second = registers_.next_completion();
  EXPECT_EQ(read(kStatus, second), kBusy | 15U << 16U);
  EXPECT_TRUE(read_row(0, second));
  EXPECT_EQ(read(kDone, registers_.busy_until()), 18U);
}

TEST_F(RegisterFileTest, QueuedCommandsFollowOneAnotherAsOnTheBulkTile) {
  std::vector<Picoseconds> completions;
  for (std::uint32_t row = 0; row < 4; ++row) {
    read_row(row, 5000);
    reference_.carry_out({TileOp::read, row, Side::plus, {}},
                         std::max<Picoseconds>(5000, reference_.now()));
    completions.push_back(reference_.now());
    EXPECT_EQ(registers_.busy_until(), completions.back());
  }
  for (std::uint32_t i = 0; i < 4; ++i) {
    EXPECT_EQ(read(kDone, completions[i] - 1), i);
    EXPECT_EQ(both_halves(kTimeLow, completions[i]), static_cast<std::uint64_t>(completions[i]));
  }
}

TEST_F(RegisterFileTest, EnergyIsThatOfFinishedCommands) {
  read_row(1);
  const double joules = in_si(tile_.command_energy());
  const Picoseconds first = registers_.busy_until();
  read_row(2);
  const double more = in_si(tile_.command_energy());
  EXPECT_EQ(both_halves(kEnergyLow, first - 1), 0U);
  EXPECT_NEAR(static_cast<double>(both_halves(kEnergyLow, first)), joules * 1e18, 0.51);
  EXPECT_NEAR(static_cast<double>(both_halves(kEnergyLow, registers_.busy_until())),
              (joules + more) * 1e18, 0.51);
}

TEST_F(RegisterFileTest, ReadingTheLowHalfLatchesTheHighHalf) {
  // Long enough for the picoseconds to need more than 32 bits.
  constexpr Picoseconds kLate = Picoseconds{1} << 33U;
  read_row(1, kLate);
  const Picoseconds done = registers_.busy_until();
  EXPECT_EQ(read(kTimeHigh, done), 0U);
  EXPECT_EQ(read(kTimeLow, done), static_cast<std::uint32_t>(done));
  EXPECT_EQ(read(kTimeHigh, done), 2U);
  read_row(1, 2 * kLate);
  EXPECT_EQ(read(kTimeHigh, registers_.busy_until()), 2U);
}

TEST_F(RegisterFileTest, PeekingLatchesNothing) {
  read_row(1, Picoseconds{1} << 33U);
  const Picoseconds done = registers_.busy_until();
  std::uint32_t value = 0;
  ASSERT_TRUE(registers_.peek(kTimeLow, done, value));
  EXPECT_EQ(value, static_cast<std::uint32_t>(done));
  EXPECT_EQ(read(kTimeHigh, done), 0U);
}

TEST_F(RegisterFileTest, InterruptIsSetByCompletionAndClearedByWritingOne) {
  EXPECT_FALSE(registers_.interrupt_enabled());
  write(kControl, 1);
  EXPECT_TRUE(registers_.interrupt_enabled());
  read_row(1);
  const Picoseconds done = registers_.busy_until();
  EXPECT_EQ(read(kInterrupt, done - 1), 0U);
  EXPECT_EQ(read(kInterrupt, done), 1U);
  write(kInterrupt, 0, done);
  EXPECT_EQ(read(kInterrupt, done), 1U);
  write(kInterrupt, 1, done);
  EXPECT_EQ(read(kInterrupt, done), 0U);
  EXPECT_FALSE(registers_.interrupt_pending());
}

}  // namespace
}  // namespace dwmtj::test
