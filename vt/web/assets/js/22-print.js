/* On paper the choice stands above the page, with the day and the address; its buttons are for the screen. Streamlit's own
   print leaves both out. No thread was found. */
const PAPER = 690; // pixels: what fits between the margins of a sheet of A4, and less than what lanes.py calls roomy
function datePrint() {
  const day = new Date().toLocaleDateString("nl-NL", { dateStyle: "long" });
  const choice = document.querySelector(".vt-keuze");
  if (choice) set(choice, "data-printed", `Afgedrukt op ${day} · ${location.href}`);
}

// A chart is drawn as wide as paper: shrunk from the screen its letters are too small to read. Streamlit notices a new width
// too late, so the view is asked itself: Vega keeps it with the marks that it drew.
const screenWidths = new Map(); // of each view, while the page is on paper
function drawForPaper() {
  if (document.documentElement.classList.contains("vt-zaal")) return;
  for (const svg of document.querySelectorAll('[data-testid="stVegaLiteChart"] svg')) {
    const view = svg.querySelector(".mark-group.root > g")?.__data__?.context?.dataflow;
    if (!view || screenWidths.has(view)) continue;
    screenWidths.set(view, view.width());
    view.width(PAPER).resize().run();
  }
}

function drawForScreen() {
  screenWidths.forEach((width, view) => view.width(width).resize().run());
  screenWidths.clear();
}

addEventListener("beforeprint", datePrint);
addEventListener("beforeprint", drawForPaper);
addEventListener("afterprint", drawForScreen);
