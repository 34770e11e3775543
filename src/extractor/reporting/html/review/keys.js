// Keys, filters, print; and the start.

const MOST_CUTOUTS_PRINTED = 300;

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || $("large").open) return;
  const typing = ["INPUT", "SELECT", "TEXTAREA"].includes(event.target.tagName);
  if (event.key === "Escape" && typing) {
    event.preventDefault();
    $("list").focus();
    return;
  }
  if (typing) return;
  const inDetail = $("detail").contains(event.target) && event.target !== $("detail");
  const does = {
    j: () => select(at + 1),
    k: () => select(at - 1),
    a: () => say("accept"),
    r: () => say("refuse"),
    n: () => { say("note"); $("say-remark").focus(); },
    u: () => say(null),
    "/": () => $("by-text").focus(),
    ...(inDetail ? {} : {
      ArrowDown: () => select(at + 1),
      ArrowUp: () => select(at - 1),
      PageDown: () => select(at + 10),
      PageUp: () => select(at - 10),
      Home: () => select(0),
      End: () => select(shown.length - 1),
    }),
  }[event.key];
  if (does) {
    event.preventDefault();
    does();
  }
});

for (const name of Object.keys(facets)) {
  $("by-" + name).addEventListener("change", (event) => {
    filter[name] = event.target.value;
    refresh(true);
  });
}
$("by-text").addEventListener("input", (event) => {
  filter.text = event.target.value.trim().toLowerCase();
  refresh(true);
});
$("list").addEventListener("scroll", () => requestAnimationFrame(draw));
let pause = 0;
window.addEventListener("resize", () => {
  clearTimeout(pause);
  pause = setTimeout(() => select(at), 150);
});

// On paper stands all that passes the filter.
window.addEventListener("beforeprint", () => {
  const all = $("all");
  all.hidden = false;
  all.replaceChildren(...shown.map((change, index) => {
    const part = make("article", "printed");
    const bare = index < MOST_CUTOUTS_PRINTED ? change : { ...change, sources: [[], []] };
    const said = decided(change);
    part.append(heading(change, "h2"), sides(bare, 320), notices(change));
    if (said.verdict) {
      const correction = said.correction ? " → " + said.correction.value + " (" + said.correction.reason + ")" : "";
      part.append(make("p", "said", words.verdict + ": " + words[said.verdict] + " " + said.note + correction));
    }
    return part;
  }));
});
window.addEventListener("afterprint", () => {
  $("all").hidden = true;
  $("all").replaceChildren();
});

refresh(false);
listFiles();
$("list").focus();
