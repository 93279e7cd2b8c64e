// SPDX-License-Identifier: Apache-2.0
#include "learning/learning_study.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <exception>
#include <sstream>
#include <thread>
#include <zlib.h>

#include <fmt/format.h>

#include "common/interrupt.h"

namespace dwmtj {
namespace {

std::string checksum_of(const LabelledImages& data) {
  const auto pixels = crc32_z(0, data.pixels.data(), data.pixels.size());
  return fmt::format("{:08x}", crc32_z(pixels, data.labels.data(), data.labels.size()));
}

}  // namespace

LearningStudy::LearningStudy(LearningStudyOptions options, const LabelledImages& training,
                             const LabelledImages& test, MakeSynapsesOfSeed synapses,
                             const RunFolder& folder)
    : options_(std::move(options)),
      data_checksum_(checksum_of(training) + ' ' + checksum_of(test)),
      folder_(folder) {
  for (int i = 0; i < options_.seeds; ++i) {
    const std::uint64_t seed = options_.first_seed + static_cast<std::uint64_t>(i);
    runs_.push_back(
        std::make_unique<LearningRun>(options_.rule, training, test, seed, synapses(seed)));
    restore(*runs_.back());
    shown_.push_back(runs_.back()->accuracies());
  }
}

Checkpoint LearningStudy::checkpoint(std::uint64_t seed) const {
  NamedValues asked = named_values(options_.rule);
  asked.insert(asked.end(), options_.devices.begin(), options_.devices.end());
  asked.emplace_back("seed", std::to_string(seed));
  asked.emplace_back("data", data_checksum_);
  return {folder_.path() / fmt::format("seed-{}", seed), std::move(asked)};
}

void LearningStudy::restore(LearningRun& run) {
  const auto checkpoint_of_run = checkpoint(run.seed());
  if (!options_.resume) return checkpoint_of_run.remove();
  const auto found = checkpoint_of_run.read();
  if (!found.remark.empty()) remarks_.push_back(found.remark);
  if (found.state.empty()) return;
  std::istringstream state(found.state);
  run.load(state);
}

double LearningStudy::share_done() const {
  double subsets = 0.0;
  for (const auto& rows : shown_) subsets += rows.empty() ? 0 : rows.back().subset;
  return subsets / (options_.seeds * options_.rule.subsets);
}

void LearningStudy::learn(LearningRun& run, std::vector<AccuracyRow>& shown,
                          const Progress& progress) {
  while (!run.done() && run.learn_subset()) {
    std::ostringstream state;
    run.save(state);
    const std::lock_guard<std::mutex> lock(mutex_);
    checkpoint(run.seed()).write(state.str());
    shown = run.accuracies();
    folder_.write("accuracy.csv", accuracy_csv());
    progress(run, share_done());
  }
}

bool LearningStudy::run(const Progress& progress) {
  std::atomic<std::size_t> next{0};
  std::vector<std::exception_ptr> failures(runs_.size());
  const auto work = [&] {
    for (std::size_t i = next++; i < runs_.size() && !interrupted(); i = next++) {
      try {
        learn(*runs_[i], shown_[i], progress);
      } catch (...) {
        failures[i] = std::current_exception();
      }
    }
  };
  std::vector<std::thread> threads;
  for (int i = 1; i < std::min(options_.threads, options_.seeds); ++i) threads.emplace_back(work);
  work();
  for (auto& thread : threads) thread.join();
  for (const auto& failure : failures) {
    if (failure) std::rethrow_exception(failure);
  }
  folder_.write("accuracy.csv", accuracy_csv());
  return std::all_of(runs_.begin(), runs_.end(), [](const auto& run) { return run->done(); });
}

std::string LearningStudy::accuracy_csv() const {
  std::string text =
      "seed,subset,epoch,right,images,accuracy,loss,wanted,pulses,moved,write_energy_J\n";
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    for (const auto& row : shown_[i]) {
      const auto& done = row.accounts;
      text += fmt::format("{},{},{},{},{},{:.4f},{:.6g},{},{},{},{:.9g}\n", runs_[i]->seed(),
                          row.subset, row.epoch, row.right, row.images, row.accuracy(), row.loss,
                          done.wanted, done.pulses, done.moved, done.write_energy);
    }
  }
  return text;
}

LastFive last_five(const std::vector<std::unique_ptr<LearningRun>>& runs) {
  std::vector<double> means;
  for (const auto& run : runs) {
    double sum = 0.0;
    int count = 0;
    for (const auto& row : run->accuracies()) {
      if (row.epoch != run->rule().epochs || row.subset <= run->subsets_done() - 5) continue;
      sum += row.accuracy();
      ++count;
    }
    if (count > 0) means.push_back(sum / count);
  }
  LastFive result;
  if (means.empty()) return result;
  for (const double mean : means) result.mean += mean / static_cast<double>(means.size());
  double squares = 0.0;
  for (const double mean : means) squares += (mean - result.mean) * (mean - result.mean);
  if (means.size() > 1) {
    result.deviation = std::sqrt(squares / static_cast<double>(means.size() - 1));
  }
  return result;
}

}  // namespace dwmtj
