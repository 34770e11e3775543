// On paper stands all that passes the filter, close together.

const MOST_CUTOUTS_PRINTED = 300;
const PAPER_WIDTH = 660; // pixels that a sheet of A4 has between its margins
const PAPER_HEIGHT = 150; // pixels of a cut-out at most

window.addEventListener("beforeprint", () => {
  const all = $("all");
  all.hidden = false;
  all.replaceChildren(...shown.map((change, index) => {
    const part = make("article", "printed");
    part.append(heading(change, "h2"), ...notices(change), values(change));
    if (index < MOST_CUTOUTS_PRINTED) part.append(pages(change, PAPER_WIDTH, PAPER_HEIGHT));
    const { verdict, note, correction } = decided(change);
    const right = correction ? " → " + correction.value + " (" + correction.reason + ")" : "";
    part.append(make("p", "said", words.verdict + ": " + words[verdict || "undecided"] + " " + note + right));
    return part;
  }));
});
window.addEventListener("afterprint", () => {
  $("all").hidden = true;
  $("all").replaceChildren();
});
