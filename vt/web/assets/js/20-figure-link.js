/* A link to one figure: Streamlit draws the page after the browser has looked for an anchor in it. No thread was found. */
const CARD = '[class*="st-key-figuur-"]';
let linked; // the address of a figure that was asked for: once, and then the page is the reader's
let awaited; // the id of its heading, until that stands on the page
let broughtUp; // the same from then on, while the page may be drawn anew: that takes the mark away
function noteLinkedFigure() {
  const asked = new URLSearchParams(location.search).get("figuur");
  const address = `${location.pathname}?${asked}`;
  if (asked && address !== linked) [linked, awaited] = [address, asked];
}

// An address may name how the id begins, where it is not known of which place or period the page shows the figure.
const findHeading = (id) => document.getElementById(id) ?? document.querySelector(`h3[id^="${CSS.escape(id)}."]`);

function showLinkedFigure() {
  if (broughtUp && Date.now() < broughtUp.until && !document.querySelector("[data-linked]")) markFigure(broughtUp.asked);
  const asked = awaited;
  if (!asked || !findHeading(asked)?.closest(CARD)) return;
  awaited = undefined;
  broughtUp = { asked, until: Date.now() + 5000 };
  markFigure(asked);
  // Again when the charts above it have got their height, as long as the reader does nothing: a page that is drawn anew
  // has another card by then.
  [0, 700, 2500].forEach((wait) => setTimeout(() => broughtUp?.asked === asked && markFigure(asked), wait));
}

const forgetFigure = () => { broughtUp = undefined; };
["wheel", "touchstart", "pointerdown", "keydown"].forEach((kind) => addEventListener(kind, forgetFigure, { capture: true, passive: true }));

function markFigure(id) {
  const heading = findHeading(id);
  const card = heading?.closest(CARD);
  if (!card) return;
  if (!card.hasAttribute("data-linked")) {
    document.querySelectorAll("[data-linked]").forEach((other) => other.removeAttribute("data-linked"));
    card.setAttribute("data-linked", "");
    heading.tabIndex = -1;
    heading.focus();
  }
  card.scrollIntoView({ block: "center" });
}

// A figure that fills the screen: the stage, from which Stop and Escape lead back to where it stands on its page.
let left; // the address of that place
function goToStage(event) {
  const card = event.target.closest?.("a.vt-groter")?.closest(CARD);
  if (!card) return;
  const address = new URL(location.href);
  address.searchParams.set("figuur", card.querySelector("h3").id);
  left = address.href;
  document.documentElement.requestFullscreen?.().catch(() => {});
}

function leaveStage(event) {
  if (!left || !event.target.closest?.(".st-key-zaal-stop button")) return;
  event.stopPropagation();
  history.replaceState(null, "", left);
  left = linked = undefined;
  leavesFull = Boolean(document.fullscreenElement); // the end of full screen is no second Stop
  if (leavesFull) document.exitFullscreen();
  window.dispatchEvent(new PopStateEvent("popstate"));
}

document.addEventListener("click", goToStage, true);
document.addEventListener("click", leaveStage, true);
noteLinkedFigure();
// In a page of another site it stands alone.
if (new URLSearchParams(location.search).get("embed") === "true") document.documentElement.classList.add("vt-alleen");
