// SPDX-License-Identifier: Apache-2.0
// Estimates against numbers worked out by hand, and against each other.
#include "estimation/estimate.h"

#include <gtest/gtest.h>

#include "architecture/chip_catalog.h"
#include "common/build_paths.h"
#include "ledger/power_trace.h"
#include "networks/onnx_reader.h"
#include "tests/support/input_error_of.h"
#include "tests/support/ledger_sums.h"
#include "tests/support/systemc_child.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

Architecture small() { return Architecture::load(find_chip("small")); }

// A file that lies over one of the catalog.
Architecture variant(const std::string& text) {
  const TemporaryFolder folder;
  return Architecture::load(folder.write("chip.yaml", "name: variant\ntitle: for a test\n" + text));
}

Estimate estimate_of(const Network& network, const Architecture& architecture,
                     const EstimateOptions& options = {}, const MappingChoices& choices = {}) {
  return estimate(map_onto(network, architecture, choices), options);
}

std::shared_ptr<const std::vector<float>> some_values(std::int64_t count) {
  std::vector<float> values;
  for (std::int64_t i = 0; i < count; ++i) {
    values.push_back(static_cast<float>(i % 17 - 8) / 8.0F);
  }
  return std::make_shared<const std::vector<float>>(values);
}

// Dense layers of these sizes, each followed by an activation.
Network dense_network(const std::vector<std::int64_t>& sizes) {
  Network network;
  network.name = "dense";
  network.layers.emplace_back();
  network.layers[0].name = "image";
  network.layers[0].output = {sizes[0], 1, 1};
  for (std::size_t i = 1; i < sizes.size(); ++i) {
    Layer layer;
    layer.name = "dense " + std::to_string(i - 1);
    layer.kind = LayerKind::dense;
    layer.inputs = {network.layers.size() - 1};
    layer.input = {sizes[i - 1], 1, 1};
    layer.output = {sizes[i], 1, 1};
    layer.weights.outputs = sizes[i];
    layer.weights.inputs = sizes[i - 1];
    layer.weights.values = some_values(layer.weights.count());
    network.layers.push_back(layer);
    Layer activation;
    activation.name = "relu " + std::to_string(i - 1);
    activation.kind = LayerKind::activation;
    activation.inputs = {network.layers.size() - 1};
    activation.input = activation.output = layer.output;
    network.layers.push_back(activation);
  }
  network.outputs = {network.layers.size() - 1};
  return network;
}

Layer convolution(TensorShape input, std::int64_t outputs, std::int64_t stride) {
  Layer layer;
  layer.kind = LayerKind::convolution;
  layer.window.kernel = {3, 3};
  layer.window.stride = {stride, stride};
  layer.window.pad_before = {1, 1, 0};
  layer.window.pad_after = {1, 1, 0};
  layer.input = input;
  layer.output = {outputs, (input.height - 1) / stride + 1, (input.width - 1) / stride + 1};
  layer.weights.outputs = outputs;
  layer.weights.inputs = input.channels * 9;
  layer.weights.values = some_values(layer.weights.count());
  return layer;
}

// input -> c0 -> c1 -> add(c0, c1) -> pool -> c2 (stride 2)
Network residual_network() {
  Network network;
  network.name = "residual";
  const auto add = [&](Layer layer, const std::string& name, std::vector<std::size_t> inputs) {
    layer.name = name;
    layer.inputs = std::move(inputs);
    network.layers.push_back(std::move(layer));
  };
  Layer input;
  input.kind = LayerKind::input;
  input.output = {4, 12, 12};
  add(input, "image", {});
  add(convolution({4, 12, 12}, 8, 1), "c0", {0});
  add(convolution({8, 12, 12}, 8, 1), "c1", {1});
  Layer sum;
  sum.kind = LayerKind::add;
  sum.input = sum.output = {8, 12, 12};
  add(sum, "sum", {1, 2});
  Layer pool;
  pool.kind = LayerKind::max_pool;
  pool.window.kernel = {2, 2};
  pool.window.stride = {2, 2};
  pool.input = {8, 12, 12};
  pool.output = {8, 6, 6};
  add(pool, "pool", {3});
  add(convolution({8, 6, 6}, 16, 2), "c2", {4});
  network.outputs = {5};
  return network;
}

const std::string kIsaac =
    "extends: isaac-ce\ninterconnect: {columns: 4, rows: 4}\n"
    "core: {arrays: {value: 4, range: [1, 100], source: test}}\n";

std::string cores(int count) {
  return kIsaac + "chip: {cores: {value: " + std::to_string(count) +
         ", range: [1, 1000], source: test}}\n";
}

// Eight inputs on both arrays of core 0, then four on one array of core 1; both followed by an
// activation. Step by step:
//   image: 8 x 4 bits are 4 bytes, with 64 bits of header 3 flits; one router: 2 + 3 = 5 ns
//   layer 0: 4 bits are 4 steps of 100 ns
//   its results: 4 x 4 bits, 3 flits, two routers: 2 x 2 + 3 = 7 ns
//   layer 1: 400 ns; its results: 1 byte, 3 flits, two routers: 7 ns
SYSTEMC_TEST(Estimate, OfTwoLayersIsWhatTheHandFinds) {
  const auto network = dense_network({8, 4, 2});
  const auto result = estimate_of(network, small());
  EXPECT_EQ(result.pipeline.completed, std::vector<Picoseconds>{819'000});
  EXPECT_EQ(result.pipeline.waited, 0);
  EXPECT_DOUBLE_EQ(in_si(result.latency), 819e-9);

  // Arrays read: 2 and 1, 4 times each, 10 pJ; rows: 8 and 4, 4 times, 0.5 pJ; columns: 16 and 4,
  // 4 times, at 80 uW x 100 ns / 8 = 1 pJ.
  const double core = 1e-12 * ((2 + 1) * 4 * 10.0 + (8 + 4) * 4 * 0.5 + (16 + 4) * 4 * 1.0);
  // Flits times routers; 32 bits of 0.137 pJ.
  const double hops = (3 * 1 + 3 * 2 + 3 * 2) * 32 * 0.137e-12;
  // Two routers of 1 mW, and in each core two ADCs of 1 uW.
  const double leakage = (2 * 1e-3 + 2 * 2 * 1e-6) * 819e-9;
  EXPECT_NEAR(in_si(result.ledger.posted()), core + hops, 1e-15 * 0.5);
  EXPECT_NEAR(in_si(result.ledger.leaked()), leakage, 1e-15 * 0.5);
  EXPECT_NEAR(in_si(result.energy), core + hops + leakage, 1e-15 * 0.5);
  EXPECT_NEAR(in_si(result.area), 2 * (2 * 100e-12 + 2 * 300e-12), 1e-18);
}

SYSTEMC_TEST(Estimate, AccountsOfANetworkAddUp) {
  const auto result = estimate_of(residual_network(), variant(cores(12)));
  const double total = in_si(result.ledger.total());
  EXPECT_GT(total, 0.0);
  EXPECT_NEAR(test::by_component(result.ledger), total, 1e-12 * total);
  double layers = 0.0;
  for (const auto& layer : result.layers) {
    EXPECT_GE(in_si(layer.energy), 0.0) << layer.name;
    layers += in_si(layer.energy);
  }
  EXPECT_NEAR(layers, in_si(result.ledger.posted()), 1e-12 * total);
  EXPECT_NEAR(in_si(result.energy), total, 1e-12 * total);
  EXPECT_EQ(result.macs, 12 * 12 * 8 * (4 * 9 + 8 * 9) + 3 * 3 * 16 * 8 * 9);
}

// Two inputs of a network are two sources, and a source may be any operand.
SYSTEMC_TEST(Estimate, TakesNetworksOfTwoInputs) {
  auto network = dense_network({16, 8});
  Layer second;
  second.kind = LayerKind::input;
  second.name = "second image";
  second.output = {8, 1, 1};
  Layer sum;
  sum.kind = LayerKind::add;
  sum.name = "sum";
  sum.inputs = {network.layers.size() - 1, network.layers.size()};
  sum.input = sum.output = second.output;
  network.layers.push_back(second);
  network.layers.push_back(sum);
  network.outputs = {network.layers.size() - 1};
  EstimateOptions options;
  options.batch = 5;
  const auto result = estimate_of(network, variant(cores(4)), options);
  EXPECT_EQ(result.pipeline.simulated, 5);
  EXPECT_EQ(result.layers.back().name, "sum");
}

// One simulation in a process: the numbers come back over a file.
struct Numbers {
  double latency = 0.0;
  double interval = 0.0;
  double energy = 0.0;
  double programming = 0.0;
  long simulated = 0;
};

Numbers numbers_of(const std::function<Estimate()>& run) {
  const TemporaryFolder folder;
  const auto file = folder / "numbers";
  EXPECT_TRUE(test::passes_in_child([&] {
    const auto result = run();
    std::ofstream stream(file);
    stream.precision(17);
    stream << in_si(result.latency) << ' ' << in_si(result.interval) << ' ' << in_si(result.energy)
           << ' ' << (result.programming.empty() ? 0.0 : in_si(result.programming[0].energy)) << ' '
           << result.pipeline.simulated << '\n';
  }));
  Numbers numbers;
  std::ifstream stream(file);
  stream >> numbers.latency >> numbers.interval >> numbers.energy >> numbers.programming >>
      numbers.simulated;
  return numbers;
}

// Recurrent cells, attention, norms, volumes: whatever they wait for comes.
TEST(Estimate, OfEveryExportComesToItsEnd) {
  const auto folder = std::filesystem::path(kSourceDir) / "tests/networks/data/dynamo";
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (file.path().extension() != ".onnx") continue;
    SCOPED_TRACE(file.path().filename());
    const auto numbers = numbers_of([&] {
      EstimateOptions options;
      options.batch = 3;
      return estimate_of(load_onnx(file.path()), Architecture::load(find_chip("adc-multibit")),
                         options);
    });
    EXPECT_EQ(numbers.simulated, 3);
    EXPECT_GT(numbers.energy, 0.0);
  }
}

TEST(Estimate, TheSettledIntervalStandsForTheWholeBatch) {
  const auto run = [](bool every_image) {
    return numbers_of([every_image] {
      EstimateOptions options;
      options.batch = 40;
      options.every_image = every_image;
      return estimate_of(residual_network(), variant(cores(12)), options);
    });
  };
  const auto all = run(true);
  const auto few = run(false);
  EXPECT_EQ(all.simulated, 40);
  EXPECT_LT(few.simulated, 20);
  EXPECT_NEAR(few.interval, all.interval, 2e-3 * all.interval);
  EXPECT_NEAR(few.energy, all.energy, 2e-3 * all.energy);
  EXPECT_EQ(few.latency, all.latency);
}

TEST(Estimate, MoreCoresAreNeverSlower) {
  double before = 1.0;
  for (const int count : {1, 2, 4, 8, 16, 32, 64}) {
    const auto numbers = numbers_of([count] {
      EstimateOptions options;
      options.batch = 12;
      return estimate_of(residual_network(), variant(cores(count)), options);
    });
    EXPECT_LE(numbers.interval, before * 1.001) << count << " cores";
    before = numbers.interval;
  }
}

TEST(Estimate, MoreBitsNeverCostLessToProgram) {
  double before = 0.0;
  for (const int bits : {2, 3, 4, 5, 7, 9}) {
    const auto numbers = numbers_of([bits] {
      MappingChoices choices;
      choices.bits = bits;
      choices.tile = "trapezoidal";
      return estimate_of(residual_network(), variant(cores(16)), {}, choices);
    });
    EXPECT_GE(numbers.programming, before) << bits << " bits";
    before = numbers.programming;
  }
  EXPECT_GT(before, 0.0);
}

TEST(Estimate, SaysWhatDoesNotFit) {
  const auto network = residual_network();
  const auto error = [&](const Architecture& architecture, std::optional<int> bits) {
    MappingChoices choices;
    choices.bits = bits;
    return input_error_of([&] { return map_onto(network, architecture, choices); });
  };
  EXPECT_EQ(error(small(), 16),
            "--bits: a weight of 16 bits takes 16 columns of 4 levels; an array has 8");
  EXPECT_EQ(error(small(), std::nullopt).substr(0, 26), "network residual: needs 12");
  EXPECT_EQ(error(variant(cores(12)), 17), "--bits: expected 2 to 16, not 17");
}

// A comparator knows one bit, so what has more is said to be taken as binary.
SYSTEMC_TEST(Estimate, NotesWhatAComparatorCannotSee) {
  const auto network = dense_network({64, 16, 4});
  const auto result = estimate_of(network, Architecture::load(find_chip("binary-comparator")));
  ASSERT_EQ(result.notes.size(), 2U);
  EXPECT_EQ(result.notes[0],
            "comparators read and take one bit: inputs taken as binary: dense 0, dense 1");
  ASSERT_FALSE(result.programming.empty());
  EXPECT_GT(in_si(result.programming[0].energy), 0.0);
  EXPECT_EQ(result.programming[0].flagged, 0.0);
  EXPECT_GT(in_si(result.latency), 0.0);
}

}  // namespace
}  // namespace dwmtj
