"""Times and quantities of prose: against what was read by eye, other reports' sentences, and their words' examples."""

import re
import tomllib
import unicodedata
from collections import Counter
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from extractor.annotation import spacy_components as components
from extractor.grammar.lexicon import Which, load_lexicon, which_to_regex
from extractor.grammar.mentions import FactMention
from extractor.grammar.tokens import make_signs_plain
from extractor.grammar.vocabulary import load_vocabulary

HERE = Path(__file__).parent
HAND_READ = HERE.parent / "hand_read" / "aomori-sme-2023"
LEXICON = load_lexicon()
YEAR = 2023
FOUND = tuple[str, FactMention]


def facts(nlp: Language, text: str, year: int | None = YEAR) -> list[FOUND]:
    """The facts of a text, by words alone: without the model's tree."""
    doc = nlp.make_doc(text)
    doc._.fiscal_year = year
    for name in (components.TIMES, components.QUANTITIES):
        doc = nlp.get_pipe(name)(doc)
    return [(doc.text[one.start : one.end], one) for one in doc._.mentions]


def quantities(nlp: Language, text: str, year: int = YEAR) -> list[tuple[str, float, str, tuple[str, ...]]]:
    amounts = [(found, one.quantity) for found, one in facts(nlp, text, year)]
    return [(found, float(one.value), one.unit or "", one.qualifiers) for found, one in amounts if one is not None]


def times(nlp: Language, text: str, year: int = YEAR) -> list[tuple[str, str]]:
    return [(found, one.edtf or "") for found, one in facts(nlp, text, year) if one.quantity is None]


def folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


class Score:
    """What was found of what there is to find."""

    def __init__(self) -> None:
        self.found, self.due, self.right, self.qualified = 0, 0, 0, 0
        self.times_found, self.times_due, self.times_right = 0, 0, 0
        self.counted: list[tuple[str, str, str]] = []

    def add(self, got: list[FOUND], due: list[dict[str, Any]]) -> None:
        rest = [(folded(text), one) for text, one in got if one.quantity is not None]
        amounts = [one for one in due if "value" in one]
        self.found, self.due = self.found + len(rest), self.due + len(amounts)
        for each in amounts:
            key = (round(float(each["value"]), 15), folded(each["unit"]))
            same = [(text, one) for text, one in rest if one.quantity and _key(one) == key]
            if not same:
                continue
            best = min(same, key=lambda found: found[0] != folded(each["text"]))
            rest.remove(best)
            self.right += 1
            assert best[1].quantity is not None
            self.qualified += [*map(folded, best[1].quantity.qualifiers)] == [*map(folded, each["qualifiers"])]
            self.counted.append((each["text"], each.get("counted", ""), best[1].counted or ""))
        told = Counter((folded(text), one.edtf or "") for text, one in got if one.quantity is None)
        wanted = Counter((folded(one["text"]), one["edtf"]) for one in due if "edtf" in one)
        self.times_found, self.times_due = self.times_found + told.total(), self.times_due + wanted.total()
        self.times_right += (told & wanted).total()

    def assert_at_least(self, amounts: float, qualifiers: float, times: float) -> None:
        assert self.right / self.due >= amounts
        assert self.right / self.found >= amounts
        assert self.qualified / self.right >= qualifiers
        assert self.times_right / self.times_due >= times
        assert self.times_right / self.times_found >= times


def _key(one: FactMention) -> tuple[float, str]:
    assert one.quantity is not None
    return float(one.quantity.value), folded(one.quantity.unit or "")


@pytest.fixture(scope="module")
def hand_read(nlp: Language) -> Score:
    score = Score()
    for path in sorted((HAND_READ / "prose").glob("*.toml")):
        truth, pages = toml(path), toml(HAND_READ / path.name)
        for passage in ("overview", "results"):
            for at, paragraph in enumerate(pages[passage]["paragraphs"]):
                due = [one for one in truth.get(passage, {}).get("facts", []) if one["paragraph"] == at]
                score.add(facts(nlp, paragraph), due)
    return score


FILES = ("sentences.toml", "other_fields.toml", "held_out.toml")
SENTENCES = [one for name in FILES for one in toml(HERE / name)["sentence"]]


def test_facts_of_the_report_are_those_that_were_read_by_eye(hand_read: Score) -> None:
    assert hand_read.due >= 40
    hand_read.assert_at_least(amounts=0.98, qualifiers=0.95, times=1.0)


def test_what_is_counted_is_what_was_read_by_eye(hand_read: Score) -> None:
    wrong = [one for one in hand_read.counted if one[1] != one[2]]
    assert len(wrong) <= 0.05 * len(hand_read.counted), wrong


def test_facts_of_sentences_of_other_reports(nlp: Language) -> None:
    score = Score()
    for one in SENTENCES:
        score.add(facts(nlp, one["text"], one.get("fiscal_year", YEAR)), [*one["quantities"], *one["times"]])
    assert score.due >= 150
    score.assert_at_least(amounts=0.97, qualifiers=0.95, times=0.97)


def test_what_is_counted_in_sentences_of_other_fields(nlp: Language) -> None:
    wrong, due = [], 0
    for one in SENTENCES:
        named = {each["text"]: each["counted"] for each in one["quantities"] if "counted" in each}
        due += len(named)
        got = facts(nlp, one["text"], one.get("fiscal_year", YEAR))
        wrong += [
            (text, found.counted)
            for text, found in got
            if (found.counted or "") != named.get(text, found.counted or "")
        ]
    assert due >= 40
    assert len(wrong) <= 0.05 * due, wrong


def test_no_fact_touches_what_misleads(nlp: Language) -> None:
    touched = []
    for one in SENTENCES:
        text, got = one["text"], facts(nlp, one["text"], one.get("fiscal_year", YEAR))
        for name in one.get("not_found", []):
            places = [at for at in range(len(text)) if text.startswith(name, at)]
            assert places, (text, name)
            touched += [
                (text, name, found)
                for at in places
                for found, fact in got
                if fact.start < at + len(name) and fact.end > at
            ]
    # 百年の森憲章: a name that nothing marks as one.
    assert [one[1] for one in touched] == ["百年"]


def test_every_pattern_has_examples_and_counter_examples() -> None:
    parts = {one.pattern: one for one in LEXICON.which}
    lists = {name: getattr(LEXICON, name) for name in type(LEXICON).model_fields if name != "which"}
    assert [name for name, one in {**parts, **lists}.items() if not (one.examples and one.counter_examples)] == []


def test_no_word_stands_twice() -> None:
    lists = {
        f"{name}.{field}": words
        for name in type(LEXICON).model_fields
        if name != "which"
        for field, words in getattr(LEXICON, name)
        if field not in {"examples", "counter_examples", "combined"} and isinstance(words, tuple)
    }
    twice = {name: [word for word, many in Counter(words).items() if many > 1] for name, words in lists.items()}
    assert {name: words for name, words in twice.items() if words} == {}


def test_qualifiers_that_stand_alone_are_qualifiers() -> None:
    words = load_vocabulary().qualifiers
    assert set(LEXICON.qualifiers.alone) <= {*words.before, *words.prose_before}


@pytest.mark.parametrize("text", ["令和二三年に開いた。", "令和十二三年度に始めた。"])
def test_year_of_a_number_that_is_none_is_not_told(nlp: Language, text: str) -> None:
    assert [edtf for _, edtf in times(nlp, text)] in ([], [""])


@pytest.mark.parametrize(("text", "value", "unit"), [*LEXICON.counters.examples, *LEXICON.numerals.examples])
def test_example_of_a_counter(nlp: Language, text: str, value: float, unit: str) -> None:
    assert [one[1:3] for one in quantities(nlp, text)] == [(value, unit)]


@pytest.mark.parametrize(
    "text",
    [
        *LEXICON.counters.counter_examples,
        *LEXICON.numerals.counter_examples,
        *LEXICON.behind.examples,
        *(text for one in LEXICON.which for text in one.examples),
    ],
)
def test_no_quantity(nlp: Language, text: str) -> None:
    assert quantities(nlp, text) == []


@pytest.mark.parametrize("word", load_vocabulary().counters.prose_words)
def test_counter_is_read_whole(nlp: Language, word: str) -> None:
    assert [one[1:3] for one in quantities(nlp, f"これは12{word}である。")] == [_scaled(word)]


def _scaled(word: str) -> tuple[float, str]:
    """Powers of ten before 円 are the number's."""
    powers = {"千円": 1000, "百万円": 10**6}
    return (12 * powers[word], "円") if word in powers else (12, word)


@pytest.mark.parametrize("word", LEXICON.counters.ordinal)
def test_ordinal_counts_nothing(nlp: Language, word: str) -> None:
    assert quantities(nlp, f"これは12{word}である。") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [*LEXICON.behind.counter_examples, *(one for which in LEXICON.which for one in which.counter_examples)],
)
def test_what_a_pattern_leaves_alone(nlp: Language, text: str, found: str) -> None:
    assert quantities(nlp, text)[0][0] == found


@pytest.mark.parametrize("which", LEXICON.which, ids=[one.pattern for one in LEXICON.which])
def test_pattern_is_needed_by_its_examples(which: Which) -> None:
    assert [text for text in which.examples if not re.search(which_to_regex(which), make_signs_plain(text))] == []


@pytest.mark.parametrize(("text", "found", "qualifiers"), LEXICON.qualifiers.examples)
def test_example_of_qualifiers(nlp: Language, text: str, found: str, qualifiers: tuple[str, ...]) -> None:
    assert [(one[0], one[3]) for one in quantities(nlp, text)] == [(found, qualifiers)]


@pytest.mark.parametrize(("text", "found"), LEXICON.qualifiers.counter_examples)
def test_no_qualifier(nlp: Language, text: str, found: str) -> None:
    assert [(one[0], one[3]) for one in quantities(nlp, text)] == [(found, ())]


@pytest.mark.parametrize("text", LEXICON.times.examples)
def test_no_time(nlp: Language, text: str) -> None:
    assert times(nlp, text) == []


@pytest.mark.parametrize(("text", "found", "edtf"), LEXICON.times.counter_examples)
def test_time(nlp: Language, text: str, found: str, edtf: str) -> None:
    assert times(nlp, text) == [(found, edtf)]


@pytest.mark.parametrize(("text", "noun"), LEXICON.counted.examples)
def test_what_is_counted(nlp: Language, text: str, noun: str) -> None:
    assert {one.counted for _, one in facts(nlp, text)} == {noun}


@pytest.mark.parametrize("text", LEXICON.counted.counter_examples)
def test_nothing_is_counted(nlp: Language, text: str) -> None:
    found = facts(nlp, text)
    assert found
    assert {one.counted for _, one in found} == {None}


# Pieces of which prose is made, and such as break it.
# fmt: off
PIECES = [
    "延べ88者", "（25校・53件）", "令和5年9月から", "12月", "～", "5", "10名", "「", "」", "うち", "の",
    "第3期", "十数社", "を", "、", "。", "2分の1", "1/2", "△3.2％", "同年8月", "翌", "年度", "３，５００",
    "1,23", ".", ",", "-", "月", "日", "年", "数", "百", "余", "R6.2.29", "以内", "学生計", "約", "つ",
    "割5分", "半", "\u200b", "½", " ", "\u3000", "\n",
]
# fmt: on
TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=20).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=30).map("".join),
)


@settings(max_examples=200)
@given(text=TEXTS, year=st.one_of(st.none(), st.integers(1990, 2040)))
def test_facts_of_any_text_lie_in_it_and_do_not_overlap(nlp: Language, text: str, year: int | None) -> None:
    assert nlp.make_doc(text).text == text
    at = 0
    for found, one in facts(nlp, text, year):
        assert at <= one.start < one.end <= len(text)
        assert found == text[one.start : one.end]
        at = one.end
    assert facts(nlp, text, year) == facts(nlp, text, year)


# fmt: off
LONG = [
    "延べ", "1,", "（1校", "「1", "5～", "6月及び", "令和5年9月から", "百", "12", "1名", "同年8月、", "年度内",
    "の", "10校・", "年2", "1-", "（", "」", "1つの、",
]
# fmt: on


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["延べ88者と学生計219名（開催大学合計分）が参加した。", *LONG])
def test_time_taken_grows_with_the_text(nlp: Language, piece: str) -> None:
    # Sudachi takes no more than 49,149 bytes. Its own time is not measured.
    def taken(size: int) -> float:
        doc = nlp.make_doc(piece * (size // len(piece.encode())))
        doc._.fiscal_year = YEAR
        start = perf_counter()
        for name in (components.TIMES, components.QUANTITIES):
            doc = nlp.get_pipe(name)(doc)
        return perf_counter() - start

    taken(1000)
    assert taken(24_000) < 10 * max(taken(6_000), 0.1)


def test_an_amount_in_a_note_of_a_doing_counts_what_it_is_done_to(nlp: Language) -> None:
    told = {
        "セミナーを開催（12回）した。": "セミナー",
        "冊子を作成・配布（500部）するとともに": "冊子",
        "学習会が開催（12回）された。": "学習会",
        "会議を開催（12回）。": "会議",
        "県内企業を支援（採択数：612件）した。": "採択数",
        "開催（12回）した。": "開催",
        "セミナー（12回）を開催した。": "セミナー",
        "学生を支援機関（3か所）に紹介した。": "支援機関",
        "（12回）した。": None,
    }
    found = {text: [one.counted for _, one in facts(nlp, text)] for text in told}
    assert found == {text: [counted] for text, counted in told.items()}
