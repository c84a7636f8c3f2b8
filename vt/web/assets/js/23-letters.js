/* Streamlit sets the letters of the page in px, whatever is set in the browser: https://github.com/streamlit/streamlit/issues/11751
   The page's are in rem (site.css); those in a chart are pixels of its spec, so that is enlarged as a whole, but for what
   a slide has grown with its screen. */
function sizeCharts() {
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const slide = Math.min(innerWidth * 0.011713, innerHeight * 0.020833);
  const grown = html.classList.contains("vt-zaal") ? Math.max(16, slide) : 16;
  html.style.setProperty("--vt-letters", Math.max(1, rem / grown).toFixed(4));
}

sizeCharts();
addEventListener("resize", sizeCharts);
