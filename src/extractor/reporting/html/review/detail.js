// The change that is looked at: values, cut-outs, findings, verdict.

let looked = null;

function showDetail(change) {
  looked = change || null;
  const detail = $("detail");
  detail.replaceChildren();
  detail.scrollTop = 0;
  if (!change) return;
  const width = Math.max(120, (detail.clientWidth - 58) / 2);
  detail.append(heading(change, "h2"), verdictForm(change), sides(change, width), notices(change));
}

function heading(change, tag) {
  const head = make("div", "head");
  const title = make(tag, "");
  const parts = change.where.length ? change.where : [change.chapter || change.report.report];
  parts.forEach((part, index) => {
    if (index) title.append(make("span", "step", " › "));
    title.append(make("span", "", part));
  });
  const line = make("p", "about");
  line.append(make("span", "kind " + change.kind, word("kinds", change.kind)), make("span", "what", change.what));
  if (change.cause) line.append(make("span", "cause", words.cause + ": " + word("causes", change.cause)));
  line.append(make("code", "", change.right === null ? change.left : change.right));
  const chapter = change.where.length && change.chapter ? change.report.report + " › " + change.chapter : change.report.report;
  head.append(make("p", "chapter", chapter), title, line);
  return head;
}

function sides(change, width) {
  const table = make("div", "sides");
  const together = inOnePlace(change);
  [["before", change.before, 0], ["after", change.after, 1]].forEach(([name, pieces, side]) => {
    const column = make("section", "side " + name);
    // What is on one side alone stands beside the page that it is from.
    const alone = change.before === null || change.after === null;
    column.append(make("h3", "", words[name]), valueOf(pieces, side, alone));
    if (!together) column.append(...cutouts(change, alone ? 1 - side : side, width));
    table.append(column);
  });
  if (together) {
    const both = make("section", "together");
    both.append(...cutouts(change, 1, 2 * width + 18));
    table.append(both);
  }
  return table;
}

function cutouts(change, side, width) {
  if ((side ? change.after : change.before) === null) return [];
  return placed(change.report.documents[side], change.sources[side], width);
}

// Where both readings are of the same place, it is shown once, and larger.
function inOnePlace(change) {
  const [left, right] = change.report.documents;
  return left === right && change.before !== null && change.after !== null
    && change.sources[1].length > 0 && JSON.stringify(change.sources[0]) === JSON.stringify(change.sources[1]);
}

function valueOf(pieces, side, alone) {
  if (pieces === null) return make("p", "text nothing", words.absent);
  const text = make("p", alone ? "text alone" : "text");
  for (const [piece, differs] of pieces) text.append(differs && !alone ? make(side ? "ins" : "del", "", piece) : piece);
  if (!pieces.length) text.append(make("span", "nothing", words.blank));
  return text;
}

function notices(change) {
  const part = make("section", "findings");
  part.append(make("h3", "", words.findings));
  if (!change.findings.length) part.append(make("p", "nothing", words.none));
  const list = make("ul", "");
  for (const finding of change.findings) {
    const item = make("li", "");
    item.append(make("span", "severity " + finding.severity, word("severities", finding.severity)),
      make("b", "", finding.title), make("span", "message", finding.message), make("code", "", finding.code));
    list.append(item);
  }
  part.append(list);
  return part;
}

function verdictForm(change) {
  const form = make("div", "verdict");
  const said = decided(change);
  form.setAttribute("role", "group");
  form.setAttribute("aria-label", words.verdict);
  for (const [name, key] of [["accept", "a"], ["refuse", "r"], ["note", "n"]]) {
    const button = make("button", name, words[name]);
    button.type = "button";
    button.id = "say-" + name;
    button.setAttribute("aria-pressed", said.verdict === name ? "true" : "false");
    button.setAttribute("aria-keyshortcuts", key);
    button.addEventListener("click", () => say(name));
    form.append(button);
  }
  const clear = make("button", "clear", words.clear);
  clear.type = "button";
  clear.addEventListener("click", () => say(null));
  form.append(clear, field("remark", said.note, (value) => ({ note: value })));
  const refused = said.verdict === "refuse";
  const correction = said.correction || { value: "", reason: "" };
  for (const name of ["value", "reason"]) {
    const label = name === "value" ? "correction" : "reason";
    const input = field(label, correction[name], (value) => ({
      correction: { ...(decided(change).correction || { value: "", reason: "" }), [name]: value },
    }));
    input.classList.toggle("off", !refused);
    form.append(input);
  }
  return form;
}

function field(name, value, change) {
  const label = make("label", "field " + name, words[name] + " ");
  const input = make("input");
  input.id = "say-" + name;
  input.value = value;
  input.autocomplete = "off";
  input.addEventListener("input", () => {
    decide(looked, change(input.value));
    listFiles();
  });
  label.append(input);
  return label;
}

function say(verdict) {
  if (!looked) return;
  decide(looked, verdict ? { verdict } : { verdict: null, note: "", correction: null });
  const old = $("detail").querySelector(".verdict");
  const inside = old.contains(document.activeElement) ? document.activeElement.id : "";
  old.replaceWith(verdictForm(looked));
  if (inside && $(inside)) $(inside).focus();
  recount();
  draw();
  listFiles();
}

function listFiles() {
  const files = $("files");
  files.replaceChildren();
  if (!kept) files.append(make("span", "unsaved", words.unsaved));
  for (const report of data.reports.filter((one) => one.changes.length)) {
    const number = changes.filter((change) => change.report === report && decided(change).verdict).length;
    const button = make("button", "save", words.download + ": " + report.report + " (" + number + words.of + report.changes.length + ")");
    button.type = "button";
    button.disabled = !number;
    button.title = words.recheck;
    button.addEventListener("click", () => download(report.report + ".decisions.json", decisionsOf(report)));
    files.append(button);
  }
  for (const report of data.reports.filter((one) => one.why)) {
    files.append(make("span", "why", report.report + ": " + word("states", report.state)));
  }
}
