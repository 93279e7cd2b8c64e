// SPDX-License-Identifier: Apache-2.0
#include "sweep/process_pool.h"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <map>
#include <stdexcept>
#include <unistd.h>

#include <sys/prctl.h>
#include <sys/wait.h>

#include "common/interrupt.h"
#include "common/write_lock.h"

namespace dwmtj {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kPatience{1500};  // from asking a process to end to ending it
constexpr timespec kLook{0, 50'000'000};              // how often to see if we were interrupted

// Holds SIGCHLD back while it lives, so that it can be waited for.
class ChildSignal {
 public:
  ChildSignal() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGCHLD);
    sigprocmask(SIG_BLOCK, &set_, &before_);
  }
  ~ChildSignal() { release(); }
  ChildSignal(const ChildSignal&) = delete;
  ChildSignal& operator=(const ChildSignal&) = delete;

  void wait() const { sigtimedwait(&set_, nullptr, &kLook); }
  void release() const { sigprocmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t set_{};
  sigset_t before_{};
};

class Pool {
 public:
  Pool(const std::function<int(std::size_t)>& work,
       const std::function<bool(const ProcessEnd&)>& ended)
      : work_(work), ended_(ended) {}

  [[nodiscard]] std::size_t running() const { return items_.size(); }
  [[nodiscard]] bool stopped() const { return stopped_; }
  void start(std::size_t item);
  void reap();
  void stop_if_asked();
  void wait() const { signal_.wait(); }

 private:
  void tell_all(int signal) const {
    for (const auto& [process, item] : items_) kill(process, signal);
  }

  const std::function<int(std::size_t)>& work_;
  const std::function<bool(const ProcessEnd&)>& ended_;
  ChildSignal signal_;
  std::map<pid_t, std::size_t> items_;
  bool stopped_ = false;
  bool wanted_ = true;  // by ended()
  Clock::time_point stopped_at_;
};

void Pool::start(std::size_t item) {
  std::fflush(nullptr);  // what is still to be written is written once
  const pid_t parent = getpid();
  const pid_t process = fork();
  if (process < 0) {
    tell_all(SIGKILL);
    throw std::runtime_error(std::string("no process can be made: ") + std::strerror(errno));
  }
  if (process == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    setpgid(0, 0);                      // Ctrl-C is for the parent, which then tells us once
    if (getppid() != parent) _exit(1);  // it has gone already
    signal_.release();
    WriteLock::leave_to_parent();
    const int status = work_(item);
    std::fflush(nullptr);
    _exit(status);  // nothing of the parent's is to be undone here
  }
  items_[process] = item;
}

void Pool::reap() {
  int state = 0;
  for (pid_t process = 0; (process = waitpid(-1, &state, WNOHANG)) > 0;) {
    const auto found = items_.find(process);
    if (found == items_.end()) continue;
    const ProcessEnd end{found->second, WIFEXITED(state) ? WEXITSTATUS(state) : -1,
                         WIFSIGNALED(state) ? WTERMSIG(state) : 0};
    items_.erase(found);
    wanted_ = ended_(end) && wanted_;
  }
}

void Pool::stop_if_asked() {
  if (!stopped_ && (interrupted() || !wanted_)) {
    stopped_ = true;
    stopped_at_ = Clock::now();
    tell_all(SIGTERM);
  }
  if (stopped_ && Clock::now() - stopped_at_ > kPatience) tell_all(SIGKILL);
}

}  // namespace

bool for_each_in_processes(const std::vector<std::size_t>& items, int jobs,
                           const std::function<int(std::size_t)>& work,
                           const std::function<bool(const ProcessEnd&)>& ended) {
  Pool pool(work, ended);
  std::size_t next = 0;
  for (;;) {
    pool.reap();
    pool.stop_if_asked();
    const bool more = next < items.size() && !pool.stopped();
    if (!more && pool.running() == 0) return next == items.size() && !pool.stopped();
    if (more && pool.running() < static_cast<std::size_t>(jobs)) {
      pool.start(items[next++]);
    } else {
      pool.wait();
    }
  }
}

}  // namespace dwmtj
