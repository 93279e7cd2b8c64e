// SPDX-License-Identifier: Apache-2.0
// A job from its start to what is seen of its end, picosecond by picosecond.
#include "chip/job_registers.h"

#include <gtest/gtest.h>

#include "chip/chip_map.h"

namespace dwmtj {
namespace {

using namespace chip_map;

constexpr std::uint64_t kStart = kEndOfRegisters - 4;

struct Registers : JobRegisters {
  Registers() : JobRegisters(kStart) {}
  std::uint32_t at(std::uint64_t address, Picoseconds time) {
    std::uint32_t value = 77;
    EXPECT_TRUE(read(address, time, value));
    return value;
  }
};

TEST(JobRegisters, AreReadAndWrittenWhereTheyAre) {
  Registers registers;
  std::uint32_t value = 0;
  EXPECT_FALSE(registers.read(kEndOfRegisters, 0, value));
  EXPECT_FALSE(registers.read(kStart, 0, value)) << "written only";
  EXPECT_FALSE(registers.write(kEndOfRegisters, 0, 1));
  EXPECT_FALSE(registers.write(kStatus, 0, 1)) << "read only";
  EXPECT_TRUE(registers.write(kControl, 0, 5));
  EXPECT_EQ(registers.at(kControl, 0), 5U);
  EXPECT_EQ(registers.word(kControl), 5U);
  EXPECT_EQ(registers.at(kStatus, 0), 0U);
  EXPECT_FALSE(registers.busy(0));
}

TEST(JobRegisters, WideOnesAreTwoWordsTheLowerFirst) {
  Registers registers;
  registers.write(kStart - 8, 0, 0x89abcdefU);
  registers.write(kStart - 4, 0, 0x01234567U);
  EXPECT_EQ(registers.wide(kStart - 8), 0x0123456789abcdefU);
}

TEST(JobRegisters, AJobIsBusyUntilItsEnd) {
  Registers registers;
  EXPECT_TRUE(registers.write(kStart, 5, 1));
  EXPECT_EQ(registers.at(kStatus, 1000), kBusy);
  EXPECT_FALSE(registers.write(kStart, 1000, 1));
  EXPECT_TRUE(registers.write(kControl, 1000, 1)) << "others are free";
  registers.end(2000, false);
  EXPECT_EQ(registers.ends(), 2000);
  EXPECT_EQ(registers.at(kStatus, 1999), kBusy);
  EXPECT_FALSE(registers.write(kStart, 1999, 1));
  EXPECT_EQ(registers.at(kStatus, 2000), 0U);
  EXPECT_TRUE(registers.write(kStart, 2000, 1));
  registers.end(3000, true);
  EXPECT_EQ(registers.at(kStatus, 2999), kBusy);
  EXPECT_EQ(registers.at(kStatus, 3000), kFailed);
}

TEST(JobRegisters, AnEndInterruptsOnceAndUntilItIsCleared) {
  Registers registers;
  registers.write(kStart, 0, 1);
  registers.end(100, false);
  EXPECT_FALSE(registers.interrupt(100)) << "not enabled";
  EXPECT_EQ(registers.at(kInterrupt, 100), 1U);
  registers.write(kControl, 100, 1);
  EXPECT_TRUE(registers.interrupt(100));
  EXPECT_TRUE(registers.write(kInterrupt, 101, 2)) << "another bit";
  EXPECT_TRUE(registers.interrupt(101));
  registers.write(kInterrupt, 102, 1);
  EXPECT_FALSE(registers.interrupt(102));
  registers.write(kStart, 200, 1);
  registers.end(300, false);
  EXPECT_FALSE(registers.interrupt(299));
  EXPECT_TRUE(registers.interrupt(300));
  registers.write(kControl, 300, 2);  // not the bit that enables
  EXPECT_FALSE(registers.interrupt(300));
}

}  // namespace
}  // namespace dwmtj
