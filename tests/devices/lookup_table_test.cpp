// SPDX-License-Identifier: Apache-2.0
#include "devices/lookup_table.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/support/catalog_model.h"
#include "tests/support/input_error_of.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

TEST(LookupTable, ReadsBackAndHasTheMeansOfTheLaw) {
  const TemporaryFolder folder;
  for (const auto* const name : {"straight-16", "scaled-50nm"}) {
    const auto& model = test::catalog_model(name);
    const auto& point = model.parameters().operating_point;
    const auto pulse = model.pad_pulse(point.pad_voltage);
    const auto written = lookup_table(model, pulse, 501);
    const auto read = read_lookup_table(folder.write("table.txt", to_text(written)));
    EXPECT_EQ(read.title, written.title);
    ASSERT_EQ(read.conductances.size(), static_cast<std::size_t>(model.sites()));
    ASSERT_EQ(read.points.size(), 501U);
    const double range = read.conductances.back() - read.conductances.front();
    for (int from = 0; from < model.sites(); ++from) {
      const auto i = static_cast<std::size_t>(from);
      double mean = 0.0;
      for (int to = 0; to < model.sites(); ++to) {
        mean +=
            model.table(pulse).probability(from, to) *
            in_si(model.readout().level_conductance(to) - model.readout().level_conductance(from));
      }
      EXPECT_NEAR(read.mean_change(i), mean, range / 500.0) << name << " " << from;
    }
  }
}

TEST(LookupTable, MistakesAreNamedWithTheirLine) {
  const TemporaryFolder folder;
  const auto error = [&](const std::string& text) {
    const auto file = folder.write("table.txt", text);
    const auto message = input_error_of([&] { return read_lookup_table(file); });
    EXPECT_EQ(message.rfind(file.string(), 0), 0U) << message;
    return message.substr(std::min(file.string().size(), message.size()));
  };
  EXPECT_EQ(error(""), ":1: expected a title");
  EXPECT_EQ(error("t\n1,x\n"), ":2: number 2 of the conductances is none");
  EXPECT_EQ(error("t\n1\n"), ":2: 1 conductances; expected 2 at least");
  EXPECT_EQ(error("t\n2,1\n"), ":2: conductances must ascend");
  EXPECT_EQ(error("t\n1,2\n0,1\n1,1\n"), ":5: expected a line of changes");
  EXPECT_EQ(error("t\n1,2\n0,1\n1\n"), ":4: 1 changes; expected 2");
  EXPECT_EQ(error("t\n1,2\n0,1\n1,nan\n"), ":4: number 2 of the changes is none");
  EXPECT_EQ(error("t\n1,2\n0,1\n1,1\n1,1\n1,1\n"), ":6: expected the end of the table");
}

}  // namespace
}  // namespace dwmtj
