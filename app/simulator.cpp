// SPDX-License-Identifier: Apache-2.0
#include "app/simulator.h"

#include <cstring>
#include <filesystem>
#include <unistd.h>

#include <fmt/format.h>

#include "app/standard_output.h"
#include "common/input_error.h"

namespace dwmtj {

std::filesystem::path beside_this(const std::string& program) {
  std::error_code error;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  return self.parent_path() / program;
}

void become(const std::string& name, std::vector<std::string> words) {
  const auto program = beside_this(name);
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  reopen_standard_output();  // the other program shuts it by itself
  execv(program.c_str(), arguments.data());
  throw InputError(fmt::format("{}: cannot be run: {}", program.string(), std::strerror(errno)));
}

void add_command_of(const std::string& program, CLI::App& app, const CommandLine& line,
                    const std::string& name, const std::string& description) {
  auto* const command = app.add_subcommand(name, description);
  command->prefix_command();
  command->set_help_flag();  // its help is the other program's
  command->callback([line, program] { become(program, line.words); });
  (*line.elsewhere)[name] = program;
}

}  // namespace dwmtj
