// Filters of lists and tables: by words, by choices with counts, sorted, some at a time; the address keeps what is chosen.
// Without this file a list is whole. A form with class "filter" and data-list, a selector, governs what data-items finds in
// that element, else its children: they, or parts of them with data-facets, say data-NAME for each choice and data-sort-NAME
// for each order; an order by a choice needs none, and one whose name begins with "-" goes the other way. A child with data-group is a heading of those of that chapter; so is what stands before a table.
"use strict";
window.briefFilter = (() => {
  // A number is one word, however its thousands are parted: "27" is not in "1,027" nor in "27.5".
  const plain = (text) => text.toLowerCase().replace(/(\d),(?=\d{3}(?!\d))/g, "$1");
  const escaped = (word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const pattern = (word, end) => new RegExp(`(?<![\\p{L}\\p{N}]|\\d[.,])${escaped(word)}${end}`, "u");

  // Which of `texts` (made plain) hold each word typed: whole, or beginning with it where none has it whole.
  const matcher = (typed, texts) => {
    const wanted = plain(typed).match(/[\p{L}\p{N}]+(?:[.,]\p{N}+)*/gu) || [];
    const tests = wanted.map((word) => {
      const whole = pattern(word, "(?![\\p{L}\\p{N}]|[.,]\\d)");
      return texts.some((text) => whole.test(text)) ? whole : pattern(word, "");
    });
    return (text) => tests.every((test) => test.test(text));
  };

  // What the address says after "#": choices by name; none where it names a place on the page.
  const chosen = () => {
    const said = location.hash.slice(1);
    return said.includes("=") ? Object.fromEntries(new URLSearchParams(said)) : {};
  };
  const keep = (choices) => {
    const kept = Object.entries(choices).filter(([, value]) => value);
    const hash = kept.length ? `#${new URLSearchParams(kept)}` : "";
    if (hash !== location.hash) history.replaceState(null, "", hash || location.pathname + location.search);
  };
  const place = () => {
    try { return decodeURIComponent(location.hash.slice(1)); } catch { return ""; }
  };
  const fields = (form) => [...form.elements].filter((field) => field.name);
  const fill = (form, choices) => {
    for (const field of fields(form)) {
      const said = choices[field.name] ?? "";
      field.value = field.tagName === "SELECT" && ![...field.options].some((option) => option.value === said) ? field.options[0].value : said;
    }
  };
  const said = (form) => Object.fromEntries(fields(form).map((field) =>
    [field.name, field.tagName === "SELECT" && field.selectedIndex === 0 ? "" : field.value.trim()]));
  const recount = (select, count) => {
    for (const option of [...select.options].slice(1)) {
      const text = `${option.dataset.words} (${count(option.value).toLocaleString("en")})`;
      if (option.text !== text) option.text = text;
    }
  };
  return { plain, matcher, chosen, keep, place, fields, fill, said, recount };
})();

const filterForms = [...document.querySelectorAll("form.filter[data-list]")];
for (const form of filterForms) {
  const { plain, matcher, chosen, keep, place, fields, fill, said, recount } = window.briefFilter;
  const list = document.querySelector(form.dataset.list), count = form.querySelector(".filter-count");
  const items = form.dataset.items ? [...list.querySelectorAll(form.dataset.items)] : [...list.children].filter((child) => !child.dataset.group);
  const groups = [...list.children].filter((child) => child.dataset.group);
  const holders = [...new Set(items.map((item) => item.parentElement))], whole = new Map(holders.map((holder) => [holder, [...holder.children]]));
  const texts = items.map((item) => plain(item.textContent));
  const data = new Map(items.map((item) => [item, Object.assign({}, item.dataset, ...[...item.querySelectorAll("[data-facets]")].map((part) => part.dataset))]));
  const selects = fields(form).filter((field) => field.tagName === "SELECT" && field.name !== "sort");
  const has = (item, name, value) => !value || (data.get(item)[name] || "").split("|").includes(value);
  const step = Number(form.dataset.step) || items.length;
  let room = step;

  // Of several lists on a page each has choices of its own in the address: those of the first by their names alone.
  const prefix = form === filterForms[0] ? "" : `${list.id}.`;
  const own = () => Object.fromEntries(Object.entries(chosen()).flatMap(([name, value]) =>
    name.startsWith(prefix) && (prefix || !name.includes(".")) ? [[name.slice(prefix.length), value]] : []));
  const others = () => Object.fromEntries(Object.entries(chosen()).filter(([name]) => prefix ? !name.startsWith(prefix) : name.includes(".")));
  const store = (choices) => keep({ ...others(), ...Object.fromEntries(Object.entries(choices).map(([name, value]) => [prefix + name, value])) });

  const more = Object.assign(document.createElement("button"), { type: "button", className: "more", hidden: true });
  (list.closest("table") || list).after(more);

  // By a choice in the order of its words, by numbers from the largest, by words from A; what has no such thing comes last.
  const order = (said) => {
    if (!said) return items;
    const back = said.startsWith("-"), name = said.replace("-", ""), choice = selects.find((select) => select.name === name);
    const places = choice && [...choice.options].map((option) => option.value);
    const of = (item) => (data.get(item)[name] || "").split("|").map((value) => places.indexOf(value)).filter((place) => place > 0).sort((a, b) => a - b);
    const key = choice ? (item) => (back ? of(item).at(-1) : of(item)[0]) ?? "" : (item) => data.get(item)[`sort${name[0].toUpperCase()}${name.slice(1)}`] ?? "";
    const number = items.every((item) => key(item) === "" || !Number.isNaN(Number(key(item))));
    const way = back === Boolean(choice) ? -1 : 1;
    const compare = (a, b) => (number ? way * (Number(key(a)) - Number(key(b))) : key(a).localeCompare(key(b), "en"));
    return [...items].sort((a, b) => (key(a) === "") - (key(b) === "") || compare(a, b));
  };

  const show = () => {
    const choices = said(form), match = matcher(choices.words || "", texts);
    const worded = new Set(items.filter((_, i) => match(texts[i])));
    const left = (item, without) => worded.has(item) &&
      selects.every((select) => select.name === without || has(item, select.name, choices[select.name]));
    const ordered = order(choices.sort), kept = ordered.filter((item) => left(item)), shown = new Set(kept.slice(0, room));
    for (const holder of holders) { // the first takes all that are sorted
      const now = !choices.sort ? whole.get(holder) : holder === holders[0] ? [...groups, ...ordered] : [];
      if (now.some((child, i) => holder.children[i] !== child)) holder.append(...now);
    }
    for (const item of items) item.hidden = !shown.has(item);
    for (const group of groups) group.hidden = Boolean(choices.sort) || ![...shown].some((item) => has(item, "chapter", group.dataset.group));
    for (const holder of holders.filter((each) => each.tagName === "TBODY")) {
      const frame = holder.closest(".pst-scrollable-table-container") || holder.closest("table");
      frame.hidden = ![...holder.children].some((item) => !item.hidden);
      if (frame.previousElementSibling?.classList.contains("ledger-chapter")) frame.previousElementSibling.hidden = frame.hidden || Boolean(choices.sort);
    }
    for (const select of selects) {
      const tally = {};
      for (const item of items.filter((each) => left(each, select.name))) {
        for (const value of (data.get(item)[select.name] || "").split("|")) tally[value] = (tally[value] ?? 0) + 1;
      }
      recount(select, (value) => tally[value] ?? 0);
    }
    count.textContent = kept.length === items.length ? count.dataset.all : `${kept.length.toLocaleString("en")} of ${count.dataset.all}`;
    more.hidden = kept.length <= room;
    more.textContent = `Show ${Math.min(step, kept.length - room)} more of ${kept.length - room}`;
    return choices;
  };

  // What an address leads to is shown, whatever is chosen.
  const follow = () => {
    const target = document.getElementById(place());
    const item = target && items.find((each) => each.contains(target));
    if (!item) return;
    if (item.hidden) {
      fill(form, {});
      room = Math.max(step, items.indexOf(item) + 1);
      show();
    }
    items.forEach((each) => each.classList.toggle("here", each === item));
    document.documentElement.dataset.led = ""; // what is far away takes its own height
    item.scrollIntoView({ block: "center", behavior: "instant" });
  };

  const changed = () => { room = step; store(show()); };
  form.addEventListener("input", changed);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => { event.preventDefault(); fill(form, {}); changed(); });
  more.addEventListener("click", () => {
    const next = order(said(form).sort).find((item) => item.hidden);
    room += step;
    show();
    (next?.querySelector("a, button, summary") || more).focus();
  });
  // On paper there is no button that shows more: all that is chosen.
  addEventListener("beforeprint", () => { room = items.length; show(); });
  addEventListener("afterprint", () => { room = step; show(); });
  // An address that chooses leads to the list that it chooses of.
  const choose = () => {
    fill(form, own());
    show();
    if (Object.keys(own()).length) form.scrollIntoView({ block: "start", behavior: "instant" });
  };
  window.addEventListener("hashchange", () => { if (location.hash.includes("=")) choose(); else follow(); });
  choose();
  list.classList.add("governed");
  follow();
}
// The ledger says a source's reference at its first mention: here it is the tooltip of the others too.
const references = new Map();
for (const link of document.querySelectorAll(".filtered .bibtex-citation a")) {
  if (link.title) references.set(link.hash, link.title);
  else link.title = references.get(link.hash) ?? "";
}
for (const button of document.querySelectorAll("[data-copy-address]")) {
  button.addEventListener("click", () => window.briefCopy(button, location.href));
}
