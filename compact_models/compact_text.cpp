// SPDX-License-Identifier: Apache-2.0
#include "compact_models/compact_text.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "common/random_stream.h"
#include "compact_models/wall_expressions.h"

namespace dwmtj {
namespace {

constexpr std::size_t kWidestLine = 96;
constexpr double kStepWidth = 1e-3;  // of a hop, in units of exposure

// Words of an expression on lines of their own, as many as fit.
std::string wrapped(const std::string& words, const char* next_line) {
  std::string text;
  std::size_t width = 0;
  for (std::size_t at = 0; at < words.size();) {
    const auto end = std::min(words.find(' ', at), words.size());
    if (width > 0 && width + end - at > kWidestLine) {
      text += next_line;
      width = 0;
    }
    text += words.substr(at, end - at) + " ";
    width += end - at + 1;
    at = end + 1;
  }
  return text + "\n";
}

// Letters, digits and _ only.
std::string identifier(const std::string& name) {
  std::string word = name;
  for (char& c : word) c = std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  return "dwmtj_" + word;
}

// Voltages, each an exponential draw above the one before: the simulator draws anew wherever a
// parameter is used, so each draw stands in one place.
std::string spice_thresholds(const char* name, int hops) {
  std::string text;
  for (int i = 1; i <= hops; ++i) {
    const auto below = i == 1 ? std::string("0") : fmt::format("{}{}", name, i - 1);
    text += fmt::format("V{0}{1} {0}{1} {2} {{ -ln(aunif(0.5,0.5)) }}\n", name, i, below);
  }
  return text;
}

// An integrator: what it takes up is in units of the attempt rate.
std::string spice_exposure(const DeviceLaw& law, Direction direction, const char* node,
                           const WallNames& names) {
  const auto rate = exposure_rate(law, direction, names);
  return wrapped(fmt::format("B{0} 0 {0} I={{ {1} }}", node, rate), "\n+ ") +
         fmt::format("C{0} {0} 0 {1:.9g} ic=0\nR{0} {0} 0 1e15\n", node, 1.0 / law.attempt_rate);
}

std::string verilog_thresholds(const char* name, int hops, std::uint64_t seed,
                               std::uint64_t instance) {
  std::string text;
  double threshold = 0.0;
  for (int i = 1; i <= hops; ++i) {
    const auto word = draw(seed, Stream::device, instance, static_cast<std::uint32_t>(i)).words[0];
    threshold -= log_uniform(word);
    text += fmt::format("  parameter real {}{} = {:.9g} from [0:inf);\n", name, i, threshold);
  }
  return text;
}

}  // namespace

std::string spice_subcircuit(const DeviceLaw& law) {
  const WallNames names{"v(site)", "i(Vtrack)", "v(f)", "v(r)", "v(tf{})", "v(tr{})"};
  const auto name = identifier(law.name);
  const int hops = hops_of_a_run(law);
  return fmt::format(
             "* {}: a DW-MTJ synapse, from its device file\n"
             "* Ports: the track from in to clk, the MTJ from out to ref, the wall's site as a "
             "voltage.\n"
             "* f and r: exposure to forward and reverse pulses; each threshold passed is a hop, "
             "up to\n"
             "* {} each way a run. Step: a tenth of the attempt time, {:.3g} s. Seed: .option "
             "seed=2\n"
             ".subckt {} in clk out ref site s0=0 width={:g}\n",
             law.name, hops, 0.1 / law.attempt_rate, name, kStepWidth) +
         spice_thresholds("tf", hops) + spice_thresholds("tr", hops) +
         fmt::format("Rtrack in track {:.9g}\nVtrack track clk 0\n", law.track_resistance) +
         spice_exposure(law, Direction::forward, "f", names) +
         spice_exposure(law, Direction::reverse, "r", names) +
         wrapped("Bsite site 0 V={ " + site_expression(law, names) + " }", "\n+ ") +
         wrapped("Bmtj out ref I={ v(out,ref)*( " + conductance_expression(law, names) + " ) }",
                 "\n+ ") +
         fmt::format(".ends {}\n", name);
}

std::string verilog_a_module(const DeviceLaw& law, std::uint64_t seed) {
  const WallNames names{"site", "current", "f", "r", "tf{}", "tr{}"};
  const int hops = hops_of_a_run(law);
  const auto integral = [&](Direction direction) {
    return fmt::format("idt({:.9g}*({}), 0.0);", law.attempt_rate,
                       exposure_rate(law, direction, names));
  };
  const char* const next = "\n      ";
  return fmt::format(
             "// {0}: a DW-MTJ synapse, from its device file. f and r: exposure to forward and\n"
             "// reverse pulses; each threshold passed is a hop. Set tf*, tr* of each instance.\n"
             "`include \"disciplines.vams\"\n"
             "module {1}(inn, clk, out, ref);\n"
             "  inout inn, clk, out, ref;\n  electrical inn, clk, out, ref;\n"
             "  parameter real s0 = 0 from [0:{2}];\n  parameter real width = {3:g} from (0:1);\n",
             law.name, identifier(law.name), law.sites.size() - 1, kStepWidth) +
         verilog_thresholds("tf", hops, seed, 0) + verilog_thresholds("tr", hops, seed, 1) +
         "  real site, current, f, r;\n  branch (inn, clk) track;\n  branch (out, ref) mtj;\n"
         "  analog begin\n    @(initial_step) begin site = s0; end\n" +
         fmt::format("    current = V(track)/{:.9g};\n", law.track_resistance) +
         "    f = " + wrapped(integral(Direction::forward), next) +
         "    r = " + wrapped(integral(Direction::reverse), next) +
         "    site = " + wrapped(site_expression(law, names) + ";", next) +
         "    I(track) <+ current;\n    I(mtj) <+ " +
         wrapped("V(mtj)*( " + conductance_expression(law, names) + " );", next) +
         "  end\nendmodule\n";
}

}  // namespace dwmtj
