// A table's own page: DataTables sorts, filters and pages it; the address keeps the choice, or names a row, which is shown
// and marked. Without this file the page holds a plain table.
"use strict";
(() => {
  const { plain, matcher, chosen, keep, place, fields, fill, said, recount } = window.briefFilter;
  const element = document.getElementById("data-table"), form = document.getElementById("table-filter");
  const count = form.querySelector(".filter-count"), total = Number(element.dataset.total);
  const heads = [...element.tHead.rows[0].cells], names = heads.map((head) => head.dataset.name || "row");
  const selects = fields(form).filter((field) => field.tagName === "SELECT" && !["size", "sort"].includes(field.name));

  const table = new DataTable(element, {
    autoWidth: false,
    order: [],
    pageLength: 25,
    layout: { topStart: null, topEnd: null, bottomStart: "info", bottomEnd: { paging: { buttons: 5 } } },
    columns: heads.map((head, i) => ({
      type: head.dataset.type === "num" ? "html-num" : "html",
      className: head.className,
      cellType: i ? "td" : "th",
      createdCell: i ? null : (cell) => cell.setAttribute("scope", "row"),
    })),
    language: { info: "Rows _START_ to _END_ of _TOTAL_", infoEmpty: "", infoFiltered: "", zeroRecords: "No row holds that.", thousands: "," },
  });
  // Outside what scrolls sideways.
  document.getElementById("table-paging").append(...element.closest(".dt-container").querySelectorAll(".dt-info, .dt-paging"));

  // Rows that stand in the page for who has no script are made when a reader turns to the table; the rest of a long table
  // comes then too.
  const more = document.getElementById("more-rows");
  let coming = null, made = false;
  const make = () => {
    if (!more || made) return;
    made = true;
    table.rows.add([...new DOMParser().parseFromString(more.textContent, "text/html").querySelectorAll("tbody tr")]);
    held = null;
  };
  const whole = () => (make(), coming ??= !element.dataset.rest ? Promise.resolve() : new Promise((done, failed) => {
    const script = Object.assign(document.createElement("script"), { src: element.dataset.rest, onerror: failed });
    script.onload = () => {
      const first = table.rows().count();
      table.rows.add(window.briefRows.map(([id, ...cells], i) =>
        Object.assign([`<a href="#${id}">${first + i + 1}</a>`, ...cells], { DT_RowId: id })));
      held = null;
      done();
    };
    document.head.append(script);
  }));

  // What each row says, made when a reader first types or chooses: a code stands before what it means.
  const signs = { amp: "&", lt: "<", gt: ">", "#34": '"', "#39": "'", "#x27": "'", quot: '"' };
  const bare = (cell) => cell.replace(/<[^>]*>/g, "").replace(/&([#\w]+);/g, (whole, name) => signs[name] ?? whole);
  let held = null;
  const texts = () => (held ??= table.rows({ order: "index" }).data().toArray().map((row) => {
    const cells = [...row].map(bare);
    return { cells, words: plain(cells.slice(1).join(" ")) };
  }));
  const coded = new Set(selects.filter((select) => [...select.options].some(({ value, dataset }) => value && dataset.words !== value)));
  const value = (row, select) => {
    const cell = row.cells[names.indexOf(select.name)];
    return coded.has(select) ? cell.split(" ")[0] : cell;
  };

  const show = () => {
    const choices = said(form), asked = choices.words || selects.some((select) => choices[select.name]);
    const rows = asked ? texts() : [], match = matcher(choices.words || "", rows.map((row) => row.words));
    const worded = rows.map((row) => match(row.words));
    const left = (i, without) => worded[i] &&
      selects.every((select) => select === without || !choices[select.name] || value(rows[i], select) === choices[select.name]);
    table.search.fixed("filter", asked ? (_text, _data, i) => left(i) : null);
    table.page.len(Number(choices.size) || 25);
    const column = names.indexOf(choices.sort.replace(/^-/, ""));
    table.order(column < 0 ? [] : [[column, choices.sort.startsWith("-") ? "desc" : "asc"]]).draw();
    const kept = table.page.info().recordsDisplay, all = `${total.toLocaleString("en")} rows`;
    count.textContent = asked ? `${kept.toLocaleString("en")} of ${all}` : all;
    for (const select of selects) {
      const counts = new Map();
      rows.forEach((row, i) => left(i, select) && counts.set(value(row, select), (counts.get(value(row, select)) || 0) + 1));
      if (asked) recount(select, (wanted) => counts.get(wanted) || 0);
    }
  };

  // A row that the address names: on its page, in sight, marked, and where the keyboard goes on.
  const follow = async () => {
    const id = place();
    if (!id.startsWith("row-")) return;
    let index = table.rows().ids().toArray().indexOf(id);
    if (index < 0) {
      await whole();
      index = table.rows().ids().toArray().indexOf(id);
    }
    if (index < 0) return;
    const at = () => table.rows({ order: "applied", search: "applied" }).indexes().toArray().indexOf(index);
    if (at() < 0) {
      fill(form, {});
      show();
    }
    table.page(Math.floor(at() / table.page.len())).draw(false);
    element.querySelectorAll("tr.here").forEach((row) => row.classList.remove("here"));
    const row = table.row(index).node();
    row.classList.add("here");
    row.tabIndex = -1;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "center", behavior: "instant" });
  };

  const read = async () => {
    if (!location.hash.includes("=")) return follow();
    fill(form, chosen());
    await whole();
    show();
    // What the address chose is in sight: on a phone the table stands below what is said of it.
    const first = element.querySelector("tbody tr");
    if (first && first.getBoundingClientRect().bottom > innerHeight) count.scrollIntoView({ block: "start", behavior: "instant" });
  };
  const changed = async () => {
    await whole();
    keep(said(form));
    show();
  };
  table.on("order", () => {
    const [first] = table.order();
    const now = first?.[1] && first[0] ? `${first[1] === "desc" ? "-" : ""}${names[first[0]]}` : "";
    if (now === form.elements.sort.value) return;
    form.elements.sort.value = now;
    keep(said(form));
  });
  // The rows that are chosen, in their order, as the table's own file has them, but sources by name; a text that a spreadsheet
  // would run has an apostrophe before it.
  const texted = (cell, i) => {
    const text = bare(cell.replace(/<span class="gloss">.*?<\/span>/g, "")).trim();
    const harmless = heads[i].dataset.type !== "num" && /^[=+\-@]/.test(text) ? `'${text}` : text;
    return /[",\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
  };
  const button = form.querySelector("[data-rows]");
  button.addEventListener("click", async () => {
    await whole();
    const rows = table.rows({ order: "applied", search: "applied" }).data().toArray();
    const lines = [names, ...rows.map((row) => [...row].map(texted))].map((cells) => cells.slice(1).join(","));
    const href = URL.createObjectURL(new Blob([lines.join("\n"), "\n"], { type: "text/csv" }));
    Object.assign(document.createElement("a"), { href, download: button.dataset.rows }).click();
    setTimeout(() => URL.revokeObjectURL(href), 10000);
  });
  form.addEventListener("input", changed);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => { event.preventDefault(); fill(form, {}); changed(); });
  if (element.dataset.rest || more) {
    document.querySelector("#table-paging .dt-info").textContent = `Rows 1 to 25 of ${total.toLocaleString("en")}`;
    // Drawing makes the buttons under the table anew: once, and not between a touch or a focus of one and its press.
    const paging = document.getElementById("table-paging");
    let drawn = false;
    const turned = (event) => {
      if (drawn || (event.type !== "pointerenter" && paging.contains(event.target)) || (event.pointerType ?? "mouse") !== "mouse") return;
      drawn = true;
      whole().then(() => table.draw(false));
    };
    for (const part of [form, element, paging]) part.addEventListener("pointerenter", turned);
    for (const event of ["focusin", "touchstart"]) document.addEventListener(event, turned, { passive: true });
  }
  // Paper has no pages to turn to: the rows that are chosen, as far as they have come.
  addEventListener("beforeprint", () => {
    make();
    table.page.len(-1).draw(false);
  });
  addEventListener("afterprint", () => table.page.len(Number(said(form).size) || 25).draw(false));
  window.addEventListener("hashchange", read);
  read();
})();
