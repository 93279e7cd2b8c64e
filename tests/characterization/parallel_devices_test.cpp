// SPDX-License-Identifier: Apache-2.0
#include "characterization/parallel_devices.h"

#include <gtest/gtest.h>

#include "characterization/ramp.h"
#include "characterization/state_map.h"
#include "tests/support/catalog_model.h"

namespace dwmtj {
namespace {

constexpr std::uint64_t kDevices = 150;  // more than are in flight at a time

class ParallelDevices : public ::testing::Test {
 protected:
  [[nodiscard]] Sweep sweep(int threads) const {
    const auto& protocol = model_.parameters().protocol;
    return {0.0 * si::volts, protocol.ramp_stop, protocol.ramp_step, 20, kDevices, 3, threads};
  }

  [[nodiscard]] DeviceRecord rows(int threads, std::uint64_t rows_of_device) const {
    DeviceRecord result;
    std::uint64_t ends = 0;
    const DeviceSink sink{[&](const PulseRecord& row) {
                            EXPECT_EQ(row.device, ends);
                            result.push_back(row);
                          },
                          [&] { ++ends; }};
    const auto of = sweep(threads);
    EXPECT_EQ(measure_rows(of, rows_of_device, ramp(model_, of), sink), kDevices);
    EXPECT_EQ(ends, kDevices);
    return result;
  }

  const DeviceModel& model_ = test::catalog_model(test::kStraight);
};

bool same(const PulseRecord& a, const PulseRecord& b) {
  return a.device == b.device && a.cycle == b.cycle && a.phase == b.phase && a.pulse == b.pulse &&
         a.voltage == b.voltage && a.site == b.site && a.resistance == b.resistance;
}

TEST_F(ParallelDevices, RowsAreThoseOfOneThreadInTheirOrder) {
  const auto expected = rows(1, 2'000'000);  // as they are measured: no other fits
  ASSERT_EQ(expected.size(), kDevices * 20 * 111);
  for (const int threads : {1, 4}) {
    const auto found = rows(threads, 20 * 111);
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) ASSERT_TRUE(same(found[i], expected[i])) << i;
  }
}

TEST_F(ParallelDevices, TalliesAreThoseOfTheRows) {
  StateMap expected(model_, sweep(1));
  const auto all = rows(1, 2'000'000);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i > 0 && all[i].device != all[i - 1].device) expected.finish_device();
    expected.add(all[i]);
  }
  for (const int threads : {1, 4}) {
    const auto of = sweep(threads);
    StateMap map(model_, of);
    std::uint64_t told = 0;
    const auto done = tally_devices(of, ramp(model_, of), map, [&](std::uint64_t n) { told += n; });
    EXPECT_EQ(done, kDevices);
    EXPECT_EQ(told, kDevices);
    ASSERT_EQ(map.samples(), expected.samples());
    for (std::size_t i = 0; i < map.amplitudes().size(); ++i) {
      for (int site = 0; site < map.sites(); ++site) {
        ASSERT_EQ(map.found(i, site), expected.found(i, site)) << i << ' ' << site;
      }
    }
  }
}

}  // namespace
}  // namespace dwmtj
