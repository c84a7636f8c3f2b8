/* Streamlit's page has no class of its own that says what stands on it. No thread was found. */
// A class instead of html:has(): that made every change of the page a new look at all of it, 10 ms of each click.
const slide = document.getElementsByClassName("st-key-zaal");
function onStage() {
  const { classList } = document.documentElement;
  if (classList.contains("vt-zaal") === slide.length > 0) return;
  if (!classList.toggle("vt-zaal")) classList.remove("vt-zwart");
  wakeBar();
  sizeCharts();
}
