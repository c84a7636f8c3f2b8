/* A popover stands at the end of the page: Tab goes from its button into it, and out of it past the button.
   https://github.com/streamlit/streamlit/issues/9243 */
function onPopoverTab(event) {
  if (event.key !== "Tab" || event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
  const body = document.querySelector('[data-testid="stPopoverBody"]');
  const button = document.querySelector('[data-testid="stPopoverButton"][aria-expanded="true"]');
  if (!body || !button) return;
  const stops = [...body.querySelectorAll(REACHED)].filter((stop) => stop.checkVisibility());
  const [first, last] = [stops[0], stops.at(-1)];
  if (event.target === button && !event.shiftKey && first) {
    event.preventDefault();
    first.focus();
  } else if (event.target === first && event.shiftKey) {
    event.preventDefault();
    button.focus();
  } else if (event.target === last && !event.shiftKey) {
    button.focus();
  }
}

document.addEventListener("keydown", onPopoverTab);

// A popover is no higher than the room below its button; the menu of a card is given that room first.
const MENU_HEIGHT = 300;
function makeRoom(event) {
  const button = event.target.closest?.('[data-testid="stPopoverButton"][aria-expanded="false"]');
  const short = button ? button.getBoundingClientRect().bottom + MENU_HEIGHT - window.innerHeight : 0;
  if (short > 0) document.querySelector('[data-testid="stMain"]').scrollBy({ top: short, behavior: "instant" });
}

document.addEventListener("click", makeRoom, true);
