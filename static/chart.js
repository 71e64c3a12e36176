// Draws the charts of a page, and those that arrive later. Without it the table under each chart stands.
"use strict";

if (!window.samspillCharts) {
  window.samspillCharts = true;
  let library = null;

  const fetched = (address) => {
    library ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = resolve;
      script.onerror = () => reject(new Error("The drawing library did not arrive."));
      document.head.append(script);
    });
    return library;
  };

  // ast: expressions are walked, never compiled, so the page needs no unsafe-eval.
  const options = { ast: true, actions: false, renderer: "svg", defaultStyle: false, tooltip: false };

  const draw = async (figure) => {
    const spec = JSON.parse(figure.querySelector("script[type='application/json']").textContent);
    try {
      await fetched(figure.dataset.vega);
      await window.vegaEmbed(figure.querySelector(".chart-canvas"), spec, options);
    } catch (error) {
      console.error(error);
      figure.querySelector(".chart-canvas").hidden = true;
      figure.querySelector("details")?.setAttribute("open", "");
    }
  };

  const drawAll = (root) => root.querySelectorAll("[data-vega]:not([data-drawn])").forEach((figure) => {
    figure.dataset.drawn = "yes";
    draw(figure);
  });

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => drawAll(document));
  else drawAll(document);
  document.addEventListener("htmx:load", (event) => drawAll(event.detail.elt.parentNode ?? document));
}
