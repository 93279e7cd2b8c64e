# SPDX-License-Identifier: Apache-2.0

add_library(dwmtj_systemc_test_main OBJECT EXCLUDE_FROM_ALL cmake/systemc_test_main.cpp)
target_link_libraries(dwmtj_systemc_test_main
  PUBLIC dwmtj_settings GTest::gtest SystemC::systemc)

# dwmtj_test(<name> <source>... [LIBS <library>...] [TIMEOUT <seconds>] [LABELS <label>...]
#            [SYSTEMC])
#
# One GoogleTest program, run by ctest as one test. The timeout is 60 s unless given, and four times
# as long in instrumented builds. SYSTEMC is needed where LIBS brings in SystemC: its library does
# not link without an sc_main().
function(dwmtj_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "SYSTEMC" "TIMEOUT" "LIBS;LABELS")
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 240)
  endif()
  if(DWMTJ_SANITIZE OR DWMTJ_COVERAGE)
    math(EXPR arg_TIMEOUT "4 * ${arg_TIMEOUT}")
  endif()
  if(arg_SYSTEMC)
    set(main dwmtj_systemc_test_main)
  else()
    set(main GTest::gtest_main)
  endif()

  add_executable(${name} ${arg_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PRIVATE ${main} dwmtj_settings ${arg_LIBS})
  set_target_properties(${name} PROPERTIES UNITY_BUILD OFF)  # cases may use the same names
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}")
endfunction()

# dwmtj_fuzzer(<name> <library of its target>): a libFuzzer program of <name>.cpp, with DWMTJ_FUZZ.
function(dwmtj_fuzzer name library)
  if(DWMTJ_FUZZ)
    add_executable(${name} ${name}.cpp)
    target_link_libraries(${name} PRIVATE ${library})
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  endif()
endfunction()
