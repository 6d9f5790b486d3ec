// The explorer: economies side by side in a series. Its series (explorer-series.js) and the charts' bundle are scripts, so
// that it works from disk. What is chosen stands in the address, behind "#".
"use strict";
(() => {
  const form = document.querySelector("form.explorer"), here = document.currentScript.src;
  if (!form) return;
  const figure = document.querySelector(".explorer-shown"), part = (name) => figure.querySelector(`.explorer-${name}`);
  const top = new URL(form.dataset.top, document.baseURI), MOST = 6;
  const load = (url) => new Promise((done, failed) => {
    document.head.append(Object.assign(document.createElement("script"), { src: url, onload: done, onerror: failed }));
  });
  const element = (tag, text, more = {}) => Object.assign(document.createElement(tag), { textContent: text }, more);
  let data, view = null, bundle = null, wish = "line"; // how series are drawn; standings are bars

  const series = () => data.series.find((one) => one.id === form.elements.series.value);
  const boxes = () => [...form.querySelectorAll(".explorer-economies input")];
  const chosen = () => boxes().filter((box) => box.checked).map((box) => box.value);
  const standing = () => Boolean(series().period); // values at one date
  const kind = () => (standing() ? "bar" : wish);
  const indexed = () => form.elements.index.checked && kind() === "line";
  const asked = (found) => form.elements.log.checked && kind() === "line" && found.length > 0;
  const log = (found) => asked(found) && found.every((row) => row.drawn === null || row.drawn > 0);
  // Lines at powers of ten, and between them where there are few.
  const steps = (found) => {
    const values = found.map((row) => row.drawn).filter((value) => value > 0).map(Math.log10);
    const low = Math.floor(Math.min(...values)), high = Math.ceil(Math.max(...values)), parts = high - low > 2 ? [1] : [1, 2, 5];
    return Array.from({ length: high - low + 1 }, (_, i) => parts.map((part) => part * 10 ** (low + i))).flat();
  };
  const color = (code, i) => {
    const light = data.colors[code] ?? data.more[i % data.more.length], name = window.briefVega?.colors[light.toLowerCase()];
    return (name && getComputedStyle(document.documentElement).getPropertyValue(name).trim()) || light;
  };
  const ink = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--brief-${name}`).trim();

  // The economies that a series has, those chosen before first of all.
  const offer = (wanted) => {
    const has = new Set(series().rows.map(([code]) => code));
    let kept = wanted.filter((code) => has.has(code)).slice(0, MOST);
    if (kept.length < 2) kept = [...new Set([...kept, ...data.first.filter((code) => has.has(code)), ...has])].slice(0, 4);
    form.querySelector(".explorer-economies").replaceChildren(...Object.entries(data.economies).filter(([code]) => has.has(code)).map(([code, name]) => {
      const label = element("label", "");
      label.append(element("input", "", { type: "checkbox", value: code, checked: kept.includes(code), autocomplete: "off" }), ` ${name}`);
      return label;
    }));
  };

  // Rows shown: economy, period, value, sources, the value as drawn, and as it reads where the chapter says that.
  const rows = () => {
    const codes = chosen();
    let found = series().rows.filter(([code]) => codes.includes(code))
      .map(([code, period, value, last]) => ({ code, name: data.economies[code], period, value, drawn: value, ...(standing() ? { text: last, sources: series().sources } : { sources: [last] }) }));
    if (kind() === "bar") {
      found = codes.map((code) => found.filter((row) => row.code === code).at(-1)).filter(Boolean);
    } else if (indexed()) {
      const of = (code) => new Set(found.filter((row) => row.code === code && row.value).map((row) => row.period));
      const base = [...of(codes[0])].filter((period) => codes.every((code) => of(code).has(period))).sort()[0];
      if (!base) return { found, base: null };
      const first = Object.fromEntries(found.filter((row) => row.period === base).map((row) => [row.code, row.value]));
      found = found.filter((row) => row.period >= base).map((row) => ({ ...row, drawn: (100 * row.value) / first[row.code] }));
      return { found, base };
    }
    return { found };
  };

  const number = (row) => row.text ?? row.value.toLocaleString("en-GB", { maximumFractionDigits: series().decimals });
  const cited = (row) => row.sources.map((place) => data.sources[place][0]).join("; ");
  const month = (text) => new Date(`${text}T00:00:00Z`).toLocaleDateString("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
  const when = (period) => (standing() ? period : period.length === 4 ? period : month(period.length === 7 ? `${period}-01` : period));
  const said = (row) => (standing() ? number(row) : `${number(row)} ${unit()}`.trim());
  const unit = () => (["", "1", "index"].includes(series().unit) ? "" : series().unit);

  const spec = ({ found }) => {
    const codes = chosen(), names = codes.map((code) => data.economies[code]);
    const scale = { domain: names, range: codes.map(color) };
    const tooltip = [{ field: "name", title: "Economy" }, { field: "when", title: "Period" }, { field: "said", title: series().column }];
    const values = found.map((row) => ({ ...row, when: when(row.period), said: said(row), date: row.period.length === 4 ? `${row.period}-01-01` : row.period }));
    const width = Math.min(part("chart").clientWidth || 600, 860), narrow = width < 500;
    const axis = { labelColor: ink("muted"), titleColor: ink("muted"), gridColor: ink("grid"), domainColor: ink("rest"), tickColor: ink("rest"), labelFontSize: 13, titleFontSize: 13, titleFontWeight: "normal", titleAlign: "left", titleAngle: 0, titleAnchor: "end" };
    const common = { $schema: "https://vega.github.io/schema/vega-lite/v6.json", width, autosize: { type: "fit", contains: "padding" }, background: null, data: { values },
      config: { font: "Brief Sans, Arial, Helvetica, sans-serif", view: { stroke: null }, axis, legend: { labelColor: ink("ink"), labelFontSize: 14, symbolStrokeWidth: 3 } } };
    const hue = (legend) => ({ field: "name", type: "nominal", scale, legend, sort: names });
    if (kind() === "bar") {
      const order = [...found].sort((a, b) => (b.value ?? -Infinity) - (a.value ?? -Infinity)).map((row) => row.name);
      const y = { field: "name", type: "nominal", sort: order, axis: { title: null, labelColor: ink("ink"), ticks: false, domain: false, grid: false } };
      values.forEach((row) => { row.label = standing() ? row.said : `${number(row)} (${row.when})`; row.drawn ??= 0; });
      const room = Math.max(0.2, 1 - (7 * Math.max(...values.map((row) => row.label.length))) / (width - 120)); // what labels leave of the longest bar
      const scale = { domainMax: Math.max(...values.map((row) => row.drawn)) / room || 1, nice: false };
      const x = { field: "drawn", type: "quantitative", scale, axis: { title: null, grid: true, tickCount: narrow ? 3 : 6 } };
      const text = { mark: { type: "text", align: "left", dx: 4, color: ink("ink"), fontSize: 13 }, encoding: { y, x, text: { field: "label" } } };
      return { ...common, height: 34 * found.length + 30, layer: [{ mark: { type: "bar", height: 20 }, encoding: { y, x, color: hue(null), tooltip } }, text],
        padding: { left: 5, top: 5, bottom: 5, right: 5 } };
    }
    const x = { field: "date", type: "temporal", axis: { title: null, grid: false, format: "%Y", tickCount: narrow ? 4 : 8 }, scale: { type: "utc" } };
    const y = { field: "drawn", type: "quantitative", axis: { title: null, tickCount: 6, domain: false, ticks: false } }; // the unit stands above
    if (log(found)) {
      y.scale = { type: "log", nice: false };
      y.axis.values = steps(found);
    }
    return { ...common, height: narrow ? 300 : 420, encoding: { x, y, color: hue({ title: null, orient: "top", columns: narrow ? 2 : 6 }) },
      layer: [{ mark: { type: "line", strokeWidth: 2.5 } }, { mark: { type: "point", filled: true, size: 40, opacity: 1 }, encoding: { tooltip } }] };
  };

  // The charts' bundle is larger than the page: it waits for a reader who moves, or who came by an address with a choice.
  const acted = new Promise((done) => {
    if (location.hash.includes("series=")) done();
    for (const sign of ["pointermove", "pointerdown", "keydown", "touchstart", "scroll"]) addEventListener(sign, done, { once: true, passive: true });
  });

  const draw = async () => {
    await acted;
    const shown = rows();
    bundle ??= load(new URL("brief-vega.js", here));
    await bundle;
    view?.finalize();
    const host = element("div", ""); // Vega names what it draws in: the frame around keeps its own name
    host.setAttribute("aria-hidden", "true");
    part("chart").replaceChildren(host);
    view = (await window.briefVega.embed(host, spec(shown), { renderer: "svg", tooltip: { disableDefaultStyle: true }, defaultStyle: false, logLevel: 1 })).view;
  };

  const tell = () => {
    const { found, base } = rows(), one = series(), names = chosen().map((code) => data.economies[code]).join(", ");
    part("title").textContent = `${one.title}: ${names}`;
    part("about").textContent = [one.about, standing() ? one.column : unit(), standing() ? "" : kind() === "bar" ? "last value of each" : base ? `${when(base)} = 100` : "", log(found) ? "log scale: each step up is a multiple" : ""].filter(Boolean).join("; ");
    part("note").textContent = one.caveats && `Note: ${one.caveats}`;
    const used = [...new Set(found.flatMap((row) => row.sources))].map((place) => data.sources[place]);
    const links = (items) => items.flatMap(([text, href], i) => [i ? "; " : "", element("a", text, { href: new URL(href, top).href })]);
    part("sources").replaceChildren(used.length > 1 ? "Sources: " : "Source: ", ...links(used), " · Data: ", ...links(one.tables),
      ...(standing() ? [" · In the chapter: ", ...links([one.chapter])] : []));
    const last = chosen().map((code) => found.filter((row) => row.code === code).at(-1)).filter(Boolean);
    part("chart").setAttribute("aria-label", `${one.title}. ${last.map((row) => `${row.name}: ${said(row)}${standing() ? "" : ` in ${when(row.period)}`}`).join("; ")}.`);
    const table = element("table", "", { className: "table" });
    table.append(element("caption", `${one.title}: ${one.column}`));
    const head = table.createTHead().insertRow(), body = table.createTBody();
    for (const title of ["Economy", "Period", one.column, ...(base ? [`${when(base)} = 100`] : []), "Source"]) head.append(element("th", title, { scope: "col" }));
    for (const row of found) {
      const line = body.insertRow();
      for (const text of [row.name, when(row.period), number(row), ...(base ? [row.drawn.toFixed(1)] : []), cited(row)]) line.append(element("td", text));
    }
    part("table").querySelector("div").replaceChildren(table);
    part("chart").style.minHeight = kind() === "bar" ? `${34 * found.length + 60}px` : ""; // so that nothing moves when it is drawn
    form.elements.kind.value = kind();
    for (const choice of form.elements.kind) choice.disabled = standing();
    for (const name of ["index", "log"]) form.elements[name].disabled = kind() === "bar";
    form.querySelector(".explorer-why").hidden = !standing();
    const status = form.querySelector(".explorer-status");
    status.textContent = [
      indexed() && !base ? "These economies have no period in common: values are shown as they are." : "",
      asked(found) && !log(found) ? "A log scale has no place for nought: values are shown on an even one." : "",
    ].filter(Boolean).join(" ");
  };

  const address = () => {
    const said = new URLSearchParams({ series: form.elements.series.value, of: chosen().join("."), as: kind(), ...Object.fromEntries(["index", "log"].filter((name) => form.elements[name].checked).map((name) => [name, "1"])) });
    return `#${said}`;
  };
  const follow = (keep) => {
    const enough = chosen().length;
    for (const box of boxes()) box.disabled = box.checked ? enough <= 2 : enough >= MOST;
    if (keep) history.replaceState(null, "", address());
    tell();
    draw().catch(() => { form.querySelector(".explorer-status").textContent = "The chart could not be drawn: its data stand in the table below."; });
  };
  const read = () => {
    const said = new URLSearchParams(location.hash.slice(1));
    if (data.series.some((one) => one.id === said.get("series"))) form.elements.series.value = said.get("series");
    if (["line", "bar"].includes(said.get("as")) && !standing()) wish = said.get("as");
    for (const name of ["index", "log"]) form.elements[name].checked = said.get(name) === "1";
    offer((said.get("of") ?? "").split("."));
    follow(false);
  };

  // The chart as an image that travels alone: with what it shows and its sources, on the page's colour.
  const sheet = async () => {
    const drawn = spec(rows()), signs = drawn.width / 8.5;
    const lines = (text) => text.split(" ").reduce(([line, ...rest], word) => (`${line} ${word}`.length < signs ? [`${line} ${word}`.trim(), ...rest] : [word, line, ...rest]), [""]).reverse();
    const text = lines(part("title").textContent), subtitle = [part("about").textContent, part("sources").textContent].flatMap(lines);
    const title = { text, subtitle, anchor: "start", frame: "bounds", color: ink("ink"), subtitleColor: ink("muted"), fontSize: 15, subtitleFontSize: 12, offset: 12 };
    const background = getComputedStyle(document.body).backgroundColor, height = drawn.height + 20 * (text.length + subtitle.length);
    return (await window.briefVega.embed(element("div", ""), { ...drawn, title, background, height }, { renderer: "svg", logLevel: 1 })).view;
  };
  const save = (name, address) => {
    const link = element("a", "", { href: address, download: name });
    document.body.append(link);
    link.click();
    link.remove();
  };
  const quoted = (text) => (/[",\n]/.test(text) ? `"${String(text).replaceAll('"', '""')}"` : text);
  const take = {
    csv: () => {
      const lines = rows().found.map((row) => [row.code, row.name, row.period, row.value ?? "", cited(row)].map(quoted).join(","));
      save("comparison.csv", `data:text/csv;charset=utf-8,${encodeURIComponent(["economy,name,period,value,source", ...lines].join("\n"))}\n`);
    },
    svg: async () => save("comparison.svg", `data:image/svg+xml;charset=utf-8,${encodeURIComponent(await (await sheet()).toSVG())}`),
    png: async () => save("comparison.png", (await (await sheet()).toCanvas(2)).toDataURL("image/png")),
    cite: (button) => {
      const used = [...new Set(rows().found.flatMap((row) => row.sources))].map((place) => data.sources[place][0]).join("; ");
      const whole = document.querySelector("meta[name=brief-citation]")?.content ?? document.title;
      return window.briefCopy(button, `${part("title").textContent} (${series().column}; data: ${used}). ${whole} (${link()})`);
    },
    link: (button) => window.briefCopy(button, link()),
  };
  const link = () => (document.querySelector("link[rel=canonical]")?.href ?? location.href.replace(/#.*/, "")) + address();
  for (const button of figure.querySelectorAll("[data-take]")) button.addEventListener("click", () => take[button.dataset.take](button));

  load(new URL(form.dataset.series, document.baseURI)).then(() => {
    data = window.briefSeries;
    form.elements.series.addEventListener("change", () => { offer(chosen()); follow(true); });
    form.addEventListener("change", (event) => {
      if (event.target.name === "kind") wish = event.target.value;
      if (event.target.name !== "series") follow(true);
    });
    addEventListener("hashchange", read);
    new MutationObserver(() => draw()).observe(document.documentElement, { attributeFilter: ["data-theme"] });
    matchMedia("(max-width: 600px)").addEventListener("change", () => draw());
    read();
    figure.classList.add("ready");
  }).catch(() => { form.querySelector(".explorer-status").textContent = "The series could not be loaded."; });
})();
