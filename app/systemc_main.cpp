// SPDX-License-Identifier: Apache-2.0
#include "app/systemc_main.h"

#include <array>
#include <cstdlib>
#include <exception>
#include <string>

#include <systemc>

namespace {

const std::function<void()>* the_work = nullptr;
std::exception_ptr failure;

}  // namespace

// What SystemC calls back; an exception would be printed by it and forgotten.
int sc_main(int, char**) {
  try {
    (*the_work)();
  } catch (...) {
    failure = std::current_exception();
  }
  return 0;
}

namespace dwmtj {

void run_in_systemc(const std::function<void()>& work) {
  setenv("SYSTEMC_DISABLE_COPYRIGHT_MESSAGE", "1", 1);
  the_work = &work;
  std::string name = "dwmtj";
  std::array<char*, 2> words = {name.data(), nullptr};
  sc_core::sc_elab_and_sim(1, words.data());
  if (failure) std::rethrow_exception(failure);
}

}  // namespace dwmtj
