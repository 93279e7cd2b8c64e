// SPDX-License-Identifier: Apache-2.0
#include "ledger/report.h"

#include <cctype>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "common/name_text.h"
#include "common/quantity_text.h"

namespace dwmtj {
namespace {

using Json = nlohmann::ordered_json;

Time busy_time(const Sum& sum) { return from_si<Time>(1e-12 * sum.busy); }

const std::string& path_of(const Ledger& ledger, const Account& account) {
  return ledger.components()[static_cast<std::size_t>(account.component)].path;
}

// Calls `row` for every account and command with at least one posting.
template <typename Row>
void for_each_sum(const Ledger& ledger, Row row) {
  for (std::size_t a = 0; a < ledger.accounts().size(); ++a) {
    for (std::size_t c = 0; c < ledger.commands().size(); ++c) {
      const Sum sum = ledger.sum(AccountId(a), CommandId(c));
      if (sum.count > 0) row(ledger.accounts()[a], ledger.commands()[c], sum);
    }
  }
}

// "chip.tile12.array" as "chip.tile*.array": components that differ in numbers only.
std::string without_numbers(const std::string& path) {
  std::string pattern;
  for (const char c : path) {
    if (std::isdigit(static_cast<unsigned char>(c)) == 0) {
      pattern += c;
    } else if (pattern.empty() || pattern.back() != '*') {
      pattern += '*';
    }
  }
  return pattern;
}

// A row of the table for people: the sum over components that differ in numbers only.
struct TextRow {
  std::string path;  // of the first component
  std::string pattern;
  std::string action;
  int components = 0;
  Sum sum;

  [[nodiscard]] std::string label() const {
    return components == 1 ? path : fmt::format("{} ({})", pattern, components);
  }
};

std::vector<TextRow> text_rows(const Ledger& ledger) {
  std::vector<TextRow> rows;
  std::map<std::pair<std::string, std::string>, std::size_t> known;
  for (std::size_t a = 0; a < ledger.accounts().size(); ++a) {
    const Sum sum = ledger.sum(AccountId(a));
    if (sum.count == 0) continue;
    const auto& account = ledger.accounts()[a];
    const auto& path = path_of(ledger, account);
    const auto pattern = without_numbers(path);
    const auto [at, added] = known.try_emplace({pattern, account.action}, rows.size());
    if (added) rows.push_back({path, pattern, account.action, 0, {}});
    auto& row = rows[at->second];
    ++row.components;
    row.sum += sum;
  }
  return rows;
}

std::string share(Energy part, Energy whole) {
  return in_si(whole) > 0.0 ? fmt::format("{:.1f} %", 100.0 * (part / whole)) : "-";
}

Json components_json(const Ledger& ledger) {
  Json rows = Json::array();
  for (std::size_t i = 0; i < ledger.components().size(); ++i) {
    const auto& component = ledger.components()[i];
    rows.push_back({{"name", component.path},
                    {"description", component.description},
                    {"unit", "J"},
                    {"value", in_si(ledger.spent(ComponentId(i)))},
                    {"leakage", in_si(ledger.leaked(ComponentId(i)))}});
  }
  return rows;
}

Json commands_json(const Ledger& ledger) {
  Json rows = Json::array();
  for (std::size_t i = 0; i < ledger.commands().size(); ++i) {
    const Energy energy = ledger.posted(CommandId(i));
    if (in_si(energy) == 0.0) continue;
    rows.push_back({{"name", ledger.commands()[i]}, {"unit", "J"}, {"value", in_si(energy)}});
  }
  return rows;
}

}  // namespace

std::string report_text(const Ledger& ledger) {
  std::string text = fmt::format("{:<28} {:<12} {:>10} {:>12} {:>12} {:>8}\n", "component",
                                 "action", "count", "busy", "energy", "share");
  const Energy total = ledger.total();
  for (const auto& row : text_rows(ledger)) {
    const auto joules = from_si<Energy>(row.sum.joules);
    text += fmt::format("{:<28} {:<12} {:>10} {:>12} {:>12} {:>8}\n", row.label(), row.action,
                        row.sum.count, format_quantity(busy_time(row.sum)), format_quantity(joules),
                        share(joules, total));
  }
  text += fmt::format("{:<28} {:<12} {:>10} {:>12} {:>12} {:>8}\n", "all components", "leakage", "",
                      format_quantity(to_time(ledger.on_time())), format_quantity(ledger.leaked()),
                      share(ledger.leaked(), total));
  return text + fmt::format("{:<28} {:<12} {:>10} {:>12} {:>12}\n", "total", "", "", "",
                            format_quantity(total));
}

std::string report_csv(const Ledger& ledger) {
  std::string text = "component,action,command,count,busy_s,energy_J\n";
  for_each_sum(ledger, [&](const Account& account, const std::string& command, const Sum& sum) {
    text += fmt::format("{},{},{},{},{:.12g},{:.17g}\n", path_of(ledger, account), account.action,
                        csv_field(command), sum.count, in_si(busy_time(sum)), sum.joules);
  });
  for (std::size_t i = 0; i < ledger.components().size(); ++i) {
    const Energy leaked = ledger.leaked(ComponentId(i));
    if (in_si(leaked) == 0.0) continue;
    text += fmt::format("{},leakage,none,1,{:.12g},{:.17g}\n", ledger.components()[i].path,
                        in_si(to_time(ledger.on_time())), in_si(leaked));
  }
  return text;
}

std::string report_json(const Ledger& ledger) {
  Json actions = Json::array();
  for_each_sum(ledger, [&](const Account& account, const std::string& command, const Sum& sum) {
    actions.push_back({{"component", path_of(ledger, account)},
                       {"action", account.action},
                       {"command", command},
                       {"count", sum.count},
                       {"busy_s", in_si(busy_time(sum))},
                       {"energy_J", sum.joules}});
  });
  const Json report = {{"schema", 1},
                       {"on_time_s", in_si(to_time(ledger.on_time()))},
                       {"total_J", in_si(ledger.total())},
                       {"posted_J", in_si(ledger.posted())},
                       {"leaked_J", in_si(ledger.leaked())},
                       {"by_component", components_json(ledger)},
                       {"by_command", commands_json(ledger)},
                       {"actions", actions}};
  return report.dump(2) + "\n";
}

}  // namespace dwmtj
