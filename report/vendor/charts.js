// SPDX-License-Identifier: Apache-2.0
// What page.js draws with: all else of the library is left out of charts.min.js.
export {areaY, axisX, axisY, barX, cell, dot, frame, lineY, plot, ruleX, ruleY, stackX} from "@observablehq/plot";
