// SPDX-License-Identifier: Apache-2.0
#include "sweep/engine.h"

#include <cmath>
#include <map>
#include <system_error>

#include <fmt/format.h>

#include "common/data_folder.h"
#include "common/disk_full_error.h"
#include "common/file_text.h"
#include "common/parameter_file.h"
#include "common/run_folder.h"
#include "sweep/expansion.h"

namespace dwmtj {
namespace {

namespace fs = std::filesystem;

constexpr double kTaskSeconds = 10.0;  // a queue needs about one to start it

using Texts = std::map<std::string, std::string>;  // by what stands for them: @NAME@

std::string filled(std::string text, const Texts& texts) {
  for (const auto& [mark, value] : texts) {
    for (auto at = text.find(mark); at != std::string::npos;) {
      text.replace(at, mark.size(), value);
      at = text.find(mark, at + value.size());
    }
  }
  return text;
}

// The first of OUT/jobs/1, 2, ... that is not there yet.
fs::path new_folder(const fs::path& jobs) {
  std::error_code error;
  fs::create_directories(jobs, error);
  for (int number = 1; !error; ++number) {
    auto folder = jobs / std::to_string(number);
    if (fs::create_directory(folder, error)) return folder;
  }
  throw DiskFullError(fmt::format("{}: cannot be written: {}", jobs.string(), error.message()));
}

std::string list_of(const ClusterJob& job, std::size_t chunk) {
  std::string list;
  for (std::size_t start = 0; start < job.points.size(); start += chunk) {
    const auto end = std::min(start + chunk, job.points.size());
    list += ranges_text({job.points.begin() + static_cast<std::ptrdiff_t>(start),
                         job.points.begin() + static_cast<std::ptrdiff_t>(end)}) +
            '\n';
  }
  return list;
}

std::string in_shell(const fs::path& path) { return shell_line({path.string()}); }

}  // namespace

Engine Engine::load(const std::string& name_or_file) {
  const auto node = ParameterNode::load(find_in_catalog(kEngineCatalog, name_or_file));
  Engine engine{node.text("title"), node.text("index"), node.text("submit"),
                node.integer("most_tasks", 1L, 1'000'000'000L)};
  node.finish();
  return engine;
}

std::size_t chunk_of(double seconds_a_point) {
  if (!(seconds_a_point > 0.0) || seconds_a_point >= kTaskSeconds) return 1;
  return static_cast<std::size_t>(std::ceil(kTaskSeconds / std::max(seconds_a_point, 1e-3)));
}

fs::path write_job(const Engine& engine, const ClusterJob& job) {
  const auto most = static_cast<std::size_t>(engine.most_tasks);
  const auto chunk = std::max(job.chunk, (job.points.size() + most - 1) / most);
  const auto tasks = (job.points.size() + chunk - 1) / chunk;
  const auto out = fs::absolute(job.out);
  const auto folder = new_folder(out / "jobs");
  const auto log = folder / "log";
  fs::create_directory(log);
  write_file(folder / "tasks.txt", list_of(job, chunk));
  const auto scripts = data_folder(kEngineCatalog.folder);
  write_file(folder / "tasks.txt", list_of(job, chunk));
  const Texts texts = {{"@FOLDER@", in_shell(fs::current_path())},
                       {"@INDEX@", engine.index},
                       {"@LIST@", in_shell(folder / "tasks.txt")},
                       {"@DWMTJ@", in_shell(job.program)},
                       {"@PLAN@", in_shell(fs::absolute(job.plan))},
                       {"@OUT@", in_shell(out)},
                       {"@NAME@", shell_line({out.filename().string()})},
                       {"@TASKS@", std::to_string(tasks)},
                       {"@LOG@", in_shell(log)},
                       {"@TASK@", in_shell(folder / "task.sh")},
                       {"@COLLECT@", in_shell(folder / "table.sh")}};
  for (const char* const name : {"task.sh", "table.sh"}) {
    write_file(folder / name, filled(text_of_file(scripts / name), texts));
  }
  write_file(folder / "submit.sh", "#!/bin/sh -e\n" + filled(engine.submit, texts) + '\n');
  return folder / "submit.sh";
}

}  // namespace dwmtj
