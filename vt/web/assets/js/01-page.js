/* What the patches after this one share. All are pieces of one script (vt/web/server.py joins them in order), which runs
   before Streamlit does, asks nothing of the server and needs no eval. */
const byTestId = (names) => names.map((name) => `[data-testid="${name}"]`).join();
const buttonOf = (name) => document.querySelector(`[data-testid="${name}"] button, button[data-testid="${name}"]`);
const focusSoon = (find, until = Date.now() + 5000) => setTimeout(() => {
  const found = find();
  if (found) found.focus();
  else if (Date.now() < until) focusSoon(find, until);
}, 400);
// What Tab stops at. Streamlit takes what is in a popover out of the order of Tab once the focus has left it, and notes that.
const REACHED = 'a[href], button:not([disabled], [tabindex="-1"]:not([data-tabindex])), input:not([disabled]), summary, '
  + '[tabindex="0"], [data-tabindex="0"]';

// Writing what already stands there counts as a change too: the observer would never rest.
function set(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
