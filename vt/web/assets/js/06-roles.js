/* Roles and names that Streamlit leaves wrong or out: https://github.com/streamlit/streamlit/issues/8563 (a chart),
   https://github.com/streamlit/streamlit/pull/16200 (a chosen option), https://github.com/streamlit/streamlit/issues/8399 (in general) */
// What is wider than its box must be reached and scrolled by keyboard.
function makeReachable(box, name) {
  if (box.scrollWidth <= box.clientWidth) return ["tabindex", "role", "aria-label"].forEach((each) => box.removeAttribute(each));
  set(box, "tabindex", "0");
  set(box, "role", "group");
  set(box, "aria-label", name);
}
const slides = new ResizeObserver((entries) => entries.forEach(({ target }) => makeReachable(target, "Dia, te verschuiven")));
const CHART = '[data-testid="stVegaLiteChart"]';
// A picture is drawn anew a moment after its box has changed.
const charts = new ResizeObserver((entries) => entries.forEach(({ target }) => {
  const box = target.closest(CHART)?.parentElement;
  if (box) makeReachable(box, "Grafiek, te verschuiven");
}));
const ROLES = [
  // A chart names itself once, by its alt text; the numbers stand in a real table beside it.
  ["[role=graphics-document]", (chart) => {
    set(chart, "role", "img");
    chart.removeAttribute("aria-roledescription");
  }],
  [".st-key-zaal", (slide) => slides.observe(slide)],
  [CHART, (chart) => charts.observe(chart)],
  // Ten buttons of one name: each with the title of its card.
  [".st-key-verhalen button", (button) => {
    const title = button.closest('[class*="st-key-verhaal-"]')?.querySelector("h2")?.textContent;
    if (title) set(button, "aria-label", `${button.textContent}: ${title}`);
  }],
  ["[data-table]", (box) => makeTable(box)],
  ["svg.marks", (marks) => {
    set(marks, "aria-hidden", "true");
    charts.observe(marks);
  }],
  // A chosen gemeente can have the focus: without a role its name is not allowed, and Delete is told nowhere.
  ["[data-tag][tabindex]", (tag) => {
    set(tag, "role", "group");
    set(tag, "aria-description", "Verwijderen met de toets Delete");
  }],
  ["[role=option]", (option) => nameRegion(option)],
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

function mendRoles(element) {
  ROLES.filter(([selector]) => element.matches(selector)).forEach(([, mend]) => mend(element));
}
