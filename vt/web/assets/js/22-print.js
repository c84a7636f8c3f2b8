/* On paper the choice stands above the page, with the day and the address; its buttons are for the screen. Streamlit's own
   print leaves both out. No thread was found. */
const PAPER = 690; // pixels: what fits between the margins of a sheet of A4, and less than what lanes.py calls roomy
const BESIDE = 500; // beside its table, where the style sheet makes it a little smaller: more than what lanes.py calls a phone
const LOW = 160, LOWEST = 100; // pixels that a chart is high, where it is not as high as its rows, and that it is at least
const HIGH = 350; // what is higher, a funnel, needs it
function datePrint() {
  const day = new Date().toLocaleDateString("nl-NL", { dateStyle: "long" });
  const choice = document.querySelector(".vt-keuze");
  if (choice) set(choice, "data-printed", `Afgedrukt op ${day} · ${location.href}`);
}

// A chart is drawn as wide as paper: shrunk from the screen its letters are too small to read. Streamlit notices a new width
// too late, so the view is asked itself: Vega keeps it with the marks that it drew.
const HEIGHTS = ["y_step", "highest"]; // what a height is worked out of: of rows, and of a number
const screenSizes = new Map(); // of each view, while the page is on paper
function drawForPaper() {
  if (document.documentElement.classList.contains("vt-zaal")) return;
  for (const svg of document.querySelectorAll('[data-testid="stVegaLiteChart"] svg')) {
    const view = svg.querySelector(".mark-group.root > g")?.__data__?.context?.dataflow;
    if (!view || screenSizes.has(view)) continue;
    const card = svg.closest('[class*="st-key-figuur-"]');
    const table = card?.querySelector(".vt-ernaast > .vt-cijfers");
    const { signals } = view.getState();
    const asked = HEIGHTS.filter((name) => name in signals).map((name) => [name, signals[name]]);
    screenSizes.set(view, [view.width(), view.height(), asked]);
    const flow = signals.on_paper; // of flow.py: what a column needs, and how much lower it may be
    view.width(table ? BESIDE : flow ? Math.max(PAPER, flow.column * view.scale("angle").domain()[1]) : PAPER);
    if ("highest" in signals) view.signal("highest", LOW);
    else if (!("y_step" in signals) && (table || view.height() < HIGH)) view.height(LOW);
    view.resize().run();
    if ("fillOpacity" in (view._runtime.scales ?? {})) bringCloser(view, signals.y_step, table ? LOW : LOWEST);
    else if (flow) view.signal("y_step", signals.y_step * flow.lower).resize().run();
    if (!card) continue;
    const sheet = layOut(card, [svg, table].filter(Boolean)); // at once: a sheet does not wait for a chart
    view.runAsync().then(() => sheet.firstElementChild.replaceWith(svg.cloneNode(true)));
  }
}

// Rows of lanes.py are nearly as close as they can be, where on a screen few of them fill a card.
function bringCloser(view, step, least) {
  const closest = Math.max(least, view.scale("angle").domain()[1] * step * 1.1);
  if (closest < view.height()) view.signal("y_step", (step * closest) / view.height()).resize().run();
}

// Title, chart and table are one block, which no sheet breaks; as elements of the card they are not beside each other.
function layOut(card, block) {
  const [head, foot] = [".vt-kop", ".vt-voet"].map((part) => card.querySelector(part));
  const explained = head.querySelector(".vt-uitleg");
  const sheet = copyOnto("vt-papier", block);
  head.append(sheet);
  if (explained) foot.append(copyOnto("vt-papier vt-uitleg", [explained.lastElementChild]));
  card.dataset.paper = block.length;
  return sheet;
}

function copyOnto(kind, elements) {
  const sheet = document.createElement("div");
  sheet.className = kind;
  sheet.append(...elements.map((element) => element.cloneNode(true)));
  return sheet;
}

function drawForScreen() {
  document.querySelectorAll(".vt-papier").forEach((copy) => copy.remove());
  document.querySelectorAll("[data-paper]").forEach((card) => delete card.dataset.paper);
  const sizes = [...screenSizes];
  screenSizes.clear();
  sizes.forEach(([view, [width, height, asked]]) => {
    asked.forEach(([name, value]) => view.signal(name, value));
    view.width(width).height(height).resize().run();
  });
}

addEventListener("beforeprint", datePrint);
addEventListener("beforeprint", drawForPaper);
addEventListener("afterprint", drawForScreen);
