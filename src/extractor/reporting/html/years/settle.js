// Settle: what a person says a doubtful programme was the year before; kept by the browser, and saved as a file.

const PREFIX = "extractor.years:";
const questions = data.settle.map((one, number) => ({
  ...one,
  element: $("q" + number),
  said: recall(PREFIX + one.key) || { was: null, note: "" }, // was: null, "new", or the index of a candidate
}));

// What was kept is of no use where the candidate is not there any more.
for (const one of questions) {
  const known = one.said.was === null || one.said.was === "new" || one.candidates[one.said.was] !== undefined;
  if (!known || typeof one.said.note !== "string") one.said = { was: null, note: "" };
}

function say(question, more) {
  question.said = { ...question.said, ...more };
  const nothing = question.said.was === null && !question.said.note;
  remember(PREFIX + question.key, nothing ? null : question.said);
  show(question);
  tell();
}

// The form as it was said, and beside it the programme of the year before that is meant.
function show({ element, said }) {
  const select = element.querySelector("select");
  const proposed = [...element.querySelectorAll("input[type=radio]")].map((one) => one.value);
  const other = typeof said.was === "number" && !proposed.includes(String(said.was));
  for (const radio of element.querySelectorAll("input[type=radio]")) {
    radio.checked = other ? radio.value === "other" : radio.value === String(said.was);
  }
  if (select) select.value = other ? String(said.was) : "";
  const remark = element.querySelector(".remark");
  if (remark.value !== said.note) remark.value = said.note;
  element.classList.toggle("decided", said.was !== null);
  const slot = element.querySelector(".slot");
  const meant = element.querySelector('[data-profile][value="' + (typeof said.was === "number" ? said.was : 0) + '"]');
  const wanted = said.was === "new" || !meant ? "" : meant.dataset.profile;
  if (slot.dataset.shown === wanted) return;
  slot.dataset.shown = wanted;
  slot.replaceChildren(wanted ? copyOf($(wanted)) : make("p", "nothing", words.absent));
  watch(slot);
}

// How many are decided; and which say the same programme of the year before.
function tell() {
  const taken = new Map();
  for (const { said, candidates } of questions) {
    if (typeof said.was !== "number") continue;
    const name = candidates[said.was].report + "/" + candidates[said.was].programme;
    taken.set(name, (taken.get(name) || 0) + 1);
  }
  let clashes = 0;
  for (const { said, candidates, element } of questions) {
    const meant = typeof said.was === "number" ? candidates[said.was] : null;
    const clash = meant !== null && taken.get(meant.report + "/" + meant.programme) > 1;
    element.querySelector(".clash").hidden = !clash;
    clashes += clash ? 1 : 0;
  }
  const done = questions.filter((one) => one.said.was !== null).length;
  $("unsaved").hidden = kept || !questions.length;
  if (!$("save")) return;
  $("save").textContent = $("save").dataset.text + " (" + done + words.of + questions.length + ")";
  $("save").disabled = done === 0 || clashes > 0;
}

function decisions() {
  return {
    series: questions.filter((one) => one.said.was !== null).map(({ report, programme, name, candidates, said }) => ({
      report,
      programme,
      name,
      was: said.was === "new" ? null : candidates[said.was],
      note: said.note,
    })),
  };
}

for (const question of questions) {
  const { element } = question;
  const select = element.querySelector("select");
  for (const radio of element.querySelectorAll("input[type=radio]")) {
    radio.addEventListener("change", () => {
      if (radio.value === "new") say(question, { was: "new" });
      else if (radio.value !== "other") say(question, { was: Number(radio.value) });
      else select.focus();
    });
  }
  if (select) {
    select.addEventListener("change", () => say(question, { was: select.value ? Number(select.value) : null }));
  }
  element.querySelector(".remark").addEventListener("input", (event) => say(question, { note: event.target.value }));
  element.querySelector(".clear").addEventListener("click", () => say(question, { was: null, note: "" }));
  show(question);
}
if ($("save")) $("save").addEventListener("click", () => download("series.decisions.json", decisions()));
tell();
