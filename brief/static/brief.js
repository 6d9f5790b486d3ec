// Facts and terms open a small card: where a number comes from, what a word means. Without this file they are links to the
// ledger and to the glossary.
"use strict";
(() => {
  const stored = (id) => JSON.parse(document.getElementById(id)?.textContent ?? "{}");
  const { by, files, facts = {} } = stored("brief-facts"), terms = stored("brief-terms");
  const owners = [...document.querySelectorAll("a.fact, a.term")].filter((link) => facts[link.getAttribute("href")] ?? terms[link.getAttribute("href")]);
  if (!owners.length) return;
  const card = document.createElement("div");
  card.className = "fact-card";
  card.id = "fact-card";
  card.setAttribute("role", "dialog");
  card.hidden = true;
  document.body.append(card);
  let owner = null, pinned = false, timer = 0;

  const element = (tag, text, attributes = {}) => {
    const made = Object.assign(document.createElement(tag), attributes);
    if (text) made.textContent = text;
    return made;
  };
  const links = (items) => items.flatMap(([text, href, about], i) =>
    [i ? "; " : "", element("a", text, { href }), ...(about ? [element("span", ` (${about})`, { className: "fact-card-about" })] : [])]);
  const row = (name, ...content) => {
    const line = element("p", "");
    line.append(element("span", name + " ", { className: "fact-card-name" }), ...content);
    return line;
  };

  const copyButton = (fact, about) => {
    const place = /^https?:/.test(fact.link) ? `, ${fact.link}` : ""; // before the book's own address is known
    const text = `${fact.value}${about ? ` ${about}` : ""}. ${by}${place}`;
    const button = element("button", "Copy", { type: "button", className: "copy", ariaLabel: "Copy the citation of this number" });
    button.addEventListener("click", () => window.briefCopy(button, text));
    return button;
  };

  // The same as files: the page has one of each kind, which lacks what differs from number to number.
  const written = {
    bib: { name: "BibTeX", title: (text) => `{${text}}`, plain: (text) => text.replace(/[\\{}]/g, "").replace(/[#$%&_]/g, "\\$&") },
    ris: { name: "RIS", plain: (text) => text },
    json: { name: "CSL-JSON", plain: (text) => JSON.stringify(text).slice(1, -1) },
  };
  const fileLinks = (fact, about) => Object.entries(written).flatMap(([kind, { name, plain, title = (text) => text }], i) => {
    const said = { id: fact.id, title: title(plain(`${fact.value}${about ? ` ${about}` : ""}`)), note: plain(`Source: ${fact.sources.map(([text]) => text).join("; ")}`), url: fact.link };
    const text = files[kind].replace(/number-(id|title|note|url)/g, (_, part) => said[part]);
    return [i ? ", " : " ", element("a", name, { href: `data:text/plain;charset=utf-8,${encodeURIComponent(text)}`, download: `${fact.id}.${kind}` })];
  });

  const define = (link) => {
    const [name, said] = terms[link.getAttribute("href")];
    card.setAttribute("aria-label", `What ${name} is`);
    card.replaceChildren(
      row("", element("strong", name)),
      row("", said),
      row("", element("a", "In the glossary", { href: link.getAttribute("href") })),
    );
  };

  const fill = (link) => {
    if (link.classList.contains("term")) return define(link);
    card.setAttribute("aria-label", "Where this number comes from");
    const fact = facts[link.getAttribute("href")];
    const about = [fact.unit, fact.period].filter(Boolean).join(", ");
    card.replaceChildren(
      row("Value", element("strong", fact.value), about ? ` ${about}` : ""),
      ...fact.estimates.map(([value, who, what]) => row("·", element("strong", value), ` ${who}${what ? ` (${what})` : ""}`)),
      ...(fact.formula ? [row("Computed", element("span", fact.formula, { className: "fact-card-formula" }))] : []),
      ...fact.operands.map(([value, what, href]) => row(fact.formula ? `· ${value}` : "From", element("a", what, { href }))),
      ...fact.said.map(([name, text]) => row(name, text)),
      row(fact.tables.length > 1 ? "Tables" : "Table", ...links(fact.tables)),
      row(fact.sources.length > 1 ? "Sources" : "Source", ...links(fact.sources)),
      row("Cite", element("a", "this number", { href: fact.link }), " ", copyButton(fact, about), ...fileLinks(fact, about)),
      row("", element("a", "In the evidence ledger", { href: link.getAttribute("href") })),
    );
  };

  const place = (link) => {
    const at = link.getClientRects()[0];
    const left = Math.min(at.left, document.documentElement.clientWidth - card.offsetWidth - 12);
    const below = at.bottom + 8, above = at.top - card.offsetHeight - 8;
    const fits = below + card.offsetHeight < window.innerHeight || above < 0;
    card.style.left = `${Math.max(12, left) + window.scrollX}px`;
    card.style.top = `${(fits ? below : above) + window.scrollY}px`;
  };

  const open = (link, pin) => {
    clearTimeout(timer);
    if (owner && owner !== link) owner.setAttribute("aria-expanded", "false");
    owner = link;
    pinned = pin;
    fill(link);
    card.hidden = false;
    link.setAttribute("aria-expanded", "true");
    place(link);
  };

  const close = (back) => {
    clearTimeout(timer);
    if (!owner) return;
    owner.setAttribute("aria-expanded", "false");
    card.hidden = true;
    if (back) owner.focus();
    owner = null;
    pinned = false;
  };
  const soon = () => { if (!pinned) timer = setTimeout(close, 250); };

  for (const link of owners) {
    link.removeAttribute("title");
    link.setAttribute("role", "button");
    link.setAttribute("aria-haspopup", "dialog");
    link.setAttribute("aria-expanded", "false");
    link.addEventListener("mouseenter", () => { if (!pinned) timer = setTimeout(() => open(link, false), 120); });
    link.addEventListener("mouseleave", () => { clearTimeout(timer); soon(); });
    link.addEventListener("focus", () => { if (!pinned && link.matches(":focus-visible")) open(link, false); });
    link.addEventListener("blur", (event) => { if (!pinned && !card.contains(event.relatedTarget)) soon(); });
    const toggle = (event) => {
      event.preventDefault();
      if (pinned && owner === link) return close(true);
      open(link, true);
      card.querySelector("a").focus({ preventScroll: true });
    };
    link.addEventListener("click", (event) => { if (!event.ctrlKey && !event.metaKey) toggle(event); });
    link.addEventListener("keydown", (event) => { if (event.key === " " || event.key === "Enter") toggle(event); });
  }
  // The card stands at the page's end, and is read where its number stands: from its last link the key goes on to what
  // follows the number, from its first back to the number.
  card.addEventListener("keydown", (event) => {
    const stops = card.querySelectorAll("a, button"), from = owner;
    if (event.key !== "Tab" || document.activeElement !== stops[event.shiftKey ? 0 : stops.length - 1]) return;
    if (event.shiftKey) event.preventDefault();
    from.focus();
    close(false);
  });
  card.addEventListener("mouseenter", () => clearTimeout(timer));
  card.addEventListener("mouseleave", soon);
  card.addEventListener("focusout", (event) => {
    if (!card.contains(event.relatedTarget) && event.relatedTarget !== owner) close(false);
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(true); });
  document.addEventListener("click", (event) => {
    if (owner && !card.contains(event.target) && !owner.contains(event.target)) close(false);
  });
})();

for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());

// Buttons that copy: a citation, a link, the code that embeds a figure.
window.briefCopy = async (button, text) => {
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    button.textContent = "Select and copy by hand";
  }
  setTimeout(() => { button.textContent = label; }, 2000);
};
// A citation is copied as shown; the style that a reader chose is that of all others, and of the next pages of the visit.
const boxes = [...document.querySelectorAll(".cite")], styles = boxes.flatMap((box) => [...box.querySelectorAll("[type=radio]")]);
const choose = (style) => styles.forEach((radio) => { if (radio.value === style) radio.checked = true; });
for (const box of boxes) {
  box.addEventListener("change", (event) => {
    choose(event.target.value);
    try { sessionStorage.setItem("brief-style", event.target.value); } catch { /* nothing may be kept here */ }
  });
  const shown = () => box.querySelectorAll("dd")[[...box.querySelectorAll("[type=radio]")].findIndex((radio) => radio.checked)];
  const button = box.querySelector("[data-cite]");
  button.addEventListener("click", () => window.briefCopy(button, shown().textContent.trim()));
}
try { choose(sessionStorage.getItem("brief-style")); } catch { /* and nothing be read */ }
// Harvard's style asks when an address was read: today, for who copies the citation now.
for (const said of boxes.flatMap((box) => [...box.querySelectorAll("dd p")])) {
  if (!said.textContent.includes("(Accessed: ")) continue;
  const today = new Date().toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
  said.textContent = said.textContent.replace(/(?<=\(Accessed: )[^)]*/, today);
}
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.addEventListener("click", () => window.briefCopy(button, button.dataset.copy));
}

// An image is copied where a browser can and the page may read its own files: not from disk.
for (const button of document.querySelectorAll("button[data-image]")) {
  button.hidden = !navigator.clipboard?.write || !window.ClipboardItem || location.protocol === "file:";
  button.addEventListener("click", async () => {
    const image = fetch(button.dataset.image).then((answer) => answer.blob());
    const copied = navigator.clipboard.write([new ClipboardItem({ "image/png": image })]);
    button.textContent = await copied.then(() => "Copied", () => "Not copied: take the PNG");
    setTimeout(() => { button.textContent = "Copy image"; }, 2000);
  });
}

// One line of disclosures under a figure: one is open at a time, and Escape or a click elsewhere closes it.
const tools = [...document.querySelectorAll(".figure-menu details")];
const closeTools = (but) => tools.forEach((tool) => { if (tool !== but) tool.open = false; });
for (const tool of tools) tool.addEventListener("toggle", () => { if (tool.open) closeTools(tool); });
document.addEventListener("click", (event) => closeTools(event.target.closest?.(".figure-menu details")));
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && tools.find((tool) => tool.open);
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
addEventListener("beforeprint", () => document.querySelectorAll("details.to-print").forEach((fold) => { fold.open = true; }));

// Links to headings, figures and findings are copied with a click; text selected, with its citation.
(() => {
  const article = document.querySelector("article.bd-article"), own = document.querySelector("link[rel=canonical]")?.href ?? location.href.replace(/[?#].*/, "");
  if (!article) return;
  const toast = Object.assign(document.createElement("p"), { className: "brief-toast" });
  toast.setAttribute("role", "status");
  document.body.append(toast);
  let timer = 0;
  const copy = async (text, said) => {
    try {
      await navigator.clipboard.writeText(text);
      toast.textContent = said;
    } catch {
      toast.textContent = "Copying is not allowed here.";
    }
    clearTimeout(timer);
    timer = setTimeout(() => { toast.textContent = ""; }, 2500);
  };
  for (const finding of article.querySelectorAll(".finding[id]")) {
    finding.append(Object.assign(document.createElement("a"), { className: "headerlink", href: `#${finding.id}`, textContent: "#" }));
  }
  for (const link of article.querySelectorAll("a.headerlink")) {
    const whose = link.closest(".finding") ? "this finding" : link.closest("figure") ? "this figure" : link.closest("dt") ? "this entry" : "this section";
    link.removeAttribute("title");
    link.setAttribute("aria-label", `Copy the link to ${whose}`);
    link.addEventListener("click", () => copy(own + link.getAttribute("href"), `The link to ${whose} is copied.`));
  }

  const citation = document.querySelector("meta[name=brief-citation]")?.content;
  if (!citation) return;
  // A number of the ledger is copied with what it is, its sources and where it stands: its row's cells in their order.
  for (const link of article.querySelectorAll("a.cite-number")) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      const [, value, what, , sources] = link.closest("tr").cells, text = (part) => part.textContent.replace(/\s+/g, " ").trim();
      const cited = [...sources.querySelectorAll(".source a")].map(text).join("; "), at = link.getAttribute("href");
      const number = [link.previousSibling.textContent.trim(), text(what)].filter(Boolean).join(" ");
      copy(`${number}${cited && ` (${cited})`}. ${citation} ${at.startsWith("#") ? own + at : at}`, `${number}: copied with its citation.`);
    });
  }
  const button = Object.assign(document.createElement("button"), { type: "button", className: "copy copy-selection", textContent: "Copy with citation", hidden: true });
  document.body.append(button);
  const chosen = () => {
    const selection = getSelection(), text = selection.toString().replace(/\s+/g, " ").trim();
    return text.length > 20 && article.contains(selection.anchorNode) && article.contains(selection.focusNode) ? { text, selection } : null;
  };
  document.addEventListener("selectionchange", () => {
    const found = chosen();
    button.hidden = !found;
    if (!found) return;
    const at = [...found.selection.getRangeAt(0).getClientRects()].at(-1);
    if (!at) return;
    button.style.left = `${Math.max(8, Math.min(at.right, document.documentElement.clientWidth - 160)) + scrollX}px`;
    button.style.top = `${at.bottom + 6 + scrollY}px`;
  });
  button.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
  button.addEventListener("click", () => {
    const { text, selection } = chosen() ?? {};
    if (!text) return;
    const place = selection.anchorNode.parentElement.closest("[id]");
    copy(`\u201c${text}\u201d ${citation}${place && article.contains(place) ? ` (${own}#${place.id})` : ""}`, "The text is copied with its citation.");
    button.hidden = true;
  });
})();

// A link from a dialog to a place on the same page leads there: the dialog would hide it.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("dialog[open] a[href]");
  if (link?.hash && link.pathname === location.pathname) link.closest("dialog").close();
});
