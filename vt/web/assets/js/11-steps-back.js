/* Back in the browser. A filter changes the address of the page that it is used on, and a page before it would come back with
   the choice of before: it keeps what is chosen, as the navigation does. What a link chose is a step, and is undone by Back;
   so is the first place that is chosen on the home page, which makes it another page. Streamlit knows the home page by two
   addresses, and made a step of going from the one to the other: Back led nowhere. No thread was found. */
const CHOICE = "vtChoice"; // in the state of a step: the same for steps that share a choice
const toStep = history.pushState.bind(history), toAddress = history.replaceState.bind(history);
const filtersIn = (search) => [...new URLSearchParams(search)].filter(([key]) => FILTERS.includes(key));
const namesPlace = (search) => filtersIn(search).some(([key]) => key === "gemeente" || key === "regio");
let choice = history.state?.[CHOICE];
let shownSearch = location.search;
let isAsked = false; // a step that no script has begun to answer: a lost connection takes it along, and the page would stand still

function take(change, state, title, address) {
  change({ ...state, [CHOICE]: choice }, title, address);
  shownSearch = location.search;
}

history.pushState = (state, title, address) => {
  const next = new URL(address ?? "", location.href);
  if (location.pathname === `${next.pathname.replace(/\/?$/, "/")}overzicht`) return history.replaceState(state, title, address);
  if (String(filtersIn(next.search)) !== String(filtersIn(location.search))) choice = `${Date.now()}`;
  return take(toStep, state, title, address);
};

history.replaceState = (state, title, address) => {
  const next = new URL(address ?? "", location.href);
  const leavesHome = document.querySelector(".st-key-thuis") && !namesPlace(location.search) && namesPlace(next.search);
  return leavesHome ? history.pushState(state, title, address) : take(toAddress, state, title, address);
};

// Before Streamlit reads the address.
window.addEventListener("popstate", (event) => {
  const asked = new URLSearchParams(location.search);
  if (event.isTrusted && event.state?.[CHOICE] === choice) {
    FILTERS.forEach((key) => asked.delete(key));
    filtersIn(shownSearch).forEach(([key, value]) => asked.append(key, value));
    toAddress(event.state, "", `${location.pathname}${asked.size ? `?${asked}` : ""}`);
  }
  if (event.isTrusted) choice = event.state?.[CHOICE];
  isAsked = true;
  shownSearch = location.search;
});
