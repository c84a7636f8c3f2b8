/* What lies over the page keeps the focus: the sidebar on a phone. Streamlit lets Tab walk what is under it.
   No thread was found. */
function onSidebarKey(event) {
  const sidebar = document.querySelector('[data-testid="stSidebar"]');
  if (event.key !== "Tab" || event.shiftKey || window.innerWidth > 768 || !sidebar?.contains(event.target)) return;
  const stops = [...sidebar.querySelectorAll(REACHED)].filter((stop) => stop.checkVisibility({ visibilityProperty: true }));
  if (event.target === stops.at(-1)) buttonOf("stSidebarCollapseButton")?.click();
}

// A page that is chosen there is what is looked for: the sidebar makes room, once Streamlit has followed the link.
function onSidebarChoice(event) {
  if (window.innerWidth > 768 || !event.target.closest?.('[data-testid="stSidebarNavLink"]')) return;
  setTimeout(() => {
    if (document.querySelector('[data-testid="stSidebar"]')?.dataset.collapsed !== "true") buttonOf("stSidebarCollapseButton")?.click();
  });
}

// A click without a count is a key: the button that is gone hands the focus to the one in its place.
function onReplaced(event) {
  const button = event.detail ? null : event.target.closest?.("button");
  const label = button?.getAttribute("aria-label") ?? "";
  if (label === "Menu openen") focusSoon(() => buttonOf("stSidebarCollapseButton"));
  if (label === "Menu sluiten") focusSoon(() => buttonOf("stExpandSidebarButton"));
}

function onEscape(event) {
  if (event.key === "Escape") hideValue();
}

document.addEventListener("keydown", onSidebarKey);
document.addEventListener("keydown", onEscape, true);
document.addEventListener("click", onReplaced, true);
document.addEventListener("click", onSidebarChoice, true);
