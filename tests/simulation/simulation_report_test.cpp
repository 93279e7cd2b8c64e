// SPDX-License-Identifier: Apache-2.0
// What is said of a simulated network: each number beside the account it is from, each table's sum
// beside the whole, and an estimate made up for the purpose.
#include "simulation/simulation_report.h"

#include <map>
#include <memory>
#include <numeric>
#include <sstream>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "architecture/chip_catalog.h"
#include "common/quantity_text.h"
#include "tests/inference/networks.h"
#include "tests/simulation/small_networks.h"
#include "tests/support/catalog_model.h"

namespace dwmtj {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::int64_t kImages = 3;

struct Simulated {
  Simulated(const std::string& name, std::int64_t images, int spare_columns, const ChipLife& life)
      : tiled(tile_network(network, ranges, tiles, {{4, 6}, {}, 100, spare_columns})) {
    ChipInferenceOptions options;
    options.chip.seed = tiles.seed;
    options.images = images;
    options.life = life;
    inference = std::make_unique<ChipInference>(name, chip, tiles, tiled, source, options);
  }

  ChipParameters chip = ChipParameters::load(
      find_chip("bus-4"),
      ParameterOverrides({"tiles.count=32", "tiles.per_router=32", "tiles.tile=trapezoidal"}));
  TileParameters tile = TileParameters::load(find_tile("trapezoidal"));
  TileSet tiles{tile, test::catalog_model("trapezoidal"), 32, 8, 8, 11};
  Network network = test::sign_perceptron();
  DataSet data = random_images(20, {1, 6, 6}, 4);
  ImageSource source{data, network.layers[0], {}};
  ActivationRanges ranges =
      measure_ranges(network, plan_forward(network), source, {20, chip.tiles.rows, 8, {}});
  TiledNetwork tiled;
  std::unique_ptr<ChipInference> inference;
};

const DeviceModel& device() { return test::catalog_model("trapezoidal"); }

// All chips of this program are in one simulation.
struct Runs {
  Holding holding{device(), 10 * 365.25 * 86400.0 * si::seconds, 500.0 * si::kelvin};
  Simulated three{"three", kImages, 0, {}};
  Simulated one{"one", 1, 0, {}};
  Simulated held{"held", 1, 2, {nullptr, &holding, true}};
  Runs() {
    for (auto* const each : {&three, &one, &held}) EXPECT_TRUE(each->inference->run());
  }
};

const Runs& runs() {
  static const Runs kRuns;
  return kRuns;
}

// Of three images, the second is not what it should be.
std::vector<int> labels_of(const Simulated& run) {
  auto labels = run.inference->labels();
  if (labels.size() > 1) labels[1] += 1;
  return labels;
}

struct Said {
  explicit Said(const Simulated& of, const std::string& held = "")
      : run(of),
        labels(labels_of(of)),
        input{"signs", of.chip, of.tiled, labels, "at", "20 images", held},
        figures(figures_of(input, *of.inference)) {
    beside.estimate.latency = 2 * in_si(to_time(figures.first));
    beside.estimate.interval = 0.5 * figures.interval;
    beside.estimate.leakage = 1e-3;
    for (std::size_t i = 0; i < of.tiled.layers.size() + 2; ++i) {
      const double joules = 1e-9 * static_cast<double>(i + 1);
      beside.estimate.steps.push_back({1e-6 * static_cast<double>(i + 1),
                                       {{"tiles.array read", joules}, {"made up", joules / 4}}});
    }
  }
  [[nodiscard]] std::string text() const { return simulation_text(input, *run.inference, beside); }
  [[nodiscard]] nlohmann::json json() const {
    return nlohmann::json::parse(simulation_json(input, *run.inference, beside));
  }

  const Simulated& run;
  std::vector<int> labels;
  SimulationInput input;
  SimulationFigures figures;
  Beside beside;
};

// Cells of a line after its name, numbers where they are.
std::vector<std::vector<std::string>> table(const std::string& csv) {
  std::vector<std::vector<std::string>> rows;
  std::istringstream lines(csv);
  for (std::string line; std::getline(lines, line);) {
    rows.emplace_back();
    std::istringstream cells(line);
    for (std::string cell; std::getline(cells, cell, ',');) rows.back().push_back(cell);
  }
  return rows;
}

double seconds(Picoseconds time) { return static_cast<double>(time) * 1e-12; }

TEST(SimulationReport, FiguresAreThoseOfItsImages) {
  const Said said(runs().three);
  const auto& images = runs().three.inference->images();
  const auto& figures = said.figures;
  std::vector<Picoseconds> took;
  double joules = 0;
  for (std::size_t i = 0; i < images.size(); ++i) {
    took.push_back(images[i].ended - images[i].started);
    joules += runs().three.inference->accounts().of_image(i);
  }
  EXPECT_EQ(figures.hits, kImages - 1);
  EXPECT_EQ(figures.first, took[0]);
  EXPECT_EQ(figures.slowest, std::max({took[0], took[1], took[2]}));
  EXPECT_EQ(figures.latency, (took[0] + took[1] + took[2]) / 3);
  EXPECT_GT(figures.slowest, took[0]);  // others are ahead of the later ones
  EXPECT_DOUBLE_EQ(figures.span, seconds(images[2].ended - images[0].started));
  EXPECT_DOUBLE_EQ(figures.interval, seconds(images[2].ended - images[0].ended) / 2);
  EXPECT_DOUBLE_EQ(figures.dynamic, joules);
  EXPECT_DOUBLE_EQ(figures.leaked,
                   in_si(runs().three.inference->ledger().leakage()) * figures.interval * 3);
  EXPECT_GT(figures.leaked, 0);
}

TEST(SimulationReport, OfOneImageTheIntervalIsItsLatency) {
  const Said said(runs().one);
  EXPECT_DOUBLE_EQ(said.figures.interval, seconds(said.figures.first));
  EXPECT_EQ(said.figures.latency, said.figures.first);
  EXPECT_THAT(said.text(), HasSubstr("of 32 tiles of 8 x 8 pairs; 1 image (at), "));
}

TEST(SimulationReport, LinesOfTheWhole) {
  const Said said(runs().three);
  const auto text = said.text();
  const auto time = [](double value) { return format_quantity(value, Dimension::time); };
  const auto& of = *runs().three.inference;
  const auto& figures = said.figures;
  const double each = (figures.dynamic + figures.leaked) / 3;
  const double estimate = said.beside.estimate.energy();
  EXPECT_THAT(text, HasSubstr(fmt::format("signs on bus-4: {} of 32 tiles of 8 x 8 pairs; 3 images "
                                          "(at), {} in flight\n\n",
                                          said.run.tiled.tiles, of.in_flight())));
  EXPECT_THAT(text, HasSubstr("66.67 %  2 of 3 images\n"));
  EXPECT_THAT(text, HasSubstr(fmt::format(
                        "{}  of the first image; of one alone estimate {} (+100.0 %); mean {}, at "
                        "most {}\n",
                        time(seconds(figures.first)), time(2 * seconds(figures.first)),
                        time(seconds(figures.latency)), time(seconds(figures.slowest)))));
  EXPECT_THAT(text, HasSubstr(fmt::format("{}  estimate {} (-50.0 %)\n", time(figures.interval),
                                          time(figures.interval / 2))));
  EXPECT_THAT(text, HasSubstr(fmt::format("{:.4g}\n", 1 / figures.interval)));
  EXPECT_THAT(text,
              HasSubstr(fmt::format(
                  "{}  of one image, {:.0f} % leakage; estimate {} ({:+.1f} %)\n",
                  format_quantity(each, Dimension::energy), 100 * figures.leaked / 3 / each,
                  format_quantity(estimate, Dimension::energy), 100 * (estimate - each) / each)));
  EXPECT_THAT(text, Not(HasSubstr("columns moved")));
  EXPECT_THAT(text, Not(HasSubstr("refreshed")));
  EXPECT_THAT(text, Not(HasSubstr("held")));
  EXPECT_THAT(text, Not(HasSubstr("infer ")));
}

TEST(SimulationReport, AWaitARefreshAndSparesHaveALine) {
  const Said said(runs().held, "10 years at 500 K");
  const auto& of = *runs().held.inference;
  const auto text = said.text();
  const auto json = said.json();
  int flagged = 0;
  int spares = 0;
  int moved = 0;
  std::size_t columns = 0;
  for (const auto& tile : of.tiles()) {
    flagged += tile.columns().flagged();
    spares += tile.columns().spares() == 0 ? 1 : 0;
    moved += tile.columns().moved();
    columns += tile.columns().places().size();
  }
  EXPECT_GT(of.walls_moved(), 0U);
  EXPECT_GT(of.refreshed(), 0);
  EXPECT_THAT(text, HasSubstr(fmt::format("10 years at 500 K: {} of {} walls moved\n",
                                          of.walls_moved(), 2 * 32 * 8 * 8)));
  EXPECT_THAT(text, HasSubstr(fmt::format(
                        "{}  for {}; {} devices not at their level\n",
                        format_quantity(seconds(of.refreshed()), Dimension::time),
                        format_quantity(of.accounts().refresh(), Dimension::energy), flagged)));
  EXPECT_THAT(text, HasSubstr(fmt::format("of {}, to spare ones; {} of {} tiles have none left\n",
                                          columns, spares, of.tiles().size())));
  EXPECT_EQ(json["held"], "10 years at 500 K");
  EXPECT_EQ(json["walls_moved"], of.walls_moved());
  EXPECT_EQ(json["refresh_s"], seconds(of.refreshed()));
  EXPECT_EQ(json["refresh_J"], of.accounts().refresh());
  EXPECT_EQ(json["flagged"], flagged);
  EXPECT_EQ(json["moved_columns"], moved);
  EXPECT_EQ(Said(runs().one).json()["refresh_s"], 0.0);
}

TEST(SimulationReport, SaysWhetherInferGivesTheSame) {
  Said said(runs().three);
  said.beside.bulk = BulkComparison{3, 3, 9, 9, 96, 1};
  EXPECT_THAT(said.text(), HasSubstr("software                  33.33 %  the network as it was"));
  EXPECT_THAT(said.text(), HasSubstr("the same  3 of 3 labels; 9 of 9 sets of sums (96 sums)"));
  EXPECT_EQ(said.json()["infer"]["same_labels"], 3);
  EXPECT_EQ(said.json()["infer"]["software_hits"], 1);
  said.beside.bulk->same_layers = 8;
  EXPECT_THAT(said.text(), HasSubstr("DIFFERS  3 of 3 labels; 8 of 9 sets"));
  said.beside.bulk = BulkComparison{3, 2, 9, 9, 96, 1};
  EXPECT_THAT(said.text(), HasSubstr("DIFFERS  2 of 3 labels; 9 of 9 sets"));
}

// Energies of an image: of all layers those of all images, of all actions leakage too.
TEST(SimulationReport, TablesAddUp) {
  const Said said(runs().three);
  const auto json = said.json();
  const auto& of = *runs().three.inference;
  double layers = 0;
  double time = 0;
  double estimated = 0;
  for (const auto& row : json["layers"]) {
    layers += row["image_J"].get<double>();
    time += row["first_image_s"].get<double>();
    estimated += row["estimate_J"].get<double>();
  }
  EXPECT_NEAR(layers, said.figures.dynamic / 3, 1e-12 * layers);
  EXPECT_NEAR(time, seconds(said.figures.first), 1e-15);
  double actions = 0;
  double estimated_actions = 0;
  for (const auto& row : json["actions"]) {
    actions += row["image_J"].get<double>();
    estimated_actions += row["estimate_J"].get<double>();
  }
  EXPECT_NEAR(actions, (said.figures.dynamic + said.figures.leaked) / 3, 1e-12 * actions);
  EXPECT_NEAR(estimated_actions, said.beside.estimate.energy(), 1e-12 * actions);
  // As many steps as layers with weights or functions, the label, the host.
  const auto steps = static_cast<double>(said.run.tiled.layers.size() + 2);
  EXPECT_NEAR(estimated, 1.25e-9 * steps * (steps + 1) / 2, 1e-18);
  EXPECT_EQ(json["writing_J"], of.accounts().writing());
  EXPECT_EQ(json["writing_s"], seconds(of.written()));
  EXPECT_EQ(json["total_J"], in_si(of.ledger().total()));
  EXPECT_EQ(json["estimate"]["image_J"], said.beside.estimate.energy());
  EXPECT_EQ(json["mean_latency_s"], seconds(said.figures.latency));
  EXPECT_EQ(json["leaked_J"], said.figures.leaked);
  EXPECT_EQ(json["images_J"], said.figures.dynamic);
}

// Of a layer on tiles: a command for each tile, window and bit of an input.
TEST(SimulationReport, LayersSayTheirTilesAndCommands) {
  const Said said(runs().three);
  const auto text = said.text();
  const auto rows = table(layers_csv(said.input, *runs().three.inference, said.beside.estimate));
  std::size_t tiles = 0;
  for (std::size_t i = 0; i < said.run.tiled.layers.size(); ++i) {
    const auto* const layer = said.run.tiled.layers[i].get();
    const auto& row = rows[i + 1];
    EXPECT_EQ(row[0], said.run.tiled.plan.steps[i].layer->name);
    EXPECT_EQ(row[2], std::to_string(layer == nullptr ? 0 : layer->tiles()));
    EXPECT_EQ(std::stod(row[4]), 1.25e-9 * static_cast<double>(i + 1));
    EXPECT_EQ(std::stod(row[6]), 1e-6 * static_cast<double>(i + 1));
    const auto commands = layer == nullptr ? 0 : static_cast<int>(layer->tiles()) * layer->planes();
    EXPECT_THAT(text, HasSubstr(fmt::format("{:<28} {:>6} {:>12} ", row[0], row[2], commands)));
    tiles += layer == nullptr ? 0 : layer->tiles();
  }
  EXPECT_EQ(tiles, said.run.tiled.tiles);
  EXPECT_EQ(rows.at(rows.size() - 2)[0], "label");
  EXPECT_EQ(rows.back()[0], "input and output");
  EXPECT_THAT(rows[0], ElementsAre("layer", "kind", "tiles", "energy_J", "estimate_J",
                                   "first_image_s", "estimate_s"));
}

// All spent, the writing and leakage too, by component; tiles as one.
TEST(SimulationReport, ComponentsAddUpToTheLedger) {
  const Said said(runs().three);
  const auto& ledger = runs().three.inference->ledger();
  std::map<std::string, double> spent;
  for (std::size_t i = 0; i < ledger.components().size(); ++i) {
    auto name = ledger.components()[i].path;
    name.erase(0, std::string("three.").size());
    if (name.rfind("tile", 0) == 0) name = "tiles" + name.substr(name.find('.'));
    spent[name] += in_si(ledger.spent(ComponentId(i)));
  }
  ASSERT_GT(spent.count("tiles.array"), 0U);
  ASSERT_GT(spent.count("buffer"), 0U);
  const auto text = said.text();
  for (const auto& [name, joules] : spent) {
    EXPECT_THAT(text, HasSubstr(fmt::format("\n{:<28} {:>12}\n", name,
                                            format_quantity(joules, Dimension::energy))));
  }
  EXPECT_THAT(text,
              HasSubstr(fmt::format("\n{:<28} {:>12}\n", "all",
                                    format_quantity(in_si(ledger.total()), Dimension::energy))));
}

TEST(SimulationReport, UseIsAShareOfTheTimeOfImages) {
  const Said said(runs().three);
  const auto& of = *runs().three.inference;
  double sum = 0;
  double least = 1;
  double most = 0;
  const auto rows = table(tiles_csv(said.input, of));
  for (std::size_t i = 0; i < of.tiles().size(); ++i) {
    const auto& tile = of.tiles()[i];
    const double share = seconds(tile.busy()) / said.figures.span;
    EXPECT_EQ(rows[i + 1][0], std::to_string(tile.tile()));
    EXPECT_EQ(rows[i + 1][2], std::to_string(tile.commands()));
    EXPECT_DOUBLE_EQ(std::stod(rows[i + 1][5]), share);
    EXPECT_DOUBLE_EQ(std::stod(rows[i + 1][4]), seconds(tile.on_the_way()));
    sum += share;
    least = std::min(least, share);
    most = std::max(most, share);
  }
  EXPECT_GT(least, 0);
  EXPECT_LT(most, 1);
  const auto count = static_cast<double>(of.tiles().size());
  EXPECT_THAT(said.text(), HasSubstr(fmt::format("{:.1f} % ({:.1f} to {:.1f} %)\n",
                                                 100 * sum / count, 100 * least, 100 * most)));
  EXPECT_THAT(said.text(), HasSubstr(fmt::format("{:.1f} %\n", 100 * seconds(of.digital_busy()) /
                                                                   said.figures.span)));
}

TEST(SimulationReport, ImagesAndChannels) {
  const Said said(runs().three);
  const auto& of = *runs().three.inference;
  const auto images = table(images_csv(said.input, of));
  ASSERT_EQ(images.size(), 4U);
  for (std::size_t i = 0; i < 3; ++i) {
    const auto& image = of.images()[i];
    EXPECT_THAT(
        images[i + 1],
        ElementsAre(std::to_string(i), std::to_string(said.labels[i]), std::to_string(image.label),
                    std::to_string(image.started), std::to_string(image.ended),
                    fmt::format("{}", of.accounts().of_image(i))));
  }
  const auto& network = of.chip().interconnect().network();
  const auto channels = table(channels_csv(of));
  ASSERT_EQ(channels.size(), network.busy().size() + 1);
  double busy = 0;
  for (std::size_t i = 0; i < network.busy().size(); ++i) {
    const double time = seconds(network.busy()[i]);
    EXPECT_DOUBLE_EQ(std::stod(*(channels[i + 1].rbegin() + 1)), time);
    EXPECT_DOUBLE_EQ(std::stod(channels[i + 1].back()), time / seconds(of.ledger().on_time()));
    busy += time;
  }
  EXPECT_GT(busy, 0);
}

TEST(SimulationReport, ActionsAreEstimatedOrSpent) {
  const Said said(runs().three);
  const auto rows = table(actions_csv(said.input, *runs().three.inference, said.beside.estimate));
  std::map<std::string, std::pair<double, double>> actions;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    actions[rows[i][0]] = {std::stod(rows[i][1]), std::stod(rows[i][2])};
  }
  EXPECT_EQ(actions.at("made up").first, 0);
  EXPECT_GT(actions.at("made up").second, 0);
  EXPECT_GT(actions.at("tiles.array read").first, 0);
  EXPECT_DOUBLE_EQ(actions.at("made up").second * 4, actions.at("tiles.array read").second);
  EXPECT_DOUBLE_EQ(actions.at("leakage").first, said.figures.leaked / 3);
}

}  // namespace
}  // namespace dwmtj
