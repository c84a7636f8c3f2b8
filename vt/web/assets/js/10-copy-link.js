/* Streamlit has no button that copies a text: https://github.com/streamlit/streamlit/issues/8456 */
async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  // Without https there is no clipboard API.
  const field = document.body.appendChild(document.createElement("textarea"));
  field.value = text;
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (!done) throw new Error("copy refused");
}

async function onClick(event) {
  const button = event.target.closest?.("button[data-copy-link]");
  if (!button) return;
  const label = (button.dataset.label ??= button.textContent);
  const link = new URL(button.dataset.copyLink, location.href).href;
  let outcome = "Link gekopieerd";
  try {
    await copy(link);
  } catch {
    outcome = `Kopiëren lukt niet. De link: ${link}`;
  }
  button.focus();
  button.textContent = outcome;
  announce(outcome);
  setTimeout(() => { button.textContent = label; }, 4000);
}

document.addEventListener("click", onClick);
