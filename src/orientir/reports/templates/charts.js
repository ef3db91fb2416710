// Puts a live chart in place of each picture; the picture stays for paper, and where the chart cannot be drawn.
(() => {
  "use strict";
  const specs = JSON.parse(document.getElementById("charts-data").textContent);
  const font = getComputedStyle(document.body).fontFamily;
  const margin = 70;
  const fewColumns = 8;
  const options = {
    // Interpreted expressions: the policy of the page forbids to compile them.
    ast: true,
    renderer: "svg",
    formatLocale: { decimal: ",", thousands: "\u00a0", grouping: [3], currency: ["", "\u00a0₽"] },
    actions: { export: { svg: true, png: true }, source: false, compiled: false, editor: false },
    i18n: {
      CLICK_TO_VIEW_ACTIONS: "Сохранить рисунок",
      SVG_ACTION: "Сохранить как SVG",
      PNG_ACTION: "Сохранить как PNG",
    },
    scaleFactor: 2,
  };

  // A small chart shrinks to a phone without its letters; a larger one keeps its width and scrolls.
  const shrinks = (spec, room) => room < spec.width && spec.data.values.length <= fewColumns;

  function fitted(spec, room) {
    const width = shrinks(spec, room) ? room - margin : spec.width;
    return { ...spec, width, config: { ...spec.config, font } };
  }

  // The drawing is one picture with one description: its parts have no names of their own.
  function describe(place, words) {
    const drawing = place.querySelector("svg.marks");
    for (const part of drawing.querySelectorAll("[role]")) part.removeAttribute("role");
    drawing.setAttribute("role", "img");
    drawing.setAttribute("aria-label", words);
    place.querySelector("summary").setAttribute("aria-label", options.i18n.CLICK_TO_VIEW_ACTIONS);
  }

  for (const figure of document.querySelectorAll("figure[data-chart]")) {
    const key = figure.dataset.chart;
    const picture = figure.querySelector(".picture");
    const room = picture.clientWidth;
    const place = document.createElement("div");
    place.className = shrinks(specs[key], room) ? "live shrunk" : "live";
    picture.prepend(place);
    vegaEmbed(place, fitted(specs[key], room), { ...options, downloadFileName: key }).then(
      () => {
        describe(place, figure.querySelector("img").alt);
        figure.classList.add("is-live");
      },
      (error) => {
        place.remove();
        console.warn(error);
      },
    );
  }
})();
