// SPDX-License-Identifier: Apache-2.0
// A write-verify controller: programs all pairs of a tile to a pattern with the tile's commands
// `pulse` and `read`, by amplitude steps and single-shot resets, and reads the pattern back.
// One column after the other where a beat is one column; all columns of a row are pulsed together.
module write_verify #(
    parameter ROWS = 64,
    parameter COLUMNS = 64
) (
    input wire clk,
    input wire rst_n,

    // The tile: a beat is transferred at a rising edge at which valid and ready are high.
    output reg         cmd_valid,
    input  wire        cmd_ready,
    output reg  [ 2:0] cmd_op,
    output wire [15:0] cmd_row,
    output wire        cmd_side,
    output wire [ 3:0] cmd_bits,
    output wire [15:0] cmd_data,
    output wire        cmd_keep,
    output wire        cmd_last,
    input  wire        rsp_valid,
    output wire        rsp_ready,
    input  wire [ 2:0] rsp_status,
    input  wire [15:0] rsp_data,
    input  wire        rsp_last,

    // How a cell is written, in codes of the driver; steady while running.
    input wire [15:0] first_code_0,
    input wire [15:0] first_code_1,
    input wire [15:0] first_code_2,
    input wire [15:0] first_code_3,
    input wire [15:0] last_code,
    input wire [15:0] code_step,
    input wire [15:0] reset_code,
    input wire [15:0] most_pulses,
    input wire [15:0] most_attempts,

    output reg         done,
    output reg  [31:0] pulses,   // given, of all cells
    output reg  [31:0] flagged,  // cells given up on
    output reg  [31:0] wrong,    // cells that the read-back finds at another level
    output reg  [31:0] refused   // commands not answered with ok
);

  localparam [2:0] OP_PULSE = 3'd1;
  localparam [2:0] OP_READ = 3'd4;
  localparam [2:0] OK = 3'd0;

  localparam [2:0] START = 3'd0;   // a row: no cell is finished
  localparam [2:0] ASK = 3'd1;     // `read` goes out
  localparam [2:0] VERIFY = 3'd2;  // levels come in, the next pulses are chosen
  localparam [2:0] PULSE = 3'd3;   // they go out, a beat a column
  localparam [2:0] PULSED = 3'd4;  // the answer comes in
  localparam [2:0] NEXT = 3'd5;    // row, side or pass
  localparam [2:0] DONE = 3'd6;

  localparam INDEX = $clog2(COLUMNS);
  localparam LAST_ROW = ROWS - 1;
  localparam LAST_COLUMN = COLUMNS - 1;

  reg [2:0] state;
  reg       reading_back;  // the second pass
  reg [15:0] row;
  reg       side;
  reg [INDEX-1:0] column;
  reg       any_open;  // a cell of this row gets another pulse

  // Of each cell of the row.
  reg [15:0] code[0:COLUMNS-1];  // the next of the ramp
  reg signed [15:0] pulse[0:COLUMNS-1];  // to be given; 0: none
  reg [15:0] given[0:COLUMNS-1];
  reg [15:0] attempts[0:COLUMNS-1];
  reg [COLUMNS-1:0] was_reset;  // by its last pulse
  reg [COLUMNS-1:0] finished;

  // The pattern: every level in every column and on both sides.
  wire [1:0] target = row[1:0] + 2'd3 * column[1:0] + {side, 1'b0} + column[3:2];

  wire [15:0] first_code = target == 2'd0 ? first_code_0 :
                           target == 2'd1 ? first_code_1 :
                           target == 2'd2 ? first_code_2 : first_code_3;

  // What the level that comes in means for the cell of this column.
  wire [15:0] level = rsp_data;
  wire at_level = level == {14'd0, target};
  wire beyond = level > {14'd0, target};
  wire fresh = given[column] == 16'd0;
  // What a reset leaves beyond its target is at the start already: it steps away and comes back.
  wire resets = (beyond && !was_reset[column]) || code[column] > last_code;
  wire again = resets && !fresh;
  wire gives_up = given[column] >= most_pulses || (again && attempts[column] >= most_attempts);
  wire stops = at_level || gives_up;

  assign cmd_row = row;
  assign cmd_side = side;
  assign cmd_bits = 4'd1;  // of a result of multiply, which it never asks for
  assign cmd_data = pulse[column];
  assign cmd_keep = cmd_op == OP_PULSE;
  assign cmd_last = cmd_op == OP_READ || column == LAST_COLUMN[INDEX-1:0];
  assign rsp_ready = state == VERIFY || state == PULSED;

  wire sent = cmd_valid && cmd_ready;
  wire received = rsp_valid && rsp_ready;

  integer i;

  always @(posedge clk) begin
    if (!rst_n) begin
      state <= START;
      reading_back <= 1'b0;
      row <= 16'd0;
      side <= 1'b0;
      column <= {INDEX{1'b0}};
      cmd_valid <= 1'b0;
      cmd_op <= OP_READ;
      done <= 1'b0;
      pulses <= 32'd0;
      flagged <= 32'd0;
      wrong <= 32'd0;
      refused <= 32'd0;
      any_open <= 1'b0;
      was_reset <= {COLUMNS{1'b0}};
      finished <= {COLUMNS{1'b0}};
    end else begin
      if (received && rsp_last && rsp_status != OK) refused <= refused + 32'd1;
      case (state)
        START: begin
          was_reset <= {COLUMNS{1'b0}};
          finished <= {COLUMNS{1'b0}};
          for (i = 0; i < COLUMNS; i = i + 1) begin
            given[i] <= 16'd0;
            attempts[i] <= 16'd1;
            code[i] <= 16'd0;
          end
          column <= {INDEX{1'b0}};
          cmd_op <= OP_READ;
          cmd_valid <= 1'b1;
          state <= ASK;
        end

        ASK:
        if (sent) begin
          cmd_valid <= 1'b0;
          any_open <= 1'b0;
          column <= {INDEX{1'b0}};
          state <= VERIFY;
        end

        VERIFY:
        if (received) begin
          if (reading_back) begin
            if (!at_level) wrong <= wrong + 32'd1;
          end else if (!finished[column]) begin
            if (stops) begin
              finished[column] <= 1'b1;
              pulse[column] <= 16'd0;
              if (!at_level) flagged <= flagged + 32'd1;
            end else begin
              any_open <= 1'b1;
              pulses <= pulses + 32'd1;
              given[column] <= given[column] + 16'd1;
              was_reset[column] <= resets;
              if (again) attempts[column] <= attempts[column] + 16'd1;
              if (resets) begin
                pulse[column] <= -$signed(reset_code);
                code[column] <= first_code;
              end else begin
                pulse[column] <= fresh ? first_code : code[column];
                code[column] <= (fresh ? first_code : code[column]) + code_step;
              end
            end
          end
          column <= rsp_last ? {INDEX{1'b0}} : column + 1'b1;
          if (rsp_last) begin
            // The last cell of the row counts as well.
            if (!reading_back && (any_open || (!finished[column] && !stops))) begin
              cmd_op <= OP_PULSE;
              cmd_valid <= 1'b1;
              state <= PULSE;
            end else begin
              state <= NEXT;
            end
          end
        end

        PULSE:
        if (sent) begin
          column <= cmd_last ? {INDEX{1'b0}} : column + 1'b1;
          if (cmd_last) begin
            cmd_valid <= 1'b0;
            state <= PULSED;
          end
        end

        PULSED:
        if (received && rsp_last) begin
          cmd_op <= OP_READ;
          cmd_valid <= 1'b1;
          state <= ASK;
        end

        NEXT: begin
          side <= !side;
          if (side) row <= row == LAST_ROW[15:0] ? 16'd0 : row + 16'd1;
          if (side && row == LAST_ROW[15:0]) begin
            reading_back <= 1'b1;
            state <= reading_back ? DONE : START;
          end else begin
            state <= START;
          end
        end

        default: done <= 1'b1;
      endcase
    end
  end

endmodule
