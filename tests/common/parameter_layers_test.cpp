// SPDX-License-Identifier: Apache-2.0
#include "common/parameter_layers.h"

#include <cstdlib>

#include <gtest/gtest.h>

#include "common/parameter_file.h"
#include "tests/support/input_error_of.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

// Files of one folder; "catalog/" in it is a catalog of things.
class ParameterLayers : public ::testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::create_directory(folder_ / "catalog");
    setenv("DWMTJ_DATA", folder_.path().c_str(), 1);
  }
  void TearDown() override { unsetenv("DWMTJ_DATA"); }

  void write(const std::string& name, const std::string& text) const { folder_.write(name, text); }

  [[nodiscard]] ParameterNode load(const std::string& name) const {
    return ParameterNode::load(folder_ / name, things_);
  }

  // The message without the folder, of which `action` may read something.
  template <typename Action>
  [[nodiscard]] std::string error_of(Action action) const {
    auto message = input_error_of(action);
    const auto prefix = folder_.path().string() + "/";
    for (auto at = message.find(prefix); at != std::string::npos; at = message.find(prefix)) {
      message.erase(at, prefix.size());
    }
    return message;
  }
  [[nodiscard]] std::string loading_error(const std::string& name) const {
    return error_of([&] { return load(name); });
  }

  const CatalogFolder things_{"catalog", "thing"};
  TemporaryFolder folder_;
};

TEST_F(ParameterLayers, KeysLieOverThoseOfTheBase) {
  write("base.yaml", "a: 1\nb: {x: 2, y: 3}\nc: [1, 2]\nd: 4\n");
  write("top.yaml", "extends: base.yaml\nb: {y: 30, z: 5}\nc: [9]\ne: 6\n");
  const auto root = load("top.yaml");
  EXPECT_EQ(root.effective_text(), "a: 1\nb: {x: 2, y: 30, z: 5}\nc: [9]\nd: 4\ne: 6\n");
}

TEST_F(ParameterLayers, AKeyWithoutAValueTakesThatOfTheBaseAway) {
  write("base.yaml", "a: 1\nb: {x: 2, y: 3}\nc: [1, 2]\n");
  write("top.yaml", "extends: base.yaml\nb: {y: ~}\nc:\nd: 4\n");
  write("over.yaml", "extends: top.yaml\nc: [3]\n");
  EXPECT_EQ(load("top.yaml").effective_text(), "a: 1\nb: {x: 2}\nd: 4\n");
  EXPECT_EQ(load("over.yaml").effective_text(), "a: 1\nb: {x: 2}\nd: 4\nc: [3]\n");
}

TEST_F(ParameterLayers, ChainOfLayersThroughFoldersAndTheCatalog) {
  std::filesystem::create_directory(folder_ / "mine");
  write("catalog/first.yaml", "a: 1\nb: 1\nc: 1\n");
  write("second.yaml", "extends: first\nb: 2\nc: 2\n");
  write("mine/third.yaml", "extends: ../second.yaml\nc: 3\n");
  EXPECT_EQ(load("mine/third.yaml").effective_text(), "a: 1\nb: 2\nc: 3\n");
}

TEST_F(ParameterLayers, AConstantIsReplacedAsAWhole) {
  write("base.yaml", "w: {value: 1 ns, range: [0 s, 1 s], source: Table 1}\n");
  write("half.yaml", "extends: base.yaml\nw: {value: 2 ns}\n");
  write("whole.yaml", "extends: base.yaml\nw: {value: 2 ns, range: [0 s, 1 s], source: mine}\n");
  EXPECT_EQ(error_of([&] { return load("half.yaml").constant<Time>("w"); }),
            "half.yaml:2: w: missing key 'range'");
  const auto root = load("whole.yaml");
  EXPECT_EQ(root.constant<Time>("w"), from_si<Time>(2 * 1e-9));
  EXPECT_EQ(root.constants().front().source, "mine");
}

TEST_F(ParameterLayers, ASectionIsInlineOrAFileOrALayerOverOne) {
  write("catalog/part.yaml", "x: 1\ny: {z: 2}\n");
  write("file.yaml", "x: 7\n");
  write("top.yaml", "a: {x: 5}\nb: file.yaml\nc: part\nd:\n  extends: part\n  y: {w: 3}\n");
  const auto root = load("top.yaml");
  for (const char* const key : {"a", "b", "c", "d"}) {
    EXPECT_TRUE(root.section(key, things_).has("x")) << key;
  }
  EXPECT_EQ(root.section("d", things_).child("y").effective_text(), "{z: 2, w: 3}\n");
  EXPECT_EQ(root.effective_text(),
            "a: {x: 5}\nb:\n  x: 7\nc:\n  x: 1\n  y: {z: 2}\n"
            "d:\n  x: 1\n  y: {z: 2, w: 3}\n");
}

TEST_F(ParameterLayers, AMappingOverTheNameOfAPartLiesOverThatPart) {
  write("catalog/part.yaml", "x: 1\ny: 2\n");
  write("base.yaml", "part: part\n");
  write("top.yaml", "extends: base.yaml\npart: {y: 20}\n");
  EXPECT_EQ(load("top.yaml").section("part", things_).effective_text(), "x: 1\ny: 20\n");
}

TEST_F(ParameterLayers, AMappingWithABaseOfItsOwnReplaces) {
  write("one.yaml", "x: 1\n");
  write("base.yaml", "part: {x: 3, y: 4}\n");
  write("top.yaml", "extends: base.yaml\npart: {extends: one.yaml, z: 5}\n");
  EXPECT_EQ(load("top.yaml").section("part", things_).effective_text(), "x: 1\nz: 5\n");
}

TEST_F(ParameterLayers, PathsAreThoseOfTheNamingFile) {
  std::filesystem::create_directories(folder_ / "one/two");
  write("one/two/part.yaml", "x: 1\n");
  write("one/base.yaml", "part: two/part.yaml\nother: two/part.yaml\n");
  write("top.yaml", "extends: one/base.yaml\n");
  const auto root = load("top.yaml");
  EXPECT_EQ(root.section("part", {}).text("x"), "1");
  EXPECT_EQ(root.named_file("other", {}), folder_ / "one/two/part.yaml");
}

TEST_F(ParameterLayers, ConstantsOfAllPartsWithTheirPaths) {
  write("part.yaml", "w: {value: 1 ns, range: [0 s, 1 s], source: there}\n");
  write("top.yaml", "part: part.yaml\n");
  const auto root = load("top.yaml");
  static_cast<void>(root.section("part", {}).constant<Time>("w"));
  ASSERT_EQ(root.constants().size(), 1U);
  EXPECT_EQ(root.constants().front().path, "part.w");
  EXPECT_EQ(root.constants().front().source, "there");
}

TEST_F(ParameterLayers, TheEffectiveTextCanBeReadAgain) {
  write("base.yaml",
        "part: {n: {value: 1 %, range: [0 %, '1'], source: \"a: b # c\"}}\nlist:\n - {a: x}\n - "
        "[]\n");
  write("top.yaml", "extends: base.yaml\nodd: \"null\"\nlines: \"one\\ntwo\"\nnothing:\n");
  const auto text = load("top.yaml").effective_text();
  write("again.yaml", text);
  const auto again = load("again.yaml");
  EXPECT_EQ(again.effective_text(), text);
  EXPECT_EQ(again.text("odd"), "null");
  EXPECT_EQ(again.text("lines"), "one\ntwo");
  EXPECT_EQ(again.child("part").constant("n", Dimension::number), 0.01);
}

TEST_F(ParameterLayers, MistakesAreToldWhereTheyStand) {
  write("base.yaml", "w: 1\nunknown: 2\n");
  write("part.yaml", "# a part\nw: four\n\ntypo: 3\n");
  write("top.yaml", "extends: base.yaml\nw: 3\npart: part.yaml\nextra: 1\n");
  const auto finish = [&](const std::vector<std::string>& known) {
    const auto root = load("top.yaml");
    for (const auto& key : known) static_cast<void>(root.has(key));
    root.finish();
    return 0;
  };
  EXPECT_EQ(error_of([&] {
              return finish({"w", "part"});
            }),
            "base.yaml:2: unknown: unknown key; accepted here: w, part");
  EXPECT_EQ(error_of([&] {
              return finish({"w", "part", "unknown"});
            }),
            "top.yaml:4: extra: unknown key; accepted here: w, part, unknown");
  const auto part = load("top.yaml").section("part", {});
  EXPECT_EQ(error_of([&] { return part.integer("w", 0, 9); }),
            "part.yaml:2: part.w: 'four' is not a whole number from 0 to 9");
  EXPECT_EQ(error_of([&] { return part.text("v"); }), "part.yaml:1: part: missing key 'v'");
  EXPECT_EQ(error_of([&] { return part.finish(), 0; }),
            "part.yaml:4: part.typo: unknown key; accepted here: w, v");
}

TEST_F(ParameterLayers, MistakesOfTheYamlOfABase) {
  write("top.yaml", "extends: base.yaml\n");
  write("base.yaml", "a: 1\na: 2\n");
  EXPECT_EQ(loading_error("top.yaml"), "base.yaml:2: a: this key stands twice");
  write("base.yaml", "just words\n");
  EXPECT_EQ(loading_error("top.yaml"), "base.yaml:1: expected a mapping of keys to values");
}

TEST_F(ParameterLayers, ABaseThatIsNotThere) {
  write("catalog/known.yaml", "a: 1\n");
  write("file.yaml", "a: 1\nextends: nowhere.yaml\n");
  write("name.yaml", "extends: nothing\n");
  write("list.yaml", "extends: [known]\n");
  write("folder.yaml", "extends: .yaml\n");
  EXPECT_EQ(loading_error("file.yaml"), "file.yaml:2: extends: nowhere.yaml: no such file");
  EXPECT_EQ(
      loading_error("name.yaml"),
      "name.yaml:1: extends: unknown thing 'nothing'; known: known, or the path of a .yaml file");
  EXPECT_EQ(loading_error("list.yaml"), "list.yaml:1: extends: expected the name of a file");
  EXPECT_EQ(error_of([&] { return ParameterNode::load(folder_ / "name.yaml", CatalogFolder{}); }),
            "name.yaml:1: extends: 'nothing' is not the path of a .yaml file");
}

TEST_F(ParameterLayers, LayersAreForReadersThatAskForThem) {
  write("top.yaml", "extends: base.yaml\n");
  EXPECT_EQ(error_of([&] { return ParameterNode::load(folder_ / "top.yaml").finish(), 0; }),
            "top.yaml:1: extends: unknown key; accepted here: ");
}

TEST_F(ParameterLayers, ASectionThatIsNone) {
  write("top.yaml", "a: [1]\nb: nowhere.yaml\n");
  const auto root = load("top.yaml");
  EXPECT_EQ(error_of([&] { return root.section("a", things_); }),
            "top.yaml:1: a: expected a mapping, or the name of a file that is one");
  EXPECT_EQ(error_of([&] { return root.section("b", things_); }),
            "top.yaml:2: b: nowhere.yaml: no such file");
  EXPECT_EQ(error_of([&] { return root.section("c", things_); }), "top.yaml:1: missing key 'c'");
}

TEST_F(ParameterLayers, Cycles) {
  write("self.yaml", "extends: self.yaml\n");
  EXPECT_EQ(loading_error("self.yaml"), "self.yaml:1: extends: self.yaml -> self.yaml: cyclic");
  write("a.yaml", "extends: b.yaml\n");
  write("b.yaml", "x: 1\nextends: ./a.yaml\n");
  EXPECT_EQ(loading_error("a.yaml"), "b.yaml:2: extends: a.yaml -> b.yaml -> a.yaml: cyclic");
}

TEST_F(ParameterLayers, CyclesAcrossBothKindsOfNaming) {
  write("top.yaml", "extends: base.yaml\n");
  write("base.yaml", "part: part.yaml\n");
  write("part.yaml", "x: 1\nextends: link.yaml\n");
  std::filesystem::create_symlink(folder_ / "top.yaml", folder_ / "link.yaml");
  EXPECT_EQ(error_of([&] { return load("top.yaml").section("part", {}); }),
            "part.yaml:2: extends: top.yaml -> base.yaml -> part.yaml -> link.yaml: cyclic");
}

TEST_F(ParameterLayers, TheSameFileTwiceIsNoCycle) {
  write("part.yaml", "x: 1\n");
  write("top.yaml", "a: part.yaml\nb: part.yaml\n");
  const auto root = load("top.yaml");
  EXPECT_EQ(root.section("a", {}).text("x") + root.section("b", {}).text("x"), "11");
}

TEST_F(ParameterLayers, DepthIsLimited) {
  write("0.yaml", "x: 1\n");
  for (int i = 1; i <= kDeepestParameterFile; ++i) {
    write(std::to_string(i) + ".yaml", "extends: " + std::to_string(i - 1) + ".yaml\n");
  }
  EXPECT_EQ(loading_error("15.yaml"), "accepted");
  EXPECT_EQ(loading_error("16.yaml"), "1.yaml:1: extends: files name files more than 16 deep");
}

TEST_F(ParameterLayers, MembersOfAMapping) {
  write("top.yaml", "parts: {a: {x: 1}, b: {x: 2}}\n");
  const auto parts = load("top.yaml").child("parts");
  std::string found;
  for (const auto& part : parts.members()) found += part.key() + part.text("x") + " ";
  parts.finish();
  EXPECT_EQ(found, "a1 b2 ");
}

}  // namespace
}  // namespace dwmtj
