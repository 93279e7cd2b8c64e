// SPDX-License-Identifier: Apache-2.0
// Commands that are due at the same picosecond go in one order, whatever else the kernel runs:
// alone, beside the pins, and beside another chip.
#include <unistd.h>

#include <gtest/gtest.h>
#include <sys/wait.h>

#include "architecture/chip_catalog.h"
#include "replay/chip_replay.h"
#include "replay/digest.h"
#include "replay/pins_replay.h"
#include "replay/watchdog.h"
#include "tests/replay/random_tiles.h"

namespace dwmtj {
namespace {

enum class Company { none, pins_before, pins_after, another_chip };

// All tiles are asked at the same moments, so that they compete for the host's port.
std::vector<ReplayTile> tiles_of(const ChipParameters& chip) {
  std::vector<ReplayTile> tiles;
  for (int i = 0; i < chip.tiles.count; ++i) {
    auto tile =
        test::random_tile(test::catalog_tile("trapezoidal"), {chip.tiles.rows, chip.tiles.columns},
                          static_cast<std::uint64_t>(i), 0);
    for (std::uint32_t k = 0; k < 40; ++k) {
      const Picoseconds at = 3'000'000 * static_cast<Picoseconds>(k);
      tile.entries.push_back({at, 0, {TileOp::read, k % 8, Side::plus, {}}});
    }
    tiles.push_back(std::move(tile));
  }
  number_instances(tiles);
  return tiles;
}

std::uint64_t digest_of_times(Company company) {
  const auto parameters = ChipParameters::load(find_chip("bus-4"));
  const auto tiles = tiles_of(parameters);
  std::optional<PinsReplay> pins;
  std::optional<ChipReplay> other;
  if (company == Company::pins_before) pins.emplace(tiles, "pins_");
  if (company == Company::another_chip)
    other.emplace("another", parameters, tiles, TlmReplayOptions{});
  ChipReplay chip("chip", parameters, tiles, {});
  if (company == Company::pins_after) pins.emplace(tiles, "pins_");
  auto hosts = chip.hosts();
  const auto add = [&](const auto& view) {
    if (!view) return;
    for (const auto* const host : view->hosts()) hosts.push_back(host);
  };
  add(pins);
  add(other);
  EXPECT_EQ(run_hosts(hosts), "");
  return digests_of(chip.take_outcome()).times;
}

// In a process of its own: elaboration happens once.
std::uint64_t digest_in_child(Company company) {
  int ends[2];
  EXPECT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  if (child == 0) {
    const auto digest = digest_of_times(company);
    const bool written = write(ends[1], &digest, sizeof digest) == sizeof digest;
    _exit(written ? 0 : 1);
  }
  close(ends[1]);
  std::uint64_t digest = 0;
  EXPECT_EQ(read(ends[0], &digest, sizeof digest), static_cast<ssize_t>(sizeof digest));
  close(ends[0]);
  int status = -1;
  waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  return digest;
}

TEST(OneOrder, HoldsInAnyCompany) {
  const auto alone = digest_in_child(Company::none);
  EXPECT_EQ(digest_in_child(Company::pins_before), alone);
  EXPECT_EQ(digest_in_child(Company::pins_after), alone);
  EXPECT_EQ(digest_in_child(Company::another_chip), alone);
}

}  // namespace
}  // namespace dwmtj
