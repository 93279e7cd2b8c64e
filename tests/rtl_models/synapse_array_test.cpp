// SPDX-License-Identifier: Apache-2.0
// The array against a controller that takes a shortcut: no pulse and no strobe goes through lines
// that have not settled. Each gate from both sides, a picosecond apart.
#include "rtl_models/synapse_array.h"

#include <gtest/gtest.h>

#include "testbenches/systemc_reports.h"
#include "tests/support/systemc_child.h"
#include "tests/support/tile_bench.h"

namespace dwmtj::test {
namespace {

// An array of 2 x 1 pairs with what its lines run through, and nobody in control.
struct LooseArray {
  explicit LooseArray(const std::string& tile)
      : bench(tile),
        accounts(bench.ledger, "loose", bench.parameters, bench.device, 1),
        context{bench.parameters, bench.device, accounts, nullptr, {}, log},
        decoder("decoder", context),
        field("field", context),
        source("source", context),
        readout(bench.parameters, 1, 1, 0),
        references("references", context, 1, readout),
        noise(bench.parameters, bench.device, 1, 0),
        array("array", context, {2, 1}, 1, 0),
        ladder(bench.parameters.read, bench.device.readout(), 1, 0) {
    array.connect({decoder, field, source, ladder, readout, references, noise});
    array.sample(sample);
    references.code(code);
    decoder.row(row);
    decoder.minus(minus);
    field.reverse(reverse);
    source.on(on);
    array.inputs(inputs);
    array.reference(reference);
    sc_core::sc_start(to_sc_time(100000));
  }

  void pulse() {
    array.current_line(0).drive({159, DriverGain::unity, bench.parameters.driver.code_step * 159.0,
                                 bench.device.parameters().operating_point.shape});
  }
  // How many draws all devices have made.
  [[nodiscard]] std::uint32_t draws() const {
    std::uint32_t sum = 0;
    for (const auto& state : states_of(array.pairs())) sum += state.draws;
    return sum;
  }

  TileBench bench;
  TileAccounts accounts;
  ProtocolLog log{ProtocolCheck::off};
  TileContext context;
  RowDecoder decoder;
  BiasField field;
  ReadSource source;
  SumReadout readout;
  SumReferences references;
  ReadNoise noise;
  SynapseArray array;
  ReferenceLadder ladder;
  sc_core::sc_signal<std::uint32_t> row, sample;
  sc_core::sc_signal<bool> minus, reverse, on;
  sc_core::sc_signal<RowInputs> inputs;
  sc_core::sc_vector<sc_core::sc_signal<std::int16_t>> reference{"reference", 1};
  sc_core::sc_vector<sc_core::sc_signal<std::int16_t>> code{"code", 1};
};

// The error that `action` reports, "none" if it reports none.
template <typename Action>
std::string error_of(Action action) {
  const SystemcReports reports;
  try {
    action();
  } catch (const sc_core::sc_report& report) {
    return report.get_msg();
  }
  return reports.lines().empty() ? "none" : reports.lines().front();
}

using Change = void (*)(LooseArray&);
using Use = void (*)(LooseArray&);

const Use kPulse = [](LooseArray& loose) { loose.pulse(); };
const Use kStrobe = [](LooseArray& loose) {
  static_cast<void>(loose.array.sense_line(0).sense(0));
};
const Change kOtherRow = [](LooseArray& loose) { loose.row.write(1); };
const Change kOtherSide = [](LooseArray& loose) { loose.minus.write(true); };
const Change kOtherField = [](LooseArray& loose) { loose.reverse.write(true); };
const Change kReadOn = [](LooseArray& loose) { loose.on.write(true); };

// After `change`, `use` is an error until `settle` has passed, and fine from then on.
void expect_gate(Change change, Picoseconds settle, Use use, const std::string& error) {
  LooseArray loose("trapezoidal");
  if (use == kStrobe && change != kReadOn) {
    loose.on.write(true);
    sc_core::sc_start(to_sc_time(100000));
  }
  EXPECT_EQ(error_of([&] { use(loose); }),
            use == kStrobe && change == kReadOn ? error : std::string("none"));
  change(loose);
  sc_core::sc_start(to_sc_time(settle - 1));
  EXPECT_EQ(error_of([&] { use(loose); }), error) << "too early";
  sc_core::sc_start(to_sc_time(1));
  EXPECT_EQ(error_of([&] { use(loose); }), "none") << "in time";
}

// The settle times of the catalog's tile.
constexpr Picoseconds kSelect = 2000;
constexpr Picoseconds kField = 20000;
constexpr Picoseconds kRead = 5000;

SYSTEMC_TEST(Settling, NoPulseAfterAChangeOfRow) {
  expect_gate(kOtherRow, kSelect, kPulse, "a pulse while the select lines settle");
}
// Balance needs no reference.
SYSTEMC_TEST(Settling, NoStrobeOfASumAfterAChangeOfItsReference) {
  LooseArray loose("trapezoidal");
  loose.inputs.write({{1, -1}});
  loose.sample.write(1);
  loose.on.write(true);
  sc_core::sc_start(to_sc_time(100000));
  const std::string error = "a strobe while the references of sums settle";
  EXPECT_EQ(error_of([&] { kStrobe(loose); }), "none");
  loose.code[0].write(17);
  sc_core::sc_start(to_sc_time(999));
  EXPECT_EQ(error_of([&] { kStrobe(loose); }), error);
  sc_core::sc_start(to_sc_time(1));
  EXPECT_EQ(error_of([&] { kStrobe(loose); }), "none");
}

SYSTEMC_TEST(Settling, NoPulseAfterAChangeOfSide) {
  expect_gate(kOtherSide, kSelect, kPulse, "a pulse while the select lines settle");
}
SYSTEMC_TEST(Settling, NoPulseAfterAChangeOfField) {
  expect_gate(kOtherField, kField, kPulse, "a pulse while the bias field settles");
}
SYSTEMC_TEST(Settling, NoStrobeAfterAChangeOfRow) {
  expect_gate(kOtherRow, kSelect, kStrobe, "a strobe while the select lines settle");
}
SYSTEMC_TEST(Settling, NoStrobeBeforeTheReadCurrentStands) {
  expect_gate(kReadOn, kRead, kStrobe, "a strobe while the read current settles");
}

SYSTEMC_TEST(Settling, PulseThatIsRefusedDoesNotTouchTheDevice) {
  LooseArray loose("trapezoidal");
  const auto before = loose.draws();
  loose.row.write(1);
  sc_core::sc_start(to_sc_time(kSelect - 1));
  error_of([&] { loose.pulse(); });
  EXPECT_EQ(loose.draws(), before);
  sc_core::sc_start(to_sc_time(1));
  loose.pulse();
  EXPECT_EQ(loose.draws(), before + 1);
}

}  // namespace
}  // namespace dwmtj::test
