"""Narrative: the numbers in the prose against those in the tables.

What the prose of 事業実績 counts is held against what the programme's table has for the report's year.

What agrees is said, with the sum that it may be. What disagrees is said only where both surely mean the same thing:
every word of the item's name stands in the sentence, its last noun is what the prose counts, in one unit.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from extractor.annotation.report_prose import AnnotatedText
from extractor.checks.guard import run_check
from extractor.grammar.vocabulary import load_vocabulary
from extractor.records.messages import make_message, report_finding
from extractor.records.report import Fact, Finding, Metric, Observation, Programme, Quantity, Report, Source
from extractor.records.walk import walk_records

# As much of an item's name must stand in the sentence for an equal number to be no chance.
SHARE = 0.5
# So many amounts are added up at most, out of so many.
MOST, AMONG = 3, 8
_T = TypeVar("_T")


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
    """A metric with one amount a year; the words of its name, the last of them a noun that can be counted."""

    metric: Metric
    words: tuple[str, ...]
    now: Observation
    amount: Quantity
    all_years: tuple[Quantity, ...]


def check_narrative(report: Report, texts: Sequence[AnnotatedText]) -> Iterator[Finding]:
    """Compare the numbers in the prose of the results with the tables.

    Args:
        report: The report with its programmes.
        texts: The prose and names with their terms; none where no prose was read.

    Yields:
        Findings `narrative-agrees` and `narrative-disagrees`; none without texts.
    """
    terms = {text.pointer: text for text in texts}
    for here, programme in walk_records(report, Programme):
        place = f"{here}/results", programme.results.source or programme.source
        name = make_message("check.narrative", name=programme.name)
        yield from run_check(name, place, _check_programme, programme, here, terms, report.report.fiscal_year)


def _check_programme(
    programme: Programme, here: str, terms: Mapping[str, AnnotatedText], year: int
) -> Iterator[Finding]:
    metrics = ((metric, terms.get(f"{here}/metrics/{m}/name")) for m, metric in enumerate(programme.metrics))
    rows = [row for metric, text in metrics if text is not None and (row := _make_row(metric, text, year)) is not None]
    counted = list(_find_counted(programme, here, terms))
    unexplained = []
    for number in counted:
        key = number.words, number.quantity.unit
        alike = [rival for rival in counted if (rival.words, rival.quantity.unit) == key]
        if finding := next(_find_agreements(number, rows, alone=len(alike) == 1), None):
            yield finding
        else:
            unexplained.append(number)
    for several, finding in _find_sums(unexplained, rows):
        unexplained = [number for number in unexplained if number not in several]
        yield finding
    for number in unexplained:
        yield from _find_disagreements(number, rows, counted)


def _make_row(metric: Metric, text: AnnotatedText, year: int) -> _Row | None:
    """Take a metric with one amount for the report's year and a name with words; None if it has not."""
    now = next((seen for seen in metric.observations if seen.fiscal_year == year and seen.spans is None), None)
    words = tuple(
        word for term in text.terms for word in term.words if word not in load_vocabulary().narrative.counting
    )
    if now is None or now.status != "read" or len(now.quantities) != 1 or not words:
        return None
    amounts = tuple(seen.quantities[0] for seen in metric.observations if len(seen.quantities) == 1)
    return _Row(metric, words, now, now.quantities[0], amounts)


def _find_counted(programme: Programme, here: str, terms: Mapping[str, AnnotatedText]) -> Iterator[_Counted]:
    """Find the quantities of the prose; not such as are expressly a part of something."""
    partial = set(load_vocabulary().narrative.partial)
    for index, fact in enumerate(programme.results.facts):
        text = terms.get(f"{here}/results/paragraphs/{fact.paragraph}")
        if fact.quantity is None or text is None or set(fact.quantity.qualifiers) & partial:
            continue
        start, end = _sentence_span(fact, text.text)
        words = frozenset(word for term in text.terms if start <= term.start and term.end <= end for word in term.words)
        own = {word for word in words if fact.counted and word in fact.counted} | _words_before_bracket(fact, text)
        yield _Counted(fact, fact.quantity, f"{here}/results/facts/{index}", text.source, words, frozenset(own))


def _sentence_span(fact: Fact, text: str) -> tuple[int, int]:
    """Return from where to where the sentence of a fact runs."""
    end = text.find("。", fact.end)
    return text.rfind("。", 0, fact.start) + 1, end if end >= 0 else len(text)


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


def _find_agreements(counted: _Counted, rows: Sequence[_Row], *, alone: bool) -> Iterator[Finding]:
    """Find where the number is that of a row, of all years of a row, or of several rows together."""
    related = [row for row in rows if _is_related(counted, row, alone=alone)]
    related.sort(key=lambda row: -_name_share(row, counted.words))
    value = counted.quantity.value
    alike = [row for row in related if _may_equal(counted, row)]
    for row in alike:
        if value == row.amount.value:
            yield _agree(counted, [row], (row.now.raw,))
    for row in related:
        values = [amount.value for amount in row.all_years]
        if len(values) > 1 and value == sum(values):
            yield _agree(counted, [row], tuple(map(str, values)), "all-years")
    for several in _combine(alike):
        if value == sum(row.amount.value for row in several):
            yield _agree(counted, several, tuple(row.now.raw for row in several))


def _combine(things: Sequence[_T]) -> Iterator[tuple[_T, ...]]:
    """Combine the first of some things, two and more of them at a time."""
    for count in range(2, MOST + 1):
        yield from combinations(things[:AMONG], count)


def _agree(counted: _Counted, rows: Sequence[_Row], figures: tuple[str, ...], variant: str = "row") -> Finding:
    names = tuple(dict.fromkeys(row.metric.name for row in rows))
    said = {"text": counted.fact.text, "figures": figures, "names": names}
    return report_finding(f"narrative-agrees.{variant}", *_place_number(counted, rows), **said)


def _find_sums(numbers: Sequence[_Counted], rows: Sequence[_Row]) -> Iterator[tuple[tuple[_Counted, ...], Finding]]:
    """Find numbers of one paragraph that together are a row's (28名 and 8名: 36名), and what is said of them."""
    for row in rows:
        alike = [number for number in numbers if _may_equal(number, row) and number.words & set(row.words)]
        for several in _combine(alike):
            paragraphs = {number.fact.paragraph for number in several}
            if len(paragraphs) == 1 and sum(number.quantity.value for number in several) == row.amount.value:
                texts = tuple(number.fact.text for number in several)
                said = {"texts": texts, "figure": row.now.raw, "name": row.metric.name}
                yield several, report_finding("narrative-agrees.several", *_place_number(several[0], [row]), **said)


def _find_disagreements(counted: _Counted, rows: Sequence[_Row], numbers: Sequence[_Counted]) -> Iterator[Finding]:
    """Find another number than the row's, where all words of its name, and no other number, are in the sentence."""
    rivals = [rival for rival in numbers if rival.own & counted.own and _same_unit(rival.quantity, counted.quantity)]
    named = [row for row in rows if set(row.words) <= counted.words]
    if len(rivals) != 1 or len(named) != 1:
        return
    (row,), quantity = named, counted.quantity
    same = (quantity.unit, quantity.qualifiers) == (row.amount.unit, row.amount.qualifiers)
    if same and _head_word(row) in counted.own and all(quantity.value != amount.value for amount in row.all_years):
        said = {"text": counted.fact.text, "figure": row.now.raw, "name": row.metric.name}
        yield report_finding("narrative-disagrees.row", *_place_number(counted, [row]), **said)


def _head_word(row: _Row) -> str:
    """Return the last word of a name that is no doing (登録, 開催): the thing that is counted."""
    return next((word for word in reversed(row.words) if word not in load_vocabulary().narrative.doings), row.words[-1])


def _place_number(counted: _Counted, rows: Sequence[_Row]) -> tuple[str, Source]:
    """Give the pointer to a number, and where it and the rows stand with which it is compared."""
    return counted.pointer, (*counted.source, *(place for row in rows for place in row.now.source))
