# SPDX-License-Identifier: Apache-2.0
"""What a report shows of a folder: key figures, charts, tables. Each view is of one file, and there where the file is.

A chart is a dictionary: kind (bars, lines, bands, map, areas, dots), title, note, the axes, and its points as columns.
"""

import re
from collections import defaultdict

from units import quantity, split

MOST_POINTS = 1500  # of a curve, before it becomes a band
MOST_ROWS = 300  # of a table
MOST_BARS = 60
MOST_PARTS = 8  # of a stacked bar; the rest is one


def key_figures(folder):
    """Pairs of a name and a text."""
    figures = []
    for name, keys in KEY_FIGURES:
        if name in folder:
            values = folder.json(name)
            figures += [(label, quantity(values[key], unit)) for key, label, unit in keys if _is_number(values.get(key))]
    return figures


KEY_FIGURES = (
    ("estimate.json", (("latency_s", "latency of an image", "s"), ("interval_s", "between images", "s"), ("images_per_second", "images a second", ""),
                       ("energy_J", "energy of an image", "J"), ("operations_per_joule", "operations a joule", ""), ("area_m2", "area", "m^2"),
                       ("weights", "weights", ""), ("arrays_used", "arrays in use", ""), ("cores_used", "cores in use", ""))),
    ("simulate.json", (("images", "images", ""), ("hits", "of them right", ""), ("tiles", "tiles", ""), ("latency_s", "latency of the first image", "s"),
                       ("interval_s", "between images", "s"), ("images_J", "energy of the images", "J"), ("writing_J", "writing the weights", "J"),
                       ("writing_s", "writing the weights", "s"))),
    ("infer.json", (("mean_accuracy", "accuracy on devices (share)", ""), ("half_width_95", "+- (95 %)", ""))),
    ("report.json", (("total_J", "energy of the run", "J"), ("leaked_J", "of it leakage", "J"), ("on_time_s", "simulated time", "s"))),
    ("summary.json", (("temperature_K", "temperature", "K"), ("update_energy_J", "energy of an update", "J"))),
)


def charts(folder):
    """Those of all files that are there, in this order."""
    views = (("summary.json", _against_the_paper), ("ramp.csv", _ramps), ("state_map.csv", _state_map), ("linearity.csv", _linearity),
             ("retention.csv", _retention), ("accuracy.csv", _learning), ("programmings.csv", _programmings), ("confusion.csv", _confusion),
             ("layer_errors.csv", _layer_errors), ("conductances.csv", _conductances), ("energy.csv", lambda table: _energy_by_layer(table, _layers(folder))),
             ("report.csv", _energy_by_component), ("layers.csv", _energy_of_layers), ("power.csv", _power), ("fragments.csv", _utilisation), ("commands.csv", _commands))
    found = []
    for name, view in views:
        if name not in folder:
            continue
        try:
            chart = view(folder.json(name) if name.endswith(".json") else folder.table(name))
        except KeyError:  # of another command, with other columns: a table all the same
            continue
        if chart:
            found.append({"file": name, **chart})
    found += [chart for name in folder.run["files"] if name.endswith(".csv") for chart in _noise(name, folder.table(name))]
    return found


def tables(folder):
    """Every CSV: its columns and first rows, that of layers first."""
    names = sorted((name for name in folder.run["files"] if name.endswith(".csv")), key=lambda name: (not name.startswith("layer"), name))
    return [{"file": name, **_head(folder.table(name))} for name in names]


def _head(table):
    count = len(next(iter(table.values())))
    return {"columns": [dict(zip(("name", "unit"), split(name))) for name in table], "total": count,
            "rows": [list(row) for row in zip(*(column[:MOST_ROWS] for column in table.values()))]}


def _is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _axis(label, unit="", **options):
    return {"label": label, "unit": unit, **options}


def _against_the_paper(summary):
    """Levels and switching voltages, measured and ours, as shares of what was measured."""
    measured, protocols = summary.get("measured"), summary.get("protocols", {})
    rows = []
    ramp = protocols.get("ramp", {})
    if measured and ramp:
        ours = {level["site"]: level for level in ramp["levels"]}
        for level in measured["levels"]:
            if level["site"] in ours:
                rows.append((f"level {level['mean_ohm']:g} ohm", ours[level["site"]]["mean_ohm"] / level["mean_ohm"]))
        switches = {switch["from"]: switch for switch in ramp["switches"]}
        for switch in measured["switches"]:
            if switch["direction"] == "write" and switch["from"] in switches:
                rows.append((f"V_C,avg {switch['mean_V']:g} V", switches[switch["from"]]["mean_V"] / switch["mean_V"]))
    if not rows:
        return None
    return {"kind": "dots", "title": "Against the paper", "note": f"Ours over what was measured ({measured['source']}); 1 is the same.",
            "x": _axis("ours / measured", reference=1), "y": _axis(""), "points": {"x": [r for _, r in rows], "y": [n for n, _ in rows]}}


def _ramps(table):
    """Resistance over voltage of the first device."""
    wanted = [i for i, device in enumerate(table["device"]) if device == table["device"][0]][:MOST_POINTS]
    pick = lambda column: [table[column][i] for i in wanted]  # noqa: E731
    return {"kind": "lines", "title": "Write ramps of the first device", "note": "Each line is one ramp, from saturation on.", "step": True,
            "x": _axis("amplitude at the pads", "V"), "y": _axis("resistance", "ohm", zoom=True),
            "points": {"x": pick("voltage_V"), "y": pick("resistance_ohm"), "series": [f"cycle {c:.0f}" for c in pick("cycle")]}}


def _state_map(table):
    return {"kind": "areas", "title": "Where walls are after a ramp", "note": "Exact probabilities.", "x": _axis("ramp up to", "V"),
            "y": _axis("probability"), "points": {"x": table["voltage_V"], "y": table["probability"], "series": table["site_name"]}}


def _linearity(table):
    return {"kind": "lines", "title": "Nominal pulses in a row", "x": _axis("pulse"), "y": _axis("conductance", "S", zoom=True),
            "points": {"x": table["pulse"], "y": table["conductance_S"], "series": table["train"]}}


def _retention(table):
    wanted = [i for i, t in enumerate(table["temperature_K"]) if t == table["temperature_K"][0] and table["probability"][i] > 1e-30]
    pick = lambda column: [table[column][i] for i in wanted]  # noqa: E731
    if not wanted:
        return None
    return {"kind": "lines", "title": f"Leaving a site without a pulse, {table['temperature_K'][0]:g} K", "x": _axis("time", "s", log=True),
            "y": _axis("probability", log=True), "points": {"x": pick("time_s"), "y": pick("probability"), "series": pick("site_name")}}


def _learning(table):
    count = len(next(iter(table.values())))
    accuracy = next((name for name in table if "accuracy" in name), None)
    if not count or not accuracy:
        return None
    series = [f"seed {seed:g}" for seed in table["seed"]] if "seed" in table else None
    x = next((name for name in ("images", "epoch", "subset") if name in table), None)
    return {"kind": "lines", "title": "Accuracy while learning", "x": _axis(x or "evaluation"), "y": _axis(accuracy, zoom=True),
            "points": {"x": table[x] if x else list(range(count)), "y": table[accuracy], **({"series": series} if series else {})}}


def _programmings(table):
    return {"kind": "dots", "title": "Accuracy of each programming", "x": _axis("accuracy"), "y": _axis("programming"),
            "points": {"x": table["accuracy"], "y": [f"{n:.0f}" for n in table["programming"]]}}


def _confusion(table):
    labels = [f"{label:g}" if _is_number(label) else label for label in table["label"]]
    others = [name for name in table if name != "label"]
    if len(others) > 100:
        return None
    cells = [(other, labels[i], table[other][i]) for other in others for i in range(len(labels))]
    return {"kind": "map", "title": "Which label is taken for which", "x": _axis("predicted"), "y": _axis("label"), "value": _axis("images", log=True),
            "points": dict(zip(("x", "y", "value"), map(list, zip(*cells))))}


def _layer_errors(table):
    return {"kind": "bars", "title": "Signal to error of each layer's weights", "x": _axis("signal to error", "dB"),
            "points": {"label": table["layer"][:MOST_BARS], "value": table["signal_to_error_db"][:MOST_BARS]}}


def _conductances(table):
    return {"kind": "areas", "title": "Conductances that were written", "x": _axis("conductance", "S"), "y": _axis("devices"),
            "points": {"x": table["conductance_s"], "y": table["devices"]}}


def _stacked(sums, order):
    """Bars with their largest parts by name and the others as one."""
    parts = defaultdict(float)
    for (_, part), value in sums.items():
        parts[part] += value
    named = sorted(parts, key=parts.get, reverse=True)[:MOST_PARTS - 1 if len(parts) > MOST_PARTS else MOST_PARTS]
    pooled = defaultdict(float)
    for (label, part), value in sums.items():
        pooled[label, part if part in named else "other"] += value
    rows = [(label, part, pooled[label, part]) for label in order for part in [*named, "other"] if pooled[label, part]]
    return dict(zip(("label", "series", "value"), map(list, zip(*rows)))) if rows else None


def _energy_of_layers(table):
    return {"kind": "bars", "title": "Energy by layer", "x": _axis("energy of all images", "J"),
            "points": {"label": table["layer"][:MOST_BARS], "value": table["energy_J"][:MOST_BARS]}}


def _layers(folder):
    """In the order of the network."""
    return folder.table("layer_costs.csv")["layer"] if "layer_costs.csv" in folder else []


def _energy_by_layer(table, layers):
    sums = defaultdict(float)
    for layer, component, energy in zip(table["layer"], table["component"], table["energy_J"]):
        sums[layer, _plain(component)] += energy
    order = list(dict.fromkeys([*(layer for layer in layers if layer in set(table["layer"])), *table["layer"]]))
    note = ""
    if len(order) > MOST_BARS:
        totals = defaultdict(float)
        for (layer, _), value in sums.items():
            totals[layer] += value
        keep = set(sorted(totals, key=totals.get, reverse=True)[:MOST_BARS])
        note, order = f"The {MOST_BARS} layers of {len(order)} that spend most.", [layer for layer in order if layer in keep]
    points = _stacked({key: value for key, value in sums.items() if key[0] in order}, order)
    return points and {"kind": "bars", "title": "Energy by layer and component", "note": note, "x": _axis("energy of an image", "J"), "points": points}


def _plain(component):
    """Parts that are many as one: chip_core12.adc is chip_core*.adc."""
    return re.sub(r"(?<=[a-z])\d+(?=\.|$)", "*", component)


def _energy_by_component(table):
    sums = defaultdict(float)
    for component, action, energy in zip(table["component"], table["action"], table["energy_J"]):
        sums[_plain(component), action] += energy
    totals = defaultdict(float)
    for (component, _), value in sums.items():
        totals[component] += value
    order = sorted((name for name in totals if totals[name] > 0), key=totals.get, reverse=True)[:MOST_BARS]
    points = _stacked({key: value for key, value in sums.items() if key[0] in order}, order)
    return points and {"kind": "bars", "title": "Energy by component and action", "x": _axis("energy of the run", "J"), "points": points}


def _commands(table):
    sums = defaultdict(float)
    for op, energy in zip(table["op"], table["energy_J"]):
        sums[op] += energy or 0.0
    return {"kind": "bars", "title": "Energy by command", "x": _axis("energy", "J"), "points": {"label": list(sums), "value": list(sums.values())}}


def _power(table):
    total = [posted + leakage for posted, leakage in zip(table["posted_W"], table["leakage_W"])]
    axes = {"title": "Power over time", "x": _axis("time", "s"), "y": _axis("power", "W")}
    if len(total) <= MOST_POINTS:
        return {"kind": "lines", "step": True, **axes, "points": {"x": table["time_s"] * 2, "y": total + table["leakage_W"],
                                                                  "series": ["total"] * len(total) + ["leakage"] * len(total)}}
    each = -(-len(total) // MOST_POINTS)
    starts = range(0, len(total), each)
    return {"kind": "bands", **axes, "note": f"Least to most of {each} windows each.",
            "points": {"x": [table["time_s"][i] for i in starts], "low": [min(total[i:i + each]) for i in starts],
                       "high": [max(total[i:i + each]) for i in starts]}}


def _utilisation(table):
    """Mean share of cells in use of the arrays of a core, cores as on a square."""
    used, arrays = defaultdict(float), defaultdict(float)
    for core, count, share in zip(table["core"], table["arrays"], table["utilisation"]):
        used[core] += count * share
        arrays[core] += count
    if not used:
        return None
    side = int(max(used)**0.5) + 1
    cells = [(f"{core % side:.0f}", f"{core // side:.0f}", used[core] / arrays[core]) for core in sorted(used)]
    return {"kind": "map", "title": "Utilisation of the cores", "note": f"Core = {side} x row + column; cells in use, of the arrays in use.",
            "x": _axis("column"), "y": _axis("row"), "value": _axis("cells in use", percent=True), "points": dict(zip(("x", "y", "value"), map(list, zip(*cells))))}


def _noise(name, table):
    """Accuracy over whatever a sweep varied: its numbers that take several values."""
    accuracy = next((column for column in table if re.search(r"(^|[._])(mean_)?accuracy$", column)), None)
    if not accuracy or name in ("accuracy.csv", "programmings.csv"):
        return []
    varied = [column for column in table if re.search(r"sigma|noise|spread|variation|drift", column) and _varies(table[column])]
    return [{"file": name, "kind": "dots", "title": f"Accuracy against {split(column)[0]}", "x": _axis(*split(column)), "y": _axis("accuracy"),
             "points": _pairs(table[column], table[accuracy])} for column in varied]


def _varies(column):
    return all(_is_number(value) for value in column) and len(set(column)) > 1


def _pairs(xs, ys):
    wanted = [(x, y) for x, y in zip(xs, ys) if _is_number(y)][:MOST_POINTS]
    return {"x": [x for x, _ in wanted], "y": [y for _, y in wanted]}
