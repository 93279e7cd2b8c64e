// SPDX-License-Identifier: Apache-2.0
// Sends images into the pipeline and takes results out of it. Two images are held at the first
// layer, and so many are under way that the pipeline is full and no queue grows: the time that the
// first took over the least that can lie between two, and one more.
#pragma once

#include <cstdint>
#include <vector>

#include "estimation/compute_core.h"

namespace dwmtj {

class ImageHost : public sc_core::sc_module {
 public:
  Inbox inbox;
  Outbox outbox;

  // At most `most` images; `bound`: the least time between two.
  ImageHost(sc_core::sc_module_name name, const PipelineContext& context, Ledger& ledger,
            std::int64_t most, Picoseconds bound);

  // Call when a job has begun its last window of `image`; `jobs` do so.
  void source_used(std::int64_t image);
  void expect_users(std::int64_t jobs) { users_ = jobs; }
  // No further image, once the time between results settles: see steady_interval().
  void stop_when_steady(bool stop) { stop_when_steady_ = stop; }

  [[nodiscard]] std::int64_t sent() const { return sent_; }  // images
  // Positions of results: that came, and that will come if every image is sent.
  [[nodiscard]] std::int64_t arrived() const { return all_arrived_; }
  [[nodiscard]] std::int64_t expected() const { return most_ * results_; }
  // When the last result of each image was here.
  [[nodiscard]] const std::vector<Picoseconds>& completed() const { return completed_; }
  // Between two results once three of them came at intervals within kSteady of each other; 0: not
  // yet.
  [[nodiscard]] Picoseconds steady_interval() const { return steady_; }

  static constexpr double kSteady = 1e-3;

 private:
  SC_HAS_PROCESS(ImageHost);
  void take_in(const MessageExtension& message);
  void send_images();
  void send_image();
  void send_source(std::size_t stage);
  void complete(std::int64_t image, Picoseconds time);
  void look_for_steady_state();
  void pay_for_links(std::size_t stage, std::int64_t positions, Picoseconds time);

  const PipelineContext& context_;
  ComponentAccounts links_;  // off the chip
  std::int64_t most_;
  Picoseconds bound_;
  std::int64_t most_under_way_ = 2;
  std::int64_t users_ = 1;
  std::int64_t results_ = 0;  // of an image
  bool stop_when_steady_ = false;
  std::int64_t sent_ = 0;
  std::vector<std::int64_t> used_;     // by image: jobs that are done with it
  std::vector<std::int64_t> arrived_;  // by image
  std::int64_t used_up_ = 0;           // images
  std::int64_t all_arrived_ = 0;
  std::vector<Picoseconds> completed_;
  Picoseconds steady_ = 0;
  sc_core::sc_event room_;
};

}  // namespace dwmtj
