/* The edge of the sidebar can be dragged by mouse alone. It is fixed here (site.css), and the width that it was once
   dragged to is forgotten. About its width, not its edge: https://github.com/streamlit/streamlit/issues/7967 */
try { localStorage.removeItem("sidebarWidth"); } catch { /* without storage no width was kept */ }
