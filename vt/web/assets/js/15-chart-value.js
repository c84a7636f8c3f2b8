/* The value at a bar can be pointed at (WCAG 1.4.13). Vega moves it along with the mouse and takes it away beside the bar:
   no mouse reaches it. Here it stands still, and stays for a moment beside its bar: time to go onto it, where it stays
   for as long as the mouse does. https://github.com/vega/vega/issues/3880 */
const GRACE = 300;
let pointed; // the bar whose value is shown
let moved; // the last move of the mouse, kept from Vega
let leaving;
const valueBox = () => document.getElementById("vg-tooltip-element");

function holdStill(event) {
  if (!pointed?.isConnected || !event.target.closest?.("svg.marks")) return;
  moved = event;
  event.stopPropagation();
}

function onPointed(event) {
  hideOrphan();
  if (valueBox()?.classList.contains("visible")) pointed ??= event.target;
}

// Where the chart has made room for another page, Vega leaves its value behind.
function hideOrphan() {
  if (pointed && !pointed.isConnected) hideValue();
}

// After Vega's own listener, which has just hidden the value.
function onPointerGone(event) {
  if (!pointed?.isConnected) return;
  valueBox().classList.add("visible");
  const near = event.relatedTarget === pointed || valueBox().contains(event.relatedTarget);
  if (!near) leaving ??= setTimeout(onToTheNext, GRACE);
  else leaving = clearTimeout(leaving);
}

function onToTheNext() {
  hideValue();
  if (moved?.target.matches(":hover")) moved.target.dispatchEvent(new PointerEvent("pointermove", moved));
}

function hideValue() {
  leaving = clearTimeout(leaving);
  pointed = undefined;
  valueBox()?.classList.remove("visible");
}

document.addEventListener("pointermove", holdStill, true);
document.addEventListener("pointermove", onPointed);
document.addEventListener("mouseout", onPointerGone);
// The value lies over the page, and what it lies over does not scroll under it.
document.addEventListener("wheel", (event) => { if (valueBox()?.contains(event.target)) hideValue(); }, { passive: true });
