// A programme of a report that is new: all its leaves beside the page, each with its findings in the row.

const LINE = 0.6; // of a page's width, a line of text at least

const leavesOf = (change) => changes.filter((one) => one.report === change.report && one.group === change.group);

function programmeTable(change, width) {
  const leaves = leavesOf(change);
  const part = make("div", "programme");
  const table = make("table", "leaves");
  table.setAttribute("aria-label", change.title);
  const head = make("tr", "");
  for (const name of [words.verdict, words.record, desk.value]) {
    const cell = make("th", "", name);
    cell.scope = "col";
    head.append(cell);
  }
  const top = make("thead", "");
  top.append(head);
  const body = make("tbody", "");
  for (const leaf of leaves) body.append(...leafRows(leaf));
  table.append(top, body);
  const left = make("section", "leaf-side");
  const all = makeButton("all", desk.accept_programme.replace("{}", leaves.filter((one) => isOpen(one) && !isDoubtful(one)).length), acceptProgramme, "Shift+A");
  all.disabled = !leaves.some((one) => isOpen(one) && !isDoubtful(one));
  left.append(all, table);
  const right = make("section", "page-side");
  right.id = "page-side";
  right.tabIndex = 0;
  right.setAttribute("aria-label", desk.page_of);
  part.append(left, right);
  part.dataset.width = width;
  return part;
}

function leafRows(leaf) {
  const row = make("tr", "leaf" + (leaf === looked ? " current" : "") + (isOpen(leaf) ? "" : " decided"));
  const mark = make("td", "");
  mark.append(markOf(decided(leaf).verdict), make("span", "hidden", words[decided(leaf).verdict || "undecided"]));
  const name = make("th", "");
  name.scope = "row";
  const inner = [...leaf.where.filter((part) => part !== leaf.title), leaf.field].filter(Boolean).join(" › ");
  name.append(makeButton("go", inner || leaf.what, () => lookAt(leaf)));
  if (leaf === looked) row.setAttribute("aria-current", "true");
  const value = make("td", "leaf-value");
  if (joined(leaf.after)) value.append(joined(leaf.after));
  else value.append(make("span", "nothing", words.blank));
  if (leaf.proved) value.append(proofsOf(leaf, leaf.proved.join(desk.comma) || desk.nothing));
  row.append(mark, name, value);
  row.addEventListener("click", () => lookAt(leaf));
  if (!leaf.findings.length) return [row];
  const below = make("tr", "of-leaf" + (leaf === looked ? " current" : ""));
  const cell = make("td", "");
  cell.colSpan = 3;
  cell.append(...notices(leaf));
  below.append(cell);
  return [row, below];
}

// Leaves that the filter hides are shown by leaving it.
function lookAt(leaf) {
  if (leaf === looked) return;
  if (!rowOf.has(leaf)) {
    filter.verdict = "";
    refresh(true, leaf);
  } else {
    select(shown.indexOf(leaf));
  }
}

// The page beside the leaves, with the place of the one looked at in sight.
function showLeaf(leaf) {
  const side = $("page-side");
  const place = leaf.sources[1].find((one) => one.page);
  const sha = leaf.report.documents[1];
  const key = place && sha + ":" + place.page;
  if (!key || !data.sheets[key]) {
    side.replaceChildren(...placed(sha, leaf.sources[1], side.clientWidth - 4));
  } else {
    // As large as the row of a table, or a line of text, can be seen whole.
    const [left, , right] = place.row || place.box;
    const across = Math.min(data.sheets[key].width, Math.max(right - left, data.sheets[key].width * LINE) + 2 * BESIDE);
    const scale = Math.min(WIDEST, (side.clientWidth - 16) / across);
    const view = framed(key, place, scale);
    side.replaceChildren(make("p", "caption", place.said), view);
    side.scrollTop = view.querySelector(".frame").offsetTop - side.clientHeight / 3;
    side.scrollLeft = ((left + right) * scale - side.clientWidth) / 2;
  }
  // The row last, for it goes before its findings where there is no room for both.
  for (const row of [...$("detail").querySelectorAll("tr.current")].reverse()) row.scrollIntoView({ block: "nearest" });
}

function acceptProgramme() {
  if (!looked || !looked.group) return;
  const parts = leavesOf(looked).filter((one) => isOpen(one) && !isDoubtful(one));
  sayOf(parts, { verdict: "accept" }, { text: desk.items.replace("{}", parts.length) + "　" + words.accept });
}
