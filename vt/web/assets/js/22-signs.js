/* From a number in a chart to where it was printed, and from ≠ to what the checks found about it. Vega has links of its
   own, which load the site anew. No thread was found. */
const listNumbers = (text) => text.split(/\s+/).map((word) => word.replace(/[*,]+$/, "")).filter((word) => /\d/.test(word));
// Where several numbers are written alike the table: which of them was meant is not known.
function findNumber(sign) {
  const card = sign.closest(CARD);
  if (sign.textContent.includes("≠")) return card?.querySelector(".vt-omstreden");
  const shown = listNumbers(sign.textContent);
  const links = shown.length ? [...(card?.querySelectorAll(".vt-cijfers td a") ?? [])] : [];
  const same = links.filter((link) => shown.includes(link.textContent));
  return same.every((link) => link.href === same[0].href) ? same[0] : same[0].closest("details");
}

function onSign(event) {
  const sign = event.target.closest?.("svg.marks text, .vt-teken");
  const found = sign && findNumber(sign);
  if (!found) return;
  event.preventDefault();
  if (found.matches("a")) return found.click();
  found.open = true;
  found.scrollIntoView({ block: "nearest" });
  found.querySelector("summary").focus();
}

document.addEventListener("click", onSign);
document.addEventListener("pointerover", (event) => {
  if (event.target.matches?.("svg.marks text")) event.target.style.cursor = findNumber(event.target) ? "pointer" : "";
});
