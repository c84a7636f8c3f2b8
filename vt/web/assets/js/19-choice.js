/* Filters that fold. In a popover of Streamlit a filter is not drawn while it is closed, and leaves the address:
   https://github.com/streamlit/streamlit/issues/5603 */
function onUnfold(event) {
  const button = event.target.closest?.("button[data-unfold]");
  if (button) set(button, "aria-expanded", String(document.documentElement.classList.toggle(button.dataset.unfold)));
}

document.addEventListener("click", onUnfold);
