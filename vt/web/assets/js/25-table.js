/* The table of a figure comes as data, and is made here: Streamlit cleans HTML node by node, twice as long as it draws it. Only
   elements named here come of it, and text. No thread was found. */
function makeElement(name, attributes, ...children) {
  const element = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => { if (value) element.setAttribute(key, value); });
  element.append(...children);
  return element;
}

// In a cell its text; with it where it was printed, and whether the checks found something about it.
function fillCell(cell) {
  const [text, query, isDoubted] = [cell].flat();
  const shown = query ? makeElement("a", { href: `bronnen?${query}`, target: "_self" }, text) : text;
  return isDoubted ? [shown, " ", makeElement("abbr", { title: "Zie de controle" }, "≠")] : [shown];
}

function makeTable(box) {
  if (box.firstChild) return;
  const { heads, totals, rows, own } = JSON.parse(box.dataset.table);
  const head = heads.map(([label, isNumber]) => makeElement("th", { scope: "col", class: isNumber ? "" : "vt-tekst" }, label));
  const made = rows.map(([name, ...cells], row) => makeElement("tr", { class: totals.includes(row) ? "vt-totaal" : own?.includes(row) ? "vt-eigen" : "" },
    makeElement("th", { scope: "row" }, ...fillCell(name)),
    ...cells.map((cell, at) => makeElement("td", { class: heads[at + 1][1] ? "vt-getal" : "" }, ...fillCell(cell)))));
  box.append(makeElement("table", { class: "vt-tabel", "aria-label": box.getAttribute("aria-label") },
    makeElement("thead", {}, makeElement("tr", {}, ...head)), makeElement("tbody", {}, ...made)));
  if (own && rows.length >= FEWEST_SORTED) offerOrder(box, made, offerPages(box, made));
}

/* Many places beside each other: in pages, with a search for a name, and in the order of a column; the chosen ones stand first on
   every page, and all are on paper. */
const FEWEST_SORTED = 6, MOST_ON_PAGE = 100;
const foldName = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
function readCell(cell) {
  const number = parseFloat(cell.textContent.replace(/\./g, "").replace(",", ".").replace("−", "-").replace("<", ""));
  return cell.matches(".vt-getal") ? [Number.isNaN(number) ? -Infinity : number, ""] : [0, foldName(cell.textContent)];
}

function offerPages(box, rows) {
  if (rows.length <= MOST_ON_PAGE) return () => {};
  const field = makeElement("input", { type: "search", placeholder: "Zoek een naam", "aria-label": "Zoek een naam in de tabel" });
  const [before, after] = ["Vorige", "Volgende"].map((label) => makeElement("button", { type: "button" }, label));
  const said = makeElement("span", { role: "status" });
  let page = 0;
  const isOwn = (row) => row.matches(".vt-eigen");
  const show = () => {
    const order = [...rows[0].parentNode.rows];
    const others = order.filter((row) => !isOwn(row) && foldName(row.cells[0].textContent).includes(foldName(field.value.trim())));
    const first = page * MOST_ON_PAGE, last = Math.min(first + MOST_ON_PAGE, others.length);
    const shown = new Set(others.slice(first, last));
    order.forEach((row) => { row.hidden = !isOwn(row) && !shown.has(row); });
    rows[0].parentNode.prepend(...order.filter(isOwn));
    said.textContent = others.length ? `${first + 1} t/m ${last} van ${others.length}` : "Geen naam gevonden";
    before.disabled = !first;
    after.disabled = last >= others.length;
  };
  const turn = (to) => { page = to; show(); };
  field.addEventListener("input", () => turn(0));
  before.addEventListener("click", () => turn(page - 1));
  after.addEventListener("click", () => turn(page + 1));
  box.before(makeElement("div", { class: "vt-bladeren" }, field, said, before, after));
  show();
  return () => turn(0);
}

function offerOrder(box, rows, showFirst) {
  const heads = [...box.querySelectorAll("thead th")];
  heads.forEach((head, at) => {
    const press = makeElement("button", { type: "button" }, ...head.childNodes);
    head.append(press);
    press.addEventListener("click", () => {
      const isDown = head.getAttribute("aria-sort") ? head.getAttribute("aria-sort") === "ascending" : !head.matches(".vt-tekst");
      heads.forEach((each) => each.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", isDown ? "descending" : "ascending");
      const keys = new Map(rows.map((row) => [row, readCell(row.cells[at])]));
      const compare = (one, other) => keys.get(one)[0] - keys.get(other)[0] || keys.get(one)[1].localeCompare(keys.get(other)[1], "nl");
      rows[0].parentNode.append(...[...rows].sort((one, other) => (isDown ? -1 : 1) * compare(one, other)));
      showFirst();
    });
  });
}
