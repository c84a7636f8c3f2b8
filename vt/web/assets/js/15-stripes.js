/* Vega names a gradient by the whole address of the page, which is another one after a choice: stripes of a map that
   stays as it was were gone. No thread was found. */
function keepStripes() {
  for (const area of document.querySelectorAll('svg.marks [fill^="url("]')) {
    set(area, "fill", area.getAttribute("fill").replace(/^url\(.*#/, "url(#"));
  }
}
