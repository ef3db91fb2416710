// Shows where a number comes from: on hover, on keyboard focus and on tap. Escape closes; the panel may be hovered too.
(() => {
  "use strict";
  const origins = JSON.parse(document.getElementById("origins-data").textContent);
  const panel = document.getElementById("origin-panel");
  const edge = 8;
  let shown = null;
  let closing = 0;

  const numberAt = (target) => (target instanceof Element ? target.closest(".num") : null);

  function line(tag, text, name) {
    const element = document.createElement(tag);
    element.textContent = text;
    if (name) element.className = name;
    return element;
  }

  function fill(number) {
    const origin = origins[number.dataset.n];
    panel.replaceChildren(line("p", number.textContent, "value"), line("p", origin.title));
    const pairs = document.createElement("dl");
    const known = [["Расчёт", origin.formula], ["Источник", origin.sources], ["Номер", number.dataset.n]];
    for (const [name, text] of known) {
      if (text) pairs.append(line("dt", name), line("dd", text));
    }
    panel.append(pairs);
  }

  function place() {
    const number = shown.getBoundingClientRect();
    const width = document.documentElement.clientWidth;
    const left = Math.min(Math.max(number.left, edge), width - panel.offsetWidth - edge);
    const below = number.bottom + edge / 2;
    const above = number.top - panel.offsetHeight - edge / 2;
    const fits = below + panel.offsetHeight <= window.innerHeight || above < 0;
    panel.style.left = `${Math.max(left, edge)}px`;
    panel.style.top = `${fits ? below : above}px`;
  }

  function show(number) {
    clearTimeout(closing);
    if (shown === number) return;
    hide();
    shown = number;
    fill(number);
    panel.hidden = false;
    number.setAttribute("aria-describedby", panel.id);
    place();
  }

  function hide() {
    clearTimeout(closing);
    if (shown) shown.removeAttribute("aria-describedby");
    shown = null;
    panel.hidden = true;
  }

  // What has the focus stays explained when the pointer has gone.
  function leave() {
    const focused = numberAt(document.activeElement);
    if (focused) show(focused);
    else hide();
  }

  document.addEventListener("pointerover", (event) => {
    const number = numberAt(event.target);
    if (number) show(number);
    else if (panel.contains(event.target)) clearTimeout(closing);
  });
  document.addEventListener("pointerout", (event) => {
    if (!numberAt(event.target) && !panel.contains(event.target)) return;
    clearTimeout(closing);
    closing = setTimeout(leave, 200);
  });
  document.addEventListener("focusin", (event) => (numberAt(event.target) ? show(numberAt(event.target)) : hide()));
  document.addEventListener("focusout", () => hide());
  document.addEventListener("click", (event) => {
    const number = numberAt(event.target);
    if (number) show(number);
    else if (!panel.contains(event.target)) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  document.addEventListener("scroll", () => shown && place(), true);
  window.addEventListener("resize", () => shown && place());

  for (const hint of document.querySelectorAll("[data-needs-script]")) hint.hidden = false;
})();
