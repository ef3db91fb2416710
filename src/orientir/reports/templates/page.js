// Helps to find one's way: marks in the contents where the reader is, finds rows in long tables, unfolds for paper.
(() => {
  "use strict";
  const wide = window.matchMedia("(min-width: 60rem)");
  const contents = document.querySelector(".contents");
  const headings = [...document.querySelectorAll("main :is(h2, h3)[id]")];
  const inner = [...document.querySelectorAll(".contents a[href^='#']")];
  const links = new Map(inner.map((link) => [link.getAttribute("href").slice(1), link]));
  let marked = null;

  // On a phone the contents would push the first words off the screen.
  if (contents && !wide.matches) contents.querySelector("details").open = false;

  function mark() {
    const passed = headings.filter((heading) => heading.getBoundingClientRect().top < window.innerHeight / 4);
    const link = passed.length ? links.get(passed.at(-1).id) : undefined;
    if (link === marked) return;
    marked?.removeAttribute("aria-current");
    marked = link;
    if (!link) return;
    link.setAttribute("aria-current", "location");
    if (wide.matches) keepInView(link);
  }

  // Not scrollIntoView, which would move the page too.
  function keepInView(link) {
    const place = link.getBoundingClientRect();
    const frame = contents.getBoundingClientRect();
    if (place.top < frame.top || place.bottom > frame.bottom) contents.scrollTop += place.top - frame.top - frame.height / 3;
  }

  function addFinder(box) {
    const rows = [...box.querySelectorAll("tbody tr:not(.group)")];
    const words = new Map(rows.map((row) => [row, row.textContent.replaceAll("\u00a0", " ").toLowerCase()]));
    const label = document.createElement("label");
    const field = document.createElement("input");
    const told = document.createElement("output");
    field.type = "search";
    label.className = "find";
    label.append("Найти в таблице ", field, " ", told);
    box.before(label);

    function find() {
      const wanted = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const row of rows) row.hidden = !wanted.every((word) => words.get(row).includes(word));
      for (const group of box.querySelectorAll("tr.group")) {
        group.hidden = !group.parentElement.querySelector("tr:not(.group, [hidden])");
      }
      const found = rows.filter((row) => !row.hidden).length;
      told.textContent = wanted.length ? `строк: ${found} из ${rows.length}` : `строк: ${rows.length}`;
    }

    field.addEventListener("input", find);
    find();
  }

  for (const box of document.querySelectorAll(".long .box")) addFinder(box);
  if (links.size) {
    document.addEventListener("scroll", () => requestAnimationFrame(mark), { passive: true });
    mark();
  }

  const folded = [...document.querySelectorAll(".folded, .contents details")];
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = folded.filter((details) => !details.open);
    for (const details of opened) details.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
  });
})();
