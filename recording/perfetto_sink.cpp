// SPDX-License-Identifier: Apache-2.0
#include "recording/perfetto_sink.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace dwmtj {
namespace {

// Microseconds, as the format wants them, with all picoseconds.
struct Microseconds {
  Picoseconds time;
};

template <typename... Arguments>
void append(std::string& text, fmt::format_string<Arguments...> format, Arguments&&... arguments) {
  fmt::format_to(std::back_inserter(text), format, std::forward<Arguments>(arguments)...);
}

std::string quoted(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void append_arguments(std::string& text, const Transaction& transaction) {
  append(text, R"("id":{},"kind":"{}","address":"{:#x}","length":{},"status":"{}")",
         static_cast<std::uint64_t>(transaction.id), name_of(transaction.kind), transaction.address,
         transaction.length, name_of(transaction.status));
  if (!transaction.finished) text += R"(,"finished":false)";
  if (!transaction.command) return;
  const auto& command = *transaction.command;
  append(text, R"(,"row":{},"side":"{}")", command.row, command.side);
  if (command.status.empty()) return;
  append(text, R"(,"command_status":"{}")", command.status);
  if (std::isfinite(command.joules)) append(text, R"(,"energy_J":{})", command.joules);
}

// What goes on after a phase has begun.
std::string_view activity_after(TransactionPhase phase) {
  switch (phase) {
    case TransactionPhase::begin_req:
      return "request";
    case TransactionPhase::end_req:
      return "processing";
    case TransactionPhase::begin_resp:
      return "response";
    case TransactionPhase::end_resp:
      break;
  }
  return "end";
}

}  // namespace
}  // namespace dwmtj

template <>
struct fmt::formatter<dwmtj::Microseconds> {
  static constexpr auto parse(format_parse_context& context) { return context.begin(); }
  template <typename Context>
  auto format(const dwmtj::Microseconds& value, Context& context) const {
    constexpr dwmtj::Picoseconds kUnit = 1000000;
    return fmt::format_to(context.out(), "{}.{:06}", value.time / kUnit, value.time % kUnit);
  }
};

namespace dwmtj {

PerfettoSink::PerfettoSink(const std::filesystem::path& file, const RecordingInfo& info)
    : file_(file) {
  file_.next() += R"({"ph":"M","pid":1,"name":"process_name","args":{"name":"dwmtj"}})";
  append(file_.next(), R"({{"ph":"M","pid":1,"name":"recording_info","args":{}}})",
         nlohmann::json(info).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

void PerfettoSink::stream(StreamId id, const std::string& name) {
  add_track(streams_.emplace_back(Stream{name, {}, {}}), id);
}

void PerfettoSink::begin(const Transaction& transaction) {
  Stream& stream = stream_of(transaction);
  const std::size_t lane = stream.lanes.take(transaction.start);
  if (lane == stream.tracks.size()) add_track(stream, transaction.stream);
  const auto parent = open_.find(transaction.parent);
  const Point from = parent == open_.end() ? Point{} : parent->second.begin;
  open_[transaction.id] = {lane, {stream.tracks[lane], transaction.start}, from, {}};
}

void PerfettoSink::record(const Transaction& transaction) {
  const auto node = open_.extract(transaction.id);
  const Open& open = node.mapped();
  const Slice slice{open.begin.track, transaction.start,
                    std::max(transaction.start, transaction.end)};
  stream_of(transaction).lanes.give_back(open.lane, slice.end);
  write_transaction(transaction, slice);
  write_phases(transaction, slice);
  for (const auto& flow : open.flows) write_flow(flow);
  flow_from_parent(transaction, open);
}

void PerfettoSink::finish(Picoseconds now) {
  append(file_.next(),
         R"({{"ph":"M","pid":1,"name":"recording_end","args":{{"complete":"{}","end_ps":{}}}}})",
         cut_ ? "cut" : "yes", now);
  file_.flush();
}

PerfettoSink::Stream& PerfettoSink::stream_of(const Transaction& transaction) {
  return streams_[static_cast<std::size_t>(transaction.stream) - 1];
}

void PerfettoSink::add_track(Stream& stream, StreamId id) {
  const std::size_t lane = stream.tracks.size();
  const std::string name = lane == 0 ? stream.name : fmt::format("{} #{}", stream.name, lane + 1);
  stream.tracks.push_back(++tracks_);
  // Lanes of a stream stay together, whenever they come up.
  constexpr std::uint64_t kMostLanes = 1000;
  write_track(tracks_, name, static_cast<std::uint64_t>(id) * kMostLanes + lane);
}

void PerfettoSink::write_track(Track track, const std::string& name, std::uint64_t order) {
  append(file_.next(), R"({{"ph":"M","pid":1,"tid":{},"name":"thread_name","args":{{"name":{}}}}})",
         track, quoted(name));
  append(file_.next(),
         R"({{"ph":"M","pid":1,"tid":{},"name":"thread_sort_index","args":{{"sort_index":{}}}}})",
         track, order);
}

void PerfettoSink::write_transaction(const Transaction& transaction, const Slice& slice) {
  std::string& text = file_.next();
  append(text, R"({{"ph":"X","pid":1,"tid":{},"ts":{},"dur":{},"cat":"transaction","name":"{}",)",
         slice.track, Microseconds{slice.start}, Microseconds{slice.end - slice.start},
         transaction.command ? transaction.command->op : name_of(transaction.kind));
  text += R"("args":{)";
  append_arguments(text, transaction);
  text += "}}";
}

// Within the transaction, one after another, however the phases were annotated.
void PerfettoSink::write_phases(const Transaction& transaction, const Slice& slice) {
  const auto& phases = transaction.phases;
  Picoseconds from = slice.start;
  for (const auto* mark = phases.begin(); mark != phases.end(); ++mark) {
    const bool last = std::next(mark) == phases.end();
    const Picoseconds to = last ? slice.end : std::clamp(std::next(mark)->time, from, slice.end);
    if (to > from) write_phase(activity_after(mark->phase), {slice.track, from, to});
    from = to;
  }
}

void PerfettoSink::write_phase(std::string_view name, const Slice& slice) {
  append(file_.next(),
         R"({{"ph":"X","pid":1,"tid":{},"ts":{},"dur":{},"cat":"phase","name":"{}"}})", slice.track,
         Microseconds{slice.start}, Microseconds{slice.end - slice.start}, name);
}

// Viewers look for the slices at the ends of an arrow among those they have read: it comes after
// both.
void PerfettoSink::flow_from_parent(const Transaction& transaction, const Open& open) {
  if (open.parent.track == 0) return;
  const Flow flow{transaction.id, open.parent, open.begin};
  const auto parent = open_.find(transaction.parent);
  if (parent == open_.end()) {
    write_flow(flow);
  } else {
    parent->second.flows.push_back(flow);
  }
}

void PerfettoSink::write_flow(const Flow& flow) {
  const auto id = static_cast<std::uint64_t>(flow.child);
  append(file_.next(),
         R"({{"ph":"s","pid":1,"tid":{},"ts":{},"cat":"parent","name":"parent","id":{}}})",
         flow.from.track, Microseconds{flow.from.time}, id);
  append(file_.next(),
         R"({{"ph":"f","bp":"e","pid":1,"tid":{},"ts":{},"cat":"parent","name":"parent","id":{}}})",
         flow.to.track, Microseconds{flow.to.time}, id);
}

}  // namespace dwmtj
