/* Streamlit forgets a visit where its page is loaded anew, or its server starts anew. What is kept for a presentation stands
   in the tab as well, and is given back in the address. No thread was found. */
const KEPT = "vt-kept";
const keptBox = document.getElementsByClassName("vt-bewaard");
const unasked = document.getElementsByClassName("st-key-toon-teksten");
let keptText;
let shownFor;
// The words of a link are shown when they are asked for: what this tab's visitor wrote or asked for before, at once.
function showOwnWords() {
  const button = unasked[0]?.querySelector("button"); // a moment after what it stands in
  const text = button && keptBox[0]?.dataset.kept;
  if (!text || text === shownFor) return;
  const { strange } = JSON.parse(text);
  const { own } = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
  if (strange.length && strange.every((words) => own?.includes(words))) button.click();
  shownFor = text;
}

function holdKept() {
  showOwnWords();
  const text = keptBox[0]?.dataset.kept;
  if (!text || text === keptText) return;
  keptText = text;
  const now = JSON.parse(text);
  const before = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
  const lost = before.visit === now.visit ? [] : Object.keys(now.kept).filter((key) => !now.kept[key].length && before.kept?.[key]?.length);
  lost.forEach((key) => { now.kept[key] = before.kept[key]; });
  now.own = [...new Set([...(before.own ?? []), ...now.own])];
  sessionStorage.setItem(KEPT, JSON.stringify(now));
  if (lost.length) goTo((asked) => lost.forEach((key) => before.kept[key].forEach((value) => asked.append(key, value))));
}

// Streamlit follows the browser's history, and answers an address that changes.
function goTo(change) {
  const asked = new URLSearchParams(location.search);
  change(asked);
  history.replaceState(null, "", `?${asked}`);
  window.dispatchEvent(new PopStateEvent("popstate"));
}

// A slide that is dragged takes the place of the one that it is dropped on; by keyboard its buttons do the same.
let dragged;
const dragSlide = (event) => event.target.closest?.(".vt-dia[draggable]");
document.addEventListener("dragstart", (event) => { dragged = dragSlide(event); });
document.addEventListener("dragover", (event) => { if (dragged && dragSlide(event)) event.preventDefault(); });
document.addEventListener("drop", (event) => {
  const onto = dragSlide(event);
  if (!dragged || !onto || onto === dragged) return;
  event.preventDefault();
  const all = [...document.querySelectorAll(".vt-dia[draggable]")];
  const order = all.map((_, at) => at);
  order.splice(all.indexOf(onto), 0, ...order.splice(all.indexOf(dragged), 1));
  goTo((asked) => asked.set("volgorde", order.join()));
});
