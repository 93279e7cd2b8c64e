// SPDX-License-Identifier: Apache-2.0
#include "tests/app/program.h"

#include <csignal>
#include <sstream>
#include <stdexcept>
#include <unistd.h>
#include <utility>

#include <sys/wait.h>

namespace dwmtj {
namespace {

constexpr int kCannotStart = 127;

std::FILE* scratch() {
  std::FILE* const file = std::tmpfile();
  if (file == nullptr) throw std::runtime_error("no temporary file");
  return file;
}

std::string content(std::FILE* file) {
  std::string text;
  std::rewind(file);
  char buffer[4096];
  while (const auto size = std::fread(buffer, 1, sizeof buffer, file)) text.append(buffer, size);
  return text;
}

// Lines of stderr that only warn of a tile stand apart.
void set_warnings_apart(Outcome& outcome) {
  std::istringstream lines(std::exchange(outcome.err, {}));
  for (std::string line; std::getline(lines, line);) {
    const bool ended = !lines.eof();
    auto& text = line.rfind("dwmtj: warning: tile ", 0) == 0 ? outcome.warnings : outcome.err;
    text += line + (ended ? "\n" : "");
  }
}

}  // namespace

Program::Program(const std::vector<std::string>& words, const std::filesystem::path& working_folder)
    : out_(scratch()), err_(scratch()) {
  std::vector<char*> arguments;
  for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
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

void Program::send(int signal) const { kill(child_, signal); }

Outcome Program::wait() {
  int status = 0;
  waitpid(child_, &status, 0);
  child_ = 0;
  Outcome outcome{WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
                  content(out_),
                  content(err_),
                  {}};
  set_warnings_apart(outcome);
  return outcome;
}

std::vector<std::string> dwmtj_command(std::vector<std::string> words) {
  words.insert(words.begin(), DWMTJ_PROGRAM);
  return words;
}

Outcome dwmtj_in(const std::filesystem::path& working_folder, std::vector<std::string> words) {
  return Program(dwmtj_command(std::move(words)), working_folder).wait();
}

}  // namespace dwmtj
