"use strict";
const { specs, figures } = JSON.parse(document.getElementById("vt-gegevens").textContent);
const OPTIONS = { ast: true, actions: false, logLevel: 1, renderer: "svg", tooltip: { theme: "vt" } };

async function draw({ form, rows }, place) {
  const data = { data: { name: "figure" }, datasets: { figure: rows } };
  const picture = place.firstElementChild;
  const live = document.createElement("div");
  live.className = "vt-levend";
  place.prepend(live);
  try {
    await vegaEmbed(live, { ...specs[form], ...data }, OPTIONS);
    picture.remove();
  } catch (fault) {
    live.remove(); // the picture stays
    console.error(fault);
  }
}

figures.forEach((figure, number) => draw(figure, document.getElementById(`grafiek-${number + 1}`)));
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((each) => { each.open = true; }));
