// SPDX-License-Identifier: Apache-2.0
#include "replay/joule_meter.h"

namespace dwmtj {

JouleMeter::JouleMeter(Ledger& ledger) {
  ledger.listen([this](const Posting& posting) { joules_ += posting.joules; });
}

}  // namespace dwmtj
