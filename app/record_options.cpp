// SPDX-License-Identifier: Apache-2.0
#include "app/record_options.h"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/quantity_option.h"
#include "common/input_error.h"
#include "common/interrupt.h"
#include "recording/fan_out_sink.h"
#include "recording/perfetto_sink.h"
#include "recording/sqlite_sink.h"

namespace dwmtj {
namespace {

using Files = std::vector<std::string>;

std::string ending(const std::string& file) { return std::filesystem::path(file).extension(); }

bool is_database(const std::string& file) {
  return ending(file) == ".db" || ending(file) == ".sqlite";
}

void check_files(const Files& files) {
  for (auto file = files.begin(); file != files.end(); ++file) {
    if (!is_database(*file) && ending(*file) != ".json") {
      throw InputError(
          fmt::format("--record: expected a file that ends in .db, .sqlite or .json, "
                      "not '{}'",
                      *file));
    }
    if (std::find(files.begin(), file, *file) != file) {
      throw InputError(fmt::format("--record: {} is given twice", *file));
    }
  }
}

void check_time(const char* name, const std::optional<Time>& time) {
  if (!time || (*time >= 0.0 * si::seconds && *time < 1e6 * si::seconds)) return;
  throw InputError(fmt::format("{}: expected 0 s to 1000000 s", name));
}

std::vector<TransactionKind> kinds_of(const std::vector<std::string>& names) {
  std::vector<TransactionKind> kinds;
  try {
    for (const auto& name : names) kinds.push_back(transaction_kind(name));
  } catch (const InputError& error) {
    throw InputError(std::string("--record-kinds: ") + error.what());
  }
  return kinds;
}

RecordingOptions recording_options(const RecordOptions& options) {
  RecordingOptions result;
  if (!options.streams.empty()) result.globs = options.streams;
  result.kinds = kinds_of(options.kinds);
  if (options.from) result.from = to_picoseconds(*options.from);
  if (options.to) result.to = to_picoseconds(*options.to);
  return result;
}

std::unique_ptr<TransactionSink> open_sink(const std::string& file, const RecordingInfo& info) {
  if (!is_database(file)) return std::make_unique<PerfettoSink>(file, info);
  SqliteOptions options;
  options.info = info;
  return std::make_unique<SqliteSink>(file, options);
}

std::unique_ptr<TransactionSink> open_sinks(const Files& files, const RecordingInfo& info) {
  if (files.size() == 1) return open_sink(files.front(), info);
  std::vector<std::unique_ptr<TransactionSink>> sinks;
  for (const auto& file : files) sinks.push_back(open_sink(file, info));
  return std::make_unique<FanOutSink>(std::move(sinks));
}

// One value each time: a word behind it is not taken for a further one.
void add_list(CLI::App& command, const char* name, std::vector<std::string>& list,
              const char* description) {
  command.add_option(name, list, description)->allow_extra_args(false);
}

}  // namespace

void add_record_options(CLI::App& command, RecordOptions& options) {
  add_list(command, "--record", options.files,
           "Record transactions to this file: a database (.db, .sqlite) or a timeline (.json)");
  add_list(command, "--record-streams", options.streams,
           "Only sockets that match one of these shell patterns ['*']");
  command
      .add_option("--record-kinds", options.kinds, "Only these kinds: command,read,write,... [all]")
      ->allow_extra_args(false)
      ->delimiter(',');
  add_quantity_option(
      command, "--record-from", Dimension::time,
      [&options](double value) { options.from = from_si<Time>(value); },
      "Only what begins at this time or later [0 s]");
  add_quantity_option(
      command, "--record-to", Dimension::time,
      [&options](double value) { options.to = from_si<Time>(value); },
      "Only what begins at this time or earlier [the end]");
}

void check(const RecordOptions& options) {
  const bool chosen =
      !options.streams.empty() || !options.kinds.empty() || options.from || options.to;
  if (options.files.empty() && chosen) {
    throw InputError("--record-streams, -kinds, -from, -to: where to? give --record FILE");
  }
  check_files(options.files);
  check_time("--record-from", options.from);
  check_time("--record-to", options.to);
  if (options.from && options.to && *options.to < *options.from) {
    throw InputError("--record-to: before --record-from");
  }
  kinds_of(options.kinds);
}

RecordedFiles::RecordedFiles(const RecordOptions& options, const RecordingInfo& info)
    : files_(options.files) {
  if (files_.empty()) return;
  sink_ = open_sinks(files_, info);
  recording_.emplace(*sink_, recording_options(options));
}

void RecordedFiles::check_streams() const {
  if (!recording_) return;
  const auto unmatched = recording_->unmatched_globs();
  if (unmatched.empty()) return;
  throw InputError(fmt::format("--record-streams: no socket matches '{}'", unmatched.front()));
}

void RecordedFiles::finish(Picoseconds now) {
  if (!recording_) return;
  if (interrupted()) recording_->cut();
  recording_->finish(now);
  fmt::print("transactions in {}\n", fmt::join(files_, ", "));
}

}  // namespace dwmtj
