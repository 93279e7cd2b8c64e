// SPDX-License-Identifier: Apache-2.0
#include "tlm/protocol_checker.h"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

namespace dwmtj {
namespace {

constexpr std::array kRuleNames = {"legal command",     "data pointer",       "data length",
                                   "streaming width",   "byte enable length", "initial status",
                                   "initial DMI hint",  "memory manager",     "reference count",
                                   "response status",   "attributes kept",    "extensions kept",
                                   "phase direction",   "phase order",        "completed is over",
                                   "return value",      "accepted unchanged", "time backwards",
                                   "transport mixed",   "request exclusion",  "response exclusion",
                                   "DMI range",         "DMI pointer",        "DMI access",
                                   "invalidated range", "debug count",        "none"};
static_assert(kRuleNames.size() == static_cast<std::size_t>(ProtocolRule::count_of_rules) + 1,
              "a name a ProtocolRule");

using Rule = ProtocolRule;
using tlm::tlm_generic_payload;
using tlm::tlm_phase;

// Kinds register themselves before main().
unsigned known_extensions(unsigned limit) {
  static const unsigned kKinds = tlm::max_num_extensions();
  return std::min(kKinds, limit);
}

bool is_of_base_protocol(const tlm_phase& phase) {
  return phase == tlm::BEGIN_REQ || phase == tlm::END_REQ || phase == tlm::BEGIN_RESP ||
         phase == tlm::END_RESP;
}

bool is_sent_forward(const tlm_phase& phase) {
  return phase == tlm::BEGIN_REQ || phase == tlm::END_RESP;
}

// May TLM_UPDATED answer `sent` with `phase`? Where one of them is of another protocol, the order
// of phases alone decides.
bool may_answer(const tlm_phase& sent, const tlm_phase& phase) {
  if (!is_of_base_protocol(sent) || !is_of_base_protocol(phase)) return true;
  if (sent == tlm::BEGIN_REQ) return phase == tlm::END_REQ || phase == tlm::BEGIN_RESP;
  return sent == tlm::BEGIN_RESP && phase == tlm::END_RESP;
}

bool transfers(const tlm_generic_payload& payload) {
  return payload.is_read() || payload.is_write();
}

// In `list` for as long as a call lasts, also when that throws.
class Entry {
 public:
  Entry(std::vector<const tlm_generic_payload*>& list, const tlm_generic_payload& payload)
      : list_(list), payload_(&payload) {
    list_.push_back(payload_);
  }
  ~Entry() { list_.erase(std::find(list_.begin(), list_.end(), payload_)); }
  Entry(const Entry&) = delete;
  Entry& operator=(const Entry&) = delete;

 private:
  std::vector<const tlm_generic_payload*>& list_;
  const tlm_generic_payload* payload_;
};

}  // namespace

const std::string& name_of(ProtocolRule rule) {
  static const std::vector<std::string> kAll(kRuleNames.begin(), kRuleNames.end());
  return kAll.at(static_cast<std::size_t>(rule));
}

ProtocolChecker::Attributes::Attributes(const Payload& payload)
    : command(payload.get_command()),
      data(payload.get_data_ptr()),
      length(payload.get_data_length()),
      width(payload.get_streaming_width()),
      enables(payload.get_byte_enable_ptr()),
      enables_length(payload.get_byte_enable_length()) {
  for (unsigned i = 0; i < known_extensions(kExtensions); ++i) {
    extensions[i] = payload.get_extension(i);
  }
}

ProtocolChecker::ProtocolChecker(const sc_core::sc_module_name& name, Reaction reaction)
    : sc_module(name), target("target"), initiator("initiator"), reaction_(reaction) {
  target.bind(static_cast<tlm::tlm_fw_transport_if<>&>(*this));
  initiator.bind(static_cast<tlm::tlm_bw_transport_if<>&>(*this));
}

std::uint64_t ProtocolChecker::count() const {
  return std::accumulate(counts_.begin(), counts_.end(), std::uint64_t{0});
}

// --- The transport interfaces

void ProtocolChecker::b_transport(Payload& payload, sc_core::sc_time& delay) {
  ++seen_;
  check_mixing(payload);
  check_request(payload);
  const Attributes before(payload);
  const sc_core::sc_time start = sc_core::sc_time_stamp() + delay;
  {
    const Entry entry(blocking_, payload);
    initiator->b_transport(payload, delay);
  }
  require(sc_core::sc_time_stamp() + delay >= start, Rule::time_backwards, payload,
          "b_transport returned a time before its call");
  check_response(payload, before);
}

tlm::tlm_sync_enum ProtocolChecker::nb_transport_fw(Payload& payload, tlm_phase& phase,
                                                    sc_core::sc_time& delay) {
  const Call call{payload, phase, delay, Path::forward};
  on_phase(call);
  const auto answer = initiator->nb_transport_fw(payload, phase, delay);
  check_answer(call, answer, phase, delay);
  return answer;
}

tlm::tlm_sync_enum ProtocolChecker::nb_transport_bw(Payload& payload, tlm_phase& phase,
                                                    sc_core::sc_time& delay) {
  const Call call{payload, phase, delay, Path::backward};
  on_phase(call);
  const auto answer = target->nb_transport_bw(payload, phase, delay);
  check_answer(call, answer, phase, delay);
  return answer;
}

bool ProtocolChecker::get_direct_mem_ptr(Payload& payload, tlm::tlm_dmi& dmi) {
  const std::uint64_t address = payload.get_address();
  const tlm::tlm_command command = payload.get_command();
  const bool granted = initiator->get_direct_mem_ptr(payload, dmi);
  require(dmi.get_start_address() <= address && address <= dmi.get_end_address(), Rule::dmi_range,
          payload, "the range does not contain the address");
  if (!granted) return false;
  require(dmi.get_dmi_ptr() != nullptr, Rule::dmi_pointer, payload, "granted, but null");
  const bool enough =
      command == tlm::TLM_WRITE_COMMAND ? dmi.is_write_allowed() : dmi.is_read_allowed();
  require(enough, Rule::dmi_access, payload, "granted, but not what was asked for");
  return true;
}

unsigned ProtocolChecker::transport_dbg(Payload& payload) {
  require(payload.get_data_length() == 0 || payload.get_data_ptr() != nullptr, Rule::data_pointer,
          payload, "null");
  const unsigned length = payload.get_data_length();
  const unsigned count = initiator->transport_dbg(payload);
  require(count <= length, Rule::debug_count, payload, "more bytes than were asked for");
  return count;
}

void ProtocolChecker::invalidate_direct_mem_ptr(sc_dt::uint64 first, sc_dt::uint64 last) {
  if (first > last) violated(Rule::invalidated_range, nullptr, "it ends before it starts");
  target->invalidate_direct_mem_ptr(first, last);
}

// --- The rules

void ProtocolChecker::check_request(const Payload& payload) {
  const auto command = payload.get_command();
  require(transfers(payload) || command == tlm::TLM_IGNORE_COMMAND, Rule::legal_command, payload,
          "not read, write or ignore");
  require(!transfers(payload) || payload.get_data_ptr() != nullptr, Rule::data_pointer, payload,
          "null");
  require(!transfers(payload) || payload.get_data_length() > 0, Rule::data_length, payload, "zero");
  require(payload.get_streaming_width() > 0, Rule::streaming_width, payload, "zero");
  require(payload.get_byte_enable_ptr() == nullptr || payload.get_byte_enable_length() > 0,
          Rule::byte_enable_length, payload, "zero, with byte enables");
  require(payload.get_response_status() == tlm::TLM_INCOMPLETE_RESPONSE, Rule::initial_status,
          payload, "not TLM_INCOMPLETE_RESPONSE");
  require(!payload.is_dmi_allowed(), Rule::initial_dmi_hint, payload, "not cleared");
}

void ProtocolChecker::check_reference(const Payload& payload) {
  require(payload.has_mm(), Rule::memory_manager, payload, "none, but not blocking");
  require(!payload.has_mm() || payload.get_ref_count() > 0, Rule::reference_count, payload,
          "nobody holds the transaction");
}

void ProtocolChecker::check_mixing(const Payload& payload) {
  const bool blocking = std::find(blocking_.begin(), blocking_.end(), &payload) != blocking_.end();
  require(!blocking, Rule::transport_mixed, payload, "sent again while in b_transport");
  require(open_ == 0 || find_open(payload) == nullptr || blocking, Rule::transport_mixed, payload,
          "sent by b_transport while in nb_transport");
}

void ProtocolChecker::check_response(const Payload& payload, const Attributes& before) {
  const auto status = payload.get_response_status();
  require(status != tlm::TLM_INCOMPLETE_RESPONSE && status <= tlm::TLM_OK_RESPONSE &&
              status >= tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE,
          Rule::response_status, payload, "not set by the target");
  check_kept(payload, before);
}

// The address is left out: an interconnect may change it. So are extensions that were added.
void ProtocolChecker::check_kept(const Payload& payload, const Attributes& before) {
  const auto kept = [&](bool same, const char* what) {
    require(same, Rule::attributes_kept, payload, what);
  };
  kept(payload.get_command() == before.command, "command");
  kept(payload.get_data_ptr() == before.data, "data pointer");
  kept(payload.get_data_length() == before.length, "data length");
  kept(payload.get_streaming_width() == before.width, "streaming width");
  kept(payload.get_byte_enable_ptr() == before.enables, "byte enable pointer");
  kept(payload.get_byte_enable_length() == before.enables_length, "byte enable length");
  for (unsigned i = 0; i < known_extensions(Attributes::kExtensions); ++i) {
    require(before.extensions[i] == nullptr || payload.get_extension(i) == before.extensions[i],
            Rule::extensions_kept, payload, "removed or replaced");
  }
}

void ProtocolChecker::check_time(const Payload& payload, Transaction& transaction,
                                 const sc_core::sc_time& delay) {
  const sc_core::sc_time time = sc_core::sc_time_stamp() + delay;
  require(time >= transaction.time, Rule::time_backwards, payload,
          "annotated to be before the phase it follows");
  transaction.time = time;
}

void ProtocolChecker::check_answer(const Call& call, tlm::tlm_sync_enum answer,
                                   const tlm_phase& phase, const sc_core::sc_time& delay) {
  if (answer == tlm::TLM_COMPLETED) {
    completed_early(call, delay);
  } else if (answer == tlm::TLM_UPDATED) {
    if (may_answer(call.phase, phase)) {
      const bool forward = call.path == Path::forward;
      on_phase({call.payload, phase, delay, forward ? Path::backward : Path::forward});
    } else {
      violated(Rule::return_value, &call.payload, "TLM_UPDATED with a phase that cannot follow");
    }
  } else {
    require(phase == call.phase && delay == call.delay, Rule::accepted_unchanged, call.payload,
            "TLM_ACCEPTED, but phase or delay changed");
  }
}

// --- The course of a transaction

// Phases of other protocols are ignorable here: they change nothing.
void ProtocolChecker::on_phase(const Call& call) {
  if (!is_of_base_protocol(call.phase)) {
    const bool ended = transactions_.count(&call.payload) > 0 && find_open(call.payload) == nullptr;
    require(!ended, Rule::phase_after_completion, call.payload,
            "an ignorable phase after completion");
    return;
  }
  if (is_sent_forward(call.phase) != (call.path == Path::forward)) {
    violated(Rule::phase_direction, &call.payload, "sent the wrong way");
    return;
  }
  if (call.phase == tlm::BEGIN_REQ) return begin_request(call);
  auto* const transaction = find_open(call.payload);
  if (transaction == nullptr) {
    const bool known = transactions_.count(&call.payload) > 0;
    violated(known ? Rule::phase_after_completion : Rule::phase_order, &call.payload,
             known ? "a phase after completion" : "a phase before BEGIN_REQ");
    return;
  }
  check_time(call.payload, *transaction, call.delay);
  if (call.phase == tlm::END_REQ) end_request(call.payload, *transaction);
  if (call.phase == tlm::BEGIN_RESP) begin_response(call.payload, *transaction);
  if (call.phase == tlm::END_RESP) end_response(call.payload, *transaction);
}

void ProtocolChecker::begin_request(const Call& call) {
  const Payload& payload = call.payload;
  if (find_open(payload) != nullptr) {
    violated(Rule::phase_order, &payload, "BEGIN_REQ while under way");
    return;
  }
  check_mixing(payload);
  check_request(payload);
  check_reference(payload);
  require(request_ == nullptr, Rule::request_exclusion, payload,
          "BEGIN_REQ before the END_REQ of the request before");
  ++seen_;
  ++open_;
  request_ = &payload;
  transactions_.insert_or_assign(
      &payload,
      Transaction{Stage::requested, sc_core::sc_time_stamp() + call.delay, Attributes(payload)});
}

void ProtocolChecker::end_request(const Payload& payload, Transaction& transaction) {
  require(transaction.stage == Stage::requested, Rule::phase_order, payload,
          "END_REQ without a request");
  if (transaction.stage != Stage::requested) return;
  check_kept(payload, transaction.attributes);
  transaction.stage = Stage::accepted;
  if (request_ == &payload) request_ = nullptr;
}

// Without an END_REQ, BEGIN_RESP implies it.
void ProtocolChecker::begin_response(const Payload& payload, Transaction& transaction) {
  require(transaction.stage != Stage::responding, Rule::phase_order, payload, "BEGIN_RESP twice");
  require(response_ == nullptr || response_ == &payload, Rule::response_exclusion, payload,
          "BEGIN_RESP before the END_RESP of the response before");
  check_response(payload, transaction.attributes);
  transaction.stage = Stage::responding;
  response_ = &payload;
  if (request_ == &payload) request_ = nullptr;
}

void ProtocolChecker::end_response(const Payload& payload, Transaction& transaction) {
  require(transaction.stage == Stage::responding, Rule::phase_order, payload,
          "END_RESP without a response");
  if (transaction.stage == Stage::responding) complete(payload, transaction);
}

// TLM_COMPLETED instead of the phases that are left.
void ProtocolChecker::completed_early(const Call& call, const sc_core::sc_time& delay) {
  if (call.phase == tlm::END_RESP) return;
  require(call.phase != tlm::END_REQ, Rule::return_value, call.payload,
          "TLM_COMPLETED cannot answer END_REQ");
  auto* const transaction = find_open(call.payload);
  if (transaction == nullptr) {
    violated(Rule::phase_after_completion, &call.payload, "completed twice");
    return;
  }
  check_time(call.payload, *transaction, delay);
  if (transaction->stage != Stage::responding) {
    check_response(call.payload, transaction->attributes);
  }
  complete(call.payload, *transaction);
}

void ProtocolChecker::complete(const Payload& payload, Transaction& transaction) {
  transaction.stage = Stage::completed;
  --open_;
  if (request_ == &payload) request_ = nullptr;
  if (response_ == &payload) response_ = nullptr;
}

ProtocolChecker::Transaction* ProtocolChecker::find_open(const Payload& payload) {
  const auto found = transactions_.find(&payload);
  const bool open = found != transactions_.end() && found->second.stage != Stage::completed;
  return open ? &found->second : nullptr;
}

void ProtocolChecker::violated(ProtocolRule rule, const Payload* payload, const char* detail) {
  ++counts_[static_cast<std::size_t>(rule)];
  const std::uint64_t address = payload == nullptr ? 0 : payload->get_address();
  if (reaction_ == Reaction::collect) {
    violations_.push_back({rule, sc_core::sc_time_stamp(), payload, address, detail});
    return;
  }
  const auto text = fmt::format("{}: {}: {} (transaction at address {:#x})", name(), name_of(rule),
                                detail, address);
  SC_REPORT_ERROR("/dwmtj/protocol", text.c_str());
}

}  // namespace dwmtj
