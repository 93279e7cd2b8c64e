// SPDX-License-Identifier: Apache-2.0
// The output folder of a run: what it found, and what is needed to run it again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace dwmtj {

// A command as a shell reads it.
std::string shell_line(const std::vector<std::string>& words);

class RunFolder {
 public:
  // Creates the folder (and parents). Throws InputError when it cannot be written to; an existing
  // folder is reused and its files are replaced one by one.
  explicit RunFolder(std::filesystem::path folder);

  [[nodiscard]] const std::filesystem::path& path() const { return folder_; }

  void write(const std::string& name, const std::string& content) const;  // see OutputFile
  void remove(const std::string& name) const;  // a result of an earlier run, if there is one
  // Copies an input (a device or scenario file) in: the effective configuration.
  void keep_copy(const std::filesystem::path& file) const;
  // `run.yaml`: command, version and seed.
  void record_run(const std::vector<std::string>& command, std::uint64_t seed) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace dwmtj
