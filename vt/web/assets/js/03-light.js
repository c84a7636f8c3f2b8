/* Until the server's theme arrives Streamlit follows the machine: a dark flash before a light page.
   No thread was found. */
const media = window.matchMedia.bind(window);
window.matchMedia = (query) => media(query.includes("prefers-color-scheme: dark") ? "not all" : query);
