/* From a number in a chart to where it was printed, from ≠ to what the checks found about it, and from rows that it leaves
   out to the table that has them. Vega has links of its
   own, which load the site anew. No thread was found. */
const listNumbers = (text) => text.split(/\s+/).map((word) => word.replace(/[*,]+$/, "")).filter((word) => /\d/.test(word));
// Where several numbers are written alike the table: which of them was meant is not known.
function findNumber(sign) {
  const card = sign.closest(CARD);
  if (sign.textContent.includes("≠")) return card?.querySelector(".vt-omstreden");
  if (/^nog \d+ /.test(sign.textContent)) return card?.querySelector(".vt-cijfers"); // rows that are left out
  const shown = listNumbers(sign.textContent);
  const links = shown.length ? [...(card?.querySelectorAll(".vt-cijfers td a") ?? [])] : [];
  const same = links.filter((link) => shown.includes(link.textContent));
  return same.every((link) => link.href === same[0].href) ? same[0] : same[0].closest("details");
}

// Vega gives most of its words no events: of a click on its ground the word that stands there. A mark takes its own clicks.
const GROUND = "svg.marks, svg.marks .background, svg.marks text";
function findSign({ target, clientX, clientY }) {
  if (!target.matches?.(GROUND)) return target.closest?.(".vt-teken");
  return [...target.closest("svg.marks").querySelectorAll("text")].find((word) => {
    const box = word.getBoundingClientRect();
    return clientX >= box.left && clientX <= box.right && clientY >= box.top && clientY <= box.bottom;
  });
}

function onSign(event) {
  const sign = findSign(event);
  const found = sign && findNumber(sign);
  if (!found) return;
  event.preventDefault();
  if (found.matches("a")) return found.click();
  found.open = true;
  found.scrollIntoView({ block: "nearest" });
  found.querySelector("summary").focus();
}

function onOver(event) {
  const drawing = event.target.matches?.(GROUND) && event.target.closest("svg.marks");
  const sign = drawing && findSign(event);
  if (drawing) drawing.style.cursor = sign && findNumber(sign) ? "pointer" : "";
}

document.addEventListener("click", onSign);
document.addEventListener("pointermove", onOver, { passive: true });
