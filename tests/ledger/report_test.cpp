// SPDX-License-Identifier: Apache-2.0
#include "ledger/report.h"

#include <map>
#include <sstream>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/ledger/random_postings.h"

namespace dwmtj {
namespace {

using Json = nlohmann::json;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream stream(line);
  for (std::string cell; std::getline(stream, cell, ',');) cells.push_back(cell);
  return cells;
}

// Two components, one of which leaks, and an account nobody posts to.
class SmallReport : public ::testing::Test {
 protected:
  SmallReport() {
    const auto array = ledger_.add_component("tile0.array", "tracks and MTJs");
    const auto drivers =
        ledger_.add_component("tile0.drivers", "current sources", from_si<Power>(1e-6));
    const auto write = ledger_.add_account(array, "write");
    ledger_.add_account(array, "read");
    const auto headroom = ledger_.add_account(drivers, "headroom");
    ledger_.on_behalf_of(ledger_.add_command("reset"));
    ledger_.post(write, 0, 60000, 0.25e-12, 2);
    ledger_.on_behalf_of(ledger_.add_command("program"));
    ledger_.post(write, 60000, 60000, 0.25e-12);
    ledger_.post(headroom, 0, 60000, 0.4e-12);
    ledger_.set_on_time(100000);
  }

  Ledger ledger_;
};

TEST_F(SmallReport, TextIsATableOfAccountsLeakageAndTotal) {
  const auto lines = lines_of(report_text(ledger_));
  ASSERT_EQ(lines.size(), 5U);
  const auto holds = [&](std::size_t line, const std::vector<std::string>& words) {
    for (const auto& word : words) {
      EXPECT_NE(lines[line].find(word), std::string::npos) << word << " in: " << lines[line];
    }
  };
  holds(0, {"component", "action", "count", "busy", "energy", "share"});
  holds(1, {"tile0.array", "write", "3", "180 ns", "500 fJ", "50.0 %"});
  holds(2, {"tile0.drivers", "headroom", "1", "60 ns", "400 fJ", "40.0 %"});
  holds(3, {"all components", "leakage", "100 ns", "100 fJ", "10.0 %"});
  holds(4, {"total", "1 pJ"});
}

TEST_F(SmallReport, CsvHasARowForEachAccountAndCommand) {
  const auto lines = lines_of(report_csv(ledger_));
  ASSERT_EQ(lines.size(), 5U);
  EXPECT_EQ(lines[0], "component,action,command,count,busy_s,energy_J");
  EXPECT_EQ(lines[1].rfind("tile0.array,write,reset,2,1.2e-07,", 0), 0U) << lines[1];
  EXPECT_DOUBLE_EQ(std::stod(cells_of(lines[1])[5]), 0.25e-12);
  EXPECT_EQ(lines[2].rfind("tile0.array,write,program,1,6e-08,", 0), 0U) << lines[2];
  EXPECT_EQ(lines[3].rfind("tile0.drivers,headroom,program,1,6e-08,", 0), 0U) << lines[3];
  EXPECT_EQ(lines[4].rfind("tile0.drivers,leakage,none,1,1e-07,", 0), 0U) << lines[4];
}

TEST_F(SmallReport, JsonNamesEveryRowAndItsUnit) {
  const auto report = Json::parse(report_json(ledger_));
  EXPECT_EQ(report["schema"], 1);
  EXPECT_DOUBLE_EQ(report["on_time_s"].get<double>(), 100e-9);
  ASSERT_EQ(report["by_component"].size(), 2U);
  const auto& drivers = report["by_component"][1];
  EXPECT_EQ(drivers["name"], "tile0.drivers");
  EXPECT_EQ(drivers["description"], "current sources");
  EXPECT_EQ(drivers["unit"], "J");
  EXPECT_NEAR(drivers["value"].get<double>(), 0.5e-12, 1e-24);
  EXPECT_NEAR(drivers["leakage"].get<double>(), 0.1e-12, 1e-24);
  ASSERT_EQ(report["by_command"].size(), 2U);
  EXPECT_EQ(report["by_command"][0]["name"], "reset");
  EXPECT_EQ(report["by_command"][1]["name"], "program");
  ASSERT_EQ(report["actions"].size(), 3U);
  EXPECT_EQ(report["actions"][0]["command"], "reset");
  EXPECT_EQ(report["actions"][0]["count"], 2);
}

TEST(Report, OfNothingIsSound) {
  const Ledger ledger;
  const auto lines = lines_of(report_text(ledger));
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(report_csv(ledger), "component,action,command,count,busy_s,energy_J\n");
  const auto report = Json::parse(report_json(ledger));
  EXPECT_EQ(report["total_J"], 0.0);
  EXPECT_TRUE(report["actions"].is_array());
  EXPECT_TRUE(report["by_component"].is_array());
}

// Random ledgers: whoever adds a rendering up gets the ledger's own sums.
class RandomReport : public ::testing::TestWithParam<std::uint32_t> {
 protected:
  RandomReport() { test::post_at_random(ledger_, GetParam(), 300); }
  void expect_total(double joules, Energy of_ledger) const {
    EXPECT_NEAR(joules, in_si(of_ledger), 1e-12 * in_si(ledger_.total()));
  }

  Ledger ledger_;
};
INSTANTIATE_TEST_SUITE_P(Seeds, RandomReport, ::testing::Range(1U, 9U));

TEST_P(RandomReport, CsvAddsUp) {
  const auto lines = lines_of(report_csv(ledger_));
  double total = 0.0;
  std::uint64_t count = 0;
  std::map<std::string, double> by_component;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto cells = cells_of(lines[i]);
    ASSERT_EQ(cells.size(), 6U) << lines[i];
    by_component[cells[0]] += std::stod(cells[5]);
    total += std::stod(cells[5]);
    if (cells[1] != "leakage") count += std::stoull(cells[3]);
  }
  expect_total(total, ledger_.total());
  for (std::size_t i = 0; i < ledger_.components().size(); ++i) {
    expect_total(by_component[ledger_.components()[i].path], ledger_.spent(ComponentId(i)));
  }
  std::uint64_t counted = 0;
  for (std::size_t i = 0; i < ledger_.accounts().size(); ++i) {
    counted += ledger_.sum(AccountId(i)).count;
  }
  EXPECT_EQ(count, counted);
}

TEST_P(RandomReport, JsonAddsUp) {
  const auto report = Json::parse(report_json(ledger_));
  const auto sum = [&](const char* rows, const char* key) {
    double joules = 0.0;
    for (const auto& row : report[rows]) joules += row[key].get<double>();
    return joules;
  };
  expect_total(report["total_J"], ledger_.total());
  expect_total(report["posted_J"], ledger_.posted());
  expect_total(report["leaked_J"], ledger_.leaked());
  expect_total(sum("by_component", "value"), ledger_.total());
  expect_total(sum("by_component", "leakage"), ledger_.leaked());
  expect_total(sum("by_command", "value"), ledger_.posted());
  expect_total(sum("actions", "energy_J"), ledger_.posted());
}

TEST_P(RandomReport, TextNamesEveryAccount) {
  const auto lines = lines_of(report_text(ledger_));
  for (const auto& account : ledger_.accounts()) {
    const auto& path = ledger_.components()[static_cast<std::size_t>(account.component)].path;
    bool found = false;
    for (const auto& line : lines) {
      std::istringstream words(line);
      std::string component;
      std::string action;
      words >> component >> action;
      found = found || (component == path && action == account.action);
    }
    EXPECT_TRUE(found) << path << "." << account.action;
  }
}

TEST(Report, TextAddsUpComponentsThatDifferInNumbersOnly) {
  Ledger ledger;
  for (int i = 0; i < 12; ++i) {
    const auto part = ledger.add_component("chip.tile" + std::to_string(i) + ".array", "tracks");
    ledger.post(ledger.add_account(part, "write"), 0, 1000, 1e-12, 2);
  }
  const auto text = report_text(ledger);
  EXPECT_NE(text.find("chip.tile*.array (12)        write                24        24 ns"),
            std::string::npos)
      << text;
  EXPECT_EQ(text.find("chip.tile0"), std::string::npos);
}

}  // namespace
}  // namespace dwmtj
