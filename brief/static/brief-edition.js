// On a page of a frozen edition: say that a newer one is there, when versions.js beside the editions knows of it.
"use strict";
(() => {
  const own = document.querySelector("meta[name=brief-edition]")?.content;
  if (!own) return;
  const root = new URL(document.documentElement.dataset.content_root || "./", location.href);
  const script = Object.assign(document.createElement("script"), { src: new URL("../versions.js", root) });
  script.onload = () => {
    const newest = window.briefVersions[0];
    if (newest.edition === own) return;
    const path = location.href.slice(root.href.length).replace(/#.*/, "");
    const link = (text, to) => Object.assign(document.createElement("a"), { textContent: text, href: new URL(`../${newest.edition}/${to}`, root) });
    const note = Object.assign(document.createElement("aside"), { className: "edition-note" });
    note.setAttribute("aria-label", "A newer edition");
    note.append(`This is edition ${own}. Edition ${newest.edition} is newer: `, link("this page there", path || "index.html"), ", ",
      link("what changed", newest.updates), ".");
    document.body.append(note);
  };
  document.head.append(script);
})();
