/* Where a network refuses the websocket, Streamlit shows grey bars for minutes: say after ten seconds what is the matter and
   whom to ask. https://github.com/streamlit/streamlit/issues/6305 */
const REFUSED = "Er komt geen verbinding tot stand";
const WHOM_TO_ASK = "Deze website werkt met een websocket (een verbinding die open blijft), en uw netwerk houdt die misschien "
  + "tegen. Vraag uw ICT-afdeling om websockets toe te staan voor ";

function showRefused() {
  if (document.querySelector(`[${CONNECTION}="CONNECTED"]`) || document.getElementById("vt-geen-verbinding")) return;
  const notice = document.createElement("div");
  notice.id = "vt-geen-verbinding";
  notice.setAttribute("role", "alert");
  notice.append(document.createElement("strong"), document.createElement("p"));
  notice.firstChild.textContent = REFUSED;
  notice.lastChild.textContent = `${WHOM_TO_ASK}${location.host}. Wordt de verbinding alsnog gemaakt, dan verdwijnt dit bericht.`;
  document.body.prepend(notice);
}

setTimeout(showRefused, 10_000);
