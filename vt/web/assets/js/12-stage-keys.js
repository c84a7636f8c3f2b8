/* On stage keys and clickers walk, and the slide fills the screen: Streamlit has a key for a button, not several, and no
   full screen of a page. https://github.com/streamlit/streamlit/issues/1291 */
const STEPS = {
  ArrowRight: "volgende", PageDown: "volgende", ArrowLeft: "vorige", PageUp: "vorige",
  Home: "eerste", End: "laatste", Escape: "stop",
};
const stageButton = (name) => document.querySelector(`.st-key-zaal-${name} button`);

function onStageKey(event) {
  const step = STEPS[event.key];
  const busy = event.target.closest?.('input,textarea,[role=listbox],[role=radiogroup],[data-baseweb="popover"]')
    || (event.key.startsWith("Arrow") && event.target.matches?.(".st-key-zaal")) // scrolled sideways
    || document.querySelector('[data-baseweb="popover"], [data-testid="stPopoverBody"]');
  if (!step || busy || event.ctrlKey || event.metaKey || event.altKey || !document.querySelector(".st-key-zaal")) return;
  event.preventDefault();
  stageButton(step)?.click();
}

function onStageClick(event) {
  if (event.target.closest?.(".st-key-presenteer button")) document.documentElement.requestFullscreen?.().catch(() => {});
  if (event.target.closest?.(".st-key-zaal-stop button") && document.fullscreenElement) document.exitFullscreen();
}

// Escape in full screen reaches the browser, not the page.
function onFullscreen() {
  if (!document.fullscreenElement) stageButton("stop")?.click();
}

document.addEventListener("click", onStageClick);
document.addEventListener("keydown", onStageKey);
document.addEventListener("fullscreenchange", onFullscreen);
