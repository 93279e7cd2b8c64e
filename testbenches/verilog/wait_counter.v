// SPDX-License-Identifier: Apache-2.0
// What a controller keeps running while it waits for lines to settle or a pulse to end: it counts
// the cycles that are left.
module wait_counter #(
    parameter WIDTH = 10
) (
    input wire clk,
    input wire start,
    input wire [WIDTH-1:0] cycles,
    output wire busy
);

  reg [WIDTH-1:0] left;
  assign busy = left != {WIDTH{1'b0}};

  always @(posedge clk) begin
    if (start) left <= cycles;
    else if (busy) left <= left - 1'b1;
  end

endmodule
