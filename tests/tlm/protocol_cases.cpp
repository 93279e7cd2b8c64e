// SPDX-License-Identifier: Apache-2.0
#include "tests/tlm/protocol_cases.h"

namespace dwmtj::test {
namespace {

using Rule = ProtocolRule;
using sc_core::sc_time;
using tlm::BEGIN_REQ;
using tlm::BEGIN_RESP;
using tlm::END_REQ;
using tlm::END_RESP;

const sc_time kNanosecond(1, sc_core::SC_NS);

TLM_DECLARE_EXTENDED_PHASE(foreign_phase);

// A payload that is wrong from the start, sent by b_transport.
template <typename Spoil>
void send_spoilt(ScriptedHop& hop, bool faulty, Spoil spoil) {
  GoodPayload payload;
  if (faulty) spoil(payload);
  hop.blocking(payload);
}

// A payload that is changed on its way.
template <typename Change>
void change_under_way(ScriptedHop& hop, bool faulty, Change change) {
  GoodPayload payload;
  hop.forward(payload, BEGIN_REQ);
  hop.backward(payload, END_REQ);
  if (faulty) change(payload);
  hop.backward(payload, BEGIN_RESP);
  hop.forward(payload, END_RESP);
}

// A target that answers a request for direct memory with `dmi`.
void ask_for_memory(ScriptedHop& hop, bool granted, const tlm::tlm_dmi& dmi) {
  hop.target.on_direct = [=](tlm::tlm_dmi& answer) {
    answer = dmi;
    return granted;
  };
  GoodPayload payload;
  tlm::tlm_dmi answer;
  hop.initiator.socket->get_direct_mem_ptr(payload, answer);
}

tlm::tlm_dmi good_memory() {
  static unsigned char memory[32];
  tlm::tlm_dmi dmi;
  dmi.set_start_address(0);
  dmi.set_end_address(31);
  dmi.set_dmi_ptr(memory);
  dmi.allow_read_write();
  return dmi;
}

const ProtocolCase kPayloadCases[] = {
    {Rule::legal_command, "command",
     [](ScriptedHop& hop, bool faulty) {
       send_spoilt(hop, faulty, [](Payload& p) { p.set_command(tlm::tlm_command(3)); });
     }},
    {Rule::data_pointer, "null_data",
     [](ScriptedHop& hop, bool faulty) {
       send_spoilt(hop, faulty, [](Payload& p) { p.set_data_ptr(nullptr); });
     }},
    {Rule::data_pointer, "null_debug_data",
     [](ScriptedHop& hop, bool faulty) {
       GoodPayload payload;
       if (faulty) payload.set_data_ptr(nullptr);
       hop.initiator.socket->transport_dbg(payload);
     }},
    {Rule::data_length, "no_data",
     [](ScriptedHop& hop, bool faulty) {
       send_spoilt(hop, faulty, [](Payload& p) { p.set_data_length(0); });
     }},
    {Rule::streaming_width, "no_width",
     [](ScriptedHop& hop, bool faulty) {
       send_spoilt(hop, faulty, [](Payload& p) { p.set_streaming_width(0); });
     }},
    {Rule::byte_enable_length, "no_enables",
     [](ScriptedHop& hop, bool faulty) {
       static unsigned char enables[] = {TLM_BYTE_ENABLED};
       GoodPayload payload;
       payload.set_byte_enable_ptr(enables);
       payload.set_byte_enable_length(faulty ? 0 : 1);
       hop.blocking(payload);
     }},
    {Rule::initial_status, "stale_status",
     [](ScriptedHop& hop, bool faulty) {
       send_spoilt(hop, faulty, [](Payload& p) { p.set_response_status(tlm::TLM_OK_RESPONSE); });
     }},
    {Rule::initial_dmi_hint, "stale_hint",
     [](ScriptedHop& hop, bool faulty) {
       send_spoilt(hop, faulty, [](Payload& p) { p.set_dmi_allowed(true); });
     }},
    {Rule::memory_manager, "no_manager",
     [](ScriptedHop& hop, bool faulty) {
       GoodPayload payload;
       Payload unmanaged;
       unmanaged.deep_copy_from(payload);
       unmanaged.set_data_ptr(payload.bytes.data());
       hop.handshake(faulty ? unmanaged : payload);
     }},
    {Rule::reference_count, "not_acquired",
     [](ScriptedHop& hop, bool faulty) {
       NoRecycling manager;
       GoodPayload good;
       Payload payload(&manager);
       payload.deep_copy_from(good);
       payload.set_data_ptr(good.bytes.data());
       if (!faulty) payload.acquire();
       hop.handshake(payload);
       if (!faulty) payload.release();
     }},
};

const ProtocolCase kResponseCases[] = {
    {Rule::response_status, "blocking_without_status",
     [](ScriptedHop& hop, bool faulty) {
       if (faulty) hop.target.on_blocking = [](Payload&, sc_time&) {};
       GoodPayload payload;
       hop.blocking(payload);
     }},
    {Rule::response_status, "response_without_status",
     [](ScriptedHop& hop, bool faulty) {
       GoodPayload payload;
       hop.forward(payload, BEGIN_REQ);
       if (!faulty) payload.set_response_status(tlm::TLM_ADDRESS_ERROR_RESPONSE);
       tlm::tlm_phase phase = BEGIN_RESP;
       sc_time delay;
       hop.target.socket->nb_transport_bw(payload, phase, delay);
     }},
    {Rule::response_status, "status_unheard_of",
     [](ScriptedHop& hop, bool faulty) {
       hop.target.on_blocking = [faulty](Payload& p, sc_time&) {
         p.set_response_status(faulty ? tlm::tlm_response_status(-6) : tlm::TLM_OK_RESPONSE);
       };
       GoodPayload payload;
       hop.blocking(payload);
     }},
    {Rule::attributes_kept, "command_changed",
     [](ScriptedHop& hop, bool faulty) {
       change_under_way(hop, faulty, [](Payload& p) { p.set_read(); });
     }},
    {Rule::attributes_kept, "data_pointer_changed",
     [](ScriptedHop& hop, bool faulty) {
       static unsigned char other[4];
       change_under_way(hop, faulty, [](Payload& p) { p.set_data_ptr(other); });
     }},
    {Rule::attributes_kept, "data_length_changed",
     [](ScriptedHop& hop, bool faulty) {
       change_under_way(hop, faulty, [](Payload& p) { p.set_data_length(2); });
     }},
    {Rule::attributes_kept, "streaming_width_changed",
     [](ScriptedHop& hop, bool faulty) {
       change_under_way(hop, faulty, [](Payload& p) { p.set_streaming_width(2); });
     }},
    {Rule::attributes_kept, "byte_enables_changed",
     [](ScriptedHop& hop, bool faulty) {
       static unsigned char enables[] = {TLM_BYTE_ENABLED};
       change_under_way(hop, faulty, [](Payload& p) { p.set_byte_enable_ptr(enables); });
     }},
    {Rule::attributes_kept, "byte_enable_length_changed",
     [](ScriptedHop& hop, bool faulty) {
       change_under_way(hop, faulty, [](Payload& p) { p.set_byte_enable_length(1); });
     }},
    {Rule::attributes_kept, "changed_by_blocking_target",
     [](ScriptedHop& hop, bool faulty) {
       hop.target.on_blocking = [faulty](Payload& p, sc_time&) {
         if (faulty) p.set_streaming_width(1);
         p.set_response_status(tlm::TLM_OK_RESPONSE);
       };
       GoodPayload payload;
       hop.blocking(payload);
     }},
    {Rule::extensions_kept, "extension_removed",
     [](ScriptedHop& hop, bool faulty) {
       Mark mark;
       hop.target.on_blocking = [&](Payload& p, sc_time&) {
         if (faulty) p.clear_extension(&mark);
         p.set_response_status(tlm::TLM_OK_RESPONSE);
       };
       GoodPayload payload;
       payload.set_extension(&mark);
       hop.blocking(payload);
       payload.clear_extension(&mark);
     }},
};

const ProtocolCase kPhaseCases[] = {
    {Rule::phase_direction, "begin_request_from_target",
     [](ScriptedHop& hop, bool faulty) {
       GoodPayload payload;
       faulty ? hop.backward(payload, BEGIN_REQ) : hop.forward(payload, BEGIN_REQ);
     }},
    {Rule::phase_direction, "end_request_from_initiator",
     [](ScriptedHop& hop, bool faulty) {
       GoodPayload payload;
       hop.forward(payload, BEGIN_REQ);
       faulty ? hop.forward(payload, END_REQ) : hop.backward(payload, END_REQ);
     }},
    {Rule::phase_order, "request_twice",
     [](ScriptedHop& hop, bool faulty) {
       GoodPayload payload;
       hop.forward(payload, BEGIN_REQ);
       hop.backward(payload, END_REQ);
       if (faulty) hop.forward(payload, BEGIN_REQ);
     }},
    {Rule::phase_order, "end_request_twice",
     [](ScriptedHop& hop, bool faulty) {
       GoodPayload payload;
       hop.forward(payload, BEGIN_REQ);
       hop.backward(payload, END_REQ);
       if (faulty) hop.backward(payload, END_REQ);
     }},
    {Rule::phase_order, "end_request_after_response",
     [](ScriptedHop& hop, bool faulty) {
       GoodPayload payload;
       hop.forward(payload, BEGIN_REQ);
       if (!faulty) hop.backward(payload, END_REQ);
       hop.backward(payload, BEGIN_RESP);
       if (faulty) hop.backward(payload, END_REQ);
     }},
    {Rule::phase_order, "response_without_request",
     [](ScriptedHop& hop, bool faulty) {
       GoodPayload payload;
       if (!faulty) hop.forward(payload, BEGIN_REQ);
       hop.backward(payload, BEGIN_RESP);
     }},
    {Rule::phase_order, "response_twice",
     [](ScriptedHop& hop, bool faulty) {
       GoodPayload payload;
       hop.forward(payload, BEGIN_REQ);
       hop.backward(payload, BEGIN_RESP);
       if (faulty) hop.backward(payload, BEGIN_RESP);
     }},
    {Rule::phase_order, "end_response_too_early",
     [](ScriptedHop& hop, bool faulty) {
       GoodPayload payload;
       hop.forward(payload, BEGIN_REQ);
       hop.backward(payload, END_REQ);
       if (!faulty) hop.backward(payload, BEGIN_RESP);
       hop.forward(payload, END_RESP);
     }},
    {Rule::phase_after_completion, "response_after_end",
     [](ScriptedHop& hop, bool faulty) {
       GoodPayload payload;
       hop.handshake(payload);
       if (faulty) hop.backward(payload, BEGIN_RESP);
     }},
    {Rule::phase_after_completion, "response_after_early_completion",
     [](ScriptedHop& hop, bool faulty) {
       GoodPayload payload;
       if (faulty) hop.target_answers(tlm::TLM_COMPLETED, BEGIN_REQ);
       hop.forward(payload, BEGIN_REQ);
       hop.backward(payload, BEGIN_RESP);
     }},
    {Rule::phase_after_completion, "completed_twice",
     [](ScriptedHop& hop, bool faulty) {
       GoodPayload payload;
       hop.initiator_answers(tlm::TLM_COMPLETED, BEGIN_RESP);
       hop.target.on_phase = [&](Payload& p, tlm::tlm_phase&, sc_time&) {
         hop.backward(p, BEGIN_RESP);
         return faulty ? tlm::TLM_COMPLETED : tlm::TLM_ACCEPTED;
       };
       hop.forward(payload, BEGIN_REQ);
     }},
    {Rule::phase_after_completion, "ignorable_after_the_end",
     [](ScriptedHop& hop, bool faulty) {
       GoodPayload payload;
       hop.handshake(payload);
       if (faulty) hop.backward(payload, foreign_phase);
     }},
    {Rule::return_value, "end_response_for_a_request",
     [](ScriptedHop& hop, bool faulty) {
       GoodPayload payload;
       hop.target_answers(tlm::TLM_UPDATED, faulty ? END_RESP : END_REQ);
       hop.forward(payload, BEGIN_REQ);
     }},
    {Rule::return_value, "updated_without_a_new_phase",
     [](ScriptedHop& hop, bool faulty) {
       GoodPayload payload;
       hop.target_answers(tlm::TLM_UPDATED, faulty ? BEGIN_REQ : BEGIN_RESP);
       hop.forward(payload, BEGIN_REQ);
     }},
    {Rule::return_value, "request_end_updated",
     [](ScriptedHop& hop, bool faulty) {
       GoodPayload payload;
       hop.forward(payload, BEGIN_REQ);
       if (faulty) hop.initiator_answers(tlm::TLM_UPDATED, END_RESP);
       hop.backward(payload, END_REQ);
     }},
    {Rule::return_value, "request_end_completed",
     [](ScriptedHop& hop, bool faulty) {
       GoodPayload payload;
       hop.forward(payload, BEGIN_REQ);
       if (faulty) hop.initiator_answers(tlm::TLM_COMPLETED, END_REQ);
       hop.backward(payload, END_REQ);
     }},
    {Rule::accepted_unchanged, "accepted_with_a_new_phase",
     [](ScriptedHop& hop, bool faulty) {
       GoodPayload payload;
       hop.target_answers(tlm::TLM_ACCEPTED, faulty ? END_REQ : BEGIN_REQ);
       hop.forward(payload, BEGIN_REQ);
     }},
    {Rule::accepted_unchanged, "ignorable_accepted_with_a_new_phase",
     [](ScriptedHop& hop, bool faulty) {
       GoodPayload payload;
       hop.forward(payload, BEGIN_REQ);
       hop.target_answers(tlm::TLM_ACCEPTED, faulty ? tlm::tlm_phase(END_REQ) : foreign_phase);
       hop.forward(payload, foreign_phase);
     }},
    {Rule::accepted_unchanged, "accepted_with_a_new_delay",
     [](ScriptedHop& hop, bool faulty) {
       GoodPayload payload;
       hop.target_answers(tlm::TLM_ACCEPTED, BEGIN_REQ,
                          faulty ? kNanosecond : sc_core::SC_ZERO_TIME);
       hop.forward(payload, BEGIN_REQ);
     }},
    {Rule::time_backwards, "answered_before_the_request",
     [](ScriptedHop& hop, bool faulty) {
       GoodPayload payload;
       hop.target_answers(tlm::TLM_UPDATED, END_REQ, faulty ? sc_core::SC_ZERO_TIME : kNanosecond);
       hop.forward(payload, BEGIN_REQ, kNanosecond);
     }},
    {Rule::time_backwards, "response_before_the_request",
     [](ScriptedHop& hop, bool faulty) {
       GoodPayload payload;
       hop.forward(payload, BEGIN_REQ, kNanosecond);
       hop.backward(payload, BEGIN_RESP, faulty ? sc_core::SC_ZERO_TIME : kNanosecond);
     }},
    {Rule::time_backwards, "completed_before_the_request",
     [](ScriptedHop& hop, bool faulty) {
       GoodPayload payload;
       hop.target_answers(tlm::TLM_COMPLETED, BEGIN_REQ,
                          faulty ? sc_core::SC_ZERO_TIME : kNanosecond);
       hop.forward(payload, BEGIN_REQ, kNanosecond);
     }},
    {Rule::time_backwards, "blocking_gives_time_back",
     [](ScriptedHop& hop, bool faulty) {
       hop.target.on_blocking = [faulty](Payload& p, sc_time& delay) {
         if (faulty) delay = sc_core::SC_ZERO_TIME;
         p.set_response_status(tlm::TLM_OK_RESPONSE);
       };
       GoodPayload payload;
       sc_time delay = kNanosecond;
       hop.initiator.socket->b_transport(payload, delay);
     }},
    {Rule::transport_mixed, "blocking_while_under_way",
     [](ScriptedHop& hop, bool faulty) {
       GoodPayload payload;
       GoodPayload other;
       hop.forward(payload, BEGIN_REQ);
       hop.blocking(faulty ? payload : other);
     }},
    {Rule::transport_mixed, "request_while_blocking",
     [](ScriptedHop& hop, bool faulty) {
       GoodPayload payload;
       GoodPayload other;
       hop.target.on_blocking = [&](Payload& p, sc_time&) {
         hop.forward(faulty ? payload : other, BEGIN_REQ);
         p.set_response_status(tlm::TLM_OK_RESPONSE);
       };
       hop.blocking(payload);
     }},
    {Rule::transport_mixed, "blocking_while_blocking",
     [](ScriptedHop& hop, bool faulty) {
       GoodPayload payload;
       GoodPayload other;
       bool nested = false;
       hop.target.on_blocking = [&](Payload& p, sc_time&) {
         if (!nested) {
           nested = true;
           hop.blocking(faulty ? payload : other);
           payload.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
         }
         p.set_response_status(tlm::TLM_OK_RESPONSE);
       };
       hop.blocking(payload);
     }},
};

const ProtocolCase kHopCases[] = {
    {Rule::request_exclusion, "second_request",
     [](ScriptedHop& hop, bool faulty) {
       GoodPayload first;
       GoodPayload second;
       hop.forward(first, BEGIN_REQ);
       if (!faulty) hop.backward(first, END_REQ);
       hop.forward(second, BEGIN_REQ);
     }},
    {Rule::request_exclusion, "second_request_after_an_ignorable_phase",
     [](ScriptedHop& hop, bool faulty) {
       GoodPayload first;
       GoodPayload second;
       hop.forward(first, BEGIN_REQ);
       hop.backward(first, faulty ? foreign_phase : tlm::tlm_phase(END_REQ));
       hop.forward(second, BEGIN_REQ);
     }},
    {Rule::request_exclusion, "second_request_after_implied_end",
     [](ScriptedHop& hop, bool faulty) {
       GoodPayload first;
       GoodPayload second;
       hop.forward(first, BEGIN_REQ);
       if (!faulty) hop.backward(first, BEGIN_RESP);
       hop.forward(second, BEGIN_REQ);
     }},
    {Rule::request_exclusion, "second_request_after_completion",
     [](ScriptedHop& hop, bool faulty) {
       GoodPayload first;
       GoodPayload second;
       if (!faulty) hop.target_answers(tlm::TLM_COMPLETED, BEGIN_REQ);
       hop.forward(first, BEGIN_REQ);
       hop.forward(second, BEGIN_REQ);
     }},
    {Rule::response_exclusion, "second_response",
     [](ScriptedHop& hop, bool faulty) {
       GoodPayload first;
       GoodPayload second;
       hop.forward(first, BEGIN_REQ);
       hop.backward(first, END_REQ);
       hop.forward(second, BEGIN_REQ);
       hop.backward(second, END_REQ);
       hop.backward(second, BEGIN_RESP);
       if (!faulty) hop.forward(second, END_RESP);
       hop.backward(first, BEGIN_RESP);
     }},
    {Rule::response_exclusion, "second_response_after_an_ignorable_phase",
     [](ScriptedHop& hop, bool faulty) {
       GoodPayload first;
       GoodPayload second;
       hop.forward(first, BEGIN_REQ);
       hop.backward(first, END_REQ);
       hop.forward(second, BEGIN_REQ);
       hop.backward(first, BEGIN_RESP);
       hop.forward(first, faulty ? foreign_phase : tlm::tlm_phase(END_RESP));
       hop.backward(second, BEGIN_RESP);
     }},
    {Rule::response_exclusion, "second_response_after_update",
     [](ScriptedHop& hop, bool faulty) {
       GoodPayload first;
       GoodPayload second;
       hop.forward(first, BEGIN_REQ);
       hop.backward(first, END_REQ);
       hop.forward(second, BEGIN_REQ);
       if (!faulty) hop.initiator_answers(tlm::TLM_UPDATED, END_RESP);
       hop.backward(first, BEGIN_RESP);
       hop.backward(second, BEGIN_RESP);
     }},
};

const ProtocolCase kMemoryCases[] = {
    {Rule::dmi_range, "granted_elsewhere",
     [](ScriptedHop& hop, bool faulty) {
       auto dmi = good_memory();
       if (faulty) dmi.set_end_address(15);
       ask_for_memory(hop, true, dmi);
     }},
    {Rule::dmi_range, "denied_elsewhere",
     [](ScriptedHop& hop, bool faulty) {
       auto dmi = good_memory();
       if (faulty) dmi.set_start_address(17);
       ask_for_memory(hop, false, dmi);
     }},
    {Rule::dmi_pointer, "granted_null",
     [](ScriptedHop& hop, bool faulty) {
       auto dmi = good_memory();
       if (faulty) dmi.set_dmi_ptr(nullptr);
       ask_for_memory(hop, true, dmi);
     }},
    {Rule::dmi_access, "granted_read_for_write",
     [](ScriptedHop& hop, bool faulty) {
       auto dmi = good_memory();
       if (faulty) dmi.allow_read();
       ask_for_memory(hop, true, dmi);
     }},
    {Rule::invalidated_range, "ends_before_it_starts",
     [](ScriptedHop& hop, bool faulty) {
       hop.target.socket->invalidate_direct_mem_ptr(faulty ? 9 : 8, 8);
     }},
    {Rule::debug_count, "more_than_asked_for",
     [](ScriptedHop& hop, bool faulty) {
       hop.target.on_debug = [faulty](Payload& p) {
         return p.get_data_length() + (faulty ? 1U : 0U);
       };
       GoodPayload payload;
       hop.initiator.socket->transport_dbg(payload);
     }},
};

}  // namespace

std::vector<ProtocolCase> protocol_cases() {
  std::vector<ProtocolCase> all;
  const auto add = [&all](const auto& cases) {
    for (const auto& each : cases) all.push_back(each);
  };
  add(kPayloadCases);
  add(kResponseCases);
  add(kPhaseCases);
  add(kHopCases);
  add(kMemoryCases);
  return all;
}

}  // namespace dwmtj::test
