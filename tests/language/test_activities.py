import json
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest
from spacy.language import Language

from extractor.annotation.activities import find_activities
from extractor.annotation.activity_rules import activity_rules
from extractor.annotation.reader import ProseReader
from extractor.annotation.report_prose import annotate_report
from extractor.annotation.syntax.attachment import PhraseAttachment
from extractor.annotation.syntax.chunker import Chunker
from extractor.annotation.syntax.phrases import Phrase
from extractor.annotation.syntax.sentences import split_sentences
from extractor.annotation.terms import find_offices, office_endings
from extractor.grammar.mentions import ActivityMention, FactMention, TextAnnotations
from extractor.records.report import Quantity, Report

HERE = Path(__file__).parent
REPORT = "aomori-sme-2023"
TYPED = (*range(1, 16), 21, 22, 24, 25, 28, 29, 31)
Read = tuple[list[ActivityMention], list[dict[str, Any]]]


def folded(text: str | None) -> str:
    return "".join(unicodedata.normalize("NFKC", text or "").split())


def mentions(text: str, facts: list[dict[str, Any]]) -> list[FactMention]:
    """Facts as they were typed by eye: activities are judged apart from what finds facts."""
    found, at = [], 0
    for fact in facts:
        start = text.find(fact["text"], at)
        if start >= 0:
            at = start + len(fact["text"])
            quantity = None
            if "value" in fact:
                value = Decimal(str(fact["value"]))
                quantity = Quantity(value=value, unit=fact["unit"] or None, qualifiers=tuple(fact["qualifiers"]))
            found.append(FactMention(start, at, quantity, fact.get("edtf"), fact.get("counted")))
    return found


def programmes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict) and "overview" in value and "results" in value:
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from programmes(one)


def deeds(nlp: Language, text: str, facts: list[dict[str, Any]] | None = None) -> list[ActivityMention]:
    return list(find_activities(nlp(text), mentions(text, facts or [])))


@pytest.fixture(scope="session")
def report(nlp: Language) -> list[Read]:
    root = HERE.parents[1]
    output = json.loads((root / f"golden/{REPORT}.json").read_text(encoding="utf-8"))
    read = []
    for number, programme in enumerate(programmes(output), 1):
        if number not in TYPED:
            continue
        typed = tomllib.loads((root / f"tests/hand_read/{REPORT}/prose/{number:02}.toml").read_text(encoding="utf-8"))
        for name in ("overview", "results"):
            part = typed.get(name, {})
            for at, text in enumerate(programme[name]["paragraphs"]):
                facts = [one for one in part.get("facts", []) if one["paragraph"] == at]
                wanted = [one for one in part.get("activities", []) if one["paragraph"] == at]
                read.append((deeds(nlp, text, facts), wanted))
    return read


@pytest.fixture(scope="session")
def made_up(nlp: Language) -> list[Read]:
    return sentences_of("sentences.toml", nlp)


@pytest.fixture(scope="session")
def other_fields(nlp: Language) -> list[Read]:
    return [*sentences_of("other_fields.toml", nlp), *sentences_of("held_out.toml", nlp)]


def sentences_of(name: str, nlp: Language) -> list[Read]:
    read = []
    for one in tomllib.loads((HERE / name).read_text(encoding="utf-8"))["sentence"]:
        if "activities" in one:
            text = one["text"]
            facts = sorted([*one["quantities"], *one["times"]], key=lambda fact: str(one["text"]).find(fact["text"]))
            read.append((deeds(nlp, text, facts), one["activities"]))
    return read


def f1(pairs: Iterator[tuple["Counter[Any]", "Counter[Any]"]]) -> float:
    right = found = wanted = 0
    for got, want in pairs:
        right, found, wanted = right + (got & want).total(), found + got.total(), wanted + want.total()
    return 2 * right / (found + wanted)


def key(one: ActivityMention) -> tuple[str, str]:
    return folded(one.predicate), folded(one.object)


def typed_key(one: dict[str, Any]) -> tuple[str, str]:
    return folded(one["predicate"]), folded(one.get("object"))


def whole(read: list[Read]) -> float:
    return f1((Counter(map(key, got)), Counter(map(typed_key, want))) for got, want in read)


def matched(read: list[Read]) -> Iterator[tuple[ActivityMention, dict[str, Any]]]:
    for got, want in read:
        for one in want:
            same = [deed for deed in got if key(deed) == typed_key(one)]
            if same:
                yield same[0], one


def parts(read: list[Read], name: str) -> float:
    def listed(value: Any) -> "Counter[str]":
        values = value if isinstance(value, list | tuple) else [value]
        return Counter(folded(one) for one in values if one)

    return f1((listed(getattr(got, name)), listed(want[name])) for got, want in matched(read) if name in want)


@pytest.mark.slow
def test_activities_of_a_report(report: list[Read]) -> None:
    assert whole(report) >= 0.95
    assert parts(report, "recipients") >= 0.95
    assert parts(report, "means") >= 0.9
    assert parts(report, "purpose") >= 0.88


@pytest.mark.slow
def test_activities_of_other_sentences(made_up: list[Read]) -> None:
    assert len(made_up) >= 85
    assert whole(made_up) >= 0.95


@pytest.mark.slow
def test_activities_of_other_fields(other_fields: list[Read]) -> None:
    assert len(other_fields) >= 100
    assert whole(other_fields) >= 0.97
    for name in ("recipients", "means", "purpose"):
        assert parts(other_fields, name) >= 0.95
    pairs = list(matched(other_fields))
    wrong = [one for got, one in pairs if (got.voice, got.negative) != (one["voice"], one["negative"])]
    assert wrong == []


@pytest.mark.slow
def test_aspects(report: list[Read], made_up: list[Read], other_fields: list[Read]) -> None:
    pairs = [pair for pair in matched(report + made_up + other_fields) if "aspect" in pair[1]]
    assert sum(got.aspect == want["aspect"] for got, want in pairs) / len(pairs) >= 0.98


def test_coordination_is_unfolded(nlp: Language) -> None:
    assert [key(one) for one in deeds(nlp, "冊子を制作・配布し、PRイベントやセミナーを開催した。")] == [
        ("制作", "冊子"),
        ("配布", "冊子"),
        ("開催", "PRイベント"),
        ("開催", "セミナー"),
    ]


def test_voice_and_negation(nlp: Language) -> None:
    (passive,) = deeds(nlp, "県内の農家により直売所が設置された。")
    assert (passive.object, passive.voice, passive.means) == ("直売所", "passive", ())
    (without,) = deeds(nlp, "交流事業は実施されなかった。")
    assert (without.object, without.negative) == ("交流事業", True)


def test_a_clause_takes_the_aspect_of_the_verb_it_leads_to(nlp: Language) -> None:
    assert [one.aspect for one in deeds(nlp, "窓口を設置し、相談を受け付けている。")] == ["ongoing", "ongoing"]


def test_a_verb_without_its_form_does_not_say_when(nlp: Language) -> None:
    texts = ["講座を年6回実施。", "講座を開催予定。", "整備を予定。", "研修を実施済み。", "冊子の作成・配布（500部）。"]
    found = [[(one.predicate, one.aspect) for one in deeds(nlp, text)] for text in texts]
    assert found == [
        [("実施", None)],
        [("開催", "planned")],
        [("予定", "planned")],
        [("実施", "done")],
        [("作成", None), ("配布", None)],
    ]


class SaysNothingOfWhen:
    """A reader that finds in each text one activity whose verb does not say its aspect."""

    def annotate_texts(self, prose: list[str], names: list[str], _year: int) -> tuple[TextAnnotations, ...]:
        deed = ActivityMention(0, 1, "実施", None, (), (), None, None, "active", negative=False, facts=())
        return (*(TextAnnotations(deeds=(deed,)) for _ in prose), *(TextAnnotations() for _ in names))


def test_results_are_past_and_outlines_are_plans() -> None:
    text = (HERE.parents[1] / f"golden/{REPORT}.json").read_text(encoding="utf-8")
    read, _ = annotate_report(Report.model_validate_json(text), cast(ProseReader, SaysNothingOfWhen()))
    programmes = [one for policy in read.policies for one in policy.programmes]
    assert {one.aspect for programme in programmes for one in programme.overview.activities} == {"planned"}
    assert {one.aspect for programme in programmes for one in programme.results.activities} == {"done"}


def test_what_is_made_first_goes_on(nlp: Language) -> None:
    (made, given) = deeds(nlp, "手引きを作成して関係機関に配布した。")
    assert (key(made), key(given), given.recipients) == (("作成", "手引き"), ("配布", "手引き"), ("関係機関",))
    assert [key(one) for one in deeds(nlp, "規模を縮小して展示会を開催した。")] == [("開催", "展示会")]


def test_means_and_purpose(nlp: Language) -> None:
    (one,) = deeds(nlp, "販路の拡大を図るため、SNSを活用して県民に情報を発信した。")
    assert (one.means, one.recipients, one.purpose) == (("SNS",), ("県民",), "販路の拡大を図る")


def test_every_conjunct_has_its_own_number(nlp: Language) -> None:
    text = "インターンシップ（13校）や講習会（11校）を実施した。"
    facts: list[dict[str, Any]] = [
        {"text": f"{count}校", "value": count, "unit": "校", "qualifiers": []} for count in (13, 11)
    ]
    assert [(one.object, one.facts) for one in deeds(nlp, text, facts)] == [
        ("インターンシップ", (0,)),
        ("講習会", (1,)),
    ]


def test_places_are_exact(nlp: Language) -> None:
    text = "また、窓口を設けた。次に、会を開いたほか、冊子を配った。"
    assert [text[one.start : one.end] for one in deeds(nlp, text)][:1] == ["窓口を設けた"]
    assert [text[one.start : one.end] for one in deeds(nlp, text)][-1] == "冊子を配った"


@pytest.mark.parametrize(
    "text",
    ["", "abc def.", "😀を開催した。", "\x00\x07を実施した。", "、。・「」（）", "「（『", "」）を実施した", "を",
     "した。", "講座、" * 600, "講座の" * 600, "講座を開催し、" * 200, "「" * 500, "A" * 20_000],
)  # fmt: skip
def test_odd_input_is_no_error(nlp: Language, text: str) -> None:
    for one in find_activities(nlp(text), ()):
        assert 0 <= one.start < one.end <= len(text)


def phrases(nlp: Language, text: str) -> list[tuple[Any, list[Phrase], PhraseAttachment]]:
    doc = nlp(text)
    chunker = Chunker(doc, frozenset())
    cut = [chunker.cut_sentence(first, last) for first, last in split_sentences(doc)]
    return [(doc, one, PhraseAttachment(doc, one)) for one in cut]


@pytest.mark.parametrize("mark", activity_rules().compound_particle, ids=lambda mark: mark.name)
def test_marks(nlp: Language, mark: Any) -> None:
    def marked(text: str) -> bool:
        return any(one.compound is mark for _, cut, _ in phrases(nlp, text) for one in cut)

    assert mark.examples
    assert mark.counter_examples
    assert [text for text in mark.examples if not marked(text)] == []
    assert [text for text in mark.counter_examples if marked(text)] == []


@pytest.mark.parametrize("link", activity_rules().clause_link, ids=lambda link: link.name)
def test_links(nlp: Language, link: Any) -> None:
    def linked(text: str) -> bool:
        cuts = phrases(nlp, text)
        return any(one.linked and link.regex.match(doc.text, doc[one.infl].idx) for doc, cut, _ in cuts for one in cut)

    assert link.examples
    assert link.counter_examples
    assert [text for text in link.examples if not linked(text)] == []
    assert [text for text in link.counter_examples if linked(text)] == []


def test_forms_that_stand_for_nouns(nlp: Language) -> None:
    words = activity_rules().as_nouns

    def composes(text: str) -> bool:
        doc = nlp(text)
        cores = [
            doc[one.first : one.core].text for _, cut, _ in phrases(nlp, text) for one in cut if one.kind == "noun"
        ]
        return any(core.startswith(words.words) for core in cores)

    assert [text for text in words.examples if not composes(text)] == []
    assert [text for text in words.counter_examples if composes(text)] == []


def test_offices(nlp: Language) -> None:
    words = office_endings()
    found = [[one.division for one in find_offices(nlp(text))] for text, _ in words.examples]
    assert found == [[division] for _, division in words.examples]
    assert [text for text in words.counter_examples if list(find_offices(nlp(text)))] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["tools", "people", "no_doing", "events", "mutual", "taking_ni", "inner", "doings",
    "placing", "yielding", "passing_on", "holding", "causes", "called_off", "closing", "shares",
    "ending", "carriers", "granting", "changing", "joining", "telling", "sites", "bodies"])  # fmt: skip
def test_words_have_examples(nlp: Language, name: str) -> None:
    words = getattr(activity_rules(), name)

    def ends(text: str) -> bool:
        doc = nlp(text)
        tokens = [doc[one.first : one.core] for _, cut, _ in phrases(nlp, text) for one in cut]
        return any(words.matches_end(span.text) or words.matches_end(span[-1].lemma_) for span in tokens if len(span))

    assert words.examples
    assert words.counter_examples
    assert [text for text in words.examples if not ends(text)] == []
    assert [text for text in words.counter_examples if ends(text)] == []


@pytest.mark.slow
def test_adverbs_and_connectives_are_phrases_of_their_own(nlp: Language) -> None:
    rules = activity_rules()
    for words in (rules.adverbs, rules.connectives):

        def stands_alone(text: str, known: tuple[str, ...] = words.words) -> bool:
            doc = nlp(text)
            cut = [one for _, found, _ in phrases(nlp, text) for one in found]
            marked = [(doc[one.first : one.last].text.rstrip("、"), one.particle) for one in cut]
            return any(printed in known and particle in {"", "て"} for printed, particle in marked)

        assert [text for text in words.examples if not stands_alone(text)] == []
        assert [text for text in words.counter_examples if stands_alone(text)] == []


Noted = tuple[str, str | None, tuple[str, ...]]

NOTED: dict[str, list[Noted]] = {
    "セミナーを開催（12回）した。": [("開催", "セミナー", ("12回",))],
    "県内の企業を支援（採択数：612件）した。": [("支援", "企業", ("612件",))],
    "研修会を開催(12回、うちオンライン3回)し、窓口を設置【2か所】いたしました。": [
        ("開催", "研修会", ("12回", "3回")),
        ("設置", "窓口", ("2か所",)),
    ],
    "冊子を作成・配布（500部）するとともに、ポスターを掲示した。": [
        ("作成", "冊子", ("500部",)),
        ("配布", "冊子", ("500部",)),
        ("掲示", "ポスター", ()),
    ],
    "手引きを作成（200部）して配布した。": [("作成", "手引き", ("200部",)), ("配布", "手引き", ())],
    "研修会は開催（年2回）しなかった。": [("開催", "研修会", ("年2回",))],
    "フォーラムが開催（延べ3回）（うち県内1回）された。": [("開催", "フォーラム", ("延べ3回", "1回"))],
    "会議を開催（12回）。": [("開催", "会議", ("12回",))],
    "会議を開催予定（12回）。": [("開催", "会議", ("12回",))],
    "業務を「見える化」した。": [("見える化", "業務", ())],
    "業務を“見える化”し、手順書を配布※した。": [("見える化", "業務", ()), ("配布", "手順書", ())],
    "（仮称）ふるさと交流会を開催した。": [("開催", "（仮称）ふるさと交流会", ())],
}


def read_whole(nlp: Language, text: str) -> tuple[list[ActivityMention], list[str]]:
    """The activities of a text and the text of each of its facts, as the pipeline finds them."""
    doc = nlp.make_doc(text)
    doc._.fiscal_year = 2023
    doc = nlp(doc)
    return list(doc._.deeds), [doc.text[one.start : one.end] for one in doc._.mentions]


@pytest.mark.parametrize(("text", "wanted"), NOTED.items(), ids=NOTED.keys())
def test_a_note_in_brackets_does_not_part_a_doing_from_its_verb(nlp: Language, text: str, wanted: list[Noted]) -> None:
    found, facts = read_whole(nlp, text)
    assert [(one.predicate, one.object, tuple(facts[place] for place in one.facts)) for one in found] == wanted


def test_what_a_note_says_is_no_inflection(nlp: Language) -> None:
    told = {
        "講座を開催（参加費のない回を含む。）した。": ("done", False),
        "講座を開催（前年度は実施しなかった。）する。": ("planned", False),
        "講座を開催（3回）しなかった。": ("done", True),
        "講座を開催（検討中）した。": ("done", False),
    }
    found = {text: [(one.aspect, one.negative) for one in deeds(nlp, text)] for text in told}
    assert found == {text: [said] for text, said in told.items()}


@pytest.mark.parametrize(
    "text", ["（12回）した。", "セミナーを12回した。", "（した。", "※した。", "（県）（市）し、", "12回（3日）した。"]
)
def test_a_verb_without_its_noun_is_no_activity(nlp: Language, text: str) -> None:
    assert read_whole(nlp, text)[0] == []
