// SPDX-License-Identifier: Apache-2.0
// Recorded transactions as a timeline for ui.perfetto.dev and chrome://tracing, in their JSON
// format: docs/recording/perfetto_sink.md. Streamed; valid JSON whatever ends the program.
#pragma once

#include <filesystem>
#include <string>
#include <unordered_map>
#include <vector>

#include "recording/json_array_file.h"
#include "recording/track_lanes.h"
#include "recording/transaction_sink.h"

namespace dwmtj {

class PerfettoSink : public TransactionSink {
 public:
  // Throws InputError when the file cannot be created.
  explicit PerfettoSink(const std::filesystem::path& file, const RecordingInfo& info = {});

  void stream(StreamId id, const std::string& name) override;
  void begin(const Transaction& transaction) override;
  void record(const Transaction& transaction) override;
  void cut() override { cut_ = true; }
  void finish(Picoseconds now) override;

 private:
  using Track = std::uint32_t;
  struct Stream {
    std::string name;
    TrackLanes lanes;
    std::vector<Track> tracks;  // of each lane
  };
  struct Point {
    Track track;  // 0: nowhere
    Picoseconds time;
  };
  // From the begin of the parent, which lies within it whatever its end, to that of the child.
  struct Flow {
    TransactionId child;
    Point from;
    Point to;
  };
  struct Open {
    std::size_t lane = 0;
    Point begin = {};
    Point parent = {};        // its begin
    std::vector<Flow> flows;  // to children that have been written
  };
  // A stretch of a track.
  struct Slice {
    Track track;
    Picoseconds start;
    Picoseconds end;
  };

  Stream& stream_of(const Transaction& transaction);
  void add_track(Stream& stream, StreamId id);
  void write_track(Track track, const std::string& name, std::uint64_t order);
  void write_transaction(const Transaction& transaction, const Slice& slice);
  void write_phases(const Transaction& transaction, const Slice& slice);
  void write_phase(std::string_view name, const Slice& slice);
  void write_flow(const Flow& flow);
  void flow_from_parent(const Transaction& transaction, const Open& open);

  JsonArrayFile file_;
  std::vector<Stream> streams_;
  Track tracks_ = 0;
  bool cut_ = false;
  std::unordered_map<TransactionId, Open> open_;
};

}  // namespace dwmtj
