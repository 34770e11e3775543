// 同種をまとめて: changes that are alike are decided as one step, after a look at what is included.

let scopes = [];

// What may be decided with a change, the nearest first: each only if it holds others than those before. Only what is open
// is included; what has an error or a warning is a choice of its own.
function scopesOf(change) {
  const open = changes.filter((one) => isOpen(one) && one.report === change.report);
  const found = [
    ["rewriting", open.filter((one) => one.alike === change.alike && rewriting(one) === rewriting(change))],
    ["kind", open.filter((one) => one.alike === change.alike)],
    ["programme", open.filter((one) => one.within && one.within === change.within)],
    ["clean", open.filter((one) => one.clean)],
    ["filtered", open.filter((one) => rowOf.has(one))],
    ["proofs", change.proofs && change.proofs.length ? open.filter((one) => hasProofsOf(one, change)) : []],
  ];
  // `changes` has one order, so the same changes make the same list.
  const isSame = (one, other) => one.length === other.length && one.every((part, index) => part === other[index]);
  return found.filter(([name, parts], index) => parts.length > 1
    && (name === "filtered" || name === "clean" || parts.includes(change))
    && !found.slice(0, index).some(([, before]) => isSame(before, parts)))
    .map(([name, parts]) => ({ name, parts, calm: parts.filter((one) => !isDoubtful(one)) }));
}

// Whether all that confirms one value confirms another, too.
const hasProofsOf = (one, change) => one.proofs && change.proofs.every((kind) => one.proofs.includes(kind));

const isDoubtful = (change) => change.findings.some((one) =>
  one.severity !== "info" && !one.waived && !said.has(findingName(change.report, one)));

// What differs of a change, without what is the same round it: 名 → 人.
function rewriting(change) {
  if (change.before === null || change.after === null) return change.before === null ? "+" : "-";
  const [before, after] = change.rewritten.map((text) => text.slice(0, 60));
  return (before || desk.nothing) + " → " + (after || desk.nothing);
}

function openAlike() {
  if (!looked) return;
  scopes = scopesOf(looked);
  const choices = $("scopes");
  choices.replaceChildren(make("legend", "", desk.scope));
  scopes.forEach((scope, index) => {
    const label = make("label", "scope");
    const input = make("input");
    input.type = "radio";
    input.name = "scope";
    input.value = index;
    input.addEventListener("change", showIncluded);
    const proofs = scope.name === "proofs" ? "（" + looked.proved.join(desk.comma) + "）" : "";
    label.append(input, " " + (index + 1) + "　" + desk.scopes[scope.name] + proofs + "　", make("b", "", desk.items.replace("{}", scope.parts.length)));
    choices.append(label);
  });
  const best = Math.max(0, scopes.findIndex((scope) => scope.name === (looked.group ? "programme" : "kind")));
  if (scopes.length) choices.querySelectorAll("input")[best].checked = true;
  $("with-doubtful").checked = false;
  showIncluded();
  $("alike").showModal();
  $(scopes.length ? "alike-accept" : "alike-cancel").focus();
}

function chosenScope() {
  const input = $("scopes").querySelector("input:checked");
  return input ? scopes[input.value] : { parts: [], calm: [] };
}

const included = () => ($("with-doubtful").checked ? chosenScope().parts : chosenScope().calm);

// The preview: what is included, by what differs; each of these opens to all of its changes.
function showIncluded() {
  const scope = chosenScope();
  const parts = included();
  const doubtful = scope.parts.length - scope.calm.length;
  $("doubtful").hidden = !doubtful;
  $("doubtful-count").textContent = desk.with_doubtful.replace("{}", doubtful);
  $("alike-count").textContent = scopes.length ? desk.included.replace("{}", parts.length) : desk.nothing_alike;
  for (const name of ["accept", "refuse", "note"]) $("alike-" + name).disabled = !parts.length;
  const kinds = new Map();
  for (const change of parts) {
    const name = change.what + "\n" + (change.before === null || change.after === null ? word("kinds", change.kind) : rewriting(change));
    kinds.set(name, [...(kinds.get(name) || []), change]);
  }
  const sorted = [...kinds].sort((one, other) => other[1].length - one[1].length);
  $("preview").replaceChildren(...sorted.map(([name, same]) => makeSame(name, same, sorted.length < 4)));
}

function makeSame(name, same, open) {
  const [what, differs] = name.split("\n");
  const details = make("details", "same");
  const head = make("summary", "");
  head.append(make("b", "", desk.items.replace("{}", same.length)), "　" + what + "　", make("span", "rewriting", differs));
  details.append(head);
  const fill = () => {
    if (!details.open || details.querySelector("ul")) return;
    const list = make("ul", "");
    for (const change of same) {
      const item = make("li", "");
      item.append(make("span", "where", placeOf(change).join(" › ") + "　"), valueOfRow(change));
      if (change.severity) item.append(" ", make("span", "severity " + change.severity, word("severities", change.severity)));
      list.append(item);
    }
    details.append(list);
  };
  details.addEventListener("toggle", fill);
  details.open = open && same.length < 200;
  fill();
  return details;
}

function decideAlike(verdict) {
  const parts = included();
  $("alike").close();
  // The cursor goes on from the change that was looked at.
  const ordered = parts.includes(looked) ? [...parts.filter((one) => one !== looked), looked] : parts;
  const group = chosenScope().name === "proofs" ? "proofs:" + looked.proofs.join("+") : null;
  sayOf(ordered, { verdict, group }, { text: desk.items.replace("{}", parts.length) + "　" + words[verdict] });
  $("list").focus();
}

for (const name of ["accept", "refuse", "note"]) $("alike-" + name).addEventListener("click", () => decideAlike(name));
$("alike-cancel").addEventListener("click", () => $("alike").close());
$("with-doubtful").addEventListener("change", showIncluded);
$("alike").addEventListener("close", () => $("list").focus());
$("alike").addEventListener("keydown", (event) => {
  const digit = Number(event.key);
  if (!event.ctrlKey && digit >= 1 && digit <= scopes.length) {
    $("scopes").querySelectorAll("input")[digit - 1].checked = true;
    showIncluded();
    $("alike-accept").focus();
  }
});
