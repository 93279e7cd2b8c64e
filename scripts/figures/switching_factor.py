# SPDX-License-Identifier: Apache-2.0
"""First switching voltage over that of each site, against abs(W), beside Eq. 1 of the paper."""

import style
import tables

NAME = "metaplasticity"
SCHEMA = {
    "site": tables.integer,
    "abs_w": tables.number,
    "equation_1": tables.number,
    "factor": tables.number_or_none,
    "measured_factor": tables.number_or_none,
}


def draw(table, summary):
    """One panel: Eq. 1, what the model's ramps gave, what the paper's did."""
    figure = style.new_figure(summary, "metaplasticity", 4.8, 3.6)
    axes = figure.subplots()
    rows = tables.sort_by(table, "abs_w")
    axes.plot(rows["abs_w"], rows["equation_1"], color=style.GREY, linestyle="--", label="Eq. 1")
    axes.plot(rows["abs_w"], rows["factor"], "o-", color=style.sequence(1)[0], markersize=4, label="model")
    axes.plot(rows["abs_w"], rows["measured_factor"], "x", color=style.INK, markersize=7, label="measured")
    axes.set(xlabel="abs($W$)", ylabel="First $V_C$ over $V_C$", ylim=(0, 1.05))
    axes.legend()
    return figure
