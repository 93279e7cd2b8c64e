// SPDX-License-Identifier: Apache-2.0
// Every rule catches the initiator or target that breaks it, names no other rule, and lets the
// correct twin pass.
#include "tlm/protocol_checker.h"

#include <deque>
#include <memory>
#include <set>

#include "tests/tlm/protocol_cases.h"

namespace dwmtj::test {
namespace {

using Rule = ProtocolRule;
using sc_core::sc_time;
using tlm::BEGIN_REQ;
using tlm::BEGIN_RESP;
using tlm::END_REQ;
using tlm::END_RESP;

TLM_DECLARE_EXTENDED_PHASE(other_protocol);

const sc_time kNanosecond(1, sc_core::SC_NS);

// As many hops as the tests of this program need.
struct Hops {
  std::deque<ScriptedHop> collecting{2 * protocol_cases().size() + 10};
  std::unique_ptr<ScriptedHop> reporting =
      std::make_unique<ScriptedHop>(ProtocolChecker::Reaction::report);
  std::size_t used = 0;
  Hops() { sc_core::sc_start(sc_core::SC_ZERO_TIME); }
};

Hops& hops() {
  static Hops all;
  return all;
}

ScriptedHop& fresh_hop() {
  auto& all = hops();
  return all.collecting.at(all.used++);
}

class EveryRule : public testing::TestWithParam<ProtocolCase> {};

TEST_P(EveryRule, CatchesTheFaultyOne) {
  auto& hop = fresh_hop();
  GetParam().script(hop, true);
  EXPECT_GE(hop.checker.count(GetParam().rule), 1U);
  for (const auto& violation : hop.checker.violations()) {
    EXPECT_EQ(violation.rule, GetParam().rule)
        << name_of(violation.rule) << ": " << violation.detail;
  }
}

TEST_P(EveryRule, LetsTheCorrectTwinPass) {
  auto& hop = fresh_hop();
  GetParam().script(hop, false);
  for (const auto& violation : hop.checker.violations()) {
    ADD_FAILURE() << name_of(violation.rule) << ": " << violation.detail;
  }
  EXPECT_EQ(hop.checker.count(), 0U);
}

INSTANTIATE_TEST_SUITE_P(ProtocolChecker, EveryRule, testing::ValuesIn(protocol_cases()),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(ProtocolChecker, HasACaseForEveryRule) {
  std::set<Rule> covered;
  for (const auto& each : protocol_cases()) covered.insert(each.rule);
  EXPECT_EQ(covered.size(), static_cast<std::size_t>(Rule::count_of_rules));
}

TEST(ProtocolChecker, SaysWhichWhenAndWhere) {
  auto& hop = fresh_hop();
  GoodPayload payload;
  payload.set_streaming_width(0);
  hop.blocking(payload);
  ASSERT_EQ(hop.checker.violations().size(), 1U);
  const auto& violation = hop.checker.violations().front();
  EXPECT_EQ(name_of(violation.rule), "streaming width");
  EXPECT_EQ(violation.time, sc_core::sc_time_stamp());
  EXPECT_EQ(violation.transaction, &payload);
  EXPECT_EQ(violation.address, 16U);
}

TEST(ProtocolChecker, ReportsAnErrorUnlessToldToCollect) {
  auto& hop = *hops().reporting;
  GoodPayload payload;
  payload.set_streaming_width(0);
  try {
    hop.blocking(payload);
    ADD_FAILURE() << "not reported";
  } catch (const sc_core::sc_report& report) {
    EXPECT_STREQ(report.get_msg_type(), "/dwmtj/protocol");
    EXPECT_EQ(
        std::string(report.get_msg()),
        std::string(hop.checker.name()) + ": streaming width: zero (transaction at address 0x10)");
  }
  EXPECT_EQ(hop.checker.count(Rule::streaming_width), 1U);
  EXPECT_TRUE(hop.checker.violations().empty());
}

TEST(ProtocolChecker, PassesEverythingOn) {
  auto& hop = fresh_hop();
  GoodPayload payload;
  hop.target.on_blocking = [](Payload& p, sc_time& delay) {
    delay += kNanosecond;
    p.set_dmi_allowed(true);
    p.set_response_status(tlm::TLM_OK_RESPONSE);
  };
  sc_time delay = 2 * kNanosecond;
  hop.initiator.socket->b_transport(payload, delay);
  EXPECT_EQ(delay, 3 * kNanosecond);
  EXPECT_TRUE(payload.is_dmi_allowed());
  EXPECT_EQ(hop.checker.transactions(), 1U);
}

TEST(ProtocolChecker, AllowsTheAddressToChangeAndExtensionsToBeAdded) {
  auto& hop = fresh_hop();
  Mark mark;
  GoodPayload payload;
  hop.target.on_blocking = [&](Payload& p, sc_time&) {
    p.set_address(0);
    p.set_extension(&mark);
    p.set_response_status(tlm::TLM_OK_RESPONSE);
  };
  hop.blocking(payload);
  payload.clear_extension(&mark);
  EXPECT_EQ(hop.checker.count(), 0U);
}

TEST(ProtocolChecker, LooksAtTheFirstKindsOfExtensions) {
  auto& hop = fresh_hop();
  Mark mark;
  const unsigned kinds = std::min(tlm::max_num_extensions(), 8U);
  for (unsigned kind = 0; kind < kinds; ++kind) {
    GoodPayload payload;
    payload.set_extension(kind, &mark);
    hop.target.on_blocking = [&](Payload& p, sc_time&) {
      p.set_extension(kind, nullptr);
      p.set_response_status(tlm::TLM_OK_RESPONSE);
    };
    hop.blocking(payload);
    EXPECT_EQ(hop.checker.count(Rule::extensions_kept), kind + 1U);
  }
}

TEST(ProtocolChecker, IgnoresPhasesOfOtherProtocols) {
  auto& hop = fresh_hop();
  GoodPayload payload;
  hop.forward(payload, other_protocol);
  hop.forward(payload, BEGIN_REQ);
  hop.backward(payload, other_protocol);
  hop.backward(payload, BEGIN_RESP);
  hop.forward(payload, END_RESP);
  EXPECT_EQ(hop.checker.count(), 0U);
}

TEST(ProtocolChecker, FollowsAPayloadThatIsUsedAgainAndAgain) {
  auto& hop = fresh_hop();
  GoodPayload payload;
  for (int i = 0; i < 3; ++i) {
    payload.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
    hop.handshake(payload);
    payload.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
    hop.blocking(payload);
  }
  EXPECT_EQ(hop.checker.count(), 0U);
  EXPECT_EQ(hop.checker.transactions(), 6U);
  EXPECT_EQ(hop.checker.in_progress(), 0U);
}

// All of a transaction within the first call: the answers nest.
TEST(ProtocolChecker, FollowsNestedCalls) {
  auto& hop = fresh_hop();
  GoodPayload payload;
  hop.initiator_answers(tlm::TLM_COMPLETED, BEGIN_RESP);
  hop.target.on_phase = [&](Payload& p, tlm::tlm_phase&, sc_time&) {
    hop.backward(p, BEGIN_RESP);
    return tlm::TLM_ACCEPTED;
  };
  hop.forward(payload, BEGIN_REQ);
  EXPECT_EQ(hop.checker.count(), 0U);
  EXPECT_EQ(hop.checker.in_progress(), 0U);
}

}  // namespace
}  // namespace dwmtj::test
