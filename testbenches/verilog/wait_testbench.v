// SPDX-License-Identifier: Apache-2.0
// The wait counter at work, for scripts/controller_price: waits of a read and of a pulse, in turn.
`timescale 1ns / 1ps
module price_testbench;
  parameter COLUMNS = 0;  // of no matter here
  localparam TURNS = 50;

  reg clk = 0, start = 0;
  reg [9:0] cycles = 0;
  wire busy;
  integer turn = 0;
  wait_counter counter (.clk(clk), .start(start), .cycles(cycles), .busy(busy));

  always #0.5 clk = !clk;
  initial begin
    $dumpfile("price.vcd");
    #6 $dumpvars(1, counter);
  end

  always @(negedge clk) if ($time > 7) begin
    start = !busy && !start;
    cycles = turn & 1 ? 10'd70 : 10'd20;
    if (start) turn = turn + 1;
    if (turn > TURNS) begin
      $display("%0d waits", TURNS);
      $finish;
    end
  end
endmodule
