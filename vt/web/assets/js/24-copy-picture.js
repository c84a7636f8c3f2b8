/* A picture that can be pasted: the file that the button for a PNG makes goes to the clipboard instead. Streamlit makes a file
   when its button is pressed, and saves it: https://github.com/streamlit/streamlit/issues/5053 */
const NO_PICTURE = "Kopiëren van een afbeelding lukt niet in deze browser. Bewaar de afbeelding (PNG).";
const NOT_SECURE = "Kopiëren van een afbeelding kan alleen over https. Bewaar de afbeelding (PNG).";
let copying; // the name of the file that is waited for, and what takes it
HTMLAnchorElement.prototype.click = function click() {
  if (!copying || !/\.png\b/.test(this.href)) return HTMLElement.prototype.click.call(this);
  const { name, take } = copying;
  fetch(this.href).then((answer) => {
    // Another picture can be ready first: that is saved.
    const isSame = decodeURIComponent(answer.headers.get("Content-Disposition") ?? "").includes(name);
    if (!isSame) return HTMLElement.prototype.click.call(this);
    copying = undefined; // the next is saved
    take(answer.blob().then((file) => file.slice(0, file.size, "image/png")));
  });
};

async function copyPicture(save, name) {
  if (!window.isSecureContext) throw new Error(NOT_SECURE);
  if (!navigator.clipboard?.write || !window.ClipboardItem || !save) throw new Error(NO_PICTURE);
  const file = new Promise((resolve, reject) => {
    copying = { name, take: resolve };
    setTimeout(() => reject(new Error(NO_PICTURE)), 30000);
  });
  save.click();
  try {
    // At once, with the picture to come: a browser allows it only on a click.
    await navigator.clipboard.write([new ClipboardItem({ "image/png": file })]);
  } finally {
    copying = undefined;
  }
}

async function onCopyPicture(event) {
  const button = event.target.closest?.("button[data-copy-picture]");
  if (!button || copying) return;
  const label = (button.dataset.label ??= button.textContent);
  const save = button.closest('[data-testid="stPopoverBody"]')?.querySelector('[class*="st-key-png-"] button');
  button.textContent = "Afbeelding wordt gemaakt …";
  let outcome = "Afbeelding gekopieerd";
  try {
    await copyPicture(save, button.dataset.copyPicture);
  } catch (fault) {
    outcome = [NOT_SECURE, NO_PICTURE].includes(fault.message) ? fault.message : NO_PICTURE;
  }
  button.textContent = outcome;
  announce(outcome);
  setTimeout(() => { button.textContent = label; }, 6000);
}

document.addEventListener("click", onCopyPicture);
