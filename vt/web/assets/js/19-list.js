/* A list that several are chosen from stays open over the answer, and to close it is a click: here it closes behind a mouse
   that has chosen and goes on. Who chooses another stays on it; who types or walks by keyboard closes it by Escape or Tab.
   No thread was found. */
const LIST = '[data-testid="stMultiSelectDropdown"]';
const GOING = 300; // milliseconds: the way from an option past the list and back
let hasChosen = false; // by mouse, since the list was opened
let going;

function onListUsed(event) {
  going = clearTimeout(going);
  hasChosen = event.type === "click" && Boolean(event.target.closest?.(`${LIST} [role=option]`)) && event.pointerType === "mouse";
}

function onPassing(event) {
  if (!hasChosen) return;
  if (event.target.closest?.(`${LIST}, [data-testid="stMultiSelect"]`)) going = clearTimeout(going);
  else going ??= setTimeout(leaveList, GOING);
}

// By losing the focus: what is typed is kept by Escape alone.
function leaveList() {
  hasChosen = false;
  document.querySelector('[data-testid="stMultiSelect"] [aria-expanded="true"]')?.blur();
}

["keydown", "pointerdown", "click"].forEach((kind) => document.addEventListener(kind, onListUsed, true));
document.addEventListener("pointerover", onPassing);
