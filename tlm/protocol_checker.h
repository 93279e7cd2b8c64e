// SPDX-License-Identifier: Apache-2.0
// Stands between two TLM-2.0 sockets and holds both sides to the base protocol and the rules of the
// generic payload (IEEE 1666-2011, clauses 11, 14 and 15): docs/tlm/protocol_checker.md. It passes
// every call on as it is: no time, no change of the payload.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include <systemc>
#include <tlm>

namespace dwmtj {

enum class ProtocolRule : std::uint8_t {
  // The payload as the initiator hands it over.
  legal_command,
  data_pointer,
  data_length,
  streaming_width,
  byte_enable_length,
  initial_status,
  initial_dmi_hint,
  memory_manager,
  reference_count,
  // The payload as it comes back.
  response_status,
  attributes_kept,
  extensions_kept,
  // The phases of one transaction.
  phase_direction,
  phase_order,
  phase_after_completion,
  return_value,
  accepted_unchanged,
  time_backwards,
  transport_mixed,
  // All transactions of the hop.
  request_exclusion,
  response_exclusion,
  // Direct memory and debug.
  dmi_range,
  dmi_pointer,
  dmi_access,
  invalidated_range,
  debug_count,
  count_of_rules
};
const std::string& name_of(ProtocolRule rule);

struct Violation {
  ProtocolRule rule;
  sc_core::sc_time time;
  const tlm::tlm_generic_payload* transaction;  // null: about none; not to be followed
  std::uint64_t address;
  std::string detail;
};

class ProtocolChecker : public sc_core::sc_module,
                        private tlm::tlm_fw_transport_if<>,
                        private tlm::tlm_bw_transport_if<> {
 public:
  enum class Reaction : std::uint8_t { report, collect };  // report: SC_REPORT_ERROR

  tlm::tlm_target_socket<> target;        // the initiator binds to it
  tlm::tlm_initiator_socket<> initiator;  // bound to the target

  explicit ProtocolChecker(const sc_core::sc_module_name& name,
                           Reaction reaction = Reaction::report);

  [[nodiscard]] std::uint64_t count(ProtocolRule rule) const {
    return counts_[static_cast<std::size_t>(rule)];
  }
  [[nodiscard]] std::uint64_t count() const;
  [[nodiscard]] std::uint64_t transactions() const { return seen_; }  // blocking and not
  [[nodiscard]] std::uint64_t in_progress() const { return open_; }   // not blocking, unfinished
  [[nodiscard]] const std::vector<Violation>& violations() const { return violations_; }

 private:
  using Payload = tlm::tlm_generic_payload;
  enum class Path : std::uint8_t { forward, backward };
  enum class Stage : std::uint8_t { completed, requested, accepted, responding };

  // What nobody may touch while a transaction is under way. Of the extensions, the first few kinds.
  struct Attributes {
    explicit Attributes(const Payload& payload);
    static constexpr unsigned kExtensions = 8;
    tlm::tlm_command command;
    const unsigned char* data;
    unsigned length;
    unsigned width;
    const unsigned char* enables;
    unsigned enables_length;
    std::array<const tlm::tlm_extension_base*, kExtensions> extensions{};
  };
  struct Transaction {
    Stage stage;
    sc_core::sc_time time;  // of the last phase, its annotation included
    Attributes attributes;
  };
  // A call that is passed on, as it was before.
  struct Call {
    Payload& payload;
    tlm::tlm_phase phase;
    sc_core::sc_time delay;
    Path path;
  };

  // The transport interfaces.
  void b_transport(Payload& payload, sc_core::sc_time& delay) override;
  tlm::tlm_sync_enum nb_transport_fw(Payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override;
  tlm::tlm_sync_enum nb_transport_bw(Payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override;
  bool get_direct_mem_ptr(Payload& payload, tlm::tlm_dmi& dmi) override;
  unsigned transport_dbg(Payload& payload) override;
  void invalidate_direct_mem_ptr(sc_dt::uint64 first, sc_dt::uint64 last) override;

  // The rules.
  void check_request(const Payload& payload);
  void check_reference(const Payload& payload);
  void check_mixing(const Payload& payload);
  void check_response(const Payload& payload, const Attributes& before);
  void check_kept(const Payload& payload, const Attributes& before);
  void check_time(const Payload& payload, Transaction& transaction, const sc_core::sc_time& delay);
  void check_answer(const Call& call, tlm::tlm_sync_enum answer, const tlm::tlm_phase& phase,
                    const sc_core::sc_time& delay);

  // The course of a transaction.
  void on_phase(const Call& call);
  void begin_request(const Call& call);
  void end_request(const Payload& payload, Transaction& transaction);
  void begin_response(const Payload& payload, Transaction& transaction);
  void end_response(const Payload& payload, Transaction& transaction);
  void completed_early(const Call& call, const sc_core::sc_time& delay);
  void complete(const Payload& payload, Transaction& transaction);
  Transaction* find_open(const Payload& payload);

  void violated(ProtocolRule rule, const Payload* payload, const char* detail);
  void require(bool holds, ProtocolRule rule, const Payload& payload, const char* detail) {
    if (!holds) violated(rule, &payload, detail);
  }

  Reaction reaction_;
  std::unordered_map<const Payload*, Transaction> transactions_;  // completed ones are kept
  std::vector<const Payload*> blocking_;                          // within b_transport
  const Payload* request_ = nullptr;   // whose BEGIN_REQ awaits its END_REQ
  const Payload* response_ = nullptr;  // whose BEGIN_RESP awaits its END_RESP
  std::uint64_t seen_ = 0;
  std::uint64_t open_ = 0;
  std::array<std::uint64_t, static_cast<std::size_t>(ProtocolRule::count_of_rules)> counts_{};
  std::vector<Violation> violations_;
};

}  // namespace dwmtj
