// SPDX-License-Identifier: Apache-2.0
#include "recording/transaction_link.h"

#include <algorithm>

namespace dwmtj {

void TransactionLink::add(tlm::tlm_generic_payload& payload, const Recording& recording,
                          TransactionId id) {
  auto* link = payload.get_extension<TransactionLink>();
  if (link == nullptr) payload.set_extension(link = new TransactionLink);
  link->opened_.push_back({&recording, id});
}

// Not always the last: a recorder further down may not have seen the end of the transaction. Nor
// always there: the payload may have been stripped of its extensions.
void TransactionLink::remove(tlm::tlm_generic_payload& payload, const Recording& recording,
                             TransactionId id) {
  auto* const link = payload.get_extension<TransactionLink>();
  if (link == nullptr) return;
  auto& opened = link->opened_;
  const auto is_ours = [&](const Opened& each) {
    return each.recording == &recording && each.id == id;
  };
  opened.erase(std::remove_if(opened.begin(), opened.end(), is_ours), opened.end());
  if (!opened.empty()) return;
  payload.clear_extension(link);
  link->free();
}

TransactionId TransactionLink::parent_in(const tlm::tlm_generic_payload& payload,
                                         const Recording& recording) {
  const auto* const link = payload.get_extension<TransactionLink>();
  if (link == nullptr) return TransactionId{};
  const auto& opened = link->opened_;
  const auto is_ours = [&](const Opened& each) { return each.recording == &recording; };
  const auto found = std::find_if(opened.rbegin(), opened.rend(), is_ours);
  return found != opened.rend() ? found->id : TransactionId{};
}

}  // namespace dwmtj
