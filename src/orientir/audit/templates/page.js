"use strict";
(() => {
  const filter = document.getElementById("filter");
  const findings = [...document.querySelectorAll(".finding")];
  if (!filter || findings.length === 0) return;
  const shown = document.getElementById("shown");

  const apply = () => {
    const severities = new Set([...filter.querySelectorAll("input:checked")].map((box) => box.value));
    const rule = filter.elements.rule.value;
    let count = 0;
    for (const finding of findings) {
      const fits = severities.has(finding.dataset.severity) && (!rule || finding.dataset.rule === rule);
      finding.hidden = !fits;
      document.getElementById(finding.id.replace("f", "m"))?.classList.toggle("faded", !fits);
      count += fits;
    }
    for (const group of document.querySelectorAll(".group")) {
      group.hidden = !group.querySelector(".finding:not([hidden])");
    }
    shown.textContent = `Показано: ${count} из ${findings.length}`;
  };

  // A mark in the document leads to its finding even while the filter hides it.
  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target?.classList.contains("finding") || !target.hidden) return;
    filter.reset();
    apply();
    target.scrollIntoView();
  };

  filter.hidden = false;
  filter.addEventListener("change", apply);
  filter.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", reveal);
  window.addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((one) => (one.open = true)));
  apply();
})();
