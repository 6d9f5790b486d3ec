// Figures are there without this file. With it they respond: a figure that a reader points at, focuses or taps is drawn
// again in place by Vega (brief-vega.js, loaded once, on demand), with tooltips, highlighting and inputs.
"use strict";
(() => {
  const here = document.currentScript.src;
  const loaded = new Map();

  const load = (url) => {
    if (!loaded.has(url)) {
      loaded.set(url, new Promise((done, failed) => {
        const script = Object.assign(document.createElement("script"), { src: url, onload: done, onerror: failed });
        document.head.append(script);
      }));
    }
    return loaded.get(url);
  };

  // The house colours as this page shows them now: light, dark or the reader's own choice.
  const recolored = (spec) => {
    const style = getComputedStyle(document.documentElement);
    const text = JSON.stringify(spec).replace(/#[0-9a-f]{6}/gi, (color) => {
      const name = window.briefVega.colors[color.toLowerCase()];
      return (name && style.getPropertyValue(name).trim()) || color;
    });
    return JSON.parse(text);
  };

  const awake = new Map();

  const wake = async (drawings) => {
    if (drawings.dataset.state) return;
    drawings.dataset.state = "waking";
    try {
      await Promise.all([load(new URL("brief-vega.js", here)), load(new URL(drawings.dataset.live, document.baseURI))]);
      await draw(drawings);
      drawings.dataset.state = "awake";
    } catch (error) {
      drawings.dataset.state = ""; // the static drawing stays, and another try is free
    }
  };

  const controls = (drawings) => drawings.closest("figure").querySelector(".figure-controls");

  // Give the chart the values of its inputs, and say what it shows then to who can't see it.
  const set = async (drawings) => {
    const inputs = controls(drawings)?.querySelectorAll("input, select") ?? [];
    if (!inputs.length) return;
    const { view } = awake.get(drawings);
    for (const input of inputs) {
      view.signal(input.name, input.type === "range" ? Number(input.value) : input.value || null);
    }
    await view.runAsync();
    const top = (label) => label.getBoundingClientRect().top;
    const labels = [...drawings.querySelectorAll(".drawing-live .mark-text")].at(-1)?.querySelectorAll("text") ?? [];
    const said = [...labels].sort((a, b) => top(a) - top(b)).map((label) => label.textContent).join(", ");
    controls(drawings).querySelector("[role=status]").textContent = said;
  };

  // Its style stands in brief.css; warnings are kept back, since a layer that waits for a choice has no extent.
  const options = { renderer: "svg", tooltip: { disableDefaultStyle: true }, defaultStyle: false, logLevel: 1 };

  const draw = async (drawings) => {
    const still = [...drawings.querySelectorAll(":scope > .drawing")].find((form) => form.offsetParent);
    const spec = recolored(window.briefLive[drawings.dataset.figure][still.dataset.form]);
    const host = Object.assign(document.createElement("div"), { className: "drawing-live" });
    host.setAttribute("aria-hidden", "true"); // its group carries the name and the text
    drawings.append(host);
    const made = await window.briefVega.embed(host, spec, options);
    drawings.querySelectorAll(":scope > .drawing-live").forEach((old) => old === host || old.remove());
    awake.get(drawings)?.finalize();
    awake.set(drawings, made);
    drawings.classList.add("awake");
    await set(drawings);
  };

  for (const drawings of document.querySelectorAll(".drawings[data-live]")) {
    for (const event of ["pointerenter", "focusin", "touchstart"]) {
      drawings.addEventListener(event, () => wake(drawings), { passive: true });
    }
    for (const input of controls(drawings)?.querySelectorAll("input, select") ?? []) {
      input.addEventListener("focus", () => wake(drawings));
      input.addEventListener("input", () => {
        if (input.type === "range") input.nextElementSibling.value = input.value;
        if (awake.has(drawings)) set(drawings);
        else wake(drawings);
      });
    }
  }

  // Light and dark, wide and narrow: what is awake follows.
  const again = () => awake.forEach((_made, drawings) => draw(drawings));
  new MutationObserver(again).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  matchMedia("(max-width: 600px)").addEventListener("change", again);

})();
