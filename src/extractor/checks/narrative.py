"""Narrative: the numbers in the prose against those in the tables.

What the prose of 事業実績 counts is held against what the programme's table has for the report's year.

What agrees is said, with the sum that it may be. What disagrees is said only where both surely mean the same thing:
every word of the item's name stands in the sentence, its last noun is what the prose counts, in one unit.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from extractor.annotation.report_prose import AnnotatedText
from extractor.checks.amounts import single_amount
from extractor.checks.guard import run_check
from extractor.grammar.vocabulary import load_vocabulary
from extractor.records.messages import make_message, report_finding
from extractor.records.proofs import Proof
from extractor.records.report import Fact, Finding, Metric, Number, Observation, Programme, Quantity, Report, Source
from extractor.records.walk import walk_records

# As much of an item's name must stand in the sentence for an equal number to be no chance.
SHARE = 0.5
# So many amounts are added up at most, out of so many.
MOST, AMONG = 3, 8
_T = TypeVar("_T")
_Said = Finding | Proof


@dataclass(frozen=True, slots=True)
class _Counted:
    """A quantity of the prose, where it stands, and the words of its sentence; `own`: of what it counts."""

    fact: Fact
    quantity: Quantity
    pointer: str
    source: Source
    words: frozenset[str]
    own: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Row:
    """A metric with one amount a year; the words of its name, the last of them a noun that can be counted.

    `now` is the report's year's value, at `place`; `amounts` are those of all years, by their pointers.
    """

    metric: Metric
    place: str
    words: tuple[str, ...]
    now: Observation
    amounts: Mapping[str, Quantity]

    @property
    def amount(self) -> Quantity:
        """The amount of the report's year."""
        return self.amounts[self.place]

    @property
    def all_years(self) -> list[Number]:
        """The numbers of all years."""
        return [amount.value for amount in self.amounts.values()]


def check_narrative(report: Report, texts: Sequence[AnnotatedText]) -> Iterator[Finding | Proof]:
    """Compare the numbers in the prose of the results with the tables.

    Args:
        report: The report with its programmes.
        texts: The prose and names with their terms; none where no prose was read.

    Yields:
        Findings `narrative-agrees` and `narrative-disagrees`, and the proof `prose` for each value that the prose
        says; none without texts.
    """
    terms = {text.pointer: text for text in texts}
    for here, programme in walk_records(report, Programme):
        place = f"{here}/results", programme.results.source or programme.source
        name = make_message("check.narrative", name=programme.name)
        yield from run_check(name, place, _check_programme, programme, here, terms, report.report.fiscal_year)


def _check_programme(programme: Programme, here: str, terms: Mapping[str, AnnotatedText], year: int) -> Iterator[_Said]:
    made = (_make_row(metric, f"{here}/metrics/{index}", terms, year) for index, metric in enumerate(programme.metrics))
    rows = list(filter(None, made))
    counted = list(_find_counted(programme, here, terms))
    unexplained = []
    for number in counted:
        key = number.words, number.quantity.unit
        alike = [rival for rival in counted if (rival.words, rival.quantity.unit) == key]
        if agreed := next(_find_agreements(number, rows, alone=len(alike) == 1), None):
            yield from agreed
        else:
            unexplained.append(number)
    for several, agreed in _find_sums(unexplained, rows):
        unexplained = [number for number in unexplained if number not in several]
        yield from agreed
    for number in unexplained:
        yield from _find_disagreements(number, rows, counted)


def _make_row(metric: Metric, place: str, terms: Mapping[str, AnnotatedText], year: int) -> _Row | None:
    """Take a metric with one amount for the report's year and a name with words; None if it has not."""
    values = {f"{place}/observations/{index}": value for index, value in enumerate(metric.observations)}
    at_now = next((at for at, value in values.items() if (value.fiscal_year, value.spans) == (year, None)), "")
    amounts = {at: amount for at, value in values.items() if (amount := single_amount(value)) is not None}
    words = _list_name_words(terms.get(f"{place}/name"))
    if at_now not in amounts or values[at_now].status != "read" or not words:
        return None
    return _Row(metric, at_now, words, values[at_now], amounts)


def _list_name_words(name: AnnotatedText | None) -> tuple[str, ...]:
    """List the words of a name but those that say only that something is counted."""
    words = (word for term in (name.terms if name else ()) for word in term.words)
    return tuple(word for word in words if word not in load_vocabulary().narrative.counting)


def _find_counted(programme: Programme, here: str, terms: Mapping[str, AnnotatedText]) -> Iterator[_Counted]:
    """Find the quantities of the prose; not such as are expressly a part of something."""
    partial = set(load_vocabulary().narrative.partial)
    for index, fact in enumerate(programme.results.facts):
        text = terms.get(f"{here}/results/paragraphs/{fact.paragraph}")
        if fact.quantity is None or text is None or set(fact.quantity.qualifiers) & partial:
            continue
        words = _list_sentence_words(fact, text)
        own = {word for word in words if word in (fact.counted or "")} | _words_before_bracket(fact, text)
        yield _Counted(fact, fact.quantity, f"{here}/results/facts/{index}", text.source, words, frozenset(own))


def _list_sentence_words(fact: Fact, text: AnnotatedText) -> frozenset[str]:
    """List the words of the terms in the sentence of a fact."""
    start, end = text.text.rfind("。", 0, fact.start) + 1, text.text.find("。", fact.end)
    end = end if end >= 0 else len(text.text)
    return frozenset(word for term in text.terms if start <= term.start and term.end <= end for word in term.words)


def _words_before_bracket(fact: Fact, text: AnnotatedText) -> frozenset[str]:
    """Return the words of the noun that a bracket with a fact in it belongs to: 研修（教員9名・9件）."""
    opened = re.search(r"[(（][^)）(（]*$", text.text[: fact.start])
    ends = [term for term in text.terms if opened and term.end == opened.start()]
    return frozenset(ends[-1].words) if ends else frozenset()


def _name_share(row: _Row, words: frozenset[str]) -> float:
    """Return the part of an item's name, by letters, whose words are among these."""
    return sum(len(word) for word in row.words if word in words) / sum(map(len, row.words))


def _same_unit(a: Quantity, b: Quantity) -> bool:
    if a.unit == b.unit:
        return True
    return any(a.unit in alike and b.unit in alike for alike in load_vocabulary().narrative.same_units)


def _same_way(a: Quantity, b: Quantity) -> bool:
    """Tell whether two amounts are taken alike: each visit counted (延べ), or each visitor."""
    ways = set(load_vocabulary().narrative.ways)
    return ways & set(a.qualifiers) == ways & set(b.qualifiers)


def _may_equal(counted: _Counted, row: _Row) -> bool:
    return _same_unit(counted.quantity, row.amount) and _same_way(counted.quantity, row.amount)


def _is_related(counted: _Counted, row: _Row, *, alone: bool) -> bool:
    """Tell whether a number may be of a row: the name has what it counts or, `alone` in its unit, much of the words."""
    return bool(counted.own & set(row.words)) or (alone and _name_share(row, counted.words) >= SHARE)


def _find_agreements(counted: _Counted, rows: Sequence[_Row], *, alone: bool) -> Iterator[list[_Said]]:
    """Find where the number is that of a row, of all years of a row, or of several rows together."""
    related = [row for row in rows if _is_related(counted, row, alone=alone)]
    related.sort(key=lambda row: -_name_share(row, counted.words))
    alike = [row for row in related if _may_equal(counted, row)]
    yield from _find_equal(counted, combinations(alike, 1))
    for row in related:
        if len(row.amounts) > 1 and counted.quantity.value == sum(row.all_years):
            yield _agree(counted, [row], tuple(map(str, row.all_years)), "all-years")
    yield from _find_equal(counted, _combine(alike))


def _find_equal(counted: _Counted, groups: Iterable[Sequence[_Row]]) -> Iterator[list[_Said]]:
    for several in groups:
        if counted.quantity.value == sum(row.amount.value for row in several):
            yield _agree(counted, several, tuple(row.now.raw for row in several))


def _combine(things: Sequence[_T]) -> Iterator[tuple[_T, ...]]:
    """Combine the first of some things, two and more of them at a time."""
    for count in range(2, MOST + 1):
        yield from combinations(things[:AMONG], count)


def _agree(counted: _Counted, rows: Sequence[_Row], figures: tuple[str, ...], variant: str = "row") -> list[_Said]:
    """Say that a number is that of rows, and prove their values by it."""
    names = tuple(dict.fromkeys(row.metric.name for row in rows))
    said = {"text": counted.fact.text, "figures": figures, "names": names}
    finding = report_finding(f"narrative-agrees.{variant}", *_place_number(counted, rows), **said)
    places = [row.place for row in rows] if variant == "row" else list(rows[0].amounts)
    return [finding, *(Proof(place, "prose") for place in places)]


def _find_sums(numbers: Sequence[_Counted], rows: Sequence[_Row]) -> Iterator[tuple[tuple[_Counted, ...], list[_Said]]]:
    """Find numbers of one paragraph that together are a row's (28名 and 8名: 36名), and what is said of them."""
    for row in rows:
        alike = [number for number in numbers if _may_equal(number, row) and number.words & set(row.words)]
        for several in _combine(alike):
            paragraphs, total = {one.fact.paragraph for one in several}, sum(one.quantity.value for one in several)
            if (len(paragraphs), total) == (1, row.amount.value):
                texts = tuple(number.fact.text for number in several)
                said = {"texts": texts, "figure": row.now.raw, "name": row.metric.name}
                finding = report_finding("narrative-agrees.several", *_place_number(several[0], [row]), **said)
                yield several, [finding, Proof(row.place, "prose")]


def _find_disagreements(counted: _Counted, rows: Sequence[_Row], numbers: Sequence[_Counted]) -> Iterator[Finding]:
    """Find another number than the row's, where all words of its name, and no other number, are in the sentence."""
    rivals = [rival for rival in numbers if rival.own & counted.own and _same_unit(rival.quantity, counted.quantity)]
    named = [row for row in rows if set(row.words) <= counted.words]
    if (len(rivals), len(named)) != (1, 1):
        return
    (row,), quantity = named, counted.quantity
    same = (quantity.unit, quantity.qualifiers) == (row.amount.unit, row.amount.qualifiers)
    if same and _head_word(row) in counted.own and quantity.value not in row.all_years:
        said = {"text": counted.fact.text, "figure": row.now.raw, "name": row.metric.name}
        yield report_finding("narrative-disagrees.row", *_place_number(counted, [row]), **said)


def _head_word(row: _Row) -> str:
    """Return the last word of a name that is no doing (登録, 開催): the thing that is counted."""
    return next((word for word in reversed(row.words) if word not in load_vocabulary().narrative.doings), row.words[-1])


def _place_number(counted: _Counted, rows: Sequence[_Row]) -> tuple[str, Source]:
    """Give the pointer to a number, and where it and the rows stand with which it is compared."""
    return counted.pointer, (*counted.source, *(place for row in rows for place in row.now.source))
