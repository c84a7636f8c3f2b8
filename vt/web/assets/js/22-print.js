/* On paper the choice stands above the page, with the day and the address; its buttons are for the screen. Streamlit's own
   print leaves both out. No thread was found. */
function datePrint() {
  const day = new Date().toLocaleDateString("nl-NL", { dateStyle: "long" });
  const choice = document.querySelector(".vt-keuze");
  if (choice) set(choice, "data-printed", `Afgedrukt op ${day} · ${location.href}`);
}

addEventListener("beforeprint", datePrint);
