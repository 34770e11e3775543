// Waivers: a finding that a person looked at, those like it, and those that were waived in another edition of the file.

// The reason last given for a kind of finding: it is often that of the next.
const reasons = new Map();
const isWaived = (report, finding) => said.has(findingName(report, finding));

// A finding that a person looked at is waived with a reason.
function waiverOf(report, finding) {
  const name = findingName(report, finding);
  const line = make("div", "waiver");
  const given = said.get(name);
  if (given) {
    line.append(make("span", "term", desk.waived), given.reason + "　", makeButton("clear", words.clear, () => sayOfFindings([name], null)));
    return line;
  }
  line.append(makeButton("waive", desk.waive, () => askReason(report, finding, line), "w"));
  if (report.renewals.some((one) => !isWaived(report, one))) line.append(renewButton());
  return line;
}

// Those of one code, about one field, that are not waived yet; this one among them.
function likeFindings(report, finding) {
  const found = new Map();
  for (const other of report.changes.flatMap((change) => change.findings)) {
    if (other.waivable && other.code === finding.code && other.field === finding.field && !isWaived(report, other)) {
      found.set(findingName(report, other), other);
    }
  }
  return [...found.values()];
}

function askReason(report, finding, line) {
  const label = make("label", "field", words.reason + " ");
  const input = make("input");
  const like = likeFindings(report, finding);
  const waive = (findings) => {
    const reason = input.value.trim();
    if (!reason) return;
    reasons.set(finding.code, reason);
    sayOfFindings(findings.map((one) => findingName(report, one)), () => ({ reason }));
  };
  input.autocomplete = "off";
  input.value = finding.before || reasons.get(finding.code) || "";
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") showDetail(looked);
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    waive(event.shiftKey && like.length > 1 ? like : [finding]);
  });
  label.append(input);
  line.replaceChildren(label, make("span", "hint", desk.waive_hint));
  if (like.length > 1) line.append(makeButton("all-alike", desk.waive_alike.replace("{}", like.length), () => waive(like), "Shift+Enter"), listFindings(like));
  input.focus();
  input.select();
  line.scrollIntoView({ block: "nearest" });
}

// What a waiver of several would be of; `reason`: with the reason of each.
function listFindings(findings) {
  const list = make("ul", "of-several");
  list.tabIndex = 0;
  for (const one of findings) list.append(make("li", "", one.place + "　" + one.message + (one.reason ? "　" + words.reason + ": " + one.reason : "")));
  return list;
}

// Say something of findings as one step; null: nothing any more. That there is a finding which is waived is accepted.
function sayOfFindings(names, value) {
  const rows = changes.filter((change) => value && change.record === "finding" && isOpen(change)
    && change.findings.some((one) => one.waivable && names.includes(findingName(change.report, one))));
  takeStep([...names.map((name) => [name, value && value(name)]), ...rows.map((change) => [change.name, withMore(change, { verdict: "accept" })])]);
  refresh(true);
  listFiles();
  tell(value ? desk.waived + ": " + desk.items.replace("{}", names.length) : words.clear);
  $("list").focus();
}

// What was waived in another edition and says the same now is waived again as one, after a look at what it is.
const openRenewals = () => data.reports.flatMap((report) =>
  report.renewals.filter((one) => !isWaived(report, one)).map((one) => ({ ...one, name: findingName(report, one) })));

function renewButton() {
  return makeButton("renew", desk.renew.replace("{}", openRenewals().length), openRenewal, "W");
}

function openRenewal() {
  const found = openRenewals();
  if (!found.length) return;
  $("renew-list").replaceChildren(listFindings(found));
  $("renew-count").textContent = desk.renew_count.replace("{}", found.length);
  $("renewal").showModal();
  $("renew-all").focus();
}

$("renew-all").addEventListener("click", () => {
  const found = new Map(openRenewals().map((one) => [one.name, one]));
  $("renewal").close();
  sayOfFindings([...found.keys()], (name) => ({ reason: found.get(name).reason }));
});
$("renew-cancel").addEventListener("click", () => $("renewal").close());
$("renewal").addEventListener("close", () => $("list").focus());
