/* A step of the history that was asked for meanwhile is asked for again: Streamlit forgets it. No thread was found.
   A server that went away and is back no longer knows what a menu that stood open offers: closing the menu asks it, and
   opening it works again. https://github.com/streamlit/streamlit/issues/8901 */
const CONNECTION = "data-test-connection-state";
function onConnection(app) {
  if (app.getAttribute(CONNECTION) !== "CONNECTED") return;
  document.getElementById("vt-geen-verbinding")?.remove();
  document.querySelector('[data-testid="stPopoverButton"][aria-expanded="true"]')?.click();
  if (isAsked) window.dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
}
