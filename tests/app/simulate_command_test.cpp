// SPDX-License-Identifier: Apache-2.0
// `dwmtj simulate` as a shell would run it.
#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/app/program.h"
#include "tests/networks/onnx_text.h"
#include "tests/recording/timeline_check.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/vcd_reader.h"

namespace dwmtj {
namespace {

using test::read_vcd;
using testing::HasSubstr;

const std::string kNetwork = std::string(DWMTJ_SOURCES) + "/networks/examples/fashion-cnn.onnx";

void write_big_endian(std::ostream& stream, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) stream.put(static_cast<char>(value >> shift));
}

class SimulateCommand : public ::testing::Test {
 protected:
  SimulateCommand() {
    write_images("small", 3, 28);
    write_images("other", 3, 20);
  }

  // An IDX data set of squares.
  void write_images(const std::string& name, std::uint32_t count, std::uint32_t size,
                    const std::string& part = "t10k") {
    const auto folder = folder_.path() / name;
    std::filesystem::create_directories(folder);
    std::ofstream images(folder / (part + "-images-idx3-ubyte"), std::ios::binary);
    std::ofstream labels(folder / (part + "-labels-idx1-ubyte"), std::ios::binary);
    for (const auto word : {0x803U, count, size, size}) write_big_endian(images, word);
    for (const auto word : {0x801U, count}) write_big_endian(labels, word);
    for (std::uint32_t i = 0; i < count; ++i) {
      labels.put(static_cast<char>(i));
      for (std::uint32_t p = 0; p < size * size; ++p) {
        const bool inside = p / size > 6 + i && p % size > 8 - i;
        images.put(static_cast<char>(inside ? 200 - p % 7 : 0));
      }
    }
  }

  [[nodiscard]] Outcome simulate(std::vector<std::string> words) const {
    words.insert(words.begin(), {"simulate"});
    return dwmtj_in(folder_.path(), words);
  }
  void expect_refused(const std::vector<std::string>& words, const std::string& message) const {
    const auto outcome = simulate(words);
    EXPECT_EQ(outcome.status, 2) << outcome.out;
    EXPECT_EQ(outcome.out, "");
    EXPECT_THAT(outcome.err, HasSubstr(message));
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1);
  }
  [[nodiscard]] nlohmann::json json_of(const std::string& folder) const {
    std::ifstream stream(folder_.path() / folder / "simulate.json");
    return nlohmann::json::parse(stream);
  }

  [[nodiscard]] static std::vector<std::string> usual_and(const std::vector<std::string>& more) {
    std::vector<std::string> words = {kNetwork, "--chip",        "mesh-256", "--data",
                                      "small",  "--images",      "2",        "--input-bits",
                                      "2",      "--result-bits", "4"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }

  TemporaryFolder folder_;
};

TEST_F(SimulateCommand, GivesWhatInferGivesInBothTimingsAndAtThePins) {
  const auto at = simulate(usual_and({"--out", "at"}));
  ASSERT_EQ(at.status, 0) << at.err << at.out;
  EXPECT_THAT(at.out, HasSubstr("2 of 2 labels"));
  ASSERT_EQ(simulate(usual_and({"--timing", "lt", "--out", "lt"})).status, 0);
  ASSERT_EQ(simulate(usual_and({"--zoom", "tile1", "--vcd", "tile1.vcd", "--trace",
                                "*.controller.state", "--out", "zoom"}))
                .status,
            0);
  const auto plain = json_of("at");
  const auto zoomed = json_of("zoom");
  EXPECT_EQ(plain["latency_s"], zoomed["latency_s"]);
  EXPECT_NEAR(plain["total_J"].get<double>(), zoomed["total_J"].get<double>(),
              1e-12 * plain["total_J"].get<double>());
  EXPECT_EQ(plain["infer"]["same_layers"], plain["infer"]["layers"]);
  EXPECT_EQ(plain["hits"], json_of("lt")["hits"]);
  EXPECT_GT(std::filesystem::file_size(folder_.path() / "tile1.vcd"), 10000U);
}

TEST_F(SimulateCommand, TellsWhatIsWrongInOneLine) {
  expect_refused({kNetwork, "--chip", "bus-4", "--data", "small"}, " too few; ");
  expect_refused({kNetwork, "--chip", "isaac-ce", "--data", "small"}, "needs 'tiles'");
  expect_refused({kNetwork, "--chip", "mesh-256", "--data", "other"},
                 "images of 1 x 20 x 20, but the network takes 1 x 28 x 28");
  expect_refused(usual_and({"--zoom", "tile256"}),
                 "--zoom tile256: no such tile; the chip has tile0 to tile255");
  expect_refused(usual_and({"--zoom", "tile1,row3"}),
                 "--zoom row3: no such tile; the chip has tile0 to tile255");
  expect_refused(usual_and({"--set", "digital.entries=100"}), "digital.entries");
  expect_refused({kNetwork, "--chip", "mesh-256", "--data", "small", "--result-bits", "12"},
                 "--result-bits 12: tile 'trapezoidal-65nm' gives at most 7");
}

// Ranges are measured on training images; on others only where there are none, which is said.
TEST_F(SimulateCommand, SaysWhatItWasCalibratedOn) {
  const auto without = simulate(usual_and({"--no-compare"}));
  EXPECT_EQ(without.status, 0) << without.err;
  EXPECT_THAT(without.out, HasSubstr("  3 test images: there are no training images\n"));
  write_images("small", 2, 28, "train");
  const auto with = simulate(usual_and({"--no-compare", "--no-figures", "--out", "with"}));
  EXPECT_THAT(with.out, HasSubstr("  2 training images\n"));
  EXPECT_EQ(json_of("with")["calibration"], "2 training images");
}

TEST_F(SimulateCommand, DamagedTrainingFilesAreNotPassedOver) {
  std::filesystem::copy(folder_ / "small", folder_ / "cut");
  folder_.write("cut/train-images-idx3-ubyte", "nothing");
  expect_refused({kNetwork, "--chip", "mesh-256", "--data", "cut"}, "train-labels-idx1-ubyte");
  folder_.write("cut/train-labels-idx1-ubyte", "nothing");
  expect_refused({kNetwork, "--chip", "mesh-256", "--data", "cut"},
                 "cut/train-images-idx3-ubyte: ");
  write_images("cut", 3, 20, "train");
  expect_refused({kNetwork, "--chip", "mesh-256", "--data", "cut"},
                 "images of 1 x 20 x 20, but the network takes 1 x 28 x 28");
}

// So that a difference to the estimate is found: layers make the latency, actions the energy.
TEST_F(SimulateCommand, LayersAndActionsAddUpToTheWhole) {
  ASSERT_EQ(simulate(usual_and({"--no-compare", "--no-figures", "--out", "out"})).status, 0);
  const auto json = json_of("out");
  const auto total = [&](const char* table, const char* key) {
    double sum = 0;
    for (const auto& row : json[table]) sum += row[key].get<double>();
    return sum;
  };
  const auto expect = [](double a, double b) { EXPECT_NEAR(a, b, 1e-12 * b); };
  const double images = json["images"];
  const double joules = json["images_J"].get<double>() + json["leaked_J"].get<double>();
  expect(total("layers", "first_image_s"), json["latency_s"]);
  expect(total("layers", "estimate_s"), json["estimate"]["latency_s"]);
  expect(total("actions", "image_J"), joules / images);
  expect(total("actions", "estimate_J"), json["estimate"]["image_J"]);
  expect(total("layers", "image_J"), json["images_J"].get<double>() / images);
  for (const auto& row : json["actions"]) {
    EXPECT_EQ(row["image_J"] == 0.0, row["estimate_J"] == 0.0) << row;
  }
}

// What viewers expect; each image is a slice, with its five layers on tiles on the track beside it.
TEST_F(SimulateCommand, ATimelineOfAnInference) {
  ASSERT_EQ(
      simulate(usual_and({"--no-compare", "--record", "run.json", "--record-streams", "chip.image*",
                          "--record-streams", "chip.tile1", "--record-streams", "chip.tile11"}))
          .status,
      0);
  std::ifstream stream(folder_ / "run.json");
  const auto events = nlohmann::json::parse(stream);
  test::expect_valid_timeline(events);
  std::map<std::string, int> slices;
  std::set<std::string> tracks;
  for (const auto& event : events) {
    if (event["ph"] == "X") ++slices[event["name"].get<std::string>()];
    if (event["name"] == "thread_name") tracks.insert(event["args"]["name"].get<std::string>());
  }
  EXPECT_THAT(tracks, testing::IsSupersetOf({"chip.image0", "chip.image0.layers", "chip.image1",
                                             "chip.image1.layers", "chip.tile1", "chip.tile11"}));
  for (const auto* const name : {"image 0", "image 1", "/3/Conv 1", "/14/Gemm 0"}) {
    EXPECT_EQ(slices[name], 1) << name;
  }
  // 14 x 14 positions on tile1, one of the dense layer on tile11: two bits each, two images.
  EXPECT_EQ(slices["multiply"], 2 * 2 * (196 + 1));
}

// Ten years at 500 K leave no wall at the third level; a second writing brings them back.
TEST_F(SimulateCommand, ALifeOfTheChip) {
  const auto fresh = simulate(usual_and({"--no-figures", "--out", "fresh"}));
  ASSERT_EQ(fresh.status, 0) << fresh.err;
  EXPECT_THAT(fresh.out, testing::Not(HasSubstr("held without power")));
  const std::vector<std::string> wait = {"--hold", "87660h",       "--temperature",
                                         "500K",   "--no-figures", "--out"};
  const auto lived = [&](const std::string& out, const std::vector<std::string>& more) {
    auto words = usual_and(wait);
    words.push_back(out);
    words.insert(words.end(), more.begin(), more.end());
    const auto outcome = simulate(words);
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    return outcome.out;
  };
  EXPECT_THAT(lived("held", {}), HasSubstr(" walls moved\n"));
  EXPECT_THAT(lived("refreshed", {"--refresh"}), HasSubstr("refreshed in"));
  const auto held = json_of("held");
  const auto refreshed = json_of("refreshed");
  EXPECT_GT(held["walls_moved"], 100);
  EXPECT_EQ(held["walls_moved"], refreshed["walls_moved"]);
  EXPECT_EQ(held["refresh_J"], 0.0);
  EXPECT_GT(refreshed["refresh_J"], 0.0);
  EXPECT_GT(refreshed["refresh_s"], 0.0);
  EXPECT_EQ(refreshed["flagged"], 0);
  EXPECT_EQ(held["infer"]["same_layers"], held["infer"]["layers"]);
}

// What one run has written, another takes up.
TEST_F(SimulateCommand, GoesOnFromStates) {
  const auto run = [&](const std::string& out, const std::vector<std::string>& more) {
    auto words = usual_and({"--no-figures", "--out", out});
    words.insert(words.end(), more.begin(), more.end());
    const auto outcome = simulate(words);
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    return outcome.out;
  };
  run("first", {"--save-state", "chip.states"});
  EXPECT_THAT(run("second", {"--state", "chip.states"}), HasSubstr("as the states have them"));
  run("third", {"--state", "chip.states", "--refresh"});
  EXPECT_EQ(json_of("second")["writing_J"], 0.0);
  EXPECT_EQ(json_of("second")["flagged"], 0);
  EXPECT_EQ(json_of("third")["writing_J"], 0.0);
  // No pulse: all walls stand where they should.
  EXPECT_GT(json_of("third")["refresh_J"], 0.0);
  EXPECT_LT(json_of("third")["refresh_J"], json_of("first")["writing_J"]);
  expect_refused(usual_and({"--state", "chip.states", "--seed", "2"}), "seed");
}

TEST_F(SimulateCommand, TilesThatHoldNothingNeedNoPower) {
  ASSERT_EQ(simulate(usual_and({"--no-compare", "--no-figures", "--out", "all"})).status, 0);
  ASSERT_EQ(simulate(usual_and({"--no-compare", "--no-figures", "--gate-tiles", "--out", "gated"}))
                .status,
            0);
  EXPECT_LT(json_of("gated")["leaked_J"], json_of("all")["leaked_J"]);
  EXPECT_EQ(json_of("gated")["images_J"], json_of("all")["images_J"]);
}

TEST_F(SimulateCommand, RefusesALifeThatIsNone) {
  expect_refused(usual_and({"--refresh"}), "--refresh: expected --hold or --state as well");
  expect_refused(usual_and({"--spare-columns", "4", "--state", "any"}),
                 "expected --refresh beside --state");
  expect_refused(usual_and({"--spare-columns", "64"}),
                 "64 spare columns: a tile has 64 columns, expected at most 63");
  expect_refused(usual_and({"--temperature", "350K"}), "expected --hold as well");
  expect_refused(usual_and({"--hold=-1s"}), "--hold: expected a time of at least 0 s");
  expect_refused(usual_and({"--hold", "1h", "--temperature", "0K"}),
                 "--temperature: expected 1 K to 1000 K");
}

// A window of waveforms by what happens in it.
TEST_F(SimulateCommand, WaveformsOfALayerOfAnImage) {
  const auto window = [&](const std::string& text, const std::string& out) {
    return simulate(usual_and({"--zoom", "tile1", "--vcd", out + ".vcd", "--trace-window", text,
                               "--no-compare", "--no-figures", "--out", out}));
  };
  ASSERT_EQ(window("image 1, layer 2", "number").status, 0);
  ASSERT_EQ(window("image 1, layer /3/Conv", "name").status, 0);
  ASSERT_EQ(window("image 1", "image").status, 0);
  const auto of_layer = read_vcd(folder_ / "number.vcd");
  const auto of_image = read_vcd(folder_ / "image.vcd");
  EXPECT_EQ(of_layer.first_ps, read_vcd(folder_ / "name.vcd").first_ps);
  EXPECT_EQ(of_layer.last_ps, read_vcd(folder_ / "name.vcd").last_ps);
  // 14 x 14 windows, of 2 - 1 bits as no input is negative: as many multiplies, one after the
  // other.
  std::ifstream images(folder_ / "image" / "images.csv");
  std::string line;
  for (int i = 0; i < 3; ++i) std::getline(images, line);
  EXPECT_THAT(line, HasSubstr(fmt::format(",{},{},", of_image.first_ps, of_image.last_ps)));
  EXPECT_GT(of_layer.first_ps, of_image.first_ps);
  EXPECT_LT(of_layer.last_ps, of_image.last_ps);
}

TEST_F(SimulateCommand, RefusesWindowsThatAreNone) {
  const auto refused = [&](const std::string& text, const std::string& message) {
    expect_refused(usual_and({"--zoom", "tile1", "--vcd", "w.vcd", "--trace-window", text}),
                   message);
  };
  refused("layer 2", "expected 'image 3, layer 2', 'image 3, layer NAME' or 'image 3'");
  refused("image 2, layer 2", "image 2: images 0 to 1 run");
  refused("image 1, layer 6", "the layers on tiles are 1 (/0/Conv), 2 (/3/Conv), 3 (/6/Conv)");
  refused("image 1, layer 1", "/0/Conv lies on tile0 to tile0: --zoom has none of them");
  expect_refused(usual_and({"--zoom", "tile1", "--trace-window", "image 0"}), "where to?");
  expect_refused(usual_and({"--zoom", "tile1", "--vcd", "w.vcd", "--trace-from", "1us",
                            "--trace-window", "image 0"}),
                 "expected one way to say when");
  EXPECT_FALSE(std::filesystem::exists(folder_ / "w.vcd"));
}

// Tiles over time: what each stretch says adds up to what the table of tiles says.
TEST_F(SimulateCommand, ActivityOfTilesAddsUp) {
  ASSERT_EQ(simulate(usual_and({"--no-compare", "--out", "out"})).status, 0);
  EXPECT_GT(std::filesystem::file_size(folder_ / "out" / "activity.png"), 1000U);
  const auto sums = [&](const std::string& file, std::vector<int> columns, bool stretches) {
    std::ifstream stream(folder_ / "out" / file);
    std::string line;
    std::getline(stream, line);
    std::vector<double> found(columns.size(), 0.0);
    while (std::getline(stream, line)) {
      std::vector<std::string> fields;
      std::istringstream words(line);
      for (std::string field; std::getline(words, field, ',');) fields.push_back(field);
      const double width = stretches ? std::stod(fields[1]) - std::stod(fields[0]) : 1.0;
      for (std::size_t i = 0; i < columns.size(); ++i) {
        found[i] += width * std::stod(fields[static_cast<std::size_t>(columns[i])]);
      }
      if (stretches) {
        EXPECT_NEAR(std::stod(fields[2]) + std::stod(fields[3]) + std::stod(fields[4]), 12, 1e-9);
      }
    }
    return found;
  };
  const auto of_stretches = sums("activity.csv", {2, 3}, true);
  const auto of_tiles = sums("tiles.csv", {3, 4}, false);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_NEAR(of_stretches[i], of_tiles[i], 1e-9 * of_tiles[i]);
  }
}

TEST_F(SimulateCommand, NamesAllLayersThatTheDigitalUnitLacks) {
  folder_.write("bent.onnx",
                onnx_bytes("(float[N, 1, 28, 28] x) => (float[N, 2] y) {"
                           "  w = Constant<value = float[2, 1] {0.5, -0.5}>()"
                           "  a = Tanh(x) p = GlobalAveragePool(a) f = Flatten(p)"
                           "  b = Gemm<transB = 1>(f, w) c = Erf(b) y = Sigmoid(c) }"));
  expect_refused({"bent.onnx", "--chip", "mesh-256", "--data", "small"},
                 "the digital unit has no operations for 3 layers: ");
}

}  // namespace
}  // namespace dwmtj
