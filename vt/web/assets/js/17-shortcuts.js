/* Streamlit's one-letter shortcuts (r: rerun, c: clear caches) catch speech input: WCAG 2.1.4.
   https://github.com/streamlit/streamlit/issues/16954 */
function onKey(event) {
  const bare = !event.ctrlKey && !event.metaKey && !event.altKey;
  const typing = event.target.closest?.("input,textarea,[contenteditable],[role=listbox],[role=menu],[role=grid]");
  if (bare && !typing && /^[rc]$/i.test(event.key)) event.stopPropagation();
}

window.addEventListener("keydown", onKey, true);
