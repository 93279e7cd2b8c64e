// SPDX-License-Identifier: Apache-2.0
// Figures, the table that they make, its front, and the scripts of clusters.
#include "sweep/results_table.h"

#include <sqlite3.h>

#include <gmock/gmock.h>

#include "common/input_error.h"
#include "sweep/engine.h"
#include "sweep/pareto.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> texts_of(const std::vector<Figure>& figures) {
  std::vector<std::string> texts;
  for (const auto& figure : figures) texts.push_back(figure.name + '=' + figure.value);
  return texts;
}

class Results : public ::testing::Test {
 protected:
  void load(const std::string& text) {
    plan_ = std::make_unique<SweepPlan>(SweepPlan::load(folder_.write("plan.yaml", text)));
    expansion_ = std::make_unique<Expansion>(*plan_);
    names_ = std::make_unique<PointNames>(
        *expansion_, 0, std::vector<std::vector<FilesHash>>(plan_->axes().size()));
    sweep_ = std::make_unique<SweepFolder>(folder_ / "out", *expansion_, *names_);
  }
  void record(std::size_t point, const PointRecord& record) const {
    const auto where = record.error.empty() ? sweep_->done(point) : sweep_->failed(point);
    std::filesystem::create_directories(where);
    write_record(where, record);
  }
  [[nodiscard]] ResultsTable table() const { return ResultsTable::collect(*expansion_, *sweep_); }

  TemporaryFolder folder_;
  std::unique_ptr<SweepPlan> plan_;
  std::unique_ptr<Expansion> expansion_;
  std::unique_ptr<PointNames> names_;
  std::unique_ptr<SweepFolder> sweep_;
};

TEST_F(Results, FiguresOfJsonAreItsNumbers) {
  const auto file = folder_.write(
      "a.json",
      R"({"schema": 1, "name": "x", "energy_J": 1.5e-3, "ok": true, "in it": {"rows": 4, "none": null},
                    "one": [{"time_s": 2}], "layers": [{"a": 1}, {"a": 2}]})");
  EXPECT_THAT(texts_of(read_figures(file, {})),
              ElementsAre("energy_J=0.0015", "ok=true", "in_it_rows=4", "one_time_s=2"));
  EXPECT_THAT(texts_of(read_figures(file, {"layers_1_a", "energy_J"})),
              ElementsAre("layers_1_a=2", "energy_J=0.0015"));
  EXPECT_THROW(read_figures(file, {"layer_1_a"}), InputError);
  EXPECT_THROW(read_figures(folder_.write("b.json", "{"), {}), InputError);
  EXPECT_TRUE(read_figures(folder_ / "none.json", {}).empty());
}

TEST_F(Results, FiguresOfATableAreThoseOfItsOnlyRow) {
  const auto one = folder_.write("a.csv", "device,level_ohm,gain\n\"a,b\",93.3,0.974\n");
  EXPECT_THAT(texts_of(read_figures(one, {})), ElementsAre("level_ohm=93.3", "gain=0.974"));
  EXPECT_TRUE(read_figures(folder_.write("b.csv", "a\n1\n2\n"), {}).empty());
}

TEST_F(Results, EveryPointIsARow) {
  load("command: x\ngrid: {d: [a, 'b,c'], --t: [10 ns, 1 us]}");
  record(2, {"", {{"energy_J", "1.5e-12"}, {"t_s", "4"}}, 3.0, 3.0});
  record(1, {"", {{"energy_J", "2"}, {"ok", "true"}}, 9.0, 9.0});
  record(3, {"it, \"failed\"", {}, 1.0, 1.0});
  EXPECT_EQ(table().csv(),
            "point,d,t_s,status,error,energy_J,ok,figure_t_s\n"
            "0,a,1e-08,missing,,,,\n"
            "1,a,1e-06,done,,2,true,\n"
            "2,\"b,c\",1e-08,done,,1.5e-12,,4\n"
            "3,\"b,c\",1e-06,failed,\"it, \"\"failed\"\"\",,,\n");
}

TEST_F(Results, TheDatabaseIsTheSameTable) {
  load("command: x\ngrid: {d: [a, b]}");
  record(0,
         {"", {{"energy_J", "1.5e-12"}, {"n", "7"}, {"ok", "true"}, {"late", "false"}}, 3.0, 3.0});
  const auto file = folder_ / "t.db";
  table().write_database(file);
  table().write_database(file);  // over an earlier one
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
  std::string found;
  const auto add = [](void* text, int count, char** values, char**) {
    for (int i = 0; i < count; ++i) {
      *static_cast<std::string*>(text) += values[i] == nullptr ? "-" : values[i];
      *static_cast<std::string*>(text) += ' ';
    }
    return 0;
  };
  sqlite3_exec(database,
               "SELECT point, d, typeof(point), typeof(energy_J), n, ok, late, status FROM points",
               add, &found, nullptr);
  sqlite3_close(database);
  EXPECT_EQ(found, "0 a integer real 7 1 0 done 1 b integer null - - - missing ");
}

TEST_F(Results, ColumnsMayBeNamedWithoutTheirUnit) {
  load("command: x\ngrid: {rows: [1]}");
  record(0,
         {"", {{"energy_J", "1"}, {"latency_s", "1"}, {"mean_a", "1"}, {"mean_b", "1"}}, 0.0, 0.0});
  EXPECT_EQ(table().columns()[table().column("--plot", "energy")], "energy_J");
  EXPECT_EQ(table().column("--plot", "rows"), 1U);
  EXPECT_THROW(static_cast<void>(table().column("--plot", "mean")), InputError);
  try {
    static_cast<void>(table().column("--plot", "enrgy_J"));
    FAIL();
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("--plot: no column 'enrgy_J'; nearest: energy_J"));
  }
}

TEST_F(Results, TheFrontIsWhatNoOtherBeats) {
  load("command: x\ngrid: {p: [0, 1, 2, 3, 4, 5]}");
  const double energy[] = {1, 2, 3, 2, 1, 5};
  const double accuracy[] = {0.5, 0.7, 0.6, 0.9, 0.5, 0.95};
  for (std::size_t i = 0; i < 5; ++i) {
    record(i, {"",
               {{"energy_J", std::to_string(energy[i])}, {"accuracy", std::to_string(accuracy[i])}},
               0.0,
               0.0});
  }
  record(5, {"failed", {}, 0.0, 0.0});
  const auto all = table();
  EXPECT_THAT(pareto_front(all, parse_objectives(all, "energy,accuracy")), ElementsAre(0, 4, 3));
  EXPECT_THAT(pareto_front(all, parse_objectives(all, "energy,min:accuracy")), ElementsAre(0, 4));
  EXPECT_THAT(pareto_front(all, parse_objectives(all, "max:energy,accuracy")), ElementsAre(2, 3));
  EXPECT_THROW(parse_objectives(all, "energy"), InputError);
  EXPECT_THROW(parse_objectives(all, "energy,nothing"), InputError);
}

TEST_F(Results, AllClustersRunTheSameScript) {
  std::vector<std::string> scripts;
  std::filesystem::create_directory(folder_ / "my out");
  for (const char* const name : {"slurm", "lsf", "sge", "parallel"}) {
    const auto engine = Engine::load(name);
    const auto script = write_job(
        engine,
        {"/bin/dwmtj", folder_ / "my out/plan.yaml", folder_ / "my out", {0, 1, 2, 3, 7}, 2});
    const auto job = script.parent_path();
    EXPECT_EQ(read_text(job / "tasks.txt"), "0-1\n2-3\n7\n");
    auto task = read_text(job / "task.sh");
    EXPECT_THAT(task, HasSubstr(engine.index)) << name;
    task.replace(task.find(engine.index), engine.index.size(), "INDEX");
    const auto number = job.filename().string();
    task.replace(task.find("jobs/" + number), 5 + number.size(), "jobs/N");
    scripts.push_back(task);
    const auto submit = read_text(script);
    EXPECT_THAT(submit, HasSubstr("3"));
    EXPECT_THAT(submit, HasSubstr("'" + (job / "task.sh").string() + "'"));
    EXPECT_THAT(submit, ::testing::Not(HasSubstr("@")));
  }
  for (const auto& script : scripts) EXPECT_EQ(script, scripts.front());
}

TEST_F(Results, TasksLastTenSecondsAndAreNoMoreThanAQueueTakes) {
  EXPECT_EQ(chunk_of(0.0), 1U);
  EXPECT_EQ(chunk_of(20.0), 1U);
  EXPECT_EQ(chunk_of(4.0), 3U);
  EXPECT_EQ(chunk_of(0.02), 500U);
  Engine engine{"", "I", "", 2};
  std::filesystem::create_directory(folder_ / "out");
  const auto script =
      write_job(engine, {"dwmtj", folder_ / "out/plan.yaml", folder_ / "out", {0, 1, 2, 3, 4}, 1});
  EXPECT_EQ(read_text(script.parent_path() / "tasks.txt"), "0-2\n3-4\n");
}

}  // namespace
}  // namespace dwmtj
