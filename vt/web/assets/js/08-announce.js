/* Streamlit does not tell a screen reader that a page has new results. No thread was found. */
const STATE = "data-test-script-state";
let shown = { path: undefined, text: undefined };
let settling;

function announce(text) {
  const live = document.getElementById("vt-live");
  live.textContent = "";
  setTimeout(() => { live.textContent = text; }, 100);
}

function onState() {
  clearTimeout(settling);
  hideValue();
  keepStripes();
  noteLinkedFigure();
  if (document.querySelector(`html:not([${DRAWING}]) [${STATE}="notRunning"]`)) settling = setTimeout(onSettled, 300);
  // Asked for something else before the first page had stood for a moment: that page is what the answer is new to.
  else if (settling && shown.text === undefined) shown = readScreen();
}

// Without the charts' own text, which changes after the script has ended: their numbers are in the tables.
function readScreen() {
  const parts = document.querySelectorAll('[data-testid="stMain"] :is([data-testid="stMarkdownContainer"]:not(button *), [data-testid="stHtml"])');
  const text = Array.from(parts, (part) => part.textContent).join("\n") || undefined;
  const kept = document.querySelector('[data-testid="stTopNavLink"][href$="presenteren"]')?.textContent;
  return { path: location.pathname, text, kept, slide: document.querySelector(".vt-zaalvoet strong")?.textContent };
}

function onSettled() {
  hideOrphan();
  foldChoice();
  const now = readScreen();
  if (now.text === undefined) return;
  if (now.slide && (now.slide !== shown.slide || now.text !== shown.text)) {
    announce(`${now.slide}: ${document.querySelector(".st-key-zaal h1")?.textContent}`);
  } else if (shown.path !== undefined && now.path !== shown.path) announce(`Pagina ${document.title}`);
  else if (shown.text !== undefined && now.text !== shown.text) announce("Cijfers bijgewerkt");
  else if (shown.kept && now.kept && now.kept !== shown.kept) announce(now.kept);
  shown = now;
}
