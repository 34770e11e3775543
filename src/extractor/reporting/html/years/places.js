// Places: the cut-outs of pages, made when they come into sight, or go on paper.

const WIDEST_PLACE = 620; // pixels
const SMALLER = 1; // pixels a point: with the name of the row beside its value

function fill(element) {
  if (element.dataset.filled) return;
  element.dataset.filled = "yes";
  const { sha, places } = data.places[element.dataset.places];
  const width = Math.min(WIDEST_PLACE, Math.max(160, element.clientWidth || 300));
  element.replaceChildren(...placed(sha, places, width, SMALLER));
}

const inSight = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (!entry.isIntersecting) continue;
    inSight.unobserve(entry.target);
    fill(entry.target);
  }
}, { rootMargin: "600px" });

function watch(within) {
  for (const element of within.querySelectorAll(".places")) inSight.observe(element);
}

// What is copied is filled anew, at its own width.
function copyOf(element) {
  const copy = element.cloneNode(true);
  copy.removeAttribute("id");
  for (const one of copy.querySelectorAll(".places")) {
    one.removeAttribute("data-filled");
    one.replaceChildren();
  }
  return copy;
}

watch($("page"));

// On paper all is open that is folded for the screen, and every place is cut out.
let folded = [];
window.addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("details:is(.fold, .onpaper):not([open])")];
  for (const one of folded) one.open = true;
  for (const element of document.querySelectorAll("#page .places")) {
    if (!element.closest("[hidden]")) fill(element);
  }
});
window.addEventListener("afterprint", () => {
  for (const one of folded) one.open = false;
});
