// SPDX-License-Identifier: Apache-2.0
// The reader: what it takes, and the one line that it says of each mistake.
#include "architecture/architecture.h"

#include <gtest/gtest.h>

#include "architecture/chip_catalog.h"
#include "tests/support/input_error_of.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

class ArchitectureFile : public ::testing::Test {
 protected:
  // The effective text of `small`, line by line, with one piece of it replaced.
  [[nodiscard]] static std::string with(const std::string& piece, const std::string& replacement) {
    auto text = Architecture::load(find_chip("small")).effective_text;
    const auto at = text.find(piece);
    EXPECT_NE(at, std::string::npos) << piece << " is not in\n" << text;
    return text.replace(at, piece.size(), replacement);
  }

  // Without the folder.
  [[nodiscard]] std::string error_of(const std::string& text) const {
    folder_.write("a.yaml", text);
    auto message = input_error_of([&] { return Architecture::load(folder_ / "a.yaml"); });
    const auto prefix = folder_.path().string() + "/";
    if (message.rfind(prefix, 0) == 0) message.erase(0, prefix.size());
    return message;
  }

  // Without file and line as well: the effective text is long.
  [[nodiscard]] std::string mistake(const std::string& piece,
                                    const std::string& replacement) const {
    const auto message = error_of(with(piece, replacement));
    const auto colon = message.find(": ");
    return colon == std::string::npos ? message : message.substr(colon + 2);
  }

  TemporaryFolder folder_;
};

TEST_F(ArchitectureFile, TheEffectiveTextIsTheSameArchitecture) {
  for (const auto& name : chip_names(ChipKind::cores)) {
    const auto architecture = Architecture::load(find_chip(name));
    folder_.write("a.yaml", architecture.effective_text);
    const auto again = Architecture::load(folder_ / "a.yaml");
    EXPECT_EQ(again.effective_text, architecture.effective_text) << name;
    EXPECT_EQ(again.constants.size(), architecture.constants.size()) << name;
    EXPECT_EQ(in_si(again.chip_figures().peak_power), in_si(architecture.chip_figures().peak_power))
        << name;
  }
}

TEST_F(ArchitectureFile, ALayerOverAnArchitectureOfTheCatalog) {
  folder_.write("a.yaml",
                "extends: small\n"
                "name: mine\n"
                "core:\n"
                "  rows: {value: 8, range: [1, 100], source: assumption}\n"
                "  components:\n"
                "    adc:\n"
                "      area: {value: 0 m^2, range: [0 m^2, 1 mm^2], source: assumption}\n");
  const auto mine = Architecture::load(folder_ / "a.yaml");
  EXPECT_EQ(mine.name, "mine");
  EXPECT_EQ(mine.core.shape.rows, 8);
  EXPECT_EQ(mine.core.shape.columns, 8);
  EXPECT_NEAR(in_si(mine.core_figures().area), 400e-12, 1e-18);  // arrays of twice as many cells
}

TEST_F(ArchitectureFile, ATileWithOneChange) {
  folder_.write("a.yaml",
                "extends: binary-comparator\n"
                "core:\n"
                "  tile:\n"
                "    comparator:\n"
                "      energy: {value: 100 fJ, range: [0 J, 1 nJ], source: assumption}\n");
  const auto mine = Architecture::load(folder_ / "a.yaml");
  // and 200 fJ of the auto-zero
  EXPECT_NEAR(in_si(mine.core.energy_of(Action::decision)), 300e-15, 1e-24);
}

TEST_F(ArchitectureFile, MistakesAreToldWhereTheyStand) {
  folder_.write("core.yaml", "extends: small\nrows: {value: 0, range: [0, 1], source: a}\n");
  EXPECT_EQ(error_of("extends: small\n\ncore: core.yaml\n"),
            "core.yaml:2: core.rows: expected a whole number from 1 to 65536");
  EXPECT_EQ(
      error_of("extends: small\ncore:\n  rowz: 3\n").rfind("a.yaml:3: core.rowz: unknown key", 0),
      0U);
  EXPECT_EQ(error_of("extends: smal\n").rfind("a.yaml:1: extends: unknown chip 'smal'", 0), 0U);
  EXPECT_EQ(error_of("extends: small\ncore: {extends: smal}\n")
                .rfind("a.yaml:2: core.extends: unknown core 'smal'", 0),
            0U);
  EXPECT_EQ(error_of("extends: small\ncore:\n  tile: nothing\n")
                .rfind("a.yaml:3: core.tile: unknown tile 'nothing'", 0),
            0U);
}

TEST_F(ArchitectureFile, BrokenShapes) {
  EXPECT_EQ(mistake("columns: {value: 8,", "columns: {value: 7,"),
            "core.columns_per_weight: 7 columns are not whole weights");
  EXPECT_EQ(mistake("readout: adc", "readout: comparator"),
            "core.input_bits_per_step: a comparator cannot add up steps: expected 'input_bits'");
  EXPECT_EQ(mistake("readout: adc", "readout: ear"),
            "core.readout: 'ear' is not one of: comparator, adc");
  EXPECT_EQ(
      mistake("step_time: {value: 100 ns, range: [1 ns,", "step_time: {value: 0 s, range: [0 s,"),
      "core.step_time: must be above zero");
}

// Circuits of a tile drive rows with signs.
TEST(ArchitectureOfATile, HasNoInputDacs) {
  const auto load = [](const std::vector<std::string>& changes) {
    return input_error_of([&] {
      return Architecture::load(find_chip("binary-comparator"), ParameterOverrides(changes));
    });
  };
  EXPECT_EQ(load({}), "accepted");
  const auto message = load({"core.input_bits=4", "core.input_bits_per_step=4"});
  EXPECT_NE(
      message.find("core.input_bits_per_step: the circuits of a tile drive rows with -1, 0 and "
                   "+1: expected 1; DAC-driven inputs exist in estimates"),
      std::string::npos)
      << message;
}

TEST_F(ArchitectureFile, BrokenComponents) {
  EXPECT_EQ(
      mistake("row_drive:", "row_dive:")
          .rfind("core.components.array.actions.row_dive: 'row_dive' is not one of: row_drive", 0),
      0U);
  EXPECT_EQ(mistake("actions: [conversion]", "actions: [conversion, conversion]"),
            "core.components.adc.actions[1]: this action stands twice");
  EXPECT_EQ(mistake("actions: [conversion]", "actions: []"),
            "core.components.adc.actions: expected at least one action");
  EXPECT_EQ(mistake("actions: [conversion]", "actions: [link_bit]"),
            "core.components.adc.actions[0]: how often 'link_bit' happens does not follow from the "
            "core; expected a 'rate'");
  EXPECT_EQ(mistake("actions: [conversion]", "actions: [decision]"),
            "core.components.adc.actions[0]: how often 'decision' happens does not follow from the "
            "core; expected a 'rate'");
  EXPECT_EQ(mistake("area: {value: 100 um^2, range: [0", "area: {value: -1 um^2, range: [-1"),
            "core.components.array.area: must not be below zero");
}

TEST_F(ArchitectureFile, TilesThatDoNotFitTheCore) {
  const auto error = [&](const std::string& core) {
    return error_of("extends: binary-comparator\ncore:\n  " + core + "\n");
  };
  EXPECT_NE(error("readout: adc").find("core.tile: a tile has pairs and comparators"),
            std::string::npos);
  EXPECT_EQ(error("levels: {value: 5, range: [2, 9], source: a}"),
            "a.yaml:3: core.levels: the device of the tile, 'trapezoidal-100k', has 4 levels");
  EXPECT_EQ(error("step_time: {value: 1 ns, range: [0 s, 1 s], source: a}")
                .rfind("a.yaml:3: core.step_time: unknown key", 0),
            0U);
  EXPECT_EQ(
      error("components: {array: {description: a, count: {value: 1, range: [1, 1], source: a}, "
            "area: {value: 0 m^2, range: [0 m^2, 1 m^2], source: a}, "
            "leakage: {value: 0 W, range: [0 W, 1 W], source: a}, actions: {}}}"),
      "a.yaml:3: core.components.array: this component comes from the tile");
}

TEST_F(ArchitectureFile, BrokenPublishedRows) {
  const auto error = [&](const std::string& row) {
    return error_of("extends: small\npublished:\n  - " + row + "\n");
  };
  EXPECT_EQ(error("{figure: weight, label: a, value: 1, source: b}")
                .rfind("a.yaml:3: published[0].figure: 'weight' is not one of: core_power", 0),
            0U);
  EXPECT_EQ(error("{figure: chip_power, label: a, value: 1, source: b}")
                .rfind("a.yaml:3: published[0].value: '1' is not a power such as 5 uW", 0),
            0U);
  EXPECT_EQ(error("{figure: gops_per_watt, label: a, value: 0, source: b}"),
            "a.yaml:3: published[0].value: must be above zero");
}

TEST_F(ArchitectureFile, SumsThatAreNone) {
  EXPECT_EQ(mistake("area: {value: 100 um^2, range: [0 m^2, 1 mm^2]",
                    "area: {value: 1e308 m^2, range: [0 m^2, 1e308 m^2]"),
            "chip: its area, power or throughput is out of all bounds");
}

}  // namespace
}  // namespace dwmtj
