// SPDX-License-Identifier: Apache-2.0
// The output folder of a run: what it found, and what is needed to run it again. Results are
// written aside and put in place together, so a run that fails leaves nothing and destroys nothing.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace dwmtj {

// A command as a shell reads it.
std::string shell_line(const std::vector<std::string>& words);

class RunFolder {
 public:
  // Creates the folder (and parents). Throws InputError when it cannot be written to, or when
  // another run is writing into it. Files in it that are no results are kept.
  explicit RunFolder(std::filesystem::path folder);
  // One whose files are in their place at once, for a long run that goes on from what it has left.
  static RunFolder in_place(std::filesystem::path folder);
  // Commits, unless an exception is passing: then nothing of this run stays.
  ~RunFolder();
  RunFolder(RunFolder&&) noexcept;
  RunFolder(const RunFolder&) = delete;
  RunFolder& operator=(RunFolder&&) = delete;
  RunFolder& operator=(const RunFolder&) = delete;

  // Where the files are: aside until they are committed, then in their place.
  [[nodiscard]] const std::filesystem::path& path() const;

  // These throw InputError when a result would take the place of an input, or two files of the run
  // have one name; and DiskFullError.
  void write(const std::string& name, const std::string& content) const;
  // Copies an input (a device or scenario file) in: the effective configuration.
  void keep_copy(const std::filesystem::path& file) const;
  // An input that results must not overwrite.
  void protect(const std::filesystem::path& file) const;
  // `run.yaml`: command, version and seed; and, when committed, the names of the results.
  void record_run(const std::vector<std::string>& command, std::uint64_t seed) const;

  // Puts all results in place, and removes those of an earlier run. Throws InputError where an
  // input or a folder is in the way, before anything is moved; and DiskFullError.
  void commit();

 private:
  struct State;
  RunFolder(std::filesystem::path folder, bool aside);

  std::unique_ptr<State> state_;
};

}  // namespace dwmtj
