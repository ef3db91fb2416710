// Puts a live chart in place of each picture; the picture stays for paper, and where the chart cannot be drawn.
(() => {
  "use strict";
  const specs = JSON.parse(document.getElementById("charts-data").textContent);
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

  function describe(drawing, words) {
    drawing.setAttribute("role", "img");
    drawing.setAttribute("aria-label", words);
  }

  for (const figure of document.querySelectorAll("figure[data-chart]")) {
    const key = figure.dataset.chart;
    const place = document.createElement("div");
    place.className = "live";
    figure.querySelector(".picture").prepend(place);
    vegaEmbed(place, specs[key], { ...options, downloadFileName: key }).then(
      () => {
        describe(place.querySelector("svg"), figure.querySelector("img").alt);
        figure.classList.add("is-live");
      },
      (error) => {
        place.remove();
        console.warn(error);
      },
    );
  }
})();
