/* On stage keys, clickers and a click walk; a key makes the room look at who speaks, or fills the screen; the bar steps aside.
   Streamlit has a key for a button, not several, and no full screen of a page. https://github.com/streamlit/streamlit/issues/1291 */
const STEPS = {
  ArrowRight: "volgende", ArrowDown: "volgende", PageDown: "volgende", " ": "volgende", Enter: "volgende",
  ArrowLeft: "vorige", ArrowUp: "vorige", PageUp: "vorige", Home: "eerste", End: "laatste", Escape: "stop",
};
const LETTERS = { b: "black", f: "full", n: "notes" };
const BAR = ".st-key-zaalbalk, .st-key-zaalfilters";
const POPOVER = '[data-testid="stPopoverBody"]';
const WALKS = ["eerste", "vorige", "volgende", "laatste"].map((name) => `.st-key-zaal-${name} button`).join();
const CONTROL = `a, button, summary, input, textarea, [role=listbox], [role=radiogroup], ${POPOVER}`;
const html = document.documentElement;
const pushState = history.pushState.bind(history);
// Every slide has an address: Back leaves the presentation, it does not walk back through it.
history.pushState = (state, title, address) => {
  const next = new URL(address ?? "", location.href);
  const walks = next.pathname === location.pathname && new URLSearchParams(location.search).has("scherm");
  return walks ? history.replaceState(state, title, address) : pushState(state, title, address);
};
// What unfolds on stage is drawn when it is opened: until then the browser holds the filters of the page before, and sends
// those with the next key. A slide that a step of the history leads to is loaded anew, with what its address says.
window.addEventListener("popstate", (event) => {
  if (event.isTrusted && new URLSearchParams(location.search).has("scherm")) location.reload();
});
const onStageNow = () => document.querySelector(".st-key-zaal");
const stageButton = (name) => document.querySelector(`.st-key-zaal-${name} button`);
let lettersOff = false; // a letter alone is what speech input says: it can be turned off (WCAG 2.1.4)
let leavesFull = false; // by its key or button: the presentation goes on

const STAGE = {
  black: () => {
    announce(html.classList.toggle("vt-zwart") ? "Het scherm is zwart. Een toets haalt de dia terug." : "De dia is terug.");
  },
  full: () => {
    leavesFull = Boolean(document.fullscreenElement);
    if (leavesFull) document.exitFullscreen();
    else html.requestFullscreen?.().catch(() => {});
  },
  notes: () => document.querySelector(".vt-zaalknoppen [data-unfold]")?.click(),
  letters: () => {
    lettersOff = !lettersOff;
    set(document.querySelector('[data-stage="letters"]'), "aria-pressed", String(!lettersOff));
  },
};

// What a key does on stage; nothing where the focus stands on what has a use for it.
function findStageAction(event) {
  const { key, target } = event;
  if (html.classList.contains("vt-zwart")) return STAGE.black;
  const typing = target.closest?.(`input, textarea, [role=listbox], [role=radiogroup], ${POPOVER}`) || document.querySelector(POPOVER);
  const scrolling = key.startsWith("Arrow") && target.matches?.(".st-key-zaal, .vt-notities, .vt-zaalvragen");
  const pressing = (key === " " || key === "Enter") && target.closest?.(CONTROL);
  if (typing || scrolling || pressing) return undefined;
  const letter = lettersOff ? undefined : LETTERS[key.toLowerCase()];
  return letter ? STAGE[letter] : STEPS[key] && (() => stageButton(STEPS[key])?.click());
}

function onStageKey(event) {
  if (!onStageNow() || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Tab") return wakeBar();
  const act = findStageAction(event);
  if (!act) return;
  event.preventDefault();
  act();
}

function onStageClick(event) {
  if (event.target.closest?.('[class*="st-key-presenteer"] button')) html.requestFullscreen?.().catch(() => {});
  if (event.target.closest?.(".st-key-zaal-stop button") && document.fullscreenElement) document.exitFullscreen();
  if (event.target.closest?.(WALKS)) waitForSlide(true);
  const asked = event.target.closest?.("[data-stage]");
  if (asked) STAGE[asked.dataset.stage]();
  else if (html.classList.contains("vt-zwart")) STAGE.black();
  else if (event.target.closest?.(".st-key-zaal") && !event.target.closest(`${CONTROL}, .vt-notities`) && getSelection().isCollapsed) {
    stageButton("volgende")?.click();
  }
}

// Escape in full screen reaches the browser, not the page.
function onFullscreen() {
  if (!document.fullscreenElement && !leavesFull) stageButton("stop")?.click();
  leavesFull = false;
}

// The slide before stands until the next one is whole: where that takes long, a line at the top says that something comes.
const PATIENCE = 600; // milliseconds that nobody notices
let waiting;
function waitForSlide(isWaiting) {
  if (!isWaiting) {
    clearTimeout(waiting);
    waiting = undefined;
    html.classList.remove("vt-bezig");
  } else if (html.classList.contains("vt-zaal")) {
    waiting ??= setTimeout(() => {
      html.classList.add("vt-bezig");
      announce("De dia wordt gemaakt.");
    }, PATIENCE);
  }
}

let resting;
function wakeBar() {
  html.classList.remove("vt-rust");
  clearTimeout(resting);
  if (onStageNow()) resting = setTimeout(restBar, 2000);
}

// Who walks by keyboard keeps the bar for as long as the focus is in it.
function restBar() {
  const used = [...document.querySelectorAll(BAR)].some((bar) => bar.matches(":hover") || bar.querySelector(":focus-visible"));
  if (used || document.querySelector(POPOVER)) wakeBar();
  else html.classList.toggle("vt-rust", Boolean(onStageNow()));
}

document.addEventListener("click", onStageClick);
document.addEventListener("keydown", onStageKey);
document.addEventListener("fullscreenchange", onFullscreen);
["pointermove", "pointerdown"].forEach((kind) => window.addEventListener(kind, wakeBar, true));
document.addEventListener("focusin", (event) => { if (event.target.closest?.(BAR)) wakeBar(); });
