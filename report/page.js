// SPDX-License-Identifier: Apache-2.0
// Draws the data of the page: key figures, charts with their numbers, tables that sort, files.
"use strict";

const COLOURS = 8;
const data = JSON.parse(document.getElementById("data").textContent);
const page = document.getElementById("main");

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

function section(title, ...children) {
  const id = title.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  page.append(element("section", {id, "aria-labelledby": id + "-title"}, element("h2", {id: id + "-title"}, title), ...children));
  document.getElementById("contents").append(element("a", {href: "#" + id}, title));
}

// --- numbers

const PREFIXES = {"-15": "f", "-12": "p", "-9": "n", "-6": "u", "-3": "m", 0: "", 3: "k", 6: "M", 9: "G", 12: "T"};

function quantity(value, unit) {
  if (value === null || value === undefined) return "";
  if (typeof value !== "number") return String(value);
  if (value === 0) return ("0 " + unit).trim();
  if (!unit || !/^(J|s|W|V|S|ohm)$/.test(unit)) return (plain(value) + " " + (unit || "")).trim();
  const power = Math.max(-15, Math.min(12, 3 * Math.floor(Math.log10(Math.abs(value)) / 3)));
  return `${plain(value / 10 ** power)} ${PREFIXES[power]}${unit}`;
}

function plain(value) {
  if (Number.isInteger(value) && Math.abs(value) < 1e9) return String(value);
  return String(Number(value.toPrecision(4)));
}

// --- charts

const rows = (points) => Object.values(points)[0].map((_, i) => Object.fromEntries(Object.entries(points).map(([key, column]) => [key, column[i]])));
const colour = (i) => `var(--c${i % COLOURS})`;

function axis(of, more = {}) {
  const text = of.label + (of.unit ? ` (${of.unit})` : "");
  const format = of.percent ? (v) => `${plain(100 * v)} %` : of.unit ? (v) => quantity(v, of.unit) : (v) => quantity(v, "");
  return {label: text, type: of.log ? "log" : undefined, tickFormat: format, ...more};
}

function series(points) {
  return points.series ? [...new Set(points.series)] : [];
}

// A domain that shows a twentieth to both sides, or all points.
function around(reference, points) {
  const values = points.map((p) => p.x);
  return [Math.min(0.95 * reference, ...values), Math.max(1.05 * reference, ...values)];
}

const DRAW = {
  bars(chart, points, names) {
    const labels = [...new Set(points.map((p) => p.label))];
    const widest = Math.max(...labels.map((label) => label.length));
    const tip = (p) => `${p.label}${p.series ? ", " + p.series : ""}: ${quantity(p.value, chart.x.unit)}`;
    return {
      height: 50 + 20 * labels.length, marginLeft: 20 + 7 * widest, x: axis(chart.x, {grid: true, ticks: 6}), y: {domain: labels, label: null},
      marks: [Charts.barX(points, Charts.stackX({x: "value", y: "label", z: "series", order: names.length ? names : undefined, title: tip, ariaLabel: tip,
        fill: (p) => colour(Math.max(0, names.indexOf(p.series)))})), Charts.ruleX([0])]
    };
  },
  lines(chart, points, names) {
    return {
      x: axis(chart.x), y: axis(chart.y, {grid: true, zero: chart.y.zoom ? undefined : !chart.y.log}),
      marks: [Charts.lineY(points, {x: "x", y: "y", z: "series", curve: chart.step ? "step-after" : "linear", strokeWidth: 1.5,
        stroke: (p) => colour(Math.max(0, names.indexOf(p.series))), ariaLabel: () => chart.title})]
    };
  },
  bands(chart, points) {
    return {x: axis(chart.x), y: axis(chart.y, {grid: true, zero: true}),
      marks: [Charts.areaY(points, {x: "x", y1: "low", y2: "high", fill: colour(0), stroke: colour(0), ariaLabel: () => chart.title})]};
  },
  areas(chart, points, names) {
    return {x: axis(chart.x), y: axis(chart.y, {grid: true}),
      marks: [Charts.areaY(points, {x: "x", y: "y", z: "series", order: names.length ? names : undefined, fillOpacity: 0.85,
        fill: (p) => colour(Math.max(0, names.indexOf(p.series))), ariaLabel: () => chart.title}), Charts.ruleY([0])]};
  },
  dots(chart, points) {
    const named = typeof points[0].y === "string";
    const tip = (p) => `${p.y}: ${quantity(p.x, chart.x.unit)}`;
    const marks = [Charts.dot(points, {x: "x", y: "y", r: 4, fill: colour(0), title: tip, ariaLabel: tip})];
    if (chart.x.reference) marks.unshift(Charts.ruleX([chart.x.reference], {stroke: "var(--faint)", strokeDasharray: "4 3"}));
    return {
      x: axis(chart.x, {grid: true, domain: chart.x.reference ? around(chart.x.reference, points) : undefined}), marks,
      y: named ? {domain: [...new Set(points.map((p) => p.y))], label: chart.y.label || null, grid: true} : axis(chart.y, {grid: true}),
      ...(named ? {marginLeft: 40 + 7 * Math.max(...points.map((p) => p.y.length)), height: 70 + 24 * points.length} : {})
    };
  },
  map(chart, points) {
    const most = Math.max(...points.map((p) => p.value));
    const share = (v) => chart.value.log ? Math.log1p(v) / Math.log1p(most) : v / (most || 1);
    const value = (p) => chart.value.percent ? `${plain(100 * p.value)} %` : plain(p.value);
    const tip = (p) => `${chart.x.label} ${p.x}, ${chart.y.label} ${p.y}: ${value(p)}`;
    const columns = new Set(points.map((p) => p.x)).size, lines = new Set(points.map((p) => p.y)).size;
    const side = Math.max(14, Math.min(36, 700 / columns));
    return {
      width: 80 + side * columns, height: 80 + side * lines, marginLeft: 50, marginTop: 50, marginBottom: 10,
      x: {label: chart.x.label, axis: "top", domain: [...new Set(points.map((p) => p.x))]}, y: {label: chart.y.label, domain: [...new Set(points.map((p) => p.y))]},
      marks: [Charts.cell(points, {x: "x", y: "y", inset: 0.5, title: tip, ariaLabel: tip,
        fill: (p) => `color-mix(in oklab, var(--high) ${(100 * share(p.value)).toFixed(1)}%, var(--low))`})]
    };
  }
};

function draw(chart) {
  const names = series(chart.points);
  const points = rows(chart.points);
  const options = {width: 1050, height: 360, marginLeft: 70, marginBottom: 45, color: {type: "identity"}, style: {background: "none", fontSize: "12px", color: "var(--ink)"},
    ariaLabel: chart.title, ...DRAW[chart.kind](chart, points, names)};
  const parts = [];
  if (chart.note) parts.push(element("p", {class: "note"}, chart.note));
  if (chart.kind === "map") {
    const most = Math.max(...chart.points.value);
    parts.push(element("p", {class: "note"}, `The strongest colour is ${chart.value.percent ? plain(100 * most) + " %" : plain(most)}.`));
  }
  if (names.length > 1 && names.length <= COLOURS) {
    parts.push(element("ul", {class: "key"}, ...names.map((name, i) => element("li", {style: `--colour: ${colour(i)}`}, name))));
  }
  parts.push(element("figure", {"data-chart": chart.kind}, Charts.plot(options)));
  const columns = Object.keys(chart.points).map((key) => ({name: (chart[key] && chart[key].label) || key, unit: (chart[key] && chart[key].unit) || ""}));
  parts.push(fold(`Numbers of this chart (${chart.file})`, () => table(columns, points.map((point) => Object.values(point)))));
  section(chart.title, ...parts);
}

// --- tables

// Its inside is made when it is opened first.
function fold(title, make) {
  const made = element("details", {}, element("summary", {}, title));
  made.addEventListener("toggle", () => { if (made.children.length === 1) made.append(make()); });
  return made;
}

function compare(a, b) {
  if (a === b) return 0;
  if (a === null || a === "") return 1;
  if (b === null || b === "") return -1;
  return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en", {numeric: true});
}

function table(columns, lines) {
  const body = element("tbody");
  const isText = columns.map((_, i) => lines.some((line) => typeof line[i] === "string" && line[i] !== ""));
  const fill = (sorted) => body.replaceChildren(...sorted.map((line) =>
    element("tr", {}, ...line.map((value, i) => element("td", {class: isText[i] ? "text" : null}, quantity(value, columns[i].unit))))));
  const heads = columns.map((column, i) => {
    const button = element("button", {type: "button"}, column.name);
    const head = element("th", {scope: "col", "aria-sort": "none", class: isText[i] ? "text" : null}, button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.setAttribute("aria-sort", "none");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      fill([...lines].sort((a, b) => compare(a[i], b[i]) * (down ? -1 : 1)));
    });
    return head;
  });
  fill(lines);
  return element("div", {class: "scroll", tabindex: "0"}, element("table", {}, element("thead", {}, element("tr", {}, ...heads)), body));
}

function showTable(of) {
  const note = of.total > of.rows.length ? `The first ${of.rows.length} of ${of.total} rows.` : `${of.total} rows.`;
  return [element("p", {class: "note"}, note + " ", element("a", {href: encodeURIComponent(of.file)}, of.file)), table(of.columns, of.rows)];
}

// --- the page

function showRun() {
  const facts = [["version", data.run.version], ["seed", data.run.seed]];
  section("What was run", element("pre", {}, data.run.command), element("p", {class: "note"}, facts.map(([k, v]) => `${k} ${v}`).join(", ")));
}

function showFigures() {
  if (!data.figures.length) return;
  section("Key figures", element("dl", {class: "figures"}, ...data.figures.map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, value)))));
}

function showTables() {
  const layers = data.tables.filter((one) => one.file.startsWith("layer"));
  for (const one of layers) section("Layers: " + one.file, ...showTable(one));
  const others = data.tables.filter((one) => !one.file.startsWith("layer"));
  if (others.length) section("Tables", ...others.map((one) => fold(`${one.file} (${one.total} rows)`, () => element("div", {}, ...showTable(one)))));
}

function showFiles() {
  const size = (bytes) => bytes < 1000 ? `${bytes} B` : bytes < 1e6 ? `${plain(bytes / 1e3)} kB` : `${plain(bytes / 1e6)} MB`;
  section("Files", element("ul", {}, ...data.files.map((file) =>
    element("li", {}, element("a", {href: encodeURIComponent(file.name)}, file.name), ` ${file.kind}, ${size(file.bytes)}`))));
  if (data.texts.length) section("Configuration", ...data.texts.map((text) => fold(text.name, () => element("pre", {}, text.text))));
}

document.getElementById("theme").addEventListener("click", () => {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
});

showRun();
showFigures();
data.charts.forEach(draw);
showTables();
showFiles();
