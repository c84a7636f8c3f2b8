/* What lies over the page keeps the focus: a chart in full screen, the sidebar on a phone. Streamlit lets Tab walk what is
   under it. No thread was found. */
const ENLARGED = '[data-testid="stElementToolbar"] button[aria-label^="Volledig scherm sluiten"]';
function onFullscreenTab(event) {
  const close = document.querySelector(ENLARGED);
  if (event.key !== "Tab" || !close) return;
  const stops = [...close.closest('[data-testid="stElementToolbar"]').querySelectorAll("button")].filter((stop) => stop.checkVisibility());
  const at = stops.indexOf(document.activeElement);
  event.preventDefault();
  stops.at(event.shiftKey ? Math.max(at, 0) - 1 : (at + 1) % stops.length).focus();
}

function onSidebarKey(event) {
  const sidebar = document.querySelector('[data-testid="stSidebar"]');
  if (event.key !== "Tab" || event.shiftKey || window.innerWidth > 768 || !sidebar?.contains(event.target)) return;
  const stops = [...sidebar.querySelectorAll(REACHED)].filter((stop) => stop.checkVisibility({ visibilityProperty: true }));
  if (event.target === stops.at(-1)) buttonOf("stSidebarCollapseButton")?.click();
}

// A click without a count is a key: the button that is gone hands the focus to the one in its place.
function onReplaced(event) {
  const button = event.detail ? null : event.target.closest?.("button");
  const label = button?.getAttribute("aria-label") ?? "";
  if (label === "Zijbalk uitklappen") focusSoon(() => buttonOf("stSidebarCollapseButton"));
  if (label === "Zijbalk inklappen") focusSoon(() => buttonOf("stExpandSidebarButton"));
  if (label.startsWith("Volledig scherm")) focusSoon(() => findEnlarging(label));
}

// The button that makes a chart large or small again, by the name of the other one.
function findEnlarging(label) {
  const buttons = [...document.querySelectorAll('[data-testid="stElementToolbar"] button[aria-label^="Volledig scherm"]')];
  return buttons.find((each) => each.getAttribute("aria-label").endsWith(label.slice(label.indexOf(": "))));
}

function onEscape(event) {
  if (event.key !== "Escape") return;
  hideValue();
  const label = document.querySelector(ENLARGED)?.getAttribute("aria-label");
  if (label) focusSoon(() => findEnlarging(label));
}

document.addEventListener("keydown", onFullscreenTab);
document.addEventListener("keydown", onSidebarKey);
document.addEventListener("keydown", onEscape, true);
document.addEventListener("click", onReplaced, true);
