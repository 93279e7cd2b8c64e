// SPDX-License-Identifier: Apache-2.0
// The extension by which a recorder tells those further down the path which transaction it has
// opened. A payload has one, made by the first recorder, to which the others add: so that nobody
// between them sees an extension replaced.
#pragma once

#include <boost/container/small_vector.hpp>
#include <tlm>

#include "recording/transaction.h"

namespace dwmtj {

class Recording;

// Belongs to the payload: whatever becomes of the recorders, it goes with it at the latest.
class TransactionLink : public tlm::tlm_extension<TransactionLink> {
 public:
  static void add(tlm::tlm_generic_payload& payload, const Recording& recording, TransactionId id);
  // When the last one is removed, the payload is again as it was before the first was added.
  static void remove(tlm::tlm_generic_payload& payload, const Recording& recording,
                     TransactionId id);
  // The transaction that `recording` has opened last; 0 if none.
  static TransactionId parent_in(const tlm::tlm_generic_payload& payload,
                                 const Recording& recording);

  // A payload that an interconnect copies has the same parents.
  tlm::tlm_extension_base* clone() const override { return new TransactionLink(*this); }
  void copy_from(const tlm::tlm_extension_base& other) override {
    opened_ = static_cast<const TransactionLink&>(other).opened_;
  }

 private:
  struct Opened {
    const Recording* recording;  // never followed
    TransactionId id;
  };
  static constexpr std::size_t kUsualDepth = 4;
  boost::container::small_vector<Opened, kUsualDepth> opened_;  // from the top of the path
};

}  // namespace dwmtj
