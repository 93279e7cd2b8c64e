// SPDX-License-Identifier: Apache-2.0
// Limits and defaults of options, as --help prints them: none moves without being noticed here.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/program.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

using testing::HasSubstr;

struct Options {
  const char* command;
  std::vector<std::string> lines;
};

class OptionLimits : public testing::TestWithParam<Options> {};

TEST_P(OptionLimits, AreThoseOfTheHelp) {
  const TemporaryFolder folder;
  const auto outcome = dwmtj_in(folder.path(), {GetParam().command, "--help"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  for (const auto& line : GetParam().lines) EXPECT_THAT(outcome.out, HasSubstr("\n  " + line));
}

const Options kOptions[] = {
    {"characterize",
     {
         "--cycles INT:INT in [1 - 1000000]",
         "--devices INT:INT in [1 - 100000000]=20",
         "--seed UINT=1",
         "--threads INT:INT in [1 - 1024]",
         "--temperatures TEXT=300 K, 350 K, 400 K",
         "--widths TEXT=1 ns, 2 ns, 5 ns, 10 ns, 20 ns, 50 ns, 100 ns, 200 ns",
     }},
    {"run",
     {
         "--seed UINT=the scenario's",
     }},
    {"replay",
     {
         "--timing TEXT:{at,lt}=at",
         "--tile TEXT=trapezoidal-65nm Excludes: --arch",
         "--rows INT:INT in [1 - 1024]=8 Excludes: --arch",
         "--columns INT:INT in [1 - 1024]=8 Excludes: --arch",
         "--tiles INT:INT in [1 - 4096]=1 Excludes: --arch",
         "--seed UINT=1",
     }},
    {"estimate",
     {
         "--bits INT:INT in [2 - 16]",
         "--activation-bits INT:INT in [1 - 32]",
         "--batch INT:INT in [1 - 1000000]=1",
         "--seed UINT=1",
     }},
    {"map",
     {
         "--bits INT:INT in [2 - 16]",
         "--activation-bits INT:INT in [1 - 32]",
     }},
    {"simulate",
     {
         "--images INT:INT in [1 - 1000000000]=10",
         "--input-bits INT:INT in [2 - 8]=8",
         "--result-bits INT:INT in [1 - 15]",
         "--bits INT:INT in [2 - 16]",
         "--clip FLOAT:FLOAT in [50 - 100]=100",
         "--timing TEXT:{at,lt}=at",
         "--in-flight UINT:INT in [1 - 64]",
         "--seed UINT=1",
     }},
    {"infer",
     {
         "--bits INT:INT in [2 - 16]",
         "--clip FLOAT:FLOAT in [50 - 100]=100",
         "--sigma-scale FLOAT:NONNEGATIVE=1",
         "--input-bits INT:INT in [2 - 8]",
         "--converter-bits INT:INT in [1 - 16]",
         "--rows INT:INT in [1 - 1048576]=1152",
         "--columns INT:INT in [1 - 65536]=1024",
         "--stuck-level INT:INT in [0 - 1000]",
         "--programmings INT:INT in [1 - 1000000]=1",
         "--seed UINT=1",
         "--threads INT:INT in [1 - 1024]",
     }},
    {"program",
     {
         "--rows INT:INT in [1 - 65536]=64",
         "--columns INT:INT in [1 - 65536]=64",
         "--spread-scale FLOAT:FLOAT in [0 - 1e+06]=1",
         "--seed UINT=1",
     }},
    {"learn",
     {
         "--device TEXT=trapezoidal",
         "--levels INT:INT in [2 - 64]",
         "--width-ratio FLOAT:FLOAT in [0.01 - 1]",
         "--delta FLOAT:FLOAT in [0.1 - 100]",
         "--learning-rate FLOAT:FLOAT in [1e-09 - 1]=0.005",
         "--initial-width FLOAT:FLOAT in [0 - 1]=0.05",
         "--hidden INT:INT in [16 - 8192]=[512,512] ...",
         "--subsets INT:INT in [1 - 60000]=60",
         "--subset-size INT:INT in [1 - 60000]=1000",
         "--epochs INT:INT in [1 - 10000]=30",
         "--batch INT:INT in [2 - 4096]=100",
         "--least-chance FLOAT:FLOAT in [0 - 1]=1e-05",
         "--pulse-chance FLOAT:FLOAT in [0.001 - 1]=0.1",
         "--tile-size INT:INT in [1 - 4096]=64",
         "--seed UINT=0",
         "--seeds INT:INT in [1 - 1000]=1",
         "--threads INT:INT in [1 - 1024]",
         "--out TEXT=results/learn",
     }},
    {"calibrate",
     {
         "--cycles INT:INT in [2 - 100000]=10",
         "--exponent FLOAT:FLOAT in [1 - 2]=1.5",
     }},
    {"fit",
     {
         "--levels UINT:UINT in [2 - 64]",
         "--name TEXT=fitted",
     }},
    {"export",
     {
         "--seed UINT=1",
     }},
    {"wires",
     {
         "--columns INT=[16,32,64,128,256] ...",
         "--segments TEXT=0.01 ohm, 0.1 ohm, 1 ohm",
         "--vectors INT:INT in [1 - 100000]=32",
         "--threads INT:INT in [1 - 1024]",
         "--seed UINT=1",
     }},
    {"sweep",
     {
         "--engine TEXT=local",
         "--chunk UINT:INT in [1 - 1000000]",
         "--jobs INT:INT in [1 - 1024]",
     }},
};

INSTANTIATE_TEST_SUITE_P(Commands, OptionLimits, testing::ValuesIn(kOptions),
                         [](const auto& each) { return std::string(each.param.command); });

}  // namespace
}  // namespace dwmtj
