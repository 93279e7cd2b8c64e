# SPDX-License-Identifier: Apache-2.0
#
# The registers of chips as a header for C: generated/dwmtj_registers.h, made when CMake runs and again when a
# declaration has changed.
set(declarations tlm/register_map.h chip/chip_map.h tile/tile_command.h chip/digital_unit.h)
set(make_header ${PROJECT_SOURCE_DIR}/scripts/registers/make_header)
execute_process(COMMAND ${PYTHON3} ${make_header} ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/generated/dwmtj_registers.h
                COMMAND_ERROR_IS_FATAL ANY)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${declarations} ${make_header})
