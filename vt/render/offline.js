"use strict";
const { specs, stage, figures } = JSON.parse(document.getElementById("vt-gegevens").textContent);
const OPTIONS = { ast: true, actions: false, logLevel: 1, renderer: "svg", tooltip: { theme: "vt" } };
const html = document.documentElement;
const slides = [...document.querySelectorAll("header, main > section")];
const bar = document.querySelector(".vt-balk");
const STEPS = {
  ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, Enter: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1, Home: -Infinity, End: Infinity,
};
let shown = -1; // the slide that a room sees, or none

async function draw(place, name, spec, rows) {
  const live = document.createElement("div");
  live.className = name;
  place.prepend(live);
  try {
    await vegaEmbed(live, { ...spec, data: { name: "figure" }, datasets: { figure: rows } }, OPTIONS);
    place.querySelector(":scope > svg")?.remove();
  } catch (fault) {
    live.remove(); // the picture stays
    console.error(fault);
  }
}

const place = (number) => document.getElementById(`grafiek-${number + 1}`);
figures.forEach(({ form, rows }, number) => draw(place(number), "vt-levend", specs[form], rows));

/* --- slide by slide --- */

async function show(number) {
  slides[shown]?.classList.remove("vt-nu");
  document.querySelector(".vt-zaalbeeld")?.remove();
  shown = number < 0 ? -1 : Math.min(number, slides.length - 1);
  const slide = slides[shown];
  html.classList.toggle("vt-zaal", Boolean(slide));
  history.replaceState(null, "", slide ? `#dia-${shown + 1}` : "#");
  bar.querySelector("span").textContent = slide ? `Dia ${shown + 1} van ${slides.length}` : "";
  if (!slide) {
    document.exitFullscreen?.().catch(() => {});
    return dispatchEvent(new Event("resize")); // what was not seen has no width
  }
  slide.classList.add("vt-nu");
  const heading = slide.querySelector("h1, h2");
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  const figure = figures[shown - 1];
  if (figure?.shown.length) await draw(place(shown - 1), "vt-zaalbeeld", stage[figure.form], figure.shown);
}

const walk = (steps) => show(Math.min(Math.max(shown + steps, 0), slides.length - 1));
const ACTIONS = {
  start: () => { html.requestFullscreen?.().catch(() => {}); show(0); },
  back: () => walk(-1),
  on: () => walk(1),
  full: () => (document.fullscreenElement ? document.exitFullscreen() : html.requestFullscreen?.().catch(() => {})),
  stop: () => show(-1),
};

document.addEventListener("click", ({ target }) => {
  const asked = target.closest("[data-step]");
  if (asked) ACTIONS[asked.dataset.step]();
  else if (shown >= 0 && !target.closest("a, summary") && getSelection().isCollapsed) walk(1);
});
document.addEventListener("keydown", (event) => {
  const presses = (event.key === " " || event.key === "Enter") && event.target.closest("a, button, summary");
  if (shown < 0 || presses || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") show(-1);
  else if (event.key in STEPS) { event.preventDefault(); walk(STEPS[event.key]); }
});
bar.hidden = false;
const asked = Number(/^#dia-(\d{1,3})$/.exec(location.hash)?.[1]);
if (asked) show(asked - 1);
addEventListener("beforeprint", () => {
  if (shown >= 0) show(-1);
  document.querySelectorAll("details").forEach((each) => { each.open = true; });
});
