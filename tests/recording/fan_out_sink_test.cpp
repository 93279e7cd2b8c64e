// SPDX-License-Identifier: Apache-2.0
#include "recording/fan_out_sink.h"

#include <gmock/gmock.h>

#include "tests/recording/mock_sink.h"
#include "tests/recording/sample_transactions.h"

namespace dwmtj::test {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

// What a sink was told, kept when the sink is closed.
struct Told {
  std::vector<std::string> streams;
  std::vector<std::string> recorded;
  std::size_t begun = 0;
  std::optional<Picoseconds> finished;
};

struct TellingSink : MockSink {
  explicit TellingSink(Told& t, std::size_t room = 1000000) : told(t) { capacity = room; }
  TellingSink(const TellingSink&) = delete;
  TellingSink& operator=(const TellingSink&) = delete;
  ~TellingSink() override { told = {streams, recorded, begun.size(), finished}; }
  Told& told;
};

template <typename... Sinks>
FanOutSink fan_out_of(std::unique_ptr<Sinks>... some) {
  std::vector<std::unique_ptr<TransactionSink>> sinks;
  (sinks.push_back(std::move(some)), ...);
  return FanOutSink(std::move(sinks));
}

std::string failure_of(FanOutSink& sink, int reads) {
  Recording recording(sink);
  const auto stream = recording.add_stream("s");
  record_reads(recording, *stream, reads);
  try {
    recording.finish(1);
  } catch (const DiskFullError& error) {
    return error.what();
  }
  return "";
}

const std::string kFull =
    "mock: the recording stops here (no room); what is in the file can be read";

TEST(FanOutSink, TellsEachSinkTheSame) {
  Told one;
  Told two;
  {
    auto sink = fan_out_of(std::make_unique<TellingSink>(one), std::make_unique<TellingSink>(two));
    record_sample(sink);
  }
  EXPECT_THAT(one.streams, ElementsAre("bus", "tile0.socket"));
  EXPECT_THAT(one.recorded, SizeIs(4));
  EXPECT_EQ(one.begun, 4U);
  EXPECT_EQ(one.finished, 9000);
  EXPECT_EQ(two.streams, one.streams);
  EXPECT_EQ(two.recorded, one.recorded);
  EXPECT_EQ(two.begun, one.begun);
  EXPECT_EQ(two.finished, one.finished);
}

TEST(FanOutSink, GoesOnWithoutASinkWhoseDiskIsFull) {
  Told one;
  Told two;
  {
    auto sink =
        fan_out_of(std::make_unique<TellingSink>(one, 3), std::make_unique<TellingSink>(two));
    EXPECT_EQ(failure_of(sink, 10), kFull);
  }
  EXPECT_THAT(one.recorded, SizeIs(3));
  EXPECT_EQ(one.finished, std::nullopt);
  EXPECT_THAT(two.recorded, SizeIs(10));
  EXPECT_EQ(two.finished, 1);
}

TEST(FanOutSink, EndsWhenAllDisksAreFull) {
  Told one;
  Told two;
  auto sink =
      fan_out_of(std::make_unique<TellingSink>(one, 3), std::make_unique<TellingSink>(two, 5));
  EXPECT_EQ(failure_of(sink, 10), kFull + "; " + kFull);
  EXPECT_THAT(two.recorded, SizeIs(5));
}

}  // namespace
}  // namespace dwmtj::test
