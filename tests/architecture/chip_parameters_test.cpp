// SPDX-License-Identifier: Apache-2.0
#include "architecture/chip_parameters.h"

#include <gtest/gtest.h>

#include "architecture/chip_catalog.h"
#include "tests/support/input_error_of.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

class ChipFiles : public testing::Test {
 protected:
  std::filesystem::path write(const std::string& name, const std::string& text) const {
    return folder_.write(name, text);
  }
  ChipParameters load(const std::string& text) const {
    return ChipParameters::load(write("chip.yaml", text));
  }
  // The message behind the folder.
  std::string error(const std::string& text) const {
    auto message = input_error_of([&] { return load(text); });
    const auto folder = folder_.path().string() + "/";
    for (auto at = message.find(folder); at != std::string::npos; at = message.find(folder)) {
      message.erase(at, folder.size());
    }
    return message;
  }

 private:
  TemporaryFolder folder_;
};

const std::string kMesh = "name: x\ntitle: y\nextends: mesh-16\n";

TEST(ChipParameters, EveryChipOfTheCatalogLoads) {
  for (const auto& name : chip_names(ChipKind::tiles)) {
    EXPECT_EQ(ChipParameters::load(find_chip(name)).name, name);
  }
}

TEST_F(ChipFiles, LiesOverABaseAndNamedParts) {
  const auto chip = load(kMesh + "buffer: {extends: buffer, router: 5}\ntiles: {rows: 16}\n");
  EXPECT_EQ(chip.interconnect.topology.routers(), 16);
  EXPECT_EQ(chip.interconnect.flits(0), 2);
  EXPECT_EQ(chip.buffer.router, 5);
  EXPECT_EQ(chip.buffer.bytes, 65536);
  EXPECT_EQ(chip.tiles.rows, 16);
  EXPECT_EQ(chip.tiles.columns, 64);
  EXPECT_EQ(chip.tiles.router_of(15), 15);
  EXPECT_GT(chip.constants.size(), 20U);
}

TEST_F(ChipFiles, TheEffectiveTextNeedsNoOtherFile) {
  const auto chip = load(kMesh);
  const auto again = load(chip.effective);
  EXPECT_EQ(again.effective, chip.effective);
  EXPECT_EQ(again.tiles.count, 16);
}

TEST_F(ChipFiles, ReadsLinks) {
  const auto chip = load(kMesh +
                         "tiles: {count: 3}\n"
                         "interconnect:\n"
                         "  extends: mesh\n"
                         "  topology: links\n"
                         "  routers: 3\n"
                         "  links: [{from: 0, to: 1}, {from: 1, to: 2}]\n");
  EXPECT_EQ(chip.interconnect.topology.hops(0, 2), 3);
}

TEST_F(ChipFiles, SaysWhatIsWrong) {
  EXPECT_EQ(
      error(kMesh + "tiles: {count: 17}\n"),
      "chip.yaml:4: tiles.count: tile 16 would be at router 16; the interconnect's last is 15");
  EXPECT_EQ(error(kMesh + "host: {router: 16}\n"),
            "chip.yaml:4: host.router: '16' is not a whole number from 0 to 15");
  EXPECT_EQ(error(kMesh + "interconnect:\n  columns: 5000\n"),
            "chip.yaml:5: interconnect.columns: '5000' is not a whole number from 1 to 4096");
  EXPECT_EQ(error(kMesh + "interconnect: nowhere.yaml\n"),
            "chip.yaml:4: interconnect: nowhere.yaml: no such file");
  EXPECT_EQ(error(kMesh + "buffer: {extends: cellar}\n"),
            "chip.yaml:4: buffer.extends: unknown part of a chip 'cellar'; known: buffer, "
            "bus, digital, dma, mesh, registers, or the path of a .yaml file");
  EXPECT_EQ(error(kMesh + "tile: {rows: 16}\n").substr(0, 27), "chip.yaml:4: tile: unknown ");
}

// What simulated time cannot count: next to nothing, and more than eleven days.
TEST_F(ChipFiles, RefusesTimesThatWouldNotBeThemselves) {
  const auto with_time = [](const std::string& key, const std::string& time) {
    return kMesh + key + ": {value: " + time + ", range: [0 s, 1e300 s], source: assumption}}\n";
  };
  for (const auto* const key :
       {"interconnect: {cycle", "interconnect: {hop_latency", "registers: {access_time",
        "buffer: {latency", "buffer: {cycle", "digital: {cycle"}) {
    for (const auto* const time : {"0.4 ps", "1e9 s", "1e300 s"}) {
      const auto message = error(with_time(key, time));
      EXPECT_NE(message.find("is not 0 s, nor from 1 ps to 11.57 d"), std::string::npos)
          << key << ' ' << time << ": " << message;
    }
  }
  EXPECT_EQ(error(with_time("buffer: {cycle", "0 s")),
            "chip.yaml:4: buffer.cycle: must be above zero");
  EXPECT_EQ(load(with_time("interconnect: {hop_latency", "0.7 s")).interconnect.hop_latency,
            0.7 * si::seconds);
}

TEST_F(ChipFiles, SaysWhatDoesNotConnect) {
  EXPECT_EQ(error(kMesh + "interconnect:\n"
                          "  extends: mesh\n"
                          "  topology: links\n"
                          "  routers: 16\n"
                          "  links: [{from: 0, to: 1}, {from: 2, to: 3}]\n"),
            "chip.yaml:8: interconnect.links: router 2 cannot reach router 0");
  EXPECT_EQ(error(kMesh + "interconnect:\n"
                          "  extends: mesh\n"
                          "  topology: links\n"
                          "  routers: 2\n"
                          "  links:\n"
                          "    - {from: 0, to: 2}\n"),
            "chip.yaml:9: interconnect.links[0].to: '2' is not a whole number from 0 to 1");
}

TEST_F(ChipFiles, RefusesCycles) {
  write("a.yaml", "extends: b.yaml\n");
  write("b.yaml", "extends: a.yaml\n");
  const auto message = error("name: x\ntitle: y\nextends: a.yaml\n");
  EXPECT_NE(message.find("extends:"), std::string::npos) << message;
  EXPECT_NE(message.find("cyclic"), std::string::npos) << message;
}

}  // namespace
}  // namespace dwmtj
