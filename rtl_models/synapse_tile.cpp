// SPDX-License-Identifier: Apache-2.0
#include "rtl_models/synapse_tile.h"

#include <algorithm>

#include "common/sim_time.h"
#include "rtl_models/wire_probes.h"

namespace dwmtj {
namespace {

InstanceNumbers numbers_of(const TileOptions& options) {
  const auto rows = static_cast<std::uint64_t>(options.shape.rows);
  const auto columns = static_cast<std::uint64_t>(options.shape.columns);
  return {options.seed, options.first_device, 2 * rows * columns, options.first_comparator,
          columns};
}

}  // namespace

SynapseTile::SynapseTile(sc_core::sc_module_name name, const TileParameters& parameters,
                         const DeviceModel& device, Ledger& ledger, const TileOptions& options)
    : sc_module(name),
      clk("clk"),
      rst_n("rst_n"),
      cmd_valid("cmd_valid"),
      cmd("cmd"),
      cmd_ready("cmd_ready"),
      rsp_valid("rsp_valid"),
      rsp("rsp"),
      rsp_ready("rsp_ready"),
      fitted_(parameters, options.shape.rows, options.shape.columns),
      accounts_(ledger, options.accounts.empty() ? this->name() : options.accounts,
                fitted_.parameters(), device, options.shape.columns),
      protocol_(options.protocol),
      context_{fitted_.parameters(), device,        accounts_,
               options.waveforms,    options.stall, protocol_},
      ladder_(fitted_.parameters().read, device.readout(), options.seed, options.first_comparator),
      readout_(fitted_.parameters(), options.shape.columns, options.seed, options.first_comparator),
      noise_(fitted_.parameters(), device, options.seed, options.first_comparator),
      energy_(options.waveforms, std::string(this->name()) + ".energy_pJ"),
      controller_("controller", context_, energy_, options.shape),
      command_monitor_("cmd_monitor", std::string(this->name()) + ".cmd", controller_.clock(),
                       rst_n, protocol_),
      result_monitor_("rsp_monitor", std::string(this->name()) + ".rsp", controller_.clock(), rst_n,
                      protocol_, options.patience),
      decoder_("decoder", context_),
      field_("field", context_),
      source_("read", context_),
      references_("sum_references", context_, options.shape.columns, readout_),
      array_("array", context_, options.shape, options.seed, options.first_device, options.initial),
      drivers_("driver"),
      comparators_("comparator"),
      code_("code", static_cast<std::size_t>(options.shape.columns)),
      enable_("enable", static_cast<std::size_t>(options.shape.columns)),
      driver_ready_("driver_ready", static_cast<std::size_t>(options.shape.columns)),
      reference_("reference", static_cast<std::size_t>(options.shape.columns)),
      sum_reference_("sum_reference", static_cast<std::size_t>(options.shape.columns)),
      strobe_("strobe", static_cast<std::size_t>(options.shape.columns)),
      decision_("decision", static_cast<std::size_t>(options.shape.columns)),
      valid_("valid", static_cast<std::size_t>(options.shape.columns)) {
  fitted_.parameters().check_device(device);
  if (!options.twin) claim_.emplace(this->name(), numbers_of(options));
  const auto columns = static_cast<std::size_t>(options.shape.columns);
  drivers_.init(columns, [&](const char* driver, std::size_t column) {
    return new CurrentSourceDriver(driver, context_, options.seed,
                                   options.first_comparator + column);
  });
  comparators_.init(columns, [&](const char* comparator, std::size_t column) {
    return new BinaryComparator(comparator, context_, options.seed,
                                options.first_comparator + column);
  });
  for (std::size_t c = 0; options.initial != nullptr && c < columns; ++c) {
    comparators_[c].restore(options.initial->decisions[c]);
  }
  array_.connect({decoder_, field_, source_, ladder_, readout_, references_, noise_});
  bind_pins();
  bind_columns(options.shape.columns);
  energy_.follow(ledger, accounts_);
}

TileState SynapseTile::state() const {
  TileState state{pairs().states(), {}};
  for (const auto& comparator : comparators_) {
    state.decisions.push_back(comparator.law().decisions());
  }
  return state;
}

void SynapseTile::bind_pins() {
  controller_.cmd_valid(cmd_valid);
  controller_.cmd(cmd);
  controller_.cmd_ready(cmd_ready);
  controller_.clk(clk);
  controller_.rst_n(rst_n);
  command_monitor_.valid(cmd_valid);
  command_monitor_.ready(cmd_ready);
  command_monitor_.payload(cmd);
  result_monitor_.valid(rsp_valid);
  result_monitor_.ready(rsp_ready);
  result_monitor_.payload(rsp);
  controller_.rsp_valid(rsp_valid);
  controller_.rsp(rsp);
  controller_.rsp_ready(rsp_ready);
  controller_.row(row_);
  decoder_.row(row_);
  controller_.minus(minus_);
  decoder_.minus(minus_);
  controller_.reverse_field(reverse_field_);
  field_.reverse(reverse_field_);
  controller_.read_on(read_on_);
  source_.on(read_on_);
  controller_.inputs(inputs_);
  array_.inputs(inputs_);
  controller_.sample(sample_);
  array_.sample(sample_);
}

void SynapseTile::bind_columns(int columns) {
  controller_.code(code_);
  controller_.boost(boost_);
  controller_.enable(enable_);
  controller_.driver_ready(driver_ready_);
  controller_.reference(reference_);
  controller_.sum_reference(sum_reference_);
  references_.code(sum_reference_);
  controller_.strobe(strobe_);
  controller_.decision(decision_);
  controller_.valid(valid_);
  array_.reference(reference_);
  for (int i = 0; i < columns; ++i) {
    const auto c = static_cast<std::size_t>(i);
    drivers_[c].code(code_[c]);
    drivers_[c].boost(boost_);
    drivers_[c].enable(enable_[c]);
    drivers_[c].ready(driver_ready_[c]);
    drivers_[c].out(array_.current_line(i));
    comparators_[c].strobe(strobe_[c]);
    comparators_[c].decision(decision_[c]);
    comparators_[c].valid(valid_[c]);
    comparators_[c].in(array_.sense_line(i));
  }
}

// What the modules do not show themselves.
void SynapseTile::end_of_elaboration() {
  if (context_.waveforms == nullptr) return;
  show_clock();
  show_pins();
  show_columns();
}

// Its own clock stands still while the tile waits for others.
void SynapseTile::show_clock() {
  auto* const waveforms = context_.waveforms;
  if (clk.size() > 0) return show_port(waveforms, clk);
  const Changes starts = {&cmd_valid.posedge_event(), &cmd_ready->posedge_event(),
                          &rsp_ready.posedge_event()};
  draw_clock(waveforms, clk.name(), context_.parameters.period(), starts, [this] {
    const bool waits = rsp_valid->read() && !rsp_ready.read();
    return controller_.idle() ? cmd_valid.read() && cmd_ready->read() : !waits;
  });
}

void SynapseTile::show_pins() {
  auto* const waveforms = context_.waveforms;
  const auto& shape = array_.pairs().shape();
  show_port(waveforms, rst_n);
  show_port(waveforms, cmd_valid);
  show_port(waveforms, cmd_ready);
  show_command(waveforms, cmd.name(), *cmd[0], std::max(shape.rows, shape.columns));
  show_port(waveforms, rsp_valid);
  show_port(waveforms, rsp_ready);
  show_result(waveforms, rsp.name(), *rsp[0], shape.columns);
}

void SynapseTile::show_columns() {
  auto* const waveforms = context_.waveforms;
  show_wire(waveforms, std::string(name()) + ".boost", boost_);
  show_inputs(waveforms, std::string(source_.name()) + ".row", inputs_,
              array_.pairs().shape().rows);
  for (std::size_t c = 0; c < drivers_.size(); ++c) {
    const std::string driver = drivers_[c].name();
    show_wire(waveforms, driver + ".enable", enable_[c]);
    show_wire(waveforms, driver + ".code", code_[c]);
    const std::string comparator = comparators_[c].name();
    show_wire(waveforms, comparator + ".reference", reference_[c]);
    show_wire(waveforms, comparator + ".strobe", strobe_[c]);
    show_wire(waveforms, comparator + ".valid", valid_[c]);
  }
}

}  // namespace dwmtj
