// SPDX-License-Identifier: Apache-2.0
// A ledger full of work, fixed by the seed, and what it must add up to.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "common/random_stream.h"
#include "ledger/ledger.h"

namespace dwmtj::test {

struct PostedAtRandom {
  double joules = 0.0;
  double leaked = 0.0;
  std::uint64_t count = 0;
  double busy = 0.0;  // ps
};

// Opens 1 to 4 leaking components with two accounts each, and posts `postings` times to them on
// behalf of changing commands; some postings take no time, some no energy.
inline PostedAtRandom post_at_random(Ledger& ledger, std::uint32_t seed, std::uint32_t postings) {
  std::uint32_t drawn = 0;
  const auto below = [&](std::uint32_t end) {
    return draw(seed, Stream::stimulus, 0, drawn++).words[0] % end;
  };
  PostedAtRandom sum;
  const Picoseconds on_time = 1000 + below(100000);
  std::vector<AccountId> accounts;
  for (std::uint32_t i = 0; i < 1 + seed % 4; ++i) {
    const double leakage = 1e-9 * below(1000);
    const auto component =
        ledger.add_component("tile0.part_" + std::string(1, static_cast<char>('a' + i)),
                             "part of a tile", from_si<Power>(leakage));
    accounts.push_back(ledger.add_account(component, "write"));
    accounts.push_back(ledger.add_account(component, "read"));
    sum.leaked += leakage * static_cast<double>(on_time) * 1e-12;
  }
  for (std::uint32_t i = 0; i < postings; ++i) {
    if (below(5) == 0)
      ledger.on_behalf_of(ledger.add_command("command" + std::to_string(below(6))));
    const auto account = accounts[below(static_cast<std::uint32_t>(accounts.size()))];
    const Picoseconds start = below(100000);
    const Picoseconds duration = below(4) == 0 ? 0 : below(5000);
    const double joules = below(10) == 0 ? 0.0 : 1e-17 * below(1000000);
    const std::uint64_t count = 1 + below(9);
    ledger.post(account, start, duration, joules, count);
    sum.joules += joules;
    sum.count += count;
    sum.busy += static_cast<double>(duration) * static_cast<double>(count);
  }
  ledger.set_on_time(on_time);
  return sum;
}

}  // namespace dwmtj::test
