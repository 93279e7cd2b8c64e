// SPDX-License-Identifier: Apache-2.0
// Puts the synthesised controller through its work, for scripts/controller_price to count what
// switches: a tile that answers after fixed waits, whose cells come to their level with 7 of 8
// pulses. Inputs change at the falling edge, so no path races with the clock.
`timescale 1ns / 1ps
module price_testbench;
  parameter COLUMNS = 16;
  localparam READ_WAIT = 20;   // cycles, about those of the tile's own read
  localparam PULSE_WAIT = 70;  // and pulse

  reg clk = 0, rst_n = 0;
  wire cmd_valid, cmd_side, cmd_keep, cmd_last, rsp_ready, done;
  wire [2:0] cmd_op;
  wire [3:0] cmd_bits;
  wire [15:0] cmd_row, cmd_data;
  wire [31:0] pulses, flagged, wrong, refused;
  reg cmd_ready = 1, rsp_valid = 0, rsp_last = 0;
  reg [15:0] rsp_data = 0;

  write_verify controller (
      .clk(clk), .rst_n(rst_n), .cmd_valid(cmd_valid), .cmd_ready(cmd_ready), .cmd_op(cmd_op),
      .cmd_row(cmd_row), .cmd_side(cmd_side), .cmd_bits(cmd_bits), .cmd_data(cmd_data),
      .cmd_keep(cmd_keep), .cmd_last(cmd_last), .rsp_valid(rsp_valid), .rsp_ready(rsp_ready),
      .rsp_status(3'd0), .rsp_data(rsp_data), .rsp_last(rsp_last), .first_code_0(16'd60),
      .first_code_1(16'd96), .first_code_2(16'd110), .first_code_3(16'd140), .last_code(16'd159),
      .code_step(16'd2), .reset_code(16'd159), .most_pulses(16'd2000), .most_attempts(16'd20),
      .done(done), .pulses(pulses), .flagged(flagged), .wrong(wrong), .refused(refused));

  integer level[0:4*COLUMNS-1];  // of two rows
  integer beat = 0, waits = 0, column, seed = 1;
  reg reading = 0, answering = 0;

  // The pattern of the controller.
  function integer target(input integer row, input integer side, input integer column);
    target = (row + 3 * column + 2 * side + (column >> 2)) % 4;
  endfunction

  initial for (column = 0; column < 4 * COLUMNS; column = column + 1) level[column] = 0;

  always #0.5 clk = !clk;
  initial begin
    $dumpfile("price.vcd");
    #6 rst_n = 1;
    $dumpvars(1, controller);
  end

  // What goes over at the rising edge, as it stood before it.
  reg sent = 0, received = 0, last = 0;
  reg [2:0] op = 0;
  reg [15:0] row = 0, data = 0;
  reg side = 0;
  always @(posedge clk) begin
    sent = cmd_valid && cmd_ready;
    received = rsp_valid && rsp_ready;
    op = cmd_op; row = cmd_row; side = cmd_side; data = cmd_data; last = cmd_last;
  end

  always @(negedge clk) if (rst_n) begin
    if (sent) begin
      column = beat + (2 * row + side) * COLUMNS;
      if (op == 3'd1 && data != 0) begin
        if (data[15]) level[column] = 0;
        else if ($random(seed) & 7) level[column] = target(row, side, beat);
      end
      beat = beat + 1;
      if (last) begin
        reading = op == 3'd4;
        waits = reading ? READ_WAIT : PULSE_WAIT;
        beat = 0;
        answering = 1;
        cmd_ready = 0;
      end
    end else if (answering && waits > 0) begin
      waits = waits - 1;
    end else if (answering) begin
      if (received) beat = beat + 1;
      if (beat == (reading ? COLUMNS : 1)) begin
        rsp_valid = 0;
        rsp_last = 0;
        beat = 0;
        answering = 0;
        cmd_ready = 1;
      end else begin
        rsp_valid = 1;
        rsp_data = level[beat + (2 * cmd_row + cmd_side) * COLUMNS];
        rsp_last = beat == (reading ? COLUMNS - 1 : 0);
      end
    end
    if (done) begin
      $display("%0d pulses, %0d flagged, %0d wrong, %0d refused", pulses, flagged, wrong, refused);
      $finish;
    end
  end

  initial #200000 begin
    $display("the controller did not come to its end");
    $finish;
  end
endmodule
