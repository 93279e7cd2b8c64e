// SPDX-License-Identifier: Apache-2.0
#include "common/parameter_file.h"

#include <gtest/gtest.h>

#include "tests/support/input_error_of.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

class ParameterFile : public ::testing::Test {
 protected:
  [[nodiscard]] ParameterNode load(const std::string& text) const {
    return ParameterNode::load(folder_.write("file.yaml", text));
  }

  // The whole message without the name of the file: ":2: pulse.width: ...".
  template <typename Action>
  [[nodiscard]] std::string error_of(const std::string& text, Action action) const {
    const auto message = input_error_of([&] { return action(load(text)); });
    const auto file = (folder_ / "file.yaml").string();
    return message.rfind(file, 0) == 0 ? message.substr(file.size()) : message;
  }

  [[nodiscard]] std::string loading_error(const std::string& text) const {
    return error_of(text, [](const ParameterNode&) {});
  }

  // Of `constants` that are read as a time from the key `width`.
  [[nodiscard]] std::string width_error(const std::string& text) const {
    return error_of(text, [](const ParameterNode& node) {
      static_cast<void>(node.constant<Time>("width"));
      node.finish();
    });
  }

  TemporaryFolder folder_;
};

constexpr const char* kTimes = "a time such as 50 ns (units: s, ms, us, ns, ps, fs, h, d, y)";

TEST_F(ParameterFile, ReadsAConstantAndKeepsHowItWasWritten) {
  const auto root = load("pulse:\n  width: {value: 50 ns, range: [1 ps, 1 ms], source: Methods}\n");
  const auto pulse = root.child("pulse");
  EXPECT_EQ(pulse.constant<Time>("width"), from_si<Time>(50 * 1e-9));
  ASSERT_EQ(root.constants().size(), 1U);
  const auto& constant = root.constants().front();
  EXPECT_EQ(constant.path, "pulse.width");
  EXPECT_EQ(constant.value, "50 ns");
  EXPECT_EQ(constant.range, "[1 ps, 1 ms]");
  EXPECT_EQ(constant.source, "Methods");
}

TEST_F(ParameterFile, ReadsPlainScalars) {
  const auto root = load("name: x y\nlength: 3 um\ncount: 7\nfast: true\nside: left\n");
  EXPECT_EQ(root.text("name"), "x y");
  EXPECT_DOUBLE_EQ(in_si(root.quantity<Length>("length")), 3e-6);
  EXPECT_EQ(root.integer("count", 1, 10), 7);
  EXPECT_TRUE(root.boolean("fast"));
  EXPECT_EQ(root.choice("side", {"right", "left"}), 1U);
  EXPECT_FALSE(root.has("width"));
  root.finish();
}

TEST_F(ParameterFile, ReadsNestedLists) {
  const auto root = load("rows:\n  - [1, 2]\n  - [3]\n");
  std::string found;
  for (const auto& row : root.items("rows")) {
    for (const auto& cell : row.items()) found += cell.path() + "=" + cell.text() + " ";
  }
  EXPECT_EQ(found, "rows[0][0]=1 rows[0][1]=2 rows[1][0]=3 ");
}

TEST_F(ParameterFile, MissingFile) {
  const auto path = folder_ / "nowhere.yaml";
  EXPECT_EQ(input_error_of([&] { return ParameterNode::load(path); }),
            path.string() + ": no such file");
}

TEST_F(ParameterFile, FolderInsteadOfAFile) {
  EXPECT_EQ(input_error_of([&] { return ParameterNode::load(folder_.path()); }),
            folder_.path().string() + ": no such file");
}

TEST_F(ParameterFile, NameThatIsTooLongForTheSystem) {
  const std::string name(5000, 'a');
  EXPECT_EQ(input_error_of([&] { return ParameterNode::load(name); }), name + ": no such file");
}

TEST_F(ParameterFile, NotYaml) {
  EXPECT_EQ(loading_error("a: 1\nb: [1, 2\n"),
            ":3: not valid YAML: end of sequence flow not found");
  EXPECT_EQ(loading_error("a: {b: 1\nc: 2\n"), ":2: not valid YAML: end of map flow not found");
  EXPECT_EQ(loading_error("a: b: c\n"), ":1: not valid YAML: illegal map value");
}

TEST_F(ParameterFile, NotAMapping) {
  const auto* const message = ":1: expected a mapping of keys to values";
  EXPECT_EQ(loading_error(""), message);
  EXPECT_EQ(loading_error("# nothing\n"), message);
  EXPECT_EQ(loading_error("just words\n"), message);
  EXPECT_EQ(loading_error("- a\n- b\n"), message);
}

TEST_F(ParameterFile, DuplicateKey) {
  EXPECT_EQ(loading_error("a: 1\nb: 2\na: 3\n"), ":3: a: this key stands twice");
  EXPECT_EQ(loading_error("rows:\n  - {x: 1, y: 2,\n     x: 3}\n"), ":3: x: this key stands twice");
}

TEST_F(ParameterFile, KeyThatIsNoWord) {
  EXPECT_EQ(loading_error("a: 1\n[b, c]: 2\n"), ":2: a key must be a plain word");
}

TEST_F(ParameterFile, Alias) {
  const auto* const message = "aliases (*name) are not supported: write the value out";
  EXPECT_EQ(loading_error("a: &x 1\nb: *x\n"), std::string(":2: ") + message);
  EXPECT_EQ(loading_error("a: &x\n  b: [*x]\n"), std::string(":2: ") + message);  // holds itself
}

TEST_F(ParameterFile, SecondDocument) {
  EXPECT_EQ(loading_error("a: 1\n---\nb: 2\n"),
            ":2: expected one document, not a second behind '---'");
}

TEST_F(ParameterFile, ABareStartOfTheDocumentIsFine) {
  EXPECT_EQ(load("---\na: 1\n").text("a"), "1");
}

TEST_F(ParameterFile, NestingWithoutEnd) {
  const auto message = loading_error("a: " + std::string(100000, '['));
  EXPECT_EQ(message.rfind(":1: not valid YAML: ", 0), 0U) << message;
}

TEST_F(ParameterFile, UnknownKeyListsTheAcceptedOnes) {
  const auto message = error_of("width: 1 ns\nheigth: 2 ns\n", [](const ParameterNode& node) {
    static_cast<void>(node.quantity<Time>("width"));
    static_cast<void>(node.has("height"));
    node.finish();
  });
  EXPECT_EQ(message, ":2: heigth: unknown key; accepted here: width, height");
}

TEST_F(ParameterFile, UnknownKeyFurtherDown) {
  const auto message = error_of("pulse:\n  rise: 1 ns\n  rose: 1 ns\n", [](const auto& node) {
    const auto pulse = node.child("pulse");
    static_cast<void>(pulse.template quantity<Time>("rise"));
    pulse.finish();
  });
  EXPECT_EQ(message, ":3: pulse.rose: unknown key; accepted here: rise");
}

TEST_F(ParameterFile, UnknownKeyInsideAConstant) {
  EXPECT_EQ(width_error("width: {value: 1 ns, range: [1 ns, 2 ns], source: a, note: b}\n"),
            ":1: width.note: unknown key; accepted here: value, range, source");
}

TEST_F(ParameterFile, MissingKey) {
  EXPECT_EQ(width_error("a: 1\n"), ":1: missing key 'width'");
  EXPECT_EQ(error_of("a: 1\npulse:\n  rise: 1 ns\n",
                     [](const ParameterNode& node) { return node.child("pulse").text("width"); }),
            ":2: pulse: missing key 'width'");
}

TEST_F(ParameterFile, ConstantThatIsOnlyAValue) {
  EXPECT_EQ(width_error("a: 1\nwidth: 50 ns\n"),
            ":2: width: expected {value: ..., range: [least, most], source: \"...\"}");
}

TEST_F(ParameterFile, ConstantWithoutAPart) {
  EXPECT_EQ(width_error("width: {range: [1 ns, 2 ns], source: a}\n"),
            ":1: width: missing key 'value'");
  EXPECT_EQ(width_error("width: {value: 1 ns, source: a}\n"), ":1: width: missing key 'range'");
  EXPECT_EQ(width_error("width: {value: 1 ns, range: [1 ns, 2 ns]}\n"),
            ":1: width: missing key 'source'");
}

TEST_F(ParameterFile, EmptySource) {
  EXPECT_EQ(width_error("width:\n  value: 1 ns\n  range: [1 ns, 2 ns]\n  source: ''\n"),
            ":4: width.source: expected where the number comes from, or 'assumption'");
}

TEST_F(ParameterFile, WrongUnit) {
  EXPECT_EQ(width_error("width:\n  value: 50 V\n  range: [1 ns, 2 ns]\n  source: a\n"),
            std::string(":2: width.value: '50 V' is not ") + kTimes);
  EXPECT_EQ(width_error("width:\n  value: 50\n  range: [1 ns, 2 ns]\n  source: a\n"),
            std::string(":2: width.value: '50' is not ") + kTimes);
  EXPECT_EQ(width_error("width:\n  value: 1 ns\n  range: [1 ns, 2 V]\n  source: a\n"),
            std::string(":3: width.range[1]: '2 V' is not ") + kTimes);
}

TEST_F(ParameterFile, ValueOfSeveralLinesIsReportedInOne) {
  EXPECT_EQ(width_error("width: {value: \"50\\nns\", range: [1 ns, 2 ns], source: a}\n"),
            std::string(":1: width.value: '50?ns' is not ") + kTimes);
}

TEST_F(ParameterFile, OutOfRange) {
  EXPECT_EQ(width_error("width:\n  value: 3 ns\n  range: [1 ns, 2 ns]\n  source: a\n"),
            ":2: width.value: 3 ns is out of range [1 ns, 2 ns]");
  EXPECT_EQ(width_error("width: {value: 1 ps, range: [1 ns, 2 ns], source: a}\n"),
            ":1: width.value: 1 ps is out of range [1 ns, 2 ns]");
}

TEST_F(ParameterFile, ConstantsTheModelHasLimitsFor) {
  const auto of = [this](const char* value, auto read) {
    return error_of("n: {value: " + std::string(value) + ", range: [-9, 9], source: a}\n", read);
  };
  const auto above = [](const auto& node) { return node.above_zero("n", Dimension::number); };
  const auto at_least = [](const auto& node) { return node.at_least_zero("n", Dimension::number); };
  const auto whole = [](const auto& node) { return node.whole_number("n", 1, 4); };
  EXPECT_EQ(of("0.5", above), "accepted");
  EXPECT_EQ(of("0", above), ":1: n: must be above zero");
  EXPECT_EQ(of("0", at_least), "accepted");
  EXPECT_EQ(of("-1", at_least), ":1: n: must not be below zero");
  EXPECT_EQ(of("4", whole), "accepted");
  for (const char* const value : {"0", "5", "1.5"}) {
    EXPECT_EQ(of(value, whole), ":1: n: expected a whole number from 1 to 4");
  }
}

TEST_F(ParameterFile, TheEndsOfTheRangeBelongToIt) {
  EXPECT_EQ(width_error("width: {value: 2 ns, range: [1 ns, 2 ns], source: a}\n"), "accepted");
  EXPECT_EQ(width_error("width: {value: 1 ns, range: [1 ns, 2 ns], source: a}\n"), "accepted");
}

TEST_F(ParameterFile, BrokenRange) {
  EXPECT_EQ(width_error("width: {value: 1 ns, range: [1 ns], source: a}\n"),
            ":1: width.range: expected [least, most]");
  EXPECT_EQ(width_error("width: {value: 1 ns, range: 1 ns, source: a}\n"),
            ":1: width.range: expected a list");
  EXPECT_EQ(width_error("width: {value: 1 ns, range: [2 ns, 1 ns], source: a}\n"),
            ":1: width.range: the first bound must not exceed the second");
  EXPECT_EQ(width_error("width: {value: 1 ns, range: [[1 ns], 2 ns], source: a}\n"),
            ":1: width.range[0]: expected a single value");
}

TEST_F(ParameterFile, ListOrNothingInsteadOfAValue) {
  const auto text_of_a = [](const ParameterNode& node) { return node.text("a"); };
  EXPECT_EQ(error_of("a: [1]\n", text_of_a), ":1: a: expected a single value");
  EXPECT_EQ(error_of("b: 1\na:\n", text_of_a), ":2: a: expected a single value");
}

TEST_F(ParameterFile, ValueInsteadOfAMapping) {
  EXPECT_EQ(
      error_of("rows:\n  - one\n",
               [](const ParameterNode& node) { return node.items("rows").front().text("x"); }),
      ":2: rows[0]: expected a mapping");
}

TEST_F(ParameterFile, ValueInsteadOfAList) {
  EXPECT_EQ(error_of("a: 1\nrows: {x: 1}\n",
                     [](const ParameterNode& node) { return node.items("rows"); }),
            ":2: rows: expected a list");
}

TEST_F(ParameterFile, BrokenInteger) {
  for (const char* const text : {"0", "11", "3.5", "three", "99999999999999999999", "3 ", "0x3"}) {
    const bool trimmed = std::string(text) == "3 ";  // YAML itself drops the space
    EXPECT_EQ(error_of(std::string("n: ") + text + "\n",
                       [](const ParameterNode& node) { return node.integer("n", 1, 10); }),
              trimmed ? "accepted"
                      : ":1: n: '" + std::string(text) + "' is not a whole number from 1 to 10");
  }
}

TEST_F(ParameterFile, BrokenChoice) {
  EXPECT_EQ(error_of("side: up\n",
                     [](const ParameterNode& node) {
                       return node.choice("side", {"left", "right"});
                     }),
            ":1: side: 'up' is not one of: left, right");
  EXPECT_EQ(error_of("fast: yes\n", [](const ParameterNode& node) { return node.boolean("fast"); }),
            ":1: fast: 'yes' is not one of: false, true");
}

}  // namespace
}  // namespace dwmtj
