// What the page knows: changes, decisions with what undoes them, and the filter.

const joined = (pieces) => (pieces || []).map((piece) => piece[0]).join("");
const desk = words.desk;

// Search is blind to width, case, commas and blanks: 1,234 is １２３４.
const folded = (text) => text.normalize("NFKC").toLowerCase().replace(/[\s,]/g, "");

// Every change with its report. `alike`: what those have in common that may be decided as one.
const changes = data.reports.flatMap((report) =>
  report.changes.map((change) => ({
    ...change,
    report,
    name: report.report + ":" + change.key,
    alike: [report.report, change.kind, change.what, change.cause].join("\n"),
    searched: [change.chapter || "", ...change.where, change.what, joined(change.before), joined(change.after), change.right || change.left,
      ...(change.proved || []),
      ...change.findings.map((finding) => finding.code + finding.title + finding.message)].map(folded).join("\n"),
  })));

// What was said, by name, kept by the browser if it can: of a change { verdict, note, correction: { value, reason } }
// (and its `group`, where it was decided with all that have its proofs),
// of a finding { reason }.
const PREFIX = "extractor.review:";
const NOTHING = { verdict: null, note: "", correction: null };
const said = new Map();
// What `accept` took as pending is open again; it says so itself.
const isCarriedOut = (kept, pending) => pending && !kept.correction && (kept.note || "") === pending.note
  && kept.verdict === { refused: "refuse", open: "note" }[pending.state];
const findingName = (report, finding) => report.report + ":waive:" + finding.code + ":" + finding.pointer;
function bringBack(name, pending) {
  const kept = recall(PREFIX + name);
  if (kept && !isCarriedOut(kept, pending)) said.set(name, kept);
}
for (const report of data.reports) {
  for (const change of report.changes) {
    bringBack(report.report + ":" + change.key, change.pending);
    for (const finding of change.findings) if (!finding.waived) bringBack(findingName(report, finding), change.pending);
  }
  for (const finding of report.renewals) bringBack(findingName(report, finding), null);
}

const decided = (change) => said.get(change.name) || NOTHING;
const isOpen = (change) => !decided(change).verdict;

// Steps that can be undone and done again; of each, what was said before and after, and where the reader was.
const past = [];
const future = [];

function put(name, value) {
  if (value) said.set(name, value);
  else said.delete(name);
  remember(PREFIX + name, value || null);
}

// Say things as one step. Of typing in one field, all is one step.
function takeStep(values, typing = null) {
  const parts = values.map(([name, value]) => ({ name, before: said.get(name), after: value }));
  for (const { name, after } of parts) put(name, after);
  const last = past[past.length - 1];
  if (typing && last && last.typing === typing && !future.length) last.parts[0].after = parts[0].after;
  else past.push({ parts, typing, change: shown[at] });
  future.length = 0;
}

function revert(from, to, side) {
  const step = from.pop();
  if (!step) return null;
  for (const part of step.parts) put(part.name, part[side]);
  step.typing = null;
  to.push(step);
  return step;
}

const undo = () => revert(past, future, "before");
const redo = () => revert(future, past, "after");

// What is said of a change once more is said of it; null: nothing any more.
function withMore(change, more) {
  const value = { ...decided(change), group: null, ...more };
  if (value.verdict !== "refuse") value.correction = null;
  return value.verdict || value.note ? value : null;
}

// The filter. A facet is what a change has one of; the counts of each follow all the others. Decided ones are folded
// away at first.
const facets = {
  report: (change) => change.report.report,
  kind: (change) => change.kind,
  what: (change) => change.what,
  severity: (change) => change.severity || "none",
  verdict: (change) => decided(change).verdict || "undecided",
};
const filter = { report: "", kind: "", what: "", severity: "", verdict: "undecided", text: "" };
const titles = {
  report: (value) => value,
  kind: (value) => word("kinds", value),
  what: (value) => value,
  severity: (value) => (value === "none" ? words.none : word("severities", value)),
  verdict: (value) => words[value],
};
const among = (name, order) => {
  const there = new Set(changes.map(facets[name]));
  return order ? order.filter((value) => there.has(value)) : [...there];
};
const options = {
  report: among("report"),
  kind: among("kind", Object.keys(words.kinds)),
  what: among("what"),
  severity: among("severity", ["error", "warning", "info", "none"]),
  verdict: ["undecided", "accept", "refuse", "note"],
};

// What passes the filter, and how many changes each option of each facet would show.
function applyFilter() {
  const names = Object.keys(facets);
  const counts = Object.fromEntries(names.map((name) => [name, new Map()]));
  const add = (name, value) => counts[name].set(value, (counts[name].get(value) || 0) + 1);
  const passing = changes.filter((change) => {
    if (filter.text && !change.searched.includes(filter.text)) return false;
    const values = names.map((name) => facets[name](change));
    const missed = names.filter((name, index) => filter[name] && filter[name] !== values[index]);
    if (missed.length === 1) add(missed[0], facets[missed[0]](change));
    else if (!missed.length) names.forEach((name, index) => add(name, values[index]));
    return !missed.length;
  });
  return { passing, counts };
}

// The findings of one report that were waived here, each once.
function waiversOf(report) {
  const found = new Map();
  for (const finding of [...report.changes.flatMap((change) => change.findings), ...report.renewals]) {
    const name = findingName(report, finding);
    if (said.has(name)) found.set(name, { code: finding.code, pointer: finding.pointer, reason: said.get(name).reason });
  }
  return [...found.values()];
}

// The decisions of one report, as `extractor accept --decisions` reads them.
function decisionsOf(report) {
  const mine = changes.filter((change) => change.report === report && !isOpen(change));
  return {
    report: report.report,
    output_sha256: report.output_sha256,
    golden_sha256: report.golden_sha256,
    decisions: mine.map((change) => {
      const { verdict, note, correction, group } = decided(change);
      return { keys: [change.key], ...(group && { group }), verdict, note,
        correction: correction && (correction.value || correction.reason) ? correction : null };
    }),
    waivers: waiversOf(report),
  };
}
