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

// What shows a link in a page of another site.
function writeFrame(link, title) {
  const frame = Object.assign(document.createElement("iframe"), { src: link, title, width: "100%", height: "520", loading: "lazy" });
  return frame.outerHTML;
}

async function onClick(event) {
  const button = event.target.closest?.("button[data-copy-link]");
  if (!button) return;
  const label = (button.dataset.label ??= button.textContent);
  const link = new URL(button.dataset.copyLink, location.href).href;
  const { frame } = button.dataset;
  const text = frame ? writeFrame(link, frame) : link;
  let outcome = frame ? "Code gekopieerd" : "Link gekopieerd";
  try {
    await copy(text);
  } catch {
    outcome = `Kopiëren lukt niet. ${frame ? "De code" : "De link"}: ${text}`;
  }
  button.focus();
  button.textContent = outcome;
  announce(outcome);
  setTimeout(() => { button.textContent = label; }, 4000);
}

document.addEventListener("click", onClick);
