// Deciding: the bar of buttons and fields, moving on, undoing, and the files.

// Says aloud what was done, for those who hear the page.
function tell(text) {
  $("told").textContent = text;
}

// Say something of changes as one step, and go on to the next that is open.
function sayOf(parts, more, { stay = false, text = null } = {}) {
  if (!parts.length) return;
  const last = parts[parts.length - 1];
  takeStep(parts.map((change) => [change.name, withMore(change, more)]));
  const next = stay ? last : nextShown(last);
  refresh(true, next);
  listFiles();
  const open = changes.filter(isOpen).length;
  tell((text || (more.verdict ? words[more.verdict] : words.clear) + ": " + placeOf(last).join(" ")) + "　" + desk.left.replace("{}", open));
}

// Of those that are shown, the next open one; where none is left, the one at hand.
function nextShown(change) {
  const index = shown.indexOf(change);
  for (let step = 1; step < shown.length; step += 1) {
    const one = shown[(index + step) % shown.length];
    if (isOpen(one)) return one;
  }
  return change;
}

function say(verdict) {
  if (looked) sayOf([looked], verdict ? { verdict } : NOTHING, { stay: !verdict });
}

// Decide and write why: the change stays until the field is left with Enter.
function sayWith(verdict, name) {
  if (!looked) return;
  takeStep([[looked.name, withMore(looked, { verdict })]]);
  redrawForm();
  draw();
  listFiles();
  $("say-" + name).focus();
}

function goOn() {
  const next = looked && nextShown(looked);
  refresh(true, next);
  $("list").focus();
}

function turnBack(step, text) {
  if (!step) return;
  const change = step.change && changes.includes(step.change) ? step.change : looked;
  refresh(true, change);
  listFiles();
  tell(text.replace("{}", step.parts.length));
}

function verdictForm(change) {
  const form = make("div", "verdict");
  const { verdict, note, correction } = decided(change);
  form.setAttribute("role", "group");
  form.setAttribute("aria-label", words.verdict);
  for (const [name, key] of [["accept", "a"], ["refuse", "r"], ["note", "n"]]) {
    const button = makeButton(name, words[name], () => (name === "note" ? sayWith("note", "remark") : say(name)), key);
    button.id = "say-" + name;
    button.setAttribute("aria-pressed", verdict === name ? "true" : "false");
    form.append(button);
  }
  form.append(makeButton("correct", desk.correct, () => sayWith("refuse", "correction"), "c"));
  const clear = makeButton("clear", words.clear, () => say(null), "u");
  clear.disabled = !said.has(change.name);
  form.append(clear, field("remark", note, (value) => ({ note: value })));
  const given = correction || { value: "", reason: "" };
  for (const [label, name] of verdict === "refuse" ? [["correction", "value"], ["reason", "reason"]] : []) {
    form.append(field(label, given[name], (value) => ({
      correction: { ...(decided(change).correction || { value: "", reason: "" }), [name]: value },
    })));
  }
  return form;
}

function redrawForm() {
  const old = $("detail").querySelector(".verdict");
  if (old) old.replaceWith(verdictForm(looked));
}

function field(name, value, change) {
  const label = make("label", "field " + name, words[name] + " ");
  const input = make("input");
  input.id = "say-" + name;
  input.value = value;
  input.autocomplete = "off";
  const about = looked;
  input.addEventListener("input", () => {
    takeStep([[about.name, withMore(about, change(input.value))]], about.name + name);
    listFiles();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    if (name === "correction") $("say-reason").focus();
    else goOn();
  });
  label.append(input);
  return label;
}

function listFiles() {
  const files = $("files");
  files.replaceChildren();
  if (!kept) files.append(make("span", "unsaved", words.unsaved));
  if (openRenewals().length) files.append(renewButton());
  for (const report of data.reports.filter((one) => one.changes.length || one.renewals.length)) {
    const number = changes.filter((change) => change.report === report && !isOpen(change)).length;
    const waivers = waiversOf(report).length;
    const text = words.download + ": " + report.report + " (" + number + words.of + report.changes.length + ")"
      + (waivers ? "　" + desk.waivers.replace("{}", waivers) : "");
    const button = makeButton("save", text, () => download(report.report + ".decisions.json", decisionsOf(report)));
    button.disabled = !number && !waivers;
    button.title = words.recheck;
    files.append(button);
  }
  for (const report of data.reports.filter((one) => one.why)) {
    files.append(make("span", "why", report.report + ": " + word("states", report.state)));
  }
}
