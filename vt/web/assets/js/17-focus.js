/* A button that is drawn anew when it is pressed loses the focus, and who ends a presentation stands nowhere, or in the page as
   a whole, where a link left the focus: by keyboard it goes back to the button, or to what began the presentation.
   No thread was found. */
let beganBy = "st-key-presenteer"; // the key of what began the presentation
let press = 0; // a later key or click leaves the focus where it is
const keyOf = (button) => [...(button.closest('[class*="st-key-"]')?.classList ?? [])].find((name) => name.startsWith("st-key-"));

function keepFocus(event) {
  const button = event.target.closest?.('[data-testid="stMain"] button');
  const key = button && event.detail === 0 ? keyOf(button) : undefined;
  const ends = key === "st-key-zaal-stop";
  if (!key || !(ends || document.activeElement === button)) return;
  if (key.startsWith("st-key-presenteer")) beganBy = key;
  const [mine, back] = [press, ends ? beganBy : key];
  const isNowhere = (element) => !element || element === document.body || element.dataset.testid === "stMain";
  const isLost = () => mine === press && isNowhere(document.activeElement);
  focusSoon(() => isLost() && document.querySelector(`.${CSS.escape(back)} button`));
}

["keydown", "pointerdown"].forEach((kind) => document.addEventListener(kind, () => { press += 1; }, true));
document.addEventListener("click", keepFocus, true);
