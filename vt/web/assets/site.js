/* What Streamlit leaves to the page: Dutch for its own English, results announced to screen readers, a link to copy.
   Runs before Streamlit does; asks nothing of the server and needs no eval. */
"use strict";
(() => {
  // Streamlit's React Aria speaks the browser's language: here the page's.
  Object.defineProperty(navigator, "language", { get: () => "nl-NL" });
  Object.defineProperty(navigator, "languages", { get: () => ["nl-NL", "nl"] });
  // Until the server's theme arrives Streamlit follows the machine: a dark flash before a light page.
  const media = window.matchMedia.bind(window);
  window.matchMedia = (query) => media(query.includes("prefers-color-scheme: dark") ? "not all" : query);

  // The width that the sidebar was once dragged to; its edge no longer lets itself be dragged.
  try { localStorage.removeItem("sidebarWidth"); } catch { /* without storage no width was kept */ }

  /* ---- Dutch ---------------------------------------------------------------------------------------------------- */
  const DUTCH = {
    "Failed to generate file for download": "Het bestand kon niet worden gemaakt. Kies een andere soort, of probeer het later.",
    "Download failed": "Het bestand kon niet worden opgehaald. Probeer het opnieuw.",
    "Skip to main content": "Direct naar de inhoud",
    "Sidebar": "Zijbalk",
    "App pages": "Pagina's",
    "Collapse sidebar": "Zijbalk inklappen",
    "Expand sidebar": "Zijbalk uitklappen",
    "Navigate to home page": "Naar de startpagina",
    "App Logo": "Logo",
    "View less": "Minder tonen",
    "Main menu": "Menu",
    "Print": "Afdrukken",
    "Record screen": "Scherm opnemen",
    "Rerun": "Opnieuw laden",
    "Running...": "Bezig…",
    "Stop": "Stoppen",
    "Stopping...": "Stopt…",
    "Connecting": "Verbinden",
    "Connecting to Streamlit server": "Verbinding maken met de server",
    "Unable to connect to Streamlit server": "Geen verbinding met de server",
    "Connection error": "Geen verbinding",
    "Connection timed out.": "De server antwoordt niet op tijd.",
    "Streamlit server is not responding. Are you connected to the internet?":
      "De server antwoordt niet. Is er een netwerkverbinding?",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:":
      "De server antwoordt niet. Start hem opnieuw:",
    "streamlit run yourscript.py": "streamlit run app.py",
    "Page not found": "Pagina niet gevonden",
    "The page that you have requested does not seem to exist. Running the app's main page.":
      "Deze pagina bestaat niet. De startpagina wordt getoond.",
    "Bad message format": "Onleesbaar bericht van de server",
    "Script execution error": "Fout op deze pagina",
    "Unknown error": "Onbekende fout",
    "Unknown Error": "Onbekende fout",
    "Error": "Fout",
    "Close": "Sluiten",
    "Cancel": "Annuleren",
    "Dismiss": "Sluiten",
    "Try again": "Opnieuw proberen",
    "Retry": "Opnieuw proberen",
    "Notifications": "Meldingen van de website",
    "Loading...": "Laden…",
    "Loading": "Laden",
    "Open": "Openen",
    "Choose an option": "Maak een keuze",
    "Choose options": "Maak een keuze",
    "No options to select": "Geen keuzes",
    "No options to select.": "Geen keuzes.",
    "No options": "Geen keuzes",
    "No results": "Niets gevonden",
    "Select all": "Alles kiezen",
    "Selectbox": "Keuzelijst",
    "Selectbox options": "Keuzes",
    "Selected values": "Gekozen",
    "Clear all": "Alles wissen",
    "Clear value": "Wissen",
    "Clear entry": "Wissen",
    "Clear selection": "Keuze wissen",
    "Increment": "Verhogen",
    "Decrement": "Verlagen",
    "Help": "Uitleg",
    "(required)": "(verplicht)",
    "This field is required.": "Dit veld is verplicht.",
    "Press Enter to apply": "Druk op Enter om toe te passen",
    "Link to heading": "Link naar deze kop",
    "(opens in new tab)": "(opent in een nieuw tabblad)",
    "Copy to clipboard": "Kopiëren",
    "Copied": "Gekopieerd",
    "Copied!": "Gekopieerd",
    "Scroll tabs left": "Tabbladen naar links",
    "Scroll tabs right": "Tabbladen naar rechts",
    "Vega visualization": "Grafiek",
    "Show data": "Cijfers tonen",
    "Show chart": "Grafiek tonen",
    "Fullscreen": "Volledig scherm",
    "Close fullscreen": "Volledig scherm sluiten",
    "Download as PNG": "Downloaden als PNG",
    "Download as CSV": "Downloaden als CSV",
    "Copy Vega-Lite spec": "Vega-Lite-code kopiëren",
    "Toolbar action": "Actie",
    "Download failed": "Downloaden is mislukt",
    "Scrollable table": "Tabel, te verschuiven",
    "empty": "leeg",
    "Search": "Zoeken",
    "Close Search": "Zoeken sluiten",
    "Previous Result": "Vorige",
    "Next Result": "Volgende",
    "Type to search": "Typ om te zoeken",
    "Show/hide columns": "Kolommen tonen of verbergen",
    "Dataframe column menu": "Kolommenu",
    "Sort ascending": "Oplopend sorteren",
    "Sort descending": "Aflopend sorteren",
    "Autosize": "Passend maken",
    "Pin column": "Kolom vastzetten",
    "Unpin column": "Kolom losmaken",
    "Hide column": "Kolom verbergen",
    "Copy column name": "Kolomnaam kopiëren",
    "Choose date": "Kies een datum",
    "Previous month": "Vorige maand",
    "Next month": "Volgende maand",
    "Upload": "Uploaden",
    "file upload": "bestand uploaden",
    "Image source failed to load": "Afbeelding niet geladen",
    "This app has encountered an error. The original error message is redacted to prevent data leaks. Full error details have been recorded in the logs (if you're on Streamlit Cloud, click on 'Manage app' in the lower right of your app).":
      "Hier ging iets mis. De melding staat in het logboek van de server.",
  };
  const PATTERNS = [
    [/^Help for (.+)$/s, "Uitleg bij $1"],
    [/^Remove (.+)$/s, "$1 verwijderen"],
    [/^View (\d+) more$/, "Nog $1 tonen"],
    [/^Select (\d+) matches$/, "Alle $1 gevonden kiezen"],
    [/^You can only select up to (\d+) options?\. Remove an option first\.$/, "U kunt er hooguit $1 kiezen. Verwijder er eerst een."],
    [/^(\d+) options? available\.$/, "$1 keuzes."],
    [/^(.+), selected$/s, "$1, gekozen"],
    [/^You have requested page \/(.*), but no corresponding file was found in the app's pages\/ directory\. Running the app's main page\.$/s,
      "De pagina /$1 bestaat niet. De startpagina wordt getoond."],
    [/^Cannot connect to Streamlit \(HTTP status: (\d+)\).*$/s, "Geen verbinding met de server (HTTP-status $1)."],
    [/^Connection failed with status (\d+).*$/s, "Geen verbinding met de server (status $1)."],
    [/^(\d+)MB per file$/, "hooguit $1 MB per bestand"],
    [/^([^:]+): (.+)$/s, (whole, english, name) => (Object.hasOwn(DUTCH, english) ? `${DUTCH[english]}: ${name}` : whole)],
  ];
  const ATTRIBUTES = ["aria-label", "title", "placeholder", "alt"];
  // Our own text and data are never touched; Streamlit's messages inside them are.
  const OURS = ["stMarkdownContainer", "stVegaLiteChart", "stHtml", "stCode", "stMetric"];
  const THEIRS = ["stTooltipContent", "stTooltipErrorContent", "stException", "stDialog"];
  const byTestId = (names) => names.map((name) => `[data-testid="${name}"]`).join();
  const ourText = `${byTestId(OURS)},td,th,svg,style,script`;
  const theirText = byTestId(THEIRS);

  // Writing what already stands there counts as a change too: the observer would never rest.
  function set(element, name, value) {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }

  function dutch(text) {
    const whole = text.trim();
    if (Object.hasOwn(DUTCH, whole)) return DUTCH[whole];
    for (const [pattern, replacement] of PATTERNS) {
      if (pattern.test(whole)) return whole.replace(pattern, replacement);
    }
    return undefined;
  }

  function translateText(node) {
    const parent = node.parentElement;
    const text = dutch(node.data);
    if (text === undefined || text === node.data || !parent || (parent.closest(ourText) && !parent.closest(theirText))) return;
    node.data = text;
  }

  function translateAttributes(element) {
    for (const name of ATTRIBUTES) {
      const text = element.hasAttribute(name) ? dutch(element.getAttribute(name)) : undefined;
      if (text !== undefined) set(element, name, text);
    }
    MENDED.filter(([selector]) => element.matches(selector)).forEach(([, mend]) => mend(element));
  }

  /* ---- Roles that Streamlit leaves wrong or out -------------------------------------------------------------------- */
  // What is wider than its box must be reached and scrolled by keyboard.
  function reachable(box, name) {
    if (box.scrollWidth <= box.clientWidth) return ["tabindex", "role", "aria-label"].forEach((each) => box.removeAttribute(each));
    set(box, "tabindex", "0");
    set(box, "role", "group");
    set(box, "aria-label", name);
  }
  const slides = new ResizeObserver((entries) => entries.forEach(({ target }) => reachable(target, "Dia, te verschuiven")));
  const charts = new ResizeObserver((entries) => entries.forEach(({ target }) => reachable(target.parentElement, "Grafiek, te verschuiven")));
  const MENDED = [
    // A chart names itself once, by its alt text; the numbers stand in a real table beside it.
    ["[role=graphics-document]", (chart) => {
      set(chart, "role", "img");
      chart.removeAttribute("aria-roledescription");
    }],
    [".st-key-zaal", (slide) => slides.observe(slide)],
    ['[data-testid="stVegaLiteChart"]', (chart) => charts.observe(chart)],
    ["svg.marks", (marks) => set(marks, "aria-hidden", "true")],
    // A chosen gemeente can have the focus: without a role its name is not allowed, and Delete is told nowhere.
    ["[data-tag][tabindex]", (tag) => {
      set(tag, "role", "group");
      set(tag, "aria-description", "Verwijderen met de toets Delete");
    }],
    ['button[aria-haspopup="listbox"]', (button) => {
      const field = button.parentElement.querySelector("[role=combobox]");
      if (field) set(button, "aria-label", `Keuzes van ${field.getAttribute("aria-label")}`);
    }],
    // The sections of the navigation are divs between ul and li.
    ['[data-testid="stSidebarNavItems"] > div', (section) => {
      set(section.parentElement, "role", "none");
      set(section, "role", "list");
      set(section, "aria-label", section.querySelector("header")?.textContent.replace(/expand_(more|less)$/, "") ?? "");
    }],
    // An unfolded list hides all else from a screen reader; what is hidden may not take the focus either.
    ['[data-testid="stSkipToContent"]', (link) => {
      if (link.getAttribute("aria-hidden") === "true") set(link, "tabindex", "-1");
      else link.removeAttribute("tabindex");
    }],
  ];

  const wanted = [...ATTRIBUTES.map((name) => `[${name}]`), ...MENDED.map(([selector]) => selector)].join();
  function translate(root) {
    if (root.nodeType === Node.TEXT_NODE) return translateText(root);
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    translateAttributes(root);
    root.querySelectorAll(wanted).forEach(translateAttributes);
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) translateText(texts.currentNode);
  }

  function onMutations(mutations) {
    for (const mutation of mutations) {
      if (mutation.type === "childList") mutation.addedNodes.forEach((node) => { translate(node); saveFile(node); });
      else if (mutation.type === "characterData") translateText(mutation.target);
      else if (mutation.attributeName === STATE) onState(mutation.target);
      else if (mutation.attributeName === CONNECTION) onConnection(mutation.target);
      else translateAttributes(mutation.target);
    }
    onStage();
  }

  // A class instead of html:has(): that made every change of the page a new look at all of it, 10 ms of each click.
  const slide = document.getElementsByClassName("st-key-zaal");
  function onStage() {
    const { classList } = document.documentElement;
    if (classList.contains("vt-zaal") !== slide.length > 0) classList.toggle("vt-zaal");
  }

  /* ---- Results, announced --------------------------------------------------------------------------------------- */
  const STATE = "data-test-script-state";
  let shown = { path: undefined, text: undefined };
  let settling;

  function announce(text) {
    const live = document.getElementById("vt-live");
    live.textContent = "";
    setTimeout(() => { live.textContent = text; }, 100);
  }

  function onState(app) {
    clearTimeout(settling);
    hideValue();
    if (app.getAttribute(STATE) === "notRunning") settling = setTimeout(onSettled, 300);
    // Asked for something else before the first page had stood for a moment: that page is what the answer is new to.
    else if (settling && shown.text === undefined) shown = onScreen();
  }

  // Without the charts' own text, which changes after the script has ended: their numbers are in the tables.
  function onScreen() {
    const parts = document.querySelectorAll('[data-testid="stMain"] :is([data-testid="stMarkdownContainer"], [data-testid="stHtml"])');
    const text = Array.from(parts, (part) => part.textContent).join("\n") || undefined;
    return { path: location.pathname, text, slide: document.querySelector(".vt-zaalvoet strong")?.textContent };
  }

  function onSettled() {
    hideOrphan();
    const now = onScreen();
    if (now.text === undefined) return;
    if (now.slide && (now.slide !== shown.slide || now.text !== shown.text)) {
      announce(`${now.slide}: ${document.querySelector(".st-key-zaal h1")?.textContent}`);
    } else if (shown.path !== undefined && now.path !== shown.path) announce(`Pagina ${document.title}`);
    else if (shown.text !== undefined && now.text !== shown.text) announce("Cijfers bijgewerkt");
    shown = now;
  }

  /* ---- A server that went away and is back ------------------------------------------------------------------------ */
  // It no longer knows what a menu that stood open offers: closing the menu asks it, and opening it works again.
  const CONNECTION = "data-test-connection-state";
  function onConnection(app) {
    if (app.getAttribute(CONNECTION) !== "CONNECTED") return;
    document.querySelector('[data-testid="stPopoverButton"][aria-expanded="true"]')?.click();
  }

  /* ---- Copy a link ---------------------------------------------------------------------------------------------- */
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

  /* ---- A link to a source keeps the filters, and the visit -------------------------------------------------------- */
  const FILTERS = ["regio", "gemeente", "periode", "geweld", "weergave", "afschermen"];
  const sourceLink = (event) => event.target.closest?.('[data-testid="stHtml"] a[href^="bronnen?"]');
  function keepFilters(event) {
    const link = sourceLink(event);
    if (!link) return;
    const asked = new URLSearchParams(link.getAttribute("href").slice("bronnen?".length));
    const chosen = new URLSearchParams(location.search);
    FILTERS.forEach((key) => {
      asked.delete(key);
      chosen.getAll(key).forEach((value) => asked.append(key, value));
    });
    link.setAttribute("href", `bronnen?${asked}`);
  }

  // Streamlit follows the browser's history: a step in it changes the page without loading the site anew.
  function followInPlace(event) {
    const link = sourceLink(event);
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    history.pushState(null, "", link.href);
    window.dispatchEvent(new PopStateEvent("popstate"));
    const main = document.querySelector('[data-testid="stMain"]');
    main?.scrollTo(0, 0);
    // The link that had the focus is gone: reading goes on where the new page begins.
    main?.focus();
  }

  /* ---- On stage: keys and clickers walk, full screen -------------------------------------------------------------- */
  const STEPS = {
    ArrowRight: "volgende", PageDown: "volgende", ArrowLeft: "vorige", PageUp: "vorige",
    Home: "eerste", End: "laatste", Escape: "stop",
  };
  const stageButton = (name) => document.querySelector(`.st-key-zaal-${name} button`);

  function onStageKey(event) {
    const step = STEPS[event.key];
    const busy = event.target.closest?.('input,textarea,[role=listbox],[role=radiogroup],[data-baseweb="popover"]')
      || (event.key.startsWith("Arrow") && event.target.matches?.(".st-key-zaal")) // scrolled sideways
      || document.querySelector('[data-baseweb="popover"], [data-testid="stPopoverBody"]');
    if (!step || busy || event.ctrlKey || event.metaKey || event.altKey || !document.querySelector(".st-key-zaal")) return;
    event.preventDefault();
    stageButton(step)?.click();
  }

  function onStageClick(event) {
    if (event.target.closest?.(".st-key-presenteer button")) document.documentElement.requestFullscreen?.().catch(() => {});
    if (event.target.closest?.(".st-key-zaal-stop button") && document.fullscreenElement) document.exitFullscreen();
  }

  // Escape in full screen reaches the browser, not the page.
  function onFullscreen() {
    if (!document.fullscreenElement) stageButton("stop")?.click();
  }

  /* ---- A popover stands at the end of the page: Tab goes from its button into it, and out of it past the button ---- */
  // Streamlit takes what is in a popover out of the order of Tab once the focus has left it, and notes that.
  const REACHED = 'a[href], button:not([disabled], [tabindex="-1"]:not([data-tabindex])), input:not([disabled]), summary, '
    + '[tabindex="0"], [data-tabindex="0"]';
  function onPopoverTab(event) {
    if (event.key !== "Tab" || event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
    const body = document.querySelector('[data-testid="stPopoverBody"]');
    const button = document.querySelector('[data-testid="stPopoverButton"][aria-expanded="true"]');
    if (!body || !button) return;
    const stops = [...body.querySelectorAll(REACHED)].filter((stop) => stop.checkVisibility());
    const [first, last] = [stops[0], stops.at(-1)];
    if (event.target === button && !event.shiftKey && first) {
      event.preventDefault();
      first.focus();
    } else if (event.target === first && event.shiftKey) {
      event.preventDefault();
      button.focus();
    } else if (event.target === last && !event.shiftKey) {
      button.focus();
    }
  }

  /* ---- What lies over the page keeps the focus: a chart in full screen, the sidebar on a phone ---------------------- */
  const ENLARGED = '[data-testid="stElementToolbar"] button[aria-label^="Volledig scherm sluiten"]';
  function onFullscreenTab(event) {
    const close = document.querySelector(ENLARGED);
    if (event.key !== "Tab" || !close) return;
    const stops = [...close.closest('[data-testid="stElementToolbar"]').querySelectorAll("button")].filter((stop) => stop.checkVisibility());
    const at = stops.indexOf(document.activeElement);
    event.preventDefault();
    stops.at(event.shiftKey ? Math.max(at, 0) - 1 : (at + 1) % stops.length).focus();
  }

  const byTestIdButton = (name) => document.querySelector(`[data-testid="${name}"] button, button[data-testid="${name}"]`);
  function onSidebarKey(event) {
    const sidebar = document.querySelector('[data-testid="stSidebar"]');
    if (event.key !== "Tab" || event.shiftKey || window.innerWidth > 768 || !sidebar?.contains(event.target)) return;
    const stops = [...sidebar.querySelectorAll(REACHED)].filter((stop) => stop.checkVisibility({ visibilityProperty: true }));
    if (event.target === stops.at(-1)) byTestIdButton("stSidebarCollapseButton")?.click();
  }

  // A click without a count is a key: the button that is gone hands the focus to the one in its place.
  function onReplaced(event) {
    const button = event.detail ? null : event.target.closest?.("button");
    const label = button?.getAttribute("aria-label") ?? "";
    if (label === "Zijbalk uitklappen") focusSoon(() => byTestIdButton("stSidebarCollapseButton"));
    if (label === "Zijbalk inklappen") focusSoon(() => byTestIdButton("stExpandSidebarButton"));
    if (label.startsWith("Volledig scherm")) focusSoon(() => enlarging(label));
  }

  const focusSoon = (find) => setTimeout(() => find()?.focus(), 400);
  // The button that makes a chart large or small again, by the name of the other one.
  function enlarging(label) {
    const buttons = [...document.querySelectorAll('[data-testid="stElementToolbar"] button[aria-label^="Volledig scherm"]')];
    return buttons.find((each) => each.getAttribute("aria-label").endsWith(label.slice(label.indexOf(": "))));
  }

  function onEscape(event) {
    if (event.key !== "Escape") return;
    hideValue();
    const label = document.querySelector(ENLARGED)?.getAttribute("aria-label");
    if (label) focusSoon(() => enlarging(label));
  }

  /* ---- The value at a bar can be pointed at: WCAG 1.4.13 ------------------------------------------------------------- */
  // Vega moves the value along with the mouse and takes it away beside the bar: no mouse reaches it. Here it stands still,
  // and stays for a moment beside its bar: time to go onto it, where it stays for as long as the mouse does.
  const GRACE = 300;
  let pointed; // the bar whose value is shown
  let moved; // the last move of the mouse, kept from Vega
  let leaving;
  const valueBox = () => document.getElementById("vg-tooltip-element");

  function holdStill(event) {
    if (!pointed?.isConnected || !event.target.closest?.("svg.marks")) return;
    moved = event;
    event.stopPropagation();
  }

  function onPointed(event) {
    hideOrphan();
    if (valueBox()?.classList.contains("visible")) pointed ??= event.target;
  }

  // Where the chart has made room for another page, Vega leaves its value behind.
  function hideOrphan() {
    if (pointed && !pointed.isConnected) hideValue();
  }

  // After Vega's own listener, which has just hidden the value.
  function onPointerGone(event) {
    if (!pointed?.isConnected) return;
    valueBox().classList.add("visible");
    const near = event.relatedTarget === pointed || valueBox().contains(event.relatedTarget);
    if (!near) leaving ??= setTimeout(onToTheNext, GRACE);
    else leaving = clearTimeout(leaving);
  }

  function onToTheNext() {
    hideValue();
    if (moved?.target.matches(":hover")) moved.target.dispatchEvent(new PointerEvent("pointermove", moved));
  }

  function hideValue() {
    leaving = clearTimeout(leaving);
    pointed = undefined;
    valueBox()?.classList.remove("visible");
  }

  /* ---- A file that is ready saves itself, once ---------------------------------------------------------------------- */
  const saved = new WeakSet();
  function saveFile(root) {
    const button = root.closest?.(".st-key-bestand-klaar")?.querySelector("button") ?? root.querySelector?.(".st-key-bestand-klaar button");
    if (!button || saved.has(button)) return;
    saved.add(button);
    setTimeout(() => button.click(), 0);
  }

  /* ---- Streamlit's one-letter shortcuts (r: rerun, c: clear caches) catch speech input: WCAG 2.1.4 ---------------- */
  function onKey(event) {
    const bare = !event.ctrlKey && !event.metaKey && !event.altKey;
    const typing = event.target.closest?.("input,textarea,[contenteditable],[role=listbox],[role=menu],[role=grid]");
    if (bare && !typing && /^[rc]$/i.test(event.key)) event.stopPropagation();
  }

  window.addEventListener("keydown", onKey, true);
  document.addEventListener("click", onClick);
  document.addEventListener("click", onStageClick);
  document.addEventListener("click", followInPlace);
  document.addEventListener("keydown", onStageKey);
  document.addEventListener("keydown", onFullscreenTab);
  document.addEventListener("keydown", onPopoverTab);
  document.addEventListener("keydown", onSidebarKey);
  document.addEventListener("keydown", onEscape, true);
  document.addEventListener("click", onReplaced, true);
  document.addEventListener("pointermove", holdStill, true);
  document.addEventListener("pointermove", onPointed);
  document.addEventListener("mouseout", onPointerGone);
  // The value lies over the page, and what it lies over does not scroll under it.
  document.addEventListener("wheel", (event) => { if (valueBox()?.contains(event.target)) hideValue(); }, { passive: true });
  document.addEventListener("fullscreenchange", onFullscreen);
  ["pointerdown", "focusin"].forEach((kind) => document.addEventListener(kind, keepFilters));
  new MutationObserver(onMutations).observe(document.documentElement, {
    subtree: true, childList: true, characterData: true, attributes: true,
    attributeFilter: [...ATTRIBUTES, "role", "aria-hidden", STATE, CONNECTION],
  });
})();
