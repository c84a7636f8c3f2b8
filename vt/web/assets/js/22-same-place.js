/* A gemeente that is pointed at stands out in every chart of the page, and in every strip of dots: Vega knows its own chart
   alone. No thread was found. */
let same; // the place that is pointed at
const placeOf = (mark) => mark.dataset?.place || mark.__data__?.datum?.place;
function onPlace(event) {
  const place = placeOf(event.target);
  if (place === same) return;
  same = place;
  document.querySelectorAll("[data-same]").forEach((mark) => mark.removeAttribute("data-same"));
  if (!place) return;
  document.querySelectorAll("svg.marks .role-mark > *, [data-place]").forEach((mark) => {
    if (placeOf(mark) === place) mark.setAttribute("data-same", "");
  });
}

document.addEventListener("mouseover", onPlace);
