// SPDX-License-Identifier: Apache-2.0
#include "app/sweep_point.h"

#include <chrono>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <fstream>
#include <optional>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <tbb/global_control.h>

#include "app/entry.h"
#include "common/complain.h"
#include "common/disk_full_error.h"
#include "common/input_error.h"
#include "common/interrupt.h"
#include "common/write_lock.h"

namespace dwmtj {
namespace {

namespace fs = std::filesystem;

const char* const kPrinted = "output.txt";

std::vector<fs::path> entries_in(const fs::path& folder) {
  std::vector<fs::path> entries;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().filename() != kPrinted) entries.push_back(entry.path());
  }
  return entries;
}

void empty(const fs::path& folder) {
  std::error_code ignored;
  for (const auto& entry : entries_in(folder)) fs::remove_all(entry, ignored);
}

// Where the command prints: of this process, from now on.
// A file that is truncated on opening is written out when it is closed (ext4), so only where it
// must.
void print_into(const fs::path& file, bool from_start) {
  std::error_code not_there;
  if (from_start && fs::file_size(file, not_there) > 0) fs::resize_file(file, 0, not_there);
  const int descriptor = open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_APPEND, 0666);
  if (descriptor < 0) throw DiskFullError(file.string() + ": cannot be written (disk full?)");
  std::fflush(nullptr);
  dup2(descriptor, STDOUT_FILENO);
  dup2(descriptor, STDERR_FILENO);
  close(descriptor);
}

std::string last_line(const fs::path& file) {
  std::ifstream stream(file);
  std::string last;
  for (std::string line; std::getline(stream, line);) {
    if (!line.empty()) last = line;
  }
  return last;
}

// A folder takes the place of another.
void move(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::create_directories(to.parent_path(), error);
  fs::remove_all(to, error);
  fs::rename(from, to, error);
  if (error) throw DiskFullError(fmt::format("{}: {}", to.string(), error.message()));
}

struct Duration {
  double seconds, processor;
};

Duration now() {
  const auto clock = std::chrono::steady_clock::now().time_since_epoch();
  return {std::chrono::duration<double>(clock).count(),
          static_cast<double>(std::clock()) / CLOCKS_PER_SEC};
}

class Point {
 public:
  Point(const Expansion& expansion, const SweepFolder& folder, std::size_t point,
        const PointOptions& options, const KnownCommands& known)
      : expansion_(expansion),
        options_(options),
        known_(known),
        here_(folder.unfinished(point)),
        done_(folder.done(point)),
        failed_(folder.failed(point)),
        words_(expansion.words(point)) {}

  int run();

 private:
  [[nodiscard]] bool has(const char* option) const;
  [[nodiscard]] std::vector<std::string> words(const fs::path& out, bool resume) const;
  int finish(const CommandEnd& end, Duration took) const;
  int fail(std::string error, Duration took) const;

  const Expansion& expansion_;
  const PointOptions& options_;
  const KnownCommands& known_;
  fs::path here_, done_, failed_;
  std::vector<std::string> words_;
};

bool Point::has(const char* option) const {
  return known_.app->get_subcommand(words_.front())->get_option_no_throw(option) != nullptr;
}

std::vector<std::string> Point::words(const fs::path& out, bool resume) const {
  auto words = words_;
  words.insert(words.begin(), "dwmtj");
  if (resume) words.emplace_back("--resume");
  if (!options_.figures && has("--no-figures")) words.emplace_back("--no-figures");
  if (has("--out")) words.insert(words.end(), {"--out", out.string()});
  return words;
}

int Point::run() {
  fs::create_directories(here_);
  std::optional<WriteLock> lock;
  try {
    lock.emplace(here_ / kPrinted, here_);
  } catch (const InputError&) {
    return kPointElsewhere;
  }
  if (fs::exists(done_)) {  // by another process, since the folders were looked at
    fs::remove_all(here_);
    return 0;
  }
  const bool resume = has("--resume") && !entries_in(here_).empty();
  if (!resume) empty(here_);
  print_into(here_ / kPrinted, !resume);
  const tbb::global_control threads(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(options_.threads));
  const Duration before = now();
  const auto end = run_command(words(here_, resume), words(done_, false));
  const Duration after = now();
  if (!end.error.empty()) complain(end.error);
  return finish(end, {after.seconds - before.seconds, after.processor - before.processor});
}

int Point::finish(const CommandEnd& end, Duration took) const {
  if (end.status == kInterruptedStatus || interrupted()) {
    if (!has("--resume")) fs::remove_all(here_);
    return kInterruptedStatus;
  }
  if (end.status == kDiskFullStatus) throw DiskFullError(end.error);
  if (end.status != 0) {
    const auto line = end.error.empty() ? last_line(here_ / kPrinted) : end.error;
    return fail(line.empty() ? fmt::format("ended with status {}", end.status) : line, took);
  }
  std::vector<Figure> figures;
  try {
    const auto& file = (*known_.line.swept)[words_.front()].figures;
    if (!file.empty()) figures = read_figures(here_ / file, expansion_.plan().figures);
  } catch (const InputError& error) {
    return fail(error.what(), took);
  }
  write_record(here_, {"", figures, took.seconds, took.processor});
  move(here_, done_);
  std::error_code ignored;
  fs::remove_all(failed_, ignored);
  return 0;
}

// The same line wherever the sweep is.
int Point::fail(std::string error, Duration took) const {
  const auto place = here_.string() + '/';
  for (auto at = error.find(place); at != std::string::npos; at = error.find(place)) {
    error.erase(at, place.size());
  }
  empty(here_);
  write_record(here_, {error, {}, took.seconds, took.processor});
  move(here_, failed_);
  return kPointFailed;
}

}  // namespace

int run_point(const Expansion& expansion, const SweepFolder& folder, std::size_t point,
              const PointOptions& options, const KnownCommands& known) {
  try {
    return Point(expansion, folder, point, options, known).run();
  } catch (const std::exception& error) {  // of writing: a command's own are caught
    complain(error.what());
    std::error_code ignored;
    fs::remove_all(folder.unfinished(point), ignored);
    return kDiskFullStatus;
  }
}

void record_crash(const SweepFolder& folder, std::size_t point, int signal) {
  const auto here = folder.unfinished(point);
  fs::create_directories(here);
  empty(here);
  write_record(here,
               {fmt::format("ended by signal {} ({})", signal, strsignal(signal)), {}, 0.0, 0.0});
  move(here, folder.failed(point));
}

}  // namespace dwmtj
