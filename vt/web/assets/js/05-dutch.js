/* Streamlit's own words are English, and cannot be set: https://github.com/streamlit/streamlit/issues/1353
   The words are in dutch.json, put before this as DUTCH; those with a name or number in them are here. */
const PATTERNS = [
  [/^Help for (.+)$/s, "Uitleg bij $1"],
  [/^Remove (.+)$/s, "$1 verwijderen"],
  [/^View (\d+) more$/, "Nog $1 tonen"],
  [/^(\d+) more$/, "nog $1"],
  [/^Select (\d+) matches$/, "Alle $1 gevonden kiezen"],
  [/^You can only select up to (\d+) options?\. Remove an option first\.$/, "U kunt er hooguit $1 kiezen. Verwijder er eerst een."],
  [/^(\d+) options? available\.$/, "$1 keuzes."],
  [/^(.+), selected$/s, "$1, gekozen"],
  [/^You have requested page \/(.*), but no corresponding file was found in the app's pages\/ directory\. Running the app's main page\.$/s,
    "De pagina /$1 bestaat niet. De startpagina wordt getoond."],
  [/^Cannot connect to Streamlit \(HTTP status: (\d+)\).*$/s, "Geen verbinding met de server (HTTP-status $1)."],
  [/^Connection failed with status (\d+).*$/s, "Geen verbinding met de server (status $1)."],
  [/^(\d+)MB per file$/, "hooguit $1 MB per bestand"],
  [/^([^:]+): (.+)$/s, (whole, english, name) => (Object.hasOwn(DUTCH, english) ? `${DUTCH[english]}: ${name}` : whole)],
];
const ATTRIBUTES = ["aria-label", "title", "placeholder", "alt"];
// Our own text and data are never touched; Streamlit's messages inside them are.
const OURS = ["stMarkdownContainer", "stVegaLiteChart", "stHtml", "stCode"];
const THEIRS = ["stTopNavSection", "stTooltipContent", "stTooltipErrorContent", "stException", "stDialog"];
const ourText = `${byTestId(OURS)},td,th,svg,style,script`;
const theirText = byTestId(THEIRS);

function toDutch(text) {
  const whole = text.trim();
  if (Object.hasOwn(DUTCH, whole)) return DUTCH[whole];
  for (const [pattern, replacement] of PATTERNS) {
    if (pattern.test(whole)) return whole.replace(pattern, replacement);
  }
  return undefined;
}

function translateText(node) {
  const parent = node.parentElement;
  const text = toDutch(node.data);
  if (text === undefined || text === node.data || !parent || (parent.closest(ourText) && !parent.closest(theirText))) return;
  node.data = text;
}

function translateAttributes(element) {
  for (const name of ATTRIBUTES) {
    const text = element.hasAttribute(name) ? toDutch(element.getAttribute(name)) : undefined;
    if (text !== undefined) set(element, name, text);
  }
}
