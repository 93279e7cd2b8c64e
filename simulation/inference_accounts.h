// SPDX-License-Identifier: Apache-2.0
// What is spent by layer and by image, from the postings of a chip's ledger: each counts once. A
// posting belongs to whom the module that made it works for at that time.
#pragma once

#include <cstdint>
#include <vector>

#include "chip/chip.h"
#include "ledger/ledger.h"

namespace dwmtj {

class InferenceAccounts {
 public:
  // Listens to `ledger`, which must not be posted to once this is gone. Layers are numbered from 0;
  // one more is the label, and one what brings images in and labels out.
  InferenceAccounts(Ledger& ledger, const Chip& chip, std::size_t layers, std::size_t images,
                    std::size_t in_flight);
  ~InferenceAccounts() = default;
  InferenceAccounts(const InferenceAccounts&) = delete;
  InferenceAccounts& operator=(const InferenceAccounts&) = delete;

  // Until then everything is writing.
  void begin_refresh() { phase_ = Phase::refreshes; }
  void begin_images() { phase_ = Phase::images; }
  // The image of a slot; the command on whose behalf its digital work and packets are.
  void begin_image(std::size_t slot, std::int64_t image) { image_of_slot_[slot] = image; }
  [[nodiscard]] CommandId command(std::size_t layer, std::size_t slot) const {
    return commands_[layer * image_of_slot_.size() + slot];
  }
  void tile_works(std::size_t tile, std::size_t layer, std::int64_t image) {
    tiles_[tile] = {layer, image};
  }
  void host_works(std::int64_t image) { host_image_ = image; }

  // J; without leakage.
  [[nodiscard]] double writing() const { return writing_; }
  [[nodiscard]] double refresh() const { return refresh_; }
  [[nodiscard]] double of_layer(std::size_t layer) const { return by_layer_[layer]; }
  [[nodiscard]] double of_input_and_output() const { return by_layer_.back(); }
  [[nodiscard]] double of_account(std::size_t account) const { return by_account_[account]; }
  [[nodiscard]] double of_image(std::size_t image) const { return by_image_[image]; }

 private:
  struct Work {
    std::size_t layer;
    std::int64_t image;
  };
  void add(const Posting& posting);
  [[nodiscard]] Work work_of(const Posting& posting) const;

  enum class Phase : std::uint8_t { writes, refreshes, images };
  Phase phase_ = Phase::writes;
  std::vector<std::int64_t> image_of_slot_;
  std::vector<CommandId> commands_;    // [layer][slot]
  std::vector<std::size_t> tile_of_;   // by account
  std::vector<std::size_t> place_of_;  // by command id: of commands_
  std::vector<Work> tiles_;
  std::int64_t host_image_ = 0;
  double writing_ = 0.0;
  double refresh_ = 0.0;
  std::vector<double> by_layer_, by_image_, by_account_;
};

}  // namespace dwmtj
