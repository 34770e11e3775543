// The change that is looked at: findings, values, cut-outs.

let looked = null;
// How two pages are shown: beside each other, or one over the other.
let over = false;

function showDetail(change) {
  looked = change || null;
  const detail = $("detail");
  detail.scrollTop = 0;
  if (!change) {
    detail.replaceChildren();
    return;
  }
  const width = Math.max(120, detail.clientWidth - 38);
  if (change.group) detail.replaceChildren(heading(change, "h2"), verdictForm(change), programmeTable(change, width));
  else detail.replaceChildren(heading(change, "h2"), verdictForm(change), ...notices(change), values(change), pages(change, width));
  alignOver();
  if (change.group) showLeaf(change);
}

function heading(change, tag) {
  const head = make("div", "head");
  const title = make(tag, "");
  placeOf(change).forEach((part, index) => {
    if (index) title.append(make("span", "step", " › "));
    title.append(make("span", "", part));
  });
  const line = make("p", "about");
  line.append(make("span", "kind " + change.kind, word("kinds", change.kind)), make("span", "what", change.what));
  if (change.proved) line.append(proofsOf(change, change.proved.join(desk.comma) || desk.nothing));
  if (change.cause) line.append(make("span", "cause", words.cause + ": " + word("causes", change.cause)));
  if (change.pending) {
    const state = change.pending.state === "refused" ? words.refuse : words.undecided;
    line.append(make("span", "pending", desk.pending + ": " + state + (change.pending.note ? "（" + change.pending.note + "）" : "")));
  }
  if (change.follows) line.append(make("span", "follows", desk.follows));
  const chapter = change.where.length && change.chapter ? change.report.report + " › " + change.chapter : change.report.report;
  line.append(make("span", "chapter", chapter));
  head.append(title, line);
  return head;
}

function values(change) {
  const both = make("div", "sides");
  // What is on one side alone needs no empty half.
  const alone = change.before === null || change.after === null;
  [["before", change.before, 0], ["after", change.after, 1]].forEach(([name, pieces, side]) => {
    if (alone && pieces === null) return;
    const column = make("section", "side " + name);
    column.append(make("h3", "", words[name]), valueOf(pieces, side, alone));
    both.append(column);
  });
  both.classList.toggle("alone", alone);
  return both;
}

function valueOf(pieces, side, alone) {
  const text = make("p", alone ? "text alone" : "text");
  for (const [piece, differs] of pieces) text.append(differs && !alone ? make(side ? "ins" : "del", "", piece) : piece);
  if (!pieces.length) text.append(make("span", "nothing", words.blank));
  return text;
}

// The documents of both readings: what was kept of an earlier edition stands in that.
const documentsOf = (change) => [change.document || change.report.documents[0], change.report.documents[1]];

// The places of both readings. Where they are the same, once; in two documents, beside each other or one over the other.
function pages(change, width, most) {
  const part = make("div", "pages");
  const sides = [0, 1].filter((side) => (side ? change.after : change.before) !== null && change.sources[side].length);
  const documents = documentsOf(change);
  const [left, right] = documents;
  const same = left === right && JSON.stringify(change.sources[0]) === JSON.stringify(change.sources[1]);
  if (sides.length < 2 || same) {
    const side = sides.length ? sides[sides.length - 1] : 1;
    part.append(...placed(documents[side], change.sources[side], width, WIDEST, most));
    return part;
  }
  const stack = over && !most;
  if (!most) part.append(overBar());
  // Rows of tables are wide and low: one below the other they are larger.
  const low = sides.every((side) => change.sources[side].every((place) => place.row));
  // Both are as large, from the same left edge on: a short value makes its row shorter than the other's.
  const reaches = low ? sides.flatMap((side) => change.sources[side].map(reachOf)) : [];
  const reach = low ? [Math.min(...reaches.map(([from]) => from)), Math.max(...reaches.map(([, to]) => to))] : null;
  const each = stack || low ? width : Math.floor((width - 18) / 2);
  const both = make("div", "both" + (stack ? " over" : low ? " low" : ""));
  for (const side of sides) {
    const column = make("section", "page " + (side ? "after" : "before"));
    column.append(make("h3", "", words[side ? "after" : "before"]),
      ...placed(documents[side], change.sources[side], each, WIDEST, most, reach));
    both.append(column);
  }
  part.append(both);
  return part;
}

function overBar() {
  const bar = make("p", "overbar");
  const toggle = makeButton("", desk.over, () => {
    over = !over;
    showDetail(looked);
    $("detail").querySelector(".overbar button").focus();
  }, "o");
  toggle.setAttribute("aria-pressed", over ? "true" : "false");
  bar.append(toggle);
  if (over) {
    const label = make("label", "slider", words.before + " ");
    const slider = make("input");
    slider.type = "range";
    slider.id = "slider";
    slider.value = 50;
    slider.setAttribute("aria-label", desk.slider);
    slider.addEventListener("input", blend);
    label.append(slider, " " + words.after);
    bar.append(label, makeButton("blink", desk.blink, blink, "b"));
  }
  return bar;
}

function blend() {
  const above = $("detail").querySelector(".both.over .page.after");
  if (above) above.style.opacity = $("slider").value / 100;
}

function blink() {
  if (!$("slider")) return;
  $("slider").value = $("slider").value < 50 ? 100 : 0;
  blend();
}

// One page over the other: the place of the one on that of the other.
function alignOver() {
  const [below, above] = $("detail").querySelectorAll(".both.over .page");
  if (!above) return;
  const [one, other] = [below, above].map((side) => side.querySelector(".of-row") || side.querySelector(".frame") || side);
  const [to, from] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
  above.style.translate = to.left - from.left + "px " + (to.top - from.top) + "px";
  blend();
}

function notices(change) {
  if (!change.findings.length) return [];
  const list = make("ul", "findings");
  list.setAttribute("aria-label", words.findings);
  list.append(...change.findings.map((finding) => notice(change.report, finding)));
  return [list];
}

// A finding in the row of its value: what it says, what that means, what to do.
function notice(report, finding) {
  const item = make("li", "finding " + finding.severity);
  const title = make("p", "said-first");
  title.append(make("span", "severity " + finding.severity, word("severities", finding.severity)), " ", make("b", "", finding.title), "　", finding.message);
  item.append(title);
  for (const name of ["meaning", "action"]) {
    if (!finding[name]) continue;
    const line = make("p", "more");
    line.append(make("span", "term", desk[name]), finding[name]);
    item.append(line);
  }
  if (finding.waivable) item.append(waiverOf(report, finding));
  return item;
}
