// SPDX-License-Identifier: Apache-2.0
// A host program on a chip: a small binary network through DMA, tiles and digital unit, against
// plain arithmetic on what the tiles hold.
#include "chip/chip_host.h"

#include <array>

#include <gtest/gtest.h>

#include "architecture/chip_catalog.h"
#include "chip/chip.h"
#include "common/random_stream.h"
#include "common/sim_time.h"
#include "tests/support/catalog_model.h"
#include "tlm/register_map.h"

namespace dwmtj {
namespace {

using namespace chip_map;

constexpr int kSide = 8;  // rows and columns of each tile of bus-4
using Vector = std::array<std::int16_t, kSide>;

const ChipParameters& parameters() {
  static const auto kChip = ChipParameters::load(find_chip("bus-4"));
  return kChip;
}
const TileParameters& tile() {
  static const auto kTile = TileParameters::load(parameters().tiles.file);
  return kTile;
}

Vector random_vector(std::uint32_t which) {
  Vector vector{};
  for (std::uint32_t i = 0; i < kSide; ++i) {
    vector[i] = draw(5, Stream::stimulus, which, i).words[0] % 2 == 0 ? 1 : -1;
  }
  return vector;
}

// Seven inputs of a tile's eight: their sum with weights of -1 and +1 is odd, never balanced.
Vector without_first(Vector vector) {
  vector[0] = 0;
  return vector;
}

// Two tiles share a layer of 16 inputs; the sign of their sum is the input of a third.
struct Program : sc_core::sc_module {
  Program(const sc_core::sc_module_name& name, TlmTiming timing,
          Completion how = Completion::interrupt)
      : sc_module(name),
        completion(how),
        chip("chip", parameters(), tile(), test::catalog_model(tile().device), ledger,
             ChipOptions{timing, 3, nullptr}) {
    SC_THREAD(run);
  }
  SC_HAS_PROCESS(Program);

  void run() {
    ChipHost host(chip, completion);
    load_weights(host);
    constexpr std::uint32_t kBytes = sizeof(Vector);
    const std::array<Vector, 2> input = {without_first(random_vector(100)),
                                         without_first(random_vector(101))};
    host.write(kBuffer + 64, input.data(), 2 * kBytes);
    for (std::uint64_t t = 0; t < 2; ++t) {
      host.copy(kBuffer + 64 + t * kBytes, chip_map::tile(t) + tile_map::kInputWindow, kBytes);
      host.run_from_window(t, TileOp::multiply, kSide);
      host.copy(chip_map::tile(t) + tile_map::kOutputWindow, kDigital + kScratch + 64 * t, kBytes);
    }
    for (std::uint32_t t = 0; t < 2; ++t) {
      host.operate(DigitalOp::widen, {16 * t, 0, 100 + kSide * t, kSide, 0});
    }
    host.operate(DigitalOp::add, {100, 100 + kSide, 200, kSide, 0});
    host.operate(DigitalOp::sign, {200, 0, 200, kSide, 1});
    host.operate(DigitalOp::narrow, {200, 0, 300, kSide, 0});
    host.copy(kDigital + kScratch + 4 * 300, chip_map::tile(2) + tile_map::kInputWindow, kBytes);
    const std::int16_t zero = 0;
    host.write(chip_map::tile(2) + tile_map::kInputWindow, &zero, sizeof zero);
    host.run_from_window(2, TileOp::multiply, kSide);
    host.copy(chip_map::tile(2) + tile_map::kOutputWindow, kBuffer, kBytes);
    host.read(kBuffer, output.data(), kBytes);
    host.synchronise();
    expect_refusals(host);
    done = sc_core::sc_time_stamp();
    ran = true;
  }

  // Plus devices at level 2 or 0, minus devices the opposite: signs with a wide margin.
  static void load_weights(ChipHost& host) {
    for (std::uint64_t t = 0; t < 3; ++t) {
      for (std::uint32_t row = 0; row < kSide; ++row) {
        const auto signs = weights(t, row);
        for (const auto side : {Side::plus, Side::minus}) {
          TileCommand command{TileOp::program, row, side, {}};
          for (const auto sign : signs) {
            const bool up = (sign > 0) == (side == Side::plus);
            command.data.push_back(static_cast<std::int16_t>(up ? 2 : 0));
          }
          EXPECT_EQ(host.run(t, command).status, TileStatus::ok);
        }
      }
    }
  }
  static Vector weights(std::uint64_t t, std::uint32_t row) {
    return random_vector(static_cast<std::uint32_t>(kSide * t) + row);
  }

  // Each as an exception to the caller, and the chip works on.
  static void expect_refusals(ChipHost& host) {
    EXPECT_THROW(host.read_register(kTiles - 4), std::runtime_error);
    EXPECT_THROW(host.write_register(kDigital + kStatus, 1), std::runtime_error);
    EXPECT_THROW(host.copy(kBuffer, kTiles - 0x100, 16), std::runtime_error);
    EXPECT_THROW(host.operate(DigitalOp::add, {1U << 30U, 0, 0, 4, 0}), std::runtime_error);
    EXPECT_EQ(host.read_register(kDma + kBytes), 16U);
  }

  Completion completion;
  Ledger ledger;
  Chip chip;
  Vector output{};
  sc_core::sc_time done;
  bool ran = false;
};

int sign_of_layer(const Vector& input, std::uint64_t t, std::size_t column) {
  int sum = 0;
  for (std::uint32_t row = 0; row < kSide; ++row) {
    sum += input[row] * Program::weights(t, row)[column];
  }
  return sum > 0 ? 1 : -1;
}

TEST(ChipHost, RunsABinaryNetwork) {
  Program at("at", TlmTiming::at);
  Program lt("lt", TlmTiming::lt);
  Program asking_at("asking_at", TlmTiming::at, Completion::polling);
  Program asking_lt("asking_lt", TlmTiming::lt, Completion::polling);
  tlm_utils::tlm_quantumkeeper::set_global_quantum(sc_core::sc_time(500, sc_core::SC_NS));
  sc_core::sc_start();
  ASSERT_TRUE(at.ran);
  ASSERT_TRUE(lt.ran);
  EXPECT_EQ(at.output, lt.output);
  EXPECT_EQ(at.output, asking_at.output);
  EXPECT_EQ(at.output, asking_lt.output);
  EXPECT_GT(at.done, sc_core::SC_ZERO_TIME);

  for (std::size_t column = 0; column < kSide; ++column) {
    Vector hidden{};
    for (std::size_t i = 0; i < kSide; ++i) {
      const int sum = sign_of_layer(without_first(random_vector(100)), 0, i) +
                      sign_of_layer(without_first(random_vector(101)), 1, i);
      hidden[i] = static_cast<std::int16_t>(sum >= 1 ? 1 : -1);
    }
    EXPECT_EQ(at.output[column], sign_of_layer(without_first(hidden), 2, column)) << column;
  }
}

}  // namespace
}  // namespace dwmtj
