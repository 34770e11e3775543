// Find: what is shown of rows, cards and entries of the contents. All of them name the programme that they are on.

const cards = new Map();
for (const card of document.querySelectorAll("article.card")) {
  cards.set(card.dataset.card, { flags: card.dataset.flags.split(" "), find: card.dataset.find });
}
const found = [...document.querySelectorAll(".f")].map((element) => {
  const of = element.dataset.card.split(" ").map((anchor) => cards.get(anchor)).filter(Boolean);
  return {
    element,
    flags: new Set(of.flatMap((card) => card.flags)),
    text: folding(of.map((card) => card.find).join("\n") + "\n" + element.textContent),
  };
});
const entries = found.filter((one) => one.element.closest("#jump"));
// Groups within groups come first.
const groups = [...document.querySelectorAll(".group")].reverse();
const shut = new Set(document.querySelectorAll("details.fold:not([open])"));

function folding(text) {
  return text.normalize("NFKC").toLowerCase();
}

function narrow() {
  const flag = $("by-flag").value;
  const wanted = folding($("by-text").value.trim()).split(/\s+/).filter(Boolean);
  for (const one of found) {
    one.element.hidden = (flag && !one.flags.has(flag)) || !wanted.every((text) => one.text.includes(text));
  }
  for (const group of groups) group.hidden = group.querySelector(".f") !== null && group.querySelector(".f:not([hidden])") === null;
  for (const one of shut) one.open = wanted.length > 0 && !one.hidden;
  const left = document.querySelectorAll("article.card:not([hidden])").length;
  $("empty").hidden = left > 0;
  $("count").textContent = words.shown + " " + left + words.of + cards.size + " " + words.shown_programmes;
}

$("by-text").addEventListener("input", narrow);
$("by-flag").addEventListener("change", narrow);
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || $("large").open) return;
  const typing = ["INPUT", "SELECT", "TEXTAREA"].includes(event.target.tagName);
  if (event.key === "/" && !(typing && event.target.type !== "radio")) {
    event.preventDefault();
    $("by-text").focus();
  } else if (event.key === "Escape" && event.target === $("by-text")) {
    $("by-text").value = "";
    narrow();
    event.target.blur();
  }
});

// A link leads to its programme, whatever is filtered.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  const target = link && $(link.getAttribute("href").slice(1));
  if (!target || target.checkVisibility()) return;
  $("by-text").value = "";
  $("by-flag").value = "";
  narrow();
});
narrow();
