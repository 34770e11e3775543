// The list: rows of one height, of which only those in sight are made, so that thousands are no more work than ten.

const ROW = 58;
let shown = [];
let at = 0;

function refresh(keep) {
  const current = shown[at];
  shown = changes.filter((change) => passes(change));
  const again = keep ? shown.indexOf(current) : -1;
  at = again >= 0 ? again : Math.min(keep ? at : 0, Math.max(0, shown.length - 1));
  $("rows").style.height = shown.length * ROW + "px";
  recount();
  select(at);
}

function recount() {
  for (const name of Object.keys(facets)) {
    const select = $("by-" + name);
    const options = [make("option", "", words.all)];
    options[0].value = "";
    for (const [value, number] of count(name)) {
      const option = make("option", "", titles[name](value) + " (" + number + ")");
      option.value = value;
      options.push(option);
    }
    select.replaceChildren(...options);
    select.value = filter[name];
  }
  const done = changes.filter((change) => decided(change).verdict).length;
  $("count").textContent = words.shown + " " + shown.length + words.of + changes.length + " " + words.changes
    + "　" + words.verdict + " " + done + words.of + changes.length;
}

function select(index) {
  at = Math.max(0, Math.min(index, shown.length - 1));
  const list = $("list");
  const top = at * ROW;
  if (top < list.scrollTop) list.scrollTop = top;
  else if (top + ROW > list.scrollTop + list.clientHeight) list.scrollTop = top + ROW - list.clientHeight;
  draw();
  showDetail(shown[at]);
}

function draw() {
  const list = $("list");
  const first = Math.max(0, Math.floor(list.scrollTop / ROW) - 5);
  const last = Math.min(shown.length, Math.ceil((list.scrollTop + list.clientHeight) / ROW) + 5);
  const rows = [];
  for (let index = first; index < last; index += 1) rows.push(row(shown[index], index));
  if (!shown.length) rows.push(make("p", "empty", changes.length ? words.empty : words.same));
  $("rows").replaceChildren(...rows);
  list.setAttribute("aria-activedescendant", shown.length ? "row-" + at : "");
}

function row(change, index) {
  const element = make("div", "row" + (index === at ? " current" : ""));
  element.id = "row-" + index;
  element.setAttribute("role", "option");
  element.setAttribute("aria-selected", index === at ? "true" : "false");
  element.setAttribute("aria-posinset", index + 1);
  element.setAttribute("aria-setsize", shown.length);
  element.style.top = index * ROW + "px";
  const { verdict } = decided(change);
  const mark = make("span", "mark " + (verdict || ""), { accept: "✓", refuse: "✕", note: "…" }[verdict] || "");
  if (verdict) mark.title = words[verdict];
  const place = make("span", "place");
  const [outer, ...inner] = change.where.length ? change.where : [change.chapter || change.report.report];
  // The year is short and says most: it is never cut off.
  const year = change.year ? inner.splice(inner.indexOf(change.year), 1) : [];
  place.append(make("span", "outer", outer));
  if (inner.length) place.append(make("span", "inner", " › " + inner.join(" › ")));
  if (year.length) place.append(make("span", "year", " › " + year[0]));
  const kind = make("span", "kind " + change.kind, word("kinds", change.kind));
  const what = make("span", "what", change.what);
  if (change.severity) place.append(make("span", "severity " + change.severity, word("severities", change.severity)));
  const value = make("span", "value");
  const [before, after] = around(change);
  if (change.before) value.append(make("del", "", before));
  if (change.before && change.after) value.append(" → ");
  if (change.after) value.append(make("ins", "", after));
  element.append(mark, place, kind, what, value);
  element.addEventListener("click", () => select(index));
  return element;
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
