// SPDX-License-Identifier: Apache-2.0
#include "simulation/inference_accounts.h"

#include <limits>
#include <map>

#include "common/index.h"

namespace dwmtj {
namespace {

constexpr auto kNone = std::numeric_limits<std::size_t>::max();

// By account of the ledger: the tile that it is of.
std::vector<std::size_t> tiles_of_accounts(const Ledger& ledger, const Chip& chip) {
  std::map<std::string, std::size_t> tiles;
  for (std::size_t i = 0; i < chip.tiles(); ++i) tiles[chip.tile(i).name()] = i;
  std::vector<std::size_t> result;
  for (const auto& account : ledger.accounts()) {
    const auto& path = ledger.components()[static_cast<std::size_t>(account.component)].path;
    const auto found = tiles.find(path.substr(0, path.rfind('.')));
    result.push_back(found == tiles.end() ? kNone : found->second);
  }
  return result;
}

}  // namespace

InferenceAccounts::InferenceAccounts(Ledger& ledger, const Chip& chip, std::size_t layers,
                                     std::size_t images, std::size_t in_flight)
    : image_of_slot_(in_flight, 0),
      tile_of_(tiles_of_accounts(ledger, chip)),
      tiles_(chip.tiles()),
      by_layer_(layers + 2, 0.0),
      by_image_(images, 0.0),
      by_account_(ledger.accounts().size(), 0.0) {
  for (std::size_t layer = 0; layer <= layers; ++layer) {
    for (std::size_t slot = 0; slot < in_flight; ++slot) {
      commands_.push_back(ledger.add_command("layer " + std::to_string(layer) + " of image slot " +
                                             std::to_string(slot)));
    }
  }
  place_of_.assign(ledger.commands().size(), kNone);
  for (std::size_t i = 0; i < commands_.size(); ++i) {
    place_of_[static_cast<std::size_t>(commands_[i])] = i;
  }
  ledger.listen([this](const Posting& posting) { add(posting); });
}

InferenceAccounts::Work InferenceAccounts::work_of(const Posting& posting) const {
  const auto tile = tile_of_[static_cast<std::size_t>(posting.account)];
  if (tile != kNone) return tiles_[tile];
  const auto place = place_of_[static_cast<std::size_t>(posting.command)];
  if (place == kNone) return {by_layer_.size() - 1, host_image_};
  const auto slots = image_of_slot_.size();
  return {place / slots, image_of_slot_[place % slots]};
}

void InferenceAccounts::add(const Posting& posting) {
  if (phase_ != Phase::images) {
    (phase_ == Phase::writes ? writing_ : refresh_) += posting.joules;
    return;
  }
  const auto work = work_of(posting);
  by_account_[static_cast<std::size_t>(posting.account)] += posting.joules;
  by_layer_[work.layer] += posting.joules;
  by_image_[index(work.image)] += posting.joules;
}

}  // namespace dwmtj
