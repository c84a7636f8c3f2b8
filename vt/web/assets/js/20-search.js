/* Ctrl+K (on a Mac Cmd+K) goes to the search box, on this page or on its own, and so does the link to that page. Enter in
   the box follows what was found by its whole name, or the one place that was, once the answer to what stands there has come.
   Streamlit has no shortcut that gives a field the focus. No thread was found. */
const searchBox = () => document.querySelector('[data-testid="stMain"] .st-key-zoek input');

function onSearchKey(event) {
  if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
    event.preventDefault();
    if (searchBox()) focusSoon(searchBox);
    else document.querySelector("a.vt-zoek")?.click();
  } else if (event.key === "Enter" && event.target === searchBox()) followExact(Date.now() + 3000);
}

function followExact(until) {
  const asked = searchBox()?.value.trim().replace(/\s+/g, " ");
  const found = document.querySelector(".vt-gevonden");
  if (asked && found?.dataset.asked === asked) found.querySelector("a[data-exact]")?.click();
  else if (asked && Date.now() < until) setTimeout(followExact, 150, until);
}

document.addEventListener("keydown", onSearchKey);
document.addEventListener("click", (event) => {
  const isHere = !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (isHere && event.target.closest?.("a.vt-zoek")) focusSoon(searchBox);
});
