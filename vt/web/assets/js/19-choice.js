/* Filters that fold. In a popover of Streamlit a filter is not drawn while it is closed, and leaves the address:
   https://github.com/streamlit/streamlit/issues/5603 */
function onUnfold(event) {
  const button = event.target.closest?.("button[data-unfold]");
  if (!button) return;
  set(button, "aria-expanded", String(document.documentElement.classList.toggle(button.dataset.unfold)));
  if (button.matches(".vt-keuze")) choiceSaid = button.textContent;
}

// On a phone the filters are over the page: chosen, they make room for the answer. What is new is told against what stood
// there when they were unfolded: who chooses at once is quicker than a page that settles.
let choiceSaid;
function foldChoice() {
  const { classList } = document.documentElement;
  const button = document.querySelector(".vt-keuze");
  if (!classList.contains("vt-keuze-open") || !button || button.textContent === choiceSaid) return;
  classList.remove("vt-keuze-open");
  set(button, "aria-expanded", "false");
}

// Beside each gemeente in the list stands its region: an option of Streamlit is one text, which goes into the address too.
let listed, regionOf = new Map();
function readRegions() {
  const said = document.querySelector(".vt-keuze")?.dataset.gemeenten ?? "{}";
  if (said !== listed) {
    const pairs = Object.entries(JSON.parse(said)).flatMap(([region, names]) => names.map((name) => [name, region]));
    [listed, regionOf] = [said, new Map(pairs)];
  }
  return regionOf;
}

function nameRegion(option) {
  const isOpen = document.querySelector(".st-key-gemeente [aria-expanded=true]");
  const region = isOpen ? readRegions().get(option.textContent) : undefined;
  for (const [element, name] of [[option, "aria-description"], [option.firstElementChild, "data-regio"]]) {
    if (region) set(element, name, region);
    else element?.removeAttribute(name);
  }
}

// A name in another spelling becomes the one of the list, where Streamlit finds no "Olst-Wijhe" for "Olst Wijhe".
const spell = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[\s\p{Pd}]/gu, "-").toLowerCase();
function spellAsListed(event) {
  const field = event.target;
  if (event.isComposing || !field.closest?.(".st-key-gemeente")) return;
  const names = [...readRegions().keys()];
  const typed = spell(field.value.trimStart());
  if (!typed || names.some((name) => name.toLowerCase().includes(field.value.toLowerCase()))) return;
  const meant = [typed, typed.replace(/-+$/, "")].find((text) => names.some((name) => spell(name).includes(text)));
  const isMeant = (at) => names.find((each) => at(spell(each).indexOf(meant)));
  const name = meant && (isMeant((at) => at === 0) ?? isMeant((at) => at > 0));
  if (!name) return;
  const begin = spell(name).indexOf(meant);
  // By the setter of the browser: React has put its own over it, and would not notice.
  const { set: write } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
  write.call(field, name.slice(begin, begin + meant.length));
}

document.addEventListener("click", onUnfold);
window.addEventListener("input", spellAsListed, true);
