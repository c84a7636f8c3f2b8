/* Ctrl+K (on a Mac Cmd+K) goes to the search box, on this page or on its own. Enter in it follows what was found by its
   whole name, once the answer to what stands there has come. Streamlit has no shortcut that gives a field the focus.
   No thread was found. */
const searchBox = () => document.querySelector('[data-testid="stMain"] .st-key-zoek input');

function onSearchKey(event) {
  if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
    event.preventDefault();
    if (!searchBox()) document.querySelector("a.vt-zoek")?.click();
    focusSoon(searchBox);
  } else if (event.key === "Enter" && event.target === searchBox()) followExact(Date.now() + 3000);
}

function followExact(until) {
  const asked = searchBox()?.value.trim().replace(/\s+/g, " ");
  const found = document.querySelector(".vt-gevonden");
  if (asked && found?.dataset.asked === asked) found.querySelector("a[data-exact]")?.click();
  else if (asked && Date.now() < until) setTimeout(followExact, 150, until);
}

document.addEventListener("keydown", onSearchKey);
