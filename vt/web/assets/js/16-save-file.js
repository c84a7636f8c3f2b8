/* A file that takes a while is made with its progress on screen, which st.download_button cannot do: two clicks. Here the
   file that is ready saves itself, once. https://github.com/streamlit/streamlit/issues/5053 */
const saved = new WeakSet();
function saveFile(root) {
  const button = root.closest?.(".st-key-bestand-klaar")?.querySelector("button") ?? root.querySelector?.(".st-key-bestand-klaar button");
  if (!button || saved.has(button)) return;
  saved.add(button);
  setTimeout(() => button.click(), 0);
}
