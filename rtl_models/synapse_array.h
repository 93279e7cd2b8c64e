// SPDX-License-Identifier: Apache-2.0
// Rows x columns of differential DW-MTJ pairs with their column lines: passive, moved by what is
// put on its lines. Devices lie in memory as [row][side][column].
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <vector>

#include <systemc>

#include "arrays/pair_array.h"
#include "arrays/tile_state.h"
#include "common/signed_table.h"
#include "rtl_models/bias_field.h"
#include "rtl_models/current_line.h"
#include "rtl_models/read_source.h"
#include "rtl_models/row_decoder.h"
#include "rtl_models/row_inputs.h"
#include "rtl_models/sense_line.h"
#include "rtl_models/sum_references.h"
#include "tile/read_noise.h"
#include "tile/reference_ladder.h"

namespace dwmtj {

class SynapseArray : public sc_core::sc_module {
 public:
  sc_core::sc_in<RowInputs> inputs;
  sc_core::sc_in<std::uint32_t> sample;                        // another number: another reading
  sc_core::sc_vector<sc_core::sc_in<std::int16_t>> reference;  // a column: which of the ladder

  SynapseArray(sc_core::sc_module_name name, TileContext& tile, ArrayShape shape,
               std::uint64_t seed, std::uint64_t first_device, const TileState* initial = nullptr);
  ~SynapseArray() override;
  SynapseArray(const SynapseArray&) = delete;
  SynapseArray& operator=(const SynapseArray&) = delete;

  // What its lines run through.
  struct Surroundings {
    const RowDecoder& decoder;
    const BiasField& field;
    ReadSource& source;
    const ReferenceLadder& ladder;
    const SumReadout& readout;
    SumReferences& references;
    const ReadNoise& noise;
  };
  // To be called before the simulation starts.
  void connect(const Surroundings& around) { around_.emplace(around); }

  [[nodiscard]] CurrentLineIf& current_line(int column);
  [[nodiscard]] SenseLineIf& sense_line(int column);

  std::size_t hold(const Holding& holding);
  [[nodiscard]] const PairArray& pairs() const { return pairs_; }

 private:
  class ColumnLine;
  struct DeviceProbes {
    Probe site;
    Probe resistance;
  };

  // Of a column, since its first comparison of a reading.
  struct HeldNoise {
    std::uint32_t sample = 0;
    Conductance noise;
  };

  static std::size_t index(int i) { return static_cast<std::size_t>(i); }
  void drive(int column, const CurrentPulse& pulse);
  Voltage sense(int column, std::uint32_t decision);
  Voltage sense_sum(int column, std::uint32_t decision);
  Conductance sense_device(int column);
  Conductance held_noise(int column, std::uint32_t decision, const ReadNoise::Cells& cells);
  const PulseTables& tables(const CurrentPulse& pulse);
  void declare_probes();
  void show(std::size_t device, const TransitionTable& law, const PulseResult& result);

  TileContext& tile_;
  PairArray pairs_;
  std::vector<std::unique_ptr<ColumnLine>> lines_;
  // By gain and step: spares the model's map.
  std::array<SignedTable<const PulseTables*>, 2> tables_;
  std::vector<DeviceProbes> probes_;  // empty without waveforms
  std::optional<Surroundings> around_;
  std::vector<HeldNoise> held_noise_;  // a column
  std::uint32_t summed_ = 0;           // the sample of sums_
  PairArray::ColumnSums sums_;
  std::uint64_t row_read_ = 0;  // by the source's count: when in_row_ was found
  std::vector<double> in_row_;  // S, of the devices of a row
};

}  // namespace dwmtj
