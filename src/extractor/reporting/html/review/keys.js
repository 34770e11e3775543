// Keys, filters; and the start.

const does = {
  j: () => select(at + 1),
  k: () => select(at - 1),
  a: () => say("accept"),
  r: () => say("refuse"),
  c: () => sayWith("refuse", "correction"),
  n: () => sayWith("note", "remark"),
  u: () => say(null),
  A: () => acceptProgramme(),
  g: () => openAlike(),
  d: () => toggleFold(),
  o: () => { const button = $("detail").querySelector(".overbar button"); if (button) button.click(); },
  b: () => blink(),
  w: () => openWaiver(),
  W: () => openRenewal(),
  "/": () => { unfoldFilters(true); $("by-text").focus(); $("by-text").select(); },
  "?": () => $("help").showModal(),
};
const goes = {
  ArrowDown: () => select(at + 1),
  ArrowUp: () => select(at - 1),
  PageDown: () => selectRow(10),
  PageUp: () => selectRow(-10),
  Home: () => select(0),
  End: () => select(shown.length - 1),
};

document.addEventListener("keydown", (event) => {
  const typing = ["INPUT", "SELECT", "TEXTAREA"].includes(event.target.tagName) && event.target.type !== "range";
  if (document.querySelector("dialog[open]") || event.altKey || event.isComposing) return;
  if (event.ctrlKey || event.metaKey) {
    const key = event.key.toLowerCase();
    if (typing || (key !== "z" && key !== "y")) return;
    event.preventDefault();
    if (key === "z" && !event.shiftKey) turnBack(undo(), desk.undone);
    else turnBack(redo(), desk.redone);
    return;
  }
  if (event.key === "Escape" && event.target !== $("list")) {
    event.preventDefault();
    if (event.target === $("by-text")) search("");
    $("list").focus();
    return;
  }
  if (typing) return;
  const inList = event.target === $("list") || event.target === document.body || event.target === $("detail");
  const act = does[event.key] || (inList ? goes[event.key] : null);
  if (!act) return;
  event.preventDefault();
  act();
});

// Of a programme, the findings below the value that is looked at and no others.
function openWaiver() {
  const row = $("detail").querySelector("tr.current");
  const button = (row ? row.nextElementSibling : $("detail"))?.querySelector(".finding .waive");
  if (button) button.click();
}

// In a small window the filters are folded away.
function unfoldFilters(open) {
  $("filters").classList.toggle("open", open);
  $("narrow").setAttribute("aria-expanded", open ? "true" : "false");
}

function toggleFold() {
  filter.verdict = filter.verdict === "undecided" ? "" : "undecided";
  refresh(true);
}

// A change that passes no more gives way to the first that does.
function narrow() {
  const current = shown[at];
  refresh(true);
  if (shown[at] !== current) select(0);
}

// A choice by mouse or Enter leads back to the list; one by arrows does not, for more of them may follow.
for (const name of Object.keys(facets)) {
  const choice = $("by-" + name);
  let arrows = false;
  choice.addEventListener("pointerdown", () => { arrows = false; });
  choice.addEventListener("keydown", (event) => {
    arrows = !["Enter", " "].includes(event.key);
    if (event.key === "Enter") $("list").focus();
  });
  choice.addEventListener("change", () => {
    filter[name] = choice.value;
    narrow();
    if (!arrows) $("list").focus();
  });
}
function search(text) {
  $("by-text").value = text;
  filter.text = folded(text);
  narrow();
}
$("by-text").addEventListener("input", (event) => search(event.target.value));
$("by-text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.isComposing) $("list").focus();
});
$("list").addEventListener("scroll", () => requestAnimationFrame(draw));
let pause = 0;
window.addEventListener("resize", () => {
  clearTimeout(pause);
  pause = setTimeout(() => select(at), 150);
});
$("undo").addEventListener("click", () => turnBack(undo(), desk.undone));
$("redo").addEventListener("click", () => turnBack(redo(), desk.redone));
$("group").addEventListener("click", openAlike);
$("fold").addEventListener("click", toggleFold);
$("narrow").addEventListener("click", () => unfoldFilters(!$("filters").classList.contains("open")));
$("ask").addEventListener("click", () => $("help").showModal());
$("help-close").addEventListener("click", () => $("help").close());

refresh(false);
listFiles();
$("list").focus();
