// SPDX-License-Identifier: Apache-2.0
// What is said of a run, of results written out by hand.
#include "testbenches/scenario_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dwmtj {
namespace {

using testing::HasSubstr;
using testing::Not;

class ScenarioReport : public testing::Test {
 protected:
  ScenarioReport() {
    scenario_.tile.name = "made-up";
    scenario_.shape = {2, 3};
    scenario_.commands.resize(3);
    CheckedCommand program;
    program.record.command = {TileOp::program, 1, Side::minus, {2, kSkip, 1}};
    program.record.result = {TileStatus::flagged, {0, 0, 1}, {4, 0, 7}, {1, 0, 2}};
    program.record.started = 1000;
    program.record.completed = 501000;
    program.record.energy = from_si<Energy>(0.75e-12);
    CheckedCommand read;
    read.record.command = {TileOp::read, 0, Side::plus, {}};
    read.record.result = {TileStatus::ok, {1, 2, 3}, {}, {}};
    read.record.started = 502000;
    read.record.completed = 507000;
    read.record.energy = from_si<Energy>(0.25e-12);
    read.mismatch = "expected 1,2,2";
    result_.commands = {program, read};
    result_.end = 507000;
    result_.failed = 4;
    result_.metastable = 5;
    result_.clipped = 6;
    result_.clipped_inputs = 7;
    result_.pulses = 11;
    result_.activations = 44;
  }
  [[nodiscard]] std::string summary() const { return summary_text(scenario_, result_, ledger_); }

  Scenario scenario_;
  ScenarioResult result_;
  Ledger ledger_;
};

TEST_F(ScenarioReport, CommandsAsATable) {
  EXPECT_EQ(commands_csv(scenario_, result_),
            "number,op,row,side,start_s,duration_s,energy_J,status,cells,pulses,most_pulses,"
            "most_attempts,as_expected\n"
            "1,program,1,minus,1e-09,5e-07,7.5000000000000004e-13,flagged,2,11,7,2,yes\n"
            "2,read,0,plus,5.02e-07,5e-09,2.4999999999999999e-13,ok,0,0,0,0,no\n");
}

TEST_F(ScenarioReport, WhatDidNotComeTrueStandsBelowItsCommand) {
  const auto text = commands_text(scenario_, result_);
  EXPECT_THAT(text,
              HasSubstr("     1  program 1 minus              1 ns     500 ns      7        2 "
                        "    750 fJ  flagged           ok\n"));
  EXPECT_THAT(text, HasSubstr("ok                FAILED\n        expected 1,2,2\n"));
}

TEST_F(ScenarioReport, SummaryCounts) {
  const auto text = summary();
  EXPECT_THAT(text, HasSubstr("tile                  made-up: 2 rows x 3 columns, 12 devices\n"
                              "simulated             507 ns\n"
                              "cells programmed      2, of which 1 flagged\n"
                              "pulses a cell         5.5 on average\n"));
  EXPECT_THAT(text, HasSubstr("commands              4 not ok\n"
                              "protocol violations   0\n"
                              "metastable decisions  5\n"
                              "clipped pulses        6\n"
                              "clipped inputs        7\n"
                              "activations           44 of 11 pulses, 4 a pulse\n"));
  EXPECT_THAT(text, HasSubstr("FAILED: 1 of 3 commands not as expected\n"));
}

TEST_F(ScenarioReport, Verdicts) {
  result_.commands[1].mismatch.clear();
  EXPECT_THAT(summary(), HasSubstr("passed: all 3 commands as expected\n"));
  result_.interrupted = true;
  EXPECT_THAT(summary(), HasSubstr("interrupted after 2 of 3 commands\n"));
  EXPECT_THAT(summary(), Not(HasSubstr("passed")));
  result_.problems = {"one thing"};
  EXPECT_THAT(summary(), HasSubstr("FAILED: one thing\n"));
}

TEST_F(ScenarioReport, ViolationsUnlessNobodyWatches) {
  result_.violations = 2;
  result_.first_violation = "valid fell at 3 ns";
  EXPECT_THAT(summary(), HasSubstr("violations   2, the first: valid fell at 3 ns\n"));
  scenario_.protocol = ProtocolPolicy::off;
  EXPECT_THAT(summary(), HasSubstr("violations   not watched\n"));
  result_.pulses = 0;
  EXPECT_THAT(summary(), HasSubstr("of 0 pulses, no pulses\n"));
}

}  // namespace
}  // namespace dwmtj
