/* Streamlit's fields (React Aria) speak the language of the browser, not of the page: here the page's.
   The page itself says English: https://github.com/streamlit/streamlit/issues/15726 */
Object.defineProperty(navigator, "language", { get: () => "nl-NL" });
Object.defineProperty(navigator, "languages", { get: () => ["nl-NL", "nl"] });
