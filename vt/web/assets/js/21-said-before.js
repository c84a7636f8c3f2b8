/* A text that a page has said before is sent once, and stands where it is unfolded. Streamlit draws parts that know nothing
   of each other. No thread was found. */
function sayAgain(details) {
  details.querySelectorAll("[data-again]:empty").forEach((place) => {
    const first = document.querySelector(`[data-said="${place.dataset.again}"]`);
    if (first) place.innerHTML = first.innerHTML;
  });
}

document.addEventListener("toggle", (event) => sayAgain(event.target), true);
