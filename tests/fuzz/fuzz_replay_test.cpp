// SPDX-License-Identifier: Apache-2.0
// The fuzz targets over the catalog, its seeded mutations, and the inputs that once broke them.
#include <algorithm>
#include <functional>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "architecture/architecture.h"
#include "architecture/chip_catalog.h"
#include "architecture/chip_parameters.h"
#include "common/build_paths.h"
#include "tests/fuzz/fuzz_targets.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

const std::filesystem::path kTree = kSourceDir;
constexpr std::size_t kRounds = 1000;  // of the slower target

std::vector<std::string> contents_of(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());  // so that a failure can be repeated
  std::vector<std::string> texts;
  for (const auto& file : files) texts.push_back(read_text(file));
  return texts;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line + "\n");
  return lines;
}

const std::vector<std::string> kPieces = {"[", "{", "- ", ": ", "\n", "&a ", "*a", "!!",  "\"",
                                          "'", "|", "? ", "\t", "#",  "---", "%",  "\xff"};
const std::vector<std::string> kNumbers = {"0",   "-1",    "1e9",  "1e308", "1e-308",
                                           "nan", "1e999", "1e19", "0.5",   "4294967296"};

// One to three small accidents.
class Mutator {
 public:
  explicit Mutator(std::uint32_t seed) : random_(seed) {}

  std::string operator()(std::string text) {
    for (std::size_t count = 1 + below(3); count > 0 && !text.empty(); --count) {
      switch (below(5)) {
        case 0:
          text[below(text.size())] ^= static_cast<char>(1U << below(8));
          break;
        case 1:
          text.erase(below(text.size()), 1 + below(20));
          break;
        case 2:
          swap_lines(text);
          break;
        case 3:
          text.insert(below(text.size()), kPieces[below(kPieces.size())]);
          break;
        default:
          replace_number(text);
      }
    }
    return text;
  }

 private:
  std::size_t below(std::size_t end) { return random_() % end; }

  void swap_lines(std::string& text) {
    auto lines = lines_of(text);
    std::swap(lines[below(lines.size())], lines[below(lines.size())]);
    text.clear();
    for (const auto& line : lines) text += line;
  }

  void replace_number(std::string& text) {
    const auto start = text.find_first_of("0123456789", below(text.size()));
    if (start == std::string::npos) return;
    const auto end = std::min(text.find_first_not_of("0123456789.", start), text.size());
    text.replace(start, end - start, kNumbers[below(kNumbers.size())]);
  }

  std::mt19937 random_;
};

// Names the input when something other than InputError escapes.
void expect_sound(const std::function<void(const std::string&)>& target, const std::string& input) {
  try {
    target(input);
  } catch (const std::exception& error) {
    FAIL() << error.what() << "\n" << input;
  }
}

TEST(DeviceFile, CatalogAndCorpus) {
  for (const char* const folder : {"devices/catalog", "tests/fuzz/corpus/device_file"}) {
    for (const auto& text : contents_of(kTree / folder)) expect_sound(fuzz_device_file, text);
  }
}

TEST(DeviceFile, MutationsOfTheCatalog) {
  Mutator mutate(1);
  const auto texts = contents_of(kTree / "devices/catalog");
  for (std::size_t round = 0; round < kRounds; ++round) {
    expect_sound(fuzz_device_file, mutate(texts[round % texts.size()]));
    if (HasFatalFailure()) return;
  }
}

TEST(TileFile, CatalogAndItsMutations) {
  Mutator mutate(3);
  const auto texts = contents_of(kTree / "tile/catalog");
  for (const auto& text : texts) expect_sound(fuzz_tile_file, text);
  for (std::size_t round = 0; round < kRounds; ++round) {
    expect_sound(fuzz_tile_file, mutate(texts[round % texts.size()]));
    if (HasFatalFailure()) return;
  }
}

// The files as they are, whole ones made of them, and the two kinds of naming in all their
// mistakes.
std::vector<std::string> architectures() {
  auto texts = contents_of(kTree / "architecture/catalog");
  for (const auto& name : chip_names(ChipKind::cores)) {
    texts.push_back(Architecture::load(find_chip(name)).effective_text);
  }
  for (auto& text : contents_of(kTree / "tests/fuzz/corpus/architecture_file")) {
    texts.push_back(std::move(text));
  }
  return texts;
}

TEST(ArchitectureFile, CatalogCorpusAndMutations) {
  Mutator mutate(4);
  const auto texts = architectures();
  for (const auto& text : texts) expect_sound(fuzz_architecture_file, text);
  for (std::size_t round = 0; round < kRounds / 3; ++round) {  // each is read four times
    expect_sound(fuzz_architecture_file, mutate(texts[round % texts.size()]));
    if (HasFatalFailure()) return;
  }
}

TEST(ChipFile, CatalogAndItsMutations) {
  Mutator mutate(5);
  auto texts = contents_of(kTree / "architecture/catalog");
  for (const auto& name : chip_names(ChipKind::tiles)) {
    texts.push_back(ChipParameters::load(find_chip(name)).effective);
  }
  texts.emplace_back(
      "name: ring\ntitle: a ring\nextends: mesh-16\ntiles: {count: 3}\ninterconnect:\n"
      "  extends: mesh\n  topology: links\n  routers: 3\n"
      "  links: [{from: 0, to: 1}, {from: 1, to: 2}, {from: 2, to: 0}]\n");
  for (const auto& text : texts) expect_sound(fuzz_chip_file, text);
  for (std::size_t round = 0; round < kRounds / 3; ++round) {  // each is read four times
    expect_sound(fuzz_chip_file, mutate(texts[round % texts.size()]));
    if (HasFatalFailure()) return;
  }
}

TEST(LayerChoices, CorpusAndMutations) {
  Mutator mutate(6);
  const auto texts = contents_of(kTree / "tests/fuzz/corpus/layer_choices");
  for (const auto& text : texts) expect_sound(fuzz_layer_choices, text);
  for (std::size_t round = 0; round < kRounds / 2; ++round) {
    expect_sound(fuzz_layer_choices, mutate(texts[round % texts.size()]));
    if (HasFatalFailure()) return;
  }
}

TEST(SweepPlan, PlansOfTheProjectCorpusAndMutations) {
  Mutator mutate(7);
  auto texts = contents_of(kTree / "plans");
  for (auto& text : contents_of(kTree / "tests/fuzz/corpus/sweep_plan")) {
    texts.push_back(std::move(text));
  }
  for (const auto& text : texts) expect_sound(fuzz_sweep_plan, text);
  for (std::size_t round = 0; round < kRounds / 2; ++round) {
    expect_sound(fuzz_sweep_plan, mutate(texts[round % texts.size()]));
    if (HasFatalFailure()) return;
  }
}

TEST(Quantity, Corpus) {
  for (const auto& text : contents_of(kTree / "tests/fuzz/corpus/quantity")) {
    expect_sound(fuzz_quantity, text);
  }
}

TEST(Quantity, MutationsOfSoundTexts) {
  Mutator mutate(2);
  const std::vector<std::string> texts = {"50 ns", "0.124 pJ", "-4 mT", "25 %", "60 ohm um^2"};
  for (std::size_t round = 0; round < 10000; ++round) {
    const std::string dimension(1, static_cast<char>(round % 19));
    expect_sound(fuzz_quantity, dimension + mutate(texts[round % texts.size()]));
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace dwmtj
