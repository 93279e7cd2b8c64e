// SPDX-License-Identifier: Apache-2.0
#include "tile/instance_claim.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "common/input_error.h"

namespace dwmtj {
namespace {

std::vector<const InstanceClaim*>& claims() {
  static std::vector<const InstanceClaim*> all;
  return all;
}

bool overlap(std::uint64_t first, std::uint64_t count, std::uint64_t other,
             std::uint64_t other_count) {
  return first < other + other_count && other < first + count;
}

}  // namespace

InstanceClaim::InstanceClaim(std::string owner, const InstanceNumbers& numbers)
    : owner_(std::move(owner)), numbers_(numbers) {
  for (const auto* const claim : claims()) {
    const auto& taken = claim->numbers_;
    if (taken.seed != numbers.seed) continue;
    const auto refuse = [&](const char* what, std::uint64_t first) {
      throw InputError(fmt::format("{}: {} from {} on are already those of {}, seed {}", owner_,
                                   what, first, claim->owner_, numbers.seed));
    };
    if (overlap(numbers.first_device, numbers.devices, taken.first_device, taken.devices)) {
      refuse("devices", numbers.first_device);
    }
    if (overlap(numbers.first_comparator, numbers.comparators, taken.first_comparator,
                taken.comparators)) {
      refuse("comparators", numbers.first_comparator);
    }
  }
  claims().push_back(this);
}

InstanceClaim::~InstanceClaim() {
  auto& all = claims();
  all.erase(std::remove(all.begin(), all.end(), this), all.end());
}

}  // namespace dwmtj
