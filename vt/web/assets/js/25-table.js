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
  const { heads, totals, rows } = JSON.parse(box.dataset.table);
  const head = heads.map(([label, isNumber]) => makeElement("th", { scope: "col", class: isNumber ? "" : "vt-tekst" }, label));
  const made = rows.map(([name, ...cells], row) => makeElement("tr", { class: totals.includes(row) ? "vt-totaal" : "" },
    makeElement("th", { scope: "row" }, ...fillCell(name)),
    ...cells.map((cell, at) => makeElement("td", { class: heads[at + 1][1] ? "vt-getal" : "" }, ...fillCell(cell)))));
  box.append(makeElement("table", { class: "vt-tabel", "aria-label": box.getAttribute("aria-label") },
    makeElement("thead", {}, makeElement("tr", {}, ...head)), makeElement("tbody", {}, ...made)));
}
