// The list: rows of one height, of which only those in sight are made, so that thousands are no more work than ten.
// A row is a change; of a report that is new, all that is open of a programme.

const ROW = 58;
let shown = [];
let at = 0;
let rows = [];
let rowOf = new Map();

// What is shown is found anew; the cursor stays with a change, if that is still shown.
function refresh(keep, current = shown[at]) {
  const { passing, counts } = applyFilter();
  shown = passing;
  rows = [];
  rowOf = new Map();
  for (const change of shown) {
    const last = rows[rows.length - 1];
    if (last && change.group && last.change.group === change.group && last.change.report === change.report) last.parts.push(change);
    else rows.push({ change, parts: [change] });
    rowOf.set(change, rows.length - 1);
  }
  const again = keep ? shown.indexOf(current) : -1;
  at = again >= 0 ? again : Math.min(keep ? at : 0, Math.max(0, shown.length - 1));
  $("rows").style.height = rows.length * ROW + "px";
  $("empty").hidden = shown.length > 0;
  $("empty").textContent = !changes.length ? words.same : changes.some(isOpen) ? words.empty : desk.all_decided;
  recount(counts);
  select(at);
}

function recount(counts) {
  for (const name of Object.keys(facets)) {
    const entries = [["", words.all], ...options[name].map((value) => [value, titles[name](value) + " (" + (counts[name].get(value) || 0) + ")"])];
    $("by-" + name).replaceChildren(...entries.map(([value, text]) => {
      const option = make("option", "", text);
      option.value = value;
      return option;
    }));
    $("by-" + name).value = filter[name];
  }
  const open = changes.filter(isOpen).length;
  const done = changes.length - open;
  $("count").textContent = words.shown + " " + shown.length + words.of + changes.length + " " + words.changes
    + "　" + words.verdict + " " + done + words.of + changes.length;
  $("progress").max = Math.max(1, changes.length);
  $("progress").value = done;
  const folding = filter.verdict === "undecided";
  $("fold").textContent = (folding ? desk.unfold : desk.fold).replace("{}", done);
  $("fold").disabled = folding && !done;
  $("undo").disabled = !past.length;
  $("redo").disabled = !future.length;
}

function select(index) {
  at = Math.max(0, Math.min(index, shown.length - 1));
  const list = $("list");
  const top = shown.length ? rowOf.get(shown[at]) * ROW : 0;
  if (top < list.scrollTop) list.scrollTop = top;
  else if (top + ROW > list.scrollTop + list.clientHeight) list.scrollTop = top + ROW - list.clientHeight;
  draw();
  showDetail(shown[at]);
}

// The first change of the row that is so many rows on.
function selectRow(more) {
  if (!rows.length) return;
  const row = Math.max(0, Math.min(rowOf.get(shown[at]) + more, rows.length - 1));
  select(shown.indexOf(rows[row].change));
}

function draw() {
  const list = $("list");
  const first = Math.max(0, Math.floor(list.scrollTop / ROW) - 5);
  const last = Math.min(rows.length, Math.ceil((list.scrollTop + list.clientHeight) / ROW) + 5);
  const current = shown.length ? rowOf.get(shown[at]) : -1;
  const made = [];
  for (let index = first; index < last; index += 1) made.push(makeRow(rows[index], index, index === current));
  $("rows").replaceChildren(...made);
  if (shown.length) list.setAttribute("aria-activedescendant", "row-" + current);
  else list.removeAttribute("aria-activedescendant");
}

function makeRow({ change, parts }, index, current) {
  const element = make("div", "row" + (current ? " current" : ""));
  element.id = "row-" + index;
  element.setAttribute("role", "option");
  element.setAttribute("aria-selected", current ? "true" : "false");
  element.setAttribute("aria-posinset", index + 1);
  element.setAttribute("aria-setsize", rows.length);
  element.style.top = index * ROW + "px";
  const place = make("span", "place");
  const [outer, ...inner] = change.group ? [change.title] : placeOf(change);
  // The year is short and says most: it is never cut off.
  const year = change.year && !change.group ? inner.splice(inner.indexOf(change.year), 1) : [];
  place.append(make("span", "outer", outer));
  if (inner.length && !change.group) place.append(make("span", "inner", " › " + inner.join(" › ")));
  if (year.length) place.append(make("span", "year", " › " + year[0]));
  const severity = worst(parts);
  if (severity) place.append(make("span", "severity " + severity, word("severities", severity)));
  element.append(markOf(change.group ? null : decided(change).verdict), place, make("span", "kind " + change.kind, word("kinds", change.kind)));
  if (change.group) {
    const done = parts.filter((one) => !isOpen(one)).length;
    element.append(make("span", "what", ""), make("span", "value", desk.leaves.replace("{}", parts.length) + (done ? "　" + words.verdict + " " + done : "")));
  } else {
    element.append(make("span", "what", change.what), valueOfRow(change));
    if (change.proved) element.append(proofsOf(change, change.proofs.length || desk.nothing));
  }
  element.addEventListener("click", () => select(shown.indexOf(change)));
  return element;
}

// What confirms a value, besides the reading.
function proofsOf(change, text) {
  const element = make("span", "proofs" + (change.proofs.length ? "" : " none"), desk.proofs.replace("{}", text));
  element.title = change.proved.join(desk.comma);
  return element;
}

const placeOf = (change) => (change.where.length ? change.where : [change.chapter || change.report.report]);
const worst = (parts) => ["error", "warning", "info"].find((one) => parts.some((change) => change.severity === one)) || null;

function markOf(verdict) {
  const mark = make("span", "mark " + (verdict || ""), { accept: "✓", refuse: "✕", note: "…" }[verdict] || "");
  if (verdict) mark.title = words[verdict];
  return mark;
}

function valueOfRow(change) {
  const value = make("span", "value");
  const [before, after] = around(change);
  if (change.before) value.append(make("del", "", before));
  if (change.before && change.after) value.append(" → ");
  if (change.after) value.append(make("ins", "", after));
  return value;
}

// Both values from near the first difference on.
function around(change) {
  const cut = (pieces) => {
    const first = (pieces || []).findIndex((piece) => piece[1]);
    if (first <= 0) return joined(pieces).slice(0, 60);
    const lead = joined(pieces.slice(0, first));
    return (lead.length > 6 ? "…" : "") + lead.slice(-6) + joined(pieces.slice(first)).slice(0, 54);
  };
  return [cut(change.before), cut(change.after)];
}
