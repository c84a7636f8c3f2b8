/* A link in our own HTML loads the site anew and forgets the visit; only st.page_link does not, and that cannot stand in a
   table. Here a link to another page keeps the filters (but for those in data-sets) and the visit.
   https://github.com/streamlit/streamlit/issues/8112
   A page of the navigation in a new tab has the filters too; Streamlit's links know none, and open none with Ctrl or Shift.
   https://github.com/streamlit/streamlit/issues/7982 */
const FILTERS = ["regio", "gemeente", "periode", "geweld", "weergave", "afschermen"];
const siteLink = (event) => event.target.closest?.('[data-testid="stHtml"] a:not([href*=":"], [href^="#"], .vt-vragen a)');
const leftAt = new Map(); // the figure that a link of a page was followed from, by the page's address
const pageLink = (event) => event.target.closest?.('[data-testid="stTopNavLink"], [data-testid="stSidebarNavLink"]');
function keepFilters(event) {
  const link = siteLink(event) ?? pageLink(event);
  if (!link) return;
  const [address, place] = link.getAttribute("href").split("#");
  const [page, query] = address.split("?");
  const asked = new URLSearchParams(query);
  const chosen = new URLSearchParams(location.search);
  const own = (link.dataset.sets ?? "").split(" ");
  FILTERS.filter((key) => !own.includes(key)).forEach((key) => {
    asked.delete(key);
    chosen.getAll(key).forEach((value) => asked.append(key, value));
  });
  link.setAttribute("href", `${page}?${asked}${place ? `#${place}` : ""}`);
}

// Streamlit follows the browser's history: a step in it changes the page without loading the site anew.
function followInPlace(event) {
  const link = siteLink(event);
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  keepFilters(event);
  const heading = link.closest(CARD)?.querySelector("h3");
  if (heading) leftAt.set(location.href, `#${encodeURIComponent(heading.id)}`);
  history.pushState(null, "", link.href);
  window.dispatchEvent(new PopStateEvent("popstate"));
  const main = document.querySelector('[data-testid="stMain"]');
  main?.scrollTo(0, 0);
  // The link that had the focus is gone: reading goes on where the new page begins.
  main?.focus();
  goToAnchor(link.hash);
}

// What an address points at stands there later than the page, and moves while charts above it are drawn.
function goToAnchor(hash, until = Date.now() + 4000, seen = 0) {
  const target = hash && document.getElementById(decodeURIComponent(hash.slice(1)));
  if (target) {
    for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    target.scrollIntoView();
  }
  if (hash && seen < 6 && Date.now() < until) setTimeout(goToAnchor, 250, hash, until, seen + Boolean(target));
}

addEventListener("load", () => goToAnchor(location.hash));
// Streamlit begins a page at its top, also the one that Back leads to.
addEventListener("popstate", (event) => { if (event.isTrusted) goToAnchor(leftAt.get(location.href)); });

// Streamlit's own listener, below this one, would follow the link here.
function openElsewhere(event) {
  if (pageLink(event) && (event.ctrlKey || event.metaKey || event.shiftKey)) event.stopPropagation();
}

document.addEventListener("click", followInPlace);
window.addEventListener("click", openElsewhere, true);
["pointerdown", "focusin"].forEach((kind) => document.addEventListener(kind, keepFilters));
