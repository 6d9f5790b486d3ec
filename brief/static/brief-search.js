// The search of the book, on its page and in the dialog. What it finds (search-passages.js) and the library that finds it
// (minisearch.js) are loaded when somebody turns to it, as scripts, so that it works from disk too.
"use strict";
(() => {
  const here = document.currentScript.src;
  const top = new URL(document.documentElement.dataset.content_root || "./", location.href);
  const GROUPS = ["Pages", "Findings", "Figures", "Numbers", "Terms", "Claims", "Tables", "Sources"];
  const FEW = 4, AROUND = 90;
  let ready = null, passages = [];

  const load = (url) => new Promise((done, failed) => {
    document.head.append(Object.assign(document.createElement("script"), { src: url, onload: done, onerror: failed }));
  });
  const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replace(/(\d)[,\u202f\u00a0](?=\d{3})/g, "$1");
  // Words and numbers; what hyphens join is found in parts and as one word: open-weight, open weight, openweight.
  const words = (text) => plain(text).match(/[\p{L}\p{N}]+(?:[.,]\d+)*(?:[-\u2010-\u2013'\u2019][\p{L}\p{N}]+(?:[.,]\d+)*)*/gu) ?? [];
  const parts = (word) => word.split(/[^\p{L}\p{N}.,]+/u);
  const tokens = (text) => words(text).flatMap((word) => {
    const split = parts(word);
    return split.length > 1 ? [...split, split.join("")] : split;
  });
  const isNumber = (word) => /^[\d.,]+$/.test(word);
  // What a question is asked with, and says nothing of what it is about.
  const ASKING = new Set("a against an and are as at be between by did do does for from had has have how in into is it its many much of on or say says shall should since stand stands that the their this to use uses versus vs was were what when where which who whose why with would".split(" "));
  const asked = (typed) => {
    const all = words(typed).map((word) => word.replace(/['\u2019]s$/, "")), left = all.filter((word) => !ASKING.has(word));
    const numbers = left.filter(isNumber); // "which source says 27"
    if (numbers.length && left.every((word) => isNumber(word) || ["Numbers", "Sources"].includes(GROUPS[kindOf(word)]))) return numbers;
    return left.length ? left : all;
  };
  const kindOf = (word) => GROUPS.findIndex((group) => [group, group.slice(0, -1)].includes(word[0].toUpperCase() + word.slice(1)));

  // The file is short: a page is a number, and a text may begin with what another passage says from one place to another.
  const unpacked = ({ pages, found }) => {
    const all = found.map(([kind, title, page, anchor, text, of = page, columns = [], rows = []]) => ({
      kind, title, text, rows, at: `${pages[page][0]}.html${anchor && `#${anchor}`}`, of: pages[of][1],
      columns: columns.map((values) => values.map(String)),
    }));
    for (const one of all) {
      if (typeof one.text === "string") continue;
      const [line, from, to, rest] = one.text;
      one.text = `${all[line].title} ${all[line].text}`.slice(from, to) + rest;
    }
    return all;
  };
  // A column of a table's rows, a letter for each: "0" is the next value, the letters after it are those had before.
  const places = (letters) => {
    let next = 0;
    return [...letters].map((letter) => {
      const code = letter.codePointAt(0), number = code - 48 - (code > 0xdfff ? 0x800 : 0);
      return number ? number - 1 : next++;
    });
  };

  const start = () => ready ??= (async () => {
    await Promise.all([load(new URL("minisearch.js", here)), load(new URL("search-passages.js", top))]);
    const index = new MiniSearch({ fields: ["title", "text", "rows"], tokenize: tokens, processTerm: (term) => term });
    passages = unpacked(window.briefPassages);
    index.addAll(passages.map(({ title, text, columns }, id) => ({ id, title, text, rows: columns.flat().join(" ") })));
    const said = passages.map(({ title, text }) => spaced(`${title} ${text}`));
    return { index, said };
  })();

  const spaced = (text) => ` ${words(text).join(" ")} `;
  const query = (wanted, combineWith) => ({
    combineWith,
    queries: wanted.map((word) => ({
      combineWith: "OR",
      queries: [parts(word).join(""), { combineWith: "AND", queries: parts(word) }],
    })),
  });
  const options = {
    boost: { title: 3, rows: 0.3 },
    fuzzy: (term) => !isNumber(term) && term.length > 5 ? 0.15 : false,
    weights: { prefix: 0.5, fuzzy: 0.2 },
  };

  // Hits of all words, those that have them in a row first; and, of a kind that is named, hits of the others.
  // Where nothing has all words: what has most of them.
  const find = ({ index, said }, typed) => {
    const wanted = asked(typed), whole = (word) => said.some((text) => text.includes(` ${word} `));
    // A short word that stands somewhere is no beginning of another: "low" is not "lower".
    const prefix = (term) => !isNumber(term) && term.length > 1 && (term.length > 4 || !whole(term));
    const search = (sought, combineWith) => {
      const phrase = spaced(sought.join(" ")), inARow = (id) => sought.length > 1 && said[id].includes(phrase);
      return index.search(query(sought, combineWith), { ...options, prefix, boostDocument: (id) => (inARow(id) ? 4 : 1) });
    };
    const hits = search(wanted, "AND"), known = new Set(hits.map(({ id }) => id));
    const named = wanted.map(kindOf).filter((kind) => kind >= 0), others = wanted.filter((word) => kindOf(word) < 0);
    if (named.length && others.length) {
      hits.push(...search(others, "AND").filter(({ id }) => !known.has(id) && named.includes(passages[id].kind)));
    }
    if (hits.length || wanted.length < 2) return { wanted, named, hits, all: true };
    const some = search(wanted, "OR").map((hit) => ({ ...hit, held: new Set(hit.queryTerms).size }));
    const most = Math.max(0, ...some.map(({ held }) => held));
    return { wanted, named, hits: some.filter(({ held }) => held === most), all: false };
  };

  const element = (tag, attributes, ...content) => {
    const made = Object.assign(document.createElement(tag), attributes);
    made.append(...content);
    return made;
  };
  // A text with the words found marked: here alone, since a mark left on the next page is in the way.
  const marked = (text, terms) => {
    const found = new RegExp(`(?<![\\p{L}\\p{N}])(${terms.map((term) => term.replace(/[.]/g, "\\.")).join("|") || "$^"})`, "giu");
    return text.split(found).map((part, i) => (i % 2 ? element("mark", {}, part) : part));
  };
  const around = (text, terms) => {
    const at = terms.map((term) => plain(text).indexOf(term)).filter((place) => place >= 0);
    const from = Math.max(0, Math.min(...at, text.length) - AROUND);
    if (!at.length || !from) return text.length > 3 * AROUND ? `${text.slice(0, 3 * AROUND)} …` : text;
    const cut = text.slice(from, from + 3 * AROUND);
    return `… ${cut.slice(cut.indexOf(" ") + 1)}${from + 3 * AROUND < text.length ? " …" : ""}`;
  };

  // The words that a text, or one of several, has.
  const hasWord = (texts) => {
    const known = new Set(tokens([texts].flat().join(" ")));
    return (word) => known.has(word);
  };

  const item = (hit, terms, named) => {
    const { kind, title, at, text, of, columns, rows } = passages[hit.id];
    // What the rows of a table say and its title and text do not chooses among them, when there is a row that says it all.
    const own = hasWord(`${title} ${text}`), inside = hasWord(columns.flat());
    const choose = GROUPS[kind] !== "Tables" ? [] : hit.wanted.filter((word) => !own(word) && inside(word));
    const sought = choose.map((word) => columns.map((values) => new Set([...values.keys()].filter((place) => tokens(values[place]).includes(word)))));
    const held = choose.length ? rows.map(places) : [];
    const one = held.length && held[0].some((_, row) => sought.every((column) => held.some((cells, i) => column[i].has(cells[row]))));
    const to = new URL(one ? `${at}#${new URLSearchParams({ words: choose.join(" ") })}` : at, top);
    const line = element("a", { href: to.href }, ...marked(title, terms));
    if (choose.length) line.append(`, ${one ? "rows with" : "with"} ${choose.map((word) => hit.typed.get(word) ?? word).join(", ")}`);
    const where = named && of !== title ? [element("span", { className: "found-of" }, ` ${of}`)] : [];
    // A figure has a page of its own too, with its data, images and citation.
    const ownPage = GROUPS[kind] === "Figures" && !at.includes("#quoted-") ? [" ", element("a", { href: new URL(`figures/${at.split("#")[1]}/index.html`, top).href, className: "found-more" }, "data, image, citation")] : [];
    const excerpt = text && text !== title ? [element("p", {}, ...marked(around(text, terms), terms))] : [];
    return element("li", {}, line, ...where, ...ownPage, ...excerpt);
  };

  // A page with a form that offers series and economies is opened with those asked for.
  const chosenIn = (hit) => {
    const { kind, at, columns: [series, economies], rows: [ids, codes] } = passages[hit.id];
    if (kind || !series) return null;
    const named = economies.map((name, i) => [name, codes[i]]).filter(([name]) => tokens(name).every((word) => hit.wanted.includes(word)));
    const left = hit.wanted.filter((word) => !hasWord(named.map(([name]) => name))(word));
    const held = series.map((text) => left.filter(hasWord(text)).length), best = held.indexOf(Math.max(...held));
    if (!held[best] || !named.length) return null;
    const choice = new URLSearchParams({ series: ids[best], of: named.map(([, code]) => code).join(".") });
    return { at: `${at.replace(/#.*/, "")}#${choice}`, words: `${series[best]}; ${named.map(([name]) => name).join(", ")}` };
  };

  // Hits of pages are sections: a page comes before others by its best ones and by how much of it is about the words.
  const byPage = (hits) => {
    const pages = new Map();
    for (const hit of hits) {
      const { at, of } = passages[hit.id], page = at.replace(/#.*/, "");
      if (!pages.has(page)) pages.set(page, { page, of, score: 0, hits: [] });
      const known = pages.get(page);
      known.score += hit.score / Math.sqrt(1 + known.hits.length);
      known.hits.push(hit);
    }
    return [...pages.values()].sort((a, b) => b.score - a.score);
  };

  const limited = (items, few, what) => {
    const list = element("ul", {}, ...items.slice(0, few));
    if (items.length <= few) return [list];
    const rest = element("details", {}, element("summary", {}, `${items.length - few} more ${what}`), element("ul", {}, ...items.slice(few)));
    return [list, rest];
  };

  const group = (kind, hits, terms, few) => {
    let content = [];
    if (kind) content = limited(hits.map((hit) => item(hit, terms, kind !== 6)), few, GROUPS[kind].toLowerCase());
    else {
      content = limited(byPage(hits).map(({ page, of, hits: inside }) => {
        const own = inside.filter((hit) => passages[hit.id].title !== of);
        const choice = inside.map(chosenIn).find(Boolean);
        const link = element("a", { href: new URL(choice?.at ?? page, top).href }, ...marked(choice ? `${of}: ${choice.words}` : of, terms));
        return element("li", {}, element("strong", {}, link), element("ul", {}, ...own.slice(0, 3).map((hit) => item(hit, terms, false))));
      }), few, "pages");
    }
    return element("section", { className: "found-group" }, element("h2", {}, GROUPS[kind], element("span", {}, ` ${hits.length}`)), ...content);
  };

  const show = async (typed, results, status, few) => {
    if (!words(typed).length) {
      results.replaceChildren();
      status.textContent = "";
      return;
    }
    let index;
    try {
      index = await start();
    } catch {
      status.textContent = "The search could not be loaded.";
      return;
    }
    if (results.dataset.typed !== typed) return; // somebody typed on meanwhile
    const { wanted, named, hits, all } = find(index, typed);
    const spelled = new Map(typed.split(/\s+/u).map((part) => [words(part)[0], part.replace(/[^\p{L}\p{N}]+$/u, "")]));
    for (const hit of hits) Object.assign(hit, { wanted, typed: spelled });
    const terms = [...new Set([...wanted.flatMap(parts), ...hits.slice(0, 30).flatMap((hit) => hit.terms)])]
      .filter((term) => term.length > 1 || isNumber(term)).sort((a, b) => b.length - a.length);
    const groups = GROUPS.map((_, kind) => hits.filter((hit) => passages[hit.id].kind === kind));
    const order = [...GROUPS.keys()];
    const first = wanted.every(isNumber) ? [3] : named; // who types a number looks for numbers
    order.sort((a, b) => first.includes(b) - first.includes(a));
    const sections = order.filter((kind) => groups[kind].length).map((kind) => group(kind, groups[kind], terms, few));
    results.replaceChildren(...sections);
    status.textContent = !hits.length ? `Nothing found for “${typed}”. Fewer or other words may help.`
      : `${all ? "Found" : "Nothing has all of these words. With most of them:"} ${hits.length}`;
    // From the head of the results to each group, which may stand screens below.
    const jumps = sections.map((section) => {
      const heading = section.querySelector("h2"), jump = element("button", { type: "button", className: "found-jump" }, heading.textContent);
      jump.addEventListener("click", () => {
        section.scrollIntoView({ block: "start", behavior: "instant" });
        section.querySelector("a").focus({ preventScroll: true });
      });
      return jump;
    });
    if (jumps.length > 1) results.prepend(element("p", { className: "found-jumps" }, ...jumps));
  };

  for (const form of document.querySelectorAll("form.bd-search")) {
    const input = form.querySelector("input[name=q]"), dialog = form.closest("dialog");
    const status = element("p", { className: "found-status" });
    status.setAttribute("role", "status");
    const results = element("div", { className: "found" });
    form.after(status, results);
    const search = () => {
      results.dataset.typed = input.value.trim();
      show(results.dataset.typed, results, status, dialog ? 3 : FEW);
    };
    if (dialog) input.addEventListener("focus", () => start().catch(() => {}), { once: true });
    input.addEventListener("input", () => {
      search();
      if (dialog) return;
      const address = new URL(location.href);
      if (input.value) address.searchParams.set("q", input.value);
      else address.searchParams.delete("q");
      history.replaceState(null, "", address);
    });
    // Arrows go from the field to the results and among them.
    const step = (event) => {
      const stops = [input, ...[...results.querySelectorAll("a")].filter((link) => link.checkVisibility())];
      const next = stops[stops.indexOf(document.activeElement) + ({ ArrowDown: 1, ArrowUp: -1 }[event.key] ?? NaN)];
      if (!next) return;
      event.preventDefault();
      next.focus();
    };
    for (const part of [form, results]) part.addEventListener("keydown", step);
    if (dialog) continue;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      search();
    });
    input.value = new URLSearchParams(location.search).get("q") ?? "";
    input.focus();
    search();
  }
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || document.activeElement.closest("input, select, textarea")) return;
    document.querySelector(".search-button__button")?.click();
    event.preventDefault();
  });
})();
