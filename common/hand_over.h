// SPDX-License-Identifier: Apache-2.0
// Tells the thread sanitizer what it cannot see in TBB, which is not compiled with it: what a
// thread wrote before a loop is there for its turns, and what they wrote is there for who waits for
// them. Turns are told nothing of each other: a race between them is found. Nothing in all other
// builds.
#pragma once

#if defined(__SANITIZE_THREAD__)
#include <sanitizer/tsan_interface.h>
#endif

namespace dwmtj {

class HandOver {
 public:
  HandOver() { give(begun_); }
  ~HandOver() { take(ended_); }
  HandOver(const HandOver&) = delete;
  HandOver& operator=(const HandOver&) = delete;

  class Turn {
   public:
    explicit Turn(const HandOver& all) : all_(all) { take(all_.begun_); }
    ~Turn() { give(all_.ended_); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

   private:
    const HandOver& all_;
  };

 private:
#if defined(__SANITIZE_THREAD__)
  static void give(const char& place) { __tsan_release(const_cast<char*>(&place)); }  // NOLINT
  static void take(const char& place) { __tsan_acquire(const_cast<char*>(&place)); }  // NOLINT
#else
  static void give(const char& /*place*/) {}
  static void take(const char& /*place*/) {}
#endif

  char begun_ = 0;  // places: what they hold does not matter
  char ended_ = 0;
};

}  // namespace dwmtj
