// What the page knows: the filter, the verdicts.

const joined = (pieces) => (pieces || []).map((piece) => piece[0]).join("");

// Every change with its report and what is searched in.
const changes = data.reports.flatMap((report) =>
  report.changes.map((change) => ({
    ...change,
    report,
    name: report.report + ":" + change.key,
    searched: [change.chapter || "", ...change.where, change.what, joined(change.before), joined(change.after), change.right || change.left,
      ...change.findings.map((finding) => finding.code + finding.title + finding.message)].join("\n").toLowerCase(),
  })));

// Verdicts: { verdict, note, correction: { value, reason } } by the change's name, kept by the browser if it can.
const PREFIX = "extractor.review:";
const verdicts = new Map();
for (const change of changes) {
  const said = recall(PREFIX + change.name);
  if (said) verdicts.set(change.name, said);
}

function decided(change) {
  return verdicts.get(change.name) || { verdict: null, note: "", correction: null };
}

function decide(change, more) {
  const verdict = { ...decided(change), ...more };
  if (verdict.verdict !== "refuse") verdict.correction = null;
  const empty = !verdict.verdict && !verdict.note;
  if (empty) verdicts.delete(change.name);
  else verdicts.set(change.name, verdict);
  remember(PREFIX + change.name, empty ? null : verdict);
}

// The filter. A facet is what a change has one of; the counts of each follow all the others.
const facets = {
  report: (change) => change.report.report,
  kind: (change) => change.kind,
  what: (change) => change.what,
  severity: (change) => change.severity || "none",
  verdict: (change) => decided(change).verdict || "undecided",
};
const filter = { report: "", kind: "", what: "", severity: "", verdict: "", text: "" };

function passes(change, except) {
  if (filter.text && !change.searched.includes(filter.text)) return false;
  return Object.entries(facets).every(([name, facet]) =>
    name === except || !filter[name] || facet(change) === filter[name]);
}

const titles = {
  report: (value) => value,
  kind: (value) => word("kinds", value),
  what: (value) => value,
  severity: (value) => (value === "none" ? words.none : word("severities", value)),
  verdict: (value) => words[value],
};
const orders = {
  kind: Object.keys(words.kinds),
  severity: ["error", "warning", "info", "none"],
  verdict: ["undecided", "accept", "refuse", "note"],
};

function count(name) {
  const counts = new Map();
  for (const change of changes) {
    const value = facets[name](change);
    counts.set(value, (counts.get(value) || 0) + (passes(change, name) ? 1 : 0));
  }
  const order = orders[name];
  if (!order) return [...counts];
  return order.filter((value) => counts.has(value) || name === "verdict").map((value) => [value, counts.get(value) || 0]);
}

// The decisions of one report, as `extractor accept --decisions` reads them.
function decisionsOf(report) {
  const said = changes.filter((change) => change.report === report && decided(change).verdict);
  return {
    report: report.report,
    output_sha256: report.output_sha256,
    golden_sha256: report.golden_sha256,
    decisions: said.map((change) => {
      const { verdict, note, correction } = decided(change);
      return { left_pointer: change.left, right_pointer: change.right, kind: change.kind, verdict, note,
        correction: correction && (correction.value || correction.reason) ? correction : null };
    }),
  };
}
