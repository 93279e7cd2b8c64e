// SPDX-License-Identifier: Apache-2.0
// What libFuzzer and the replay test feed with bytes. Only InputError may escape the code under
// test; these return normally then, and let anything else through.
#pragma once

#include <string>

namespace dwmtj {

// The first byte chooses the dimension, the rest is the text.
void fuzz_quantity(const std::string& bytes);

// The bytes are a device file; one that is accepted must also make a model.
void fuzz_device_file(const std::string& bytes);

// The bytes are a tile file; one that is accepted has settle times and codes that can be used.
void fuzz_tile_file(const std::string& bytes);

// The bytes are an architecture file, read by itself and as the base of another; what is accepted
// has figures, and an effective text that is read as the same architecture.
void fuzz_architecture_file(const std::string& bytes);
// The same of a chip file; every router of an accepted one reaches every other.
void fuzz_chip_file(const std::string& bytes);

// The bytes are choices for single layers; those accepted can be asked of a network of two layers.
void fuzz_layer_choices(const std::string& bytes);

// The bytes are a plan of a sweep; each point of an accepted one, unless they are many, has words
// of a command.
void fuzz_sweep_plan(const std::string& bytes);

}  // namespace dwmtj
