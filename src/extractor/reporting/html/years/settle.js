// Settle: what a person says that a programme was in an earlier year; kept by the browser, and saved as a file.
// A programme is named by its number in `programmes`. What one that ended became is said of the later programme.

const PREFIX = "extractor.years:";
const FOUND = 20; // so many programmes are listed at a time
const programmes = data.programmes;
const numberOf = new Map(programmes.map((one, number) => [one.key, number]));
const profiles = [...$("profiles").content.children];
const steps = []; // what was said before, step by step, for undoing

// said.was: null, "new", or the key of the programme.
const questions = data.questions.map((one, number) => ({
  ...one,
  element: $("q" + number) || $("more").content.querySelector("#q" + number),
  said: recall(PREFIX + one.key) || { was: null, note: "" },
}));
const origins = new Map(questions.filter((one) => !one.ending).map((one) => [one.at, one]));

// What was kept is of no use where the programme is not there any more.
for (const one of questions) {
  const known = one.said.was === null || one.said.was === "new" || numberOf.has(one.said.was);
  if (!known || typeof one.said.note !== "string") one.said = { was: null, note: "" };
}

// The number of the programme that one goes on with, as it is said, or else as it was found; null: with none.
function origin({ said, was }) {
  if (said.was === null) return was;
  return said.was === "new" ? null : numberOf.get(said.was);
}

// What of the choices of a question is chosen: null, "new", or the number of a programme.
function chosen(question) {
  if (!question.ending) return question.said.was === null || question.said.was === "new" ? question.said.was : origin(question);
  const later = questions.find((one) => one.said.was === programmes[question.at].key);
  return later ? later.at : null;
}

function keep(question, said) {
  question.said = said;
  remember(PREFIX + question.key, said.was === null && !said.note ? null : said);
}

// Each step is what several questions said before: a choice may take back another one.
function say(changes) {
  steps.push(changes.map(([question]) => [question, question.said]));
  for (const [question, said] of changes) keep(question, { ...question.said, ...said });
  tell();
}

function undo() {
  for (const [question, said] of steps.pop() || []) keep(question, said);
  tell();
}

function choose(question, number) {
  if (!question.ending) return say([[question, { was: number === "new" ? "new" : programmes[number].key }]]);
  const before = chosen(question);
  const changes = [[origins.get(number), { was: programmes[question.at].key, note: question.said.note }]];
  if (before !== null && before !== number) changes.push([origins.get(before), { was: null }]);
  return say(changes);
}

function withdraw(question) {
  const later = question.ending && chosen(question) !== null ? [[origins.get(chosen(question)), { was: null, note: "" }]] : [];
  say([[question, { was: null, note: "" }], ...later]);
}

// A question that is not doubtful is shown when it is asked for.
function open(question) {
  if (question.element.isConnected) return;
  $("opened").append(question.element);
  ready(question);
}

// The form as it was said, and beside it the programme that is meant.
function show(question) {
  const { element } = question;
  const now = chosen(question);
  const radios = [...element.querySelectorAll("input[type=radio]")];
  const other = element.querySelector(".other");
  const offered = radios.some((one) => one.value === String(now));
  other.hidden = now === null || offered;
  if (!other.hidden) other.querySelector("span").textContent = programmes[now].year + " " + programmes[now].shown;
  for (const radio of radios) radio.checked = radio.value === (other.hidden ? String(now) : "other");
  const remark = element.querySelector(".remark");
  if (remark.value !== question.said.note) remark.value = question.said.note;
  element.classList.toggle("decided", now !== null);
  const first = element.querySelector('input[type=radio]:not([value="new"], [value="other"])');
  const meant = now === "new" ? null : now ?? (first ? Number(first.value) : null);
  const slot = element.querySelector(".slot");
  if (slot.dataset.shown === String(meant)) return;
  slot.dataset.shown = String(meant);
  slot.replaceChildren(meant === null ? make("p", "nothing", words.absent) : copyOf(profiles[meant]));
  watch(slot);
}

// Who goes on with which programme: of those that go on with one, at most one may.
function claims() {
  const claimed = new Map();
  for (const one of questions) {
    const number = one.ending ? null : origin(one);
    if (number !== null) claimed.set(number, [...(claimed.get(number) || []), one]);
  }
  return claimed;
}

function tell() {
  const clashing = new Map();
  for (const those of claims().values()) {
    if (those.length < 2 || those.every((one) => one.said.was === null)) continue;
    for (const one of those) clashing.set(one, those.filter((other) => other !== one));
  }
  for (const question of questions) {
    const others = clashing.get(question);
    if (others || question.said.was !== null) open(question);
    if (!question.element.isConnected) continue;
    const clash = question.element.querySelector(".clash");
    clash.hidden = !others;
    if (others) clash.textContent = words.clash.replace("{}", others.map(({ at }) => programmes[at].shown).join(words.comma));
    show(question);
  }
  const asked = new Set(questions.filter((one) => one.doubtful && one.said.was === null).map((one) => one.pairing));
  const said = questions.filter((one) => !one.ending && one.said.was !== null).length;
  $("unsaved").hidden = kept;
  $("left").textContent = words.left.replace("{}", asked.size);
  $("save").textContent = $("save").dataset.text + " (" + said + ")";
  $("save").disabled = said === 0 || clashing.size > 0;
  $("undo").disabled = steps.length === 0;
}

function decisions() {
  const name = (number) => (({ report, programme, name }) => ({ report, programme, name }))(programmes[number]);
  const day = new Date();
  const date = [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  const said = questions.filter((one) => !one.ending && one.said.was !== null);
  return {
    date,
    series: said.map((one) => ({
      ...name(one.at),
      was: one.said.was === "new" ? null : name(origin(one)),
      note: one.said.note,
    })),
  };
}

// The programmes that may be chosen: the nearest year first, and in it those first with which none goes on.
function seek(question, text) {
  const year = programmes[question.at].year;
  const wanted = folding(text.trim()).split(/\s+/).filter(Boolean);
  const claimed = claims();
  const found = programmes
    .map((one, number) => ({ ...one, number, with: question.ending ? origin(origins.get(number) || question) : claimed.get(number)?.[0].at }))
    .filter((one) => (question.ending ? one.year > year : one.year < year))
    .filter((one) => wanted.every((part) => folding(one.year + " " + one.shown + " " + one.said).includes(part)))
    .sort((one, other) => Math.abs(one.year - year) - Math.abs(other.year - year) || (one.with != null) - (other.with != null));
  const list = question.element.querySelector(".seek ul");
  list.replaceChildren(...found.slice(0, FOUND).map((one) => {
    const button = make("button", "", one.year + " " + one.shown);
    button.type = "button";
    button.append(make("span", "place", " " + one.said));
    if (one.with != null) {
      const text = (question.ending ? words.was_now : words.became_now).replace("{}", programmes[one.with].shown);
      button.append(make("span", "place", " " + text));
    }
    button.addEventListener("click", () => {
      choose(question, one.number);
      question.element.querySelector(".seek").open = false;
      question.element.querySelector("input[type=radio]:checked")?.focus();
    });
    const item = make("li");
    item.append(button);
    return item;
  }));
  if (found.length > FOUND) list.append(make("li", "nothing", words.more_found.replace("{}", found.length - FOUND)));
  if (!found.length) list.append(make("li", "nothing", words.none_found));
}

function ready(question) {
  const { element } = question;
  element.querySelector(".own").replaceChildren(copyOf(profiles[question.at]));
  watch(element);
  for (const radio of element.querySelectorAll("input[type=radio]:not([value=other])")) {
    radio.addEventListener("change", () => choose(question, radio.value === "new" ? "new" : Number(radio.value)));
  }
  const input = element.querySelector(".seek input");
  input.addEventListener("input", () => seek(question, input.value));
  element.querySelector(".seek").addEventListener("toggle", (event) => {
    if (!event.target.open) return;
    seek(question, input.value);
    input.focus();
  });
  element.querySelector(".remark").addEventListener("input", (event) => {
    const at = question.ending && chosen(question) !== null ? origins.get(chosen(question)) : question;
    keep(at, { ...at.said, note: event.target.value });
    if (at !== question) keep(question, { ...question.said, note: event.target.value });
  });
  element.querySelector(".clear").addEventListener("click", () => withdraw(question));
}

for (const question of questions) if (question.element.isConnected) ready(question);
document.addEventListener("click", (event) => {
  const button = event.target.closest("button.correct");
  if (!button) return;
  const question = questions[button.dataset.question];
  open(question);
  show(question);
  question.element.scrollIntoView({ block: "start" });
  question.element.querySelector("input[type=radio], summary").focus({ preventScroll: true });
});
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key !== "z" || event.target.matches("input:not([type=radio]), textarea")) return;
  event.preventDefault();
  undo();
});
$("undo").addEventListener("click", undo);
$("save").addEventListener("click", () => download("series.decisions.json", decisions()));
tell();
