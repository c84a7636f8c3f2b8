/* Filters that fold. In a popover of Streamlit a filter is not drawn while it is closed, and leaves the address:
   https://github.com/streamlit/streamlit/issues/5603 */
function onUnfold(event) {
  const button = event.target.closest?.("button[data-unfold]");
  if (button) set(button, "aria-expanded", String(document.documentElement.classList.toggle(button.dataset.unfold)));
}

// On a phone the filters are over the page: chosen, they make room for the answer.
let choiceSaid;
function foldChoice() {
  const button = document.querySelector(".vt-keuze");
  const changed = choiceSaid !== undefined && button && button.textContent !== choiceSaid;
  choiceSaid = button?.textContent;
  if (!changed || !matchMedia("(max-width: 640px)").matches) return;
  document.documentElement.classList.remove("vt-keuze-open");
  set(button, "aria-expanded", "false");
}

document.addEventListener("click", onUnfold);
