// SPDX-License-Identifier: Apache-2.0
#include "tests/app/program.h"

#include <chrono>
#include <csignal>
#include <fstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <unistd.h>

#include <sys/wait.h>

namespace dwmtj {
namespace {

constexpr int kCannotStart = 127;

std::FILE* scratch() {
  std::FILE* const file = std::tmpfile();
  if (file == nullptr) throw std::runtime_error("no temporary file");
  return file;
}

template <typename Condition>
bool until(const Condition& holds) {
  constexpr std::chrono::milliseconds kPause(5);
  for (int tries = 0; tries < 24000; ++tries) {
    if (holds()) return true;
    std::this_thread::sleep_for(kPause);
  }
  return false;
}

std::string content(std::FILE* file) {
  std::string text;
  std::rewind(file);
  char buffer[4096];
  while (const auto size = std::fread(buffer, 1, sizeof buffer, file)) text.append(buffer, size);
  return text;
}

}  // namespace

Program::Program(const std::vector<std::string>& words, const std::filesystem::path& working_folder)
    : out_(scratch()), err_(scratch()) {
  auto texts = words;  // which execvp() does not change, but could
  std::vector<char*> arguments;
  for (auto& text : texts) arguments.push_back(text.data());
  arguments.push_back(nullptr);
  child_ = fork();
  if (child_ < 0) throw std::runtime_error("cannot fork");
  if (child_ == 0) {
    dup2(fileno(out_), STDOUT_FILENO);
    dup2(fileno(err_), STDERR_FILENO);
    if (chdir(working_folder.c_str()) == 0) execvp(arguments.front(), arguments.data());
    _exit(kCannotStart);
  }
}

Program::~Program() {
  if (child_ > 0) {
    send(SIGKILL);
    waitpid(child_, nullptr, 0);
  }
  std::fclose(out_);
  std::fclose(err_);
}

void Program::await_catching(const std::string& name, int signal) const {
  const auto folder = "/proc/" + std::to_string(child_);
  until([&] {
    std::string comm, line;
    std::getline(std::ifstream(folder + "/comm") >> std::ws, comm);
    std::ifstream status(folder + "/status");
    while (std::getline(status, line) && line.rfind("SigCgt:", 0) != 0) {
    }
    if (comm != name || line.empty()) return false;
    return (std::stoull(line.substr(7), nullptr, 16) >> (signal - 1) & 1U) != 0;
  });
}

bool Program::await_bytes(const std::filesystem::path& file, std::uintmax_t bytes) {
  return until([&] {
    std::error_code not_yet;
    const auto size = std::filesystem::file_size(file, not_yet);
    return !not_yet && size >= bytes;
  });
}

void Program::send(int signal) const { kill(child_, signal); }

Outcome Program::wait() {
  int status = 0;
  waitpid(child_, &status, 0);
  child_ = 0;
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), content(out_),
          content(err_)};
}

std::vector<std::string> dwmtj_command(std::vector<std::string> words) {
  words.insert(words.begin(), DWMTJ_PROGRAM);
  return words;
}

Outcome dwmtj_in(const std::filesystem::path& working_folder, std::vector<std::string> words) {
  return Program(dwmtj_command(std::move(words)), working_folder).wait();
}

}  // namespace dwmtj
