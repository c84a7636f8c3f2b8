/* What comes onto the page or changes on it goes to the patches that mend it. One observer: each costs time at every change. */
const WATCHED = [...ATTRIBUTES.map((name) => `[${name}]`), ...ROLES.map(([selector]) => selector)].join();

function mend(element) {
  translateAttributes(element);
  mendRoles(element);
}

function mendAll(root) {
  if (root.nodeType === Node.TEXT_NODE) return translateText(root);
  if (root.nodeType !== Node.ELEMENT_NODE) return;
  mend(root);
  root.querySelectorAll(WATCHED).forEach(mend);
  if (root.closest(ourText) && !root.closest(theirText) && !root.querySelector(theirText)) return;
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) translateText(texts.currentNode);
}

// A row of a long list becomes that of another option when it is scrolled.
function mendText(text) {
  translateText(text);
  const option = text.parentElement?.closest("[role=option]");
  if (option) nameRegion(option);
}

function onMutations(mutations) {
  for (const mutation of mutations) {
    if (mutation.type === "childList") mutation.addedNodes.forEach((node) => { mendAll(node); saveFile(node); });
    else if (mutation.type === "characterData") mendText(mutation.target);
    else if ([STATE, DRAWING].includes(mutation.attributeName)) onState();
    else if (mutation.attributeName === CONNECTION) onConnection(mutation.target);
    else mend(mutation.target);
  }
  onStage();
  showLinkedFigure();
  holdKept();
}

new MutationObserver(onMutations).observe(document.documentElement, {
  subtree: true, childList: true, characterData: true, attributes: true,
  attributeFilter: [...ATTRIBUTES, "role", "aria-hidden", STATE, DRAWING, CONNECTION],
});
