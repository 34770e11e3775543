"""Narrative: what the prose of 事業実績 counts against what the programme's table has for the report's year.

What agrees is said, with the sum that it may be. What disagrees is said only where both surely mean the same thing:
every word of the item's name stands in the sentence, its last noun is what the prose counts, in one unit.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from extractor.annotation.report_prose import Text
from extractor.checks.guard import run_check
from extractor.grammar.vocabulary import vocabulary
from extractor.records.messages import Message, make_finding, make_message
from extractor.records.report import (
    Fact,
    Finding,
    Metric,
    Observation,
    Programme,
    Quantity,
    Report,
    Source,
)

# As much of an item's name must stand in the sentence for an equal number to be no chance.
SHARE = 0.5
# So many amounts are added up at most.
MOST = 3


@dataclass(frozen=True, slots=True)
class _Counted:
    """A quantity of the prose, where it stands, and the words of its sentence; `own`: of what it counts."""

    fact: Fact
    pointer: str
    source: Source
    words: frozenset[str]
    own: frozenset[str]

    @property
    def quantity(self) -> Quantity:
        assert self.fact.quantity is not None
        return self.fact.quantity


@dataclass(frozen=True, slots=True)
class _Row:
    """A metric with one amount a year; the words of its name, the last of them a noun that can be counted."""

    metric: Metric
    words: tuple[str, ...]
    now: Observation
    amount: Quantity
    all_years: tuple[Quantity, ...]


def check_narrative(report: Report, texts: Sequence[Text]) -> Iterator[Finding]:
    """Findings `narrative-agrees` and `narrative-disagrees`; none without texts, for then no prose was read."""
    terms = {text.pointer: text for text in texts}
    for p, policy in enumerate(report.policies):
        for n, programme in enumerate(policy.programmes):
            here = f"/policies/{p}/programmes/{n}"
            place = f"{here}/results", programme.results.source or programme.source
            name = make_message("check.narrative", name=programme.name)
            yield from run_check(name, place, _programme, programme, here, terms, report.report.fiscal_year)


def _programme(programme: Programme, here: str, terms: Mapping[str, Text], year: int) -> Iterator[Finding]:
    rows = list(_rows(programme, here, terms, year))
    counted = list(_counted(programme, here, terms))
    open_ones = []
    for one in counted:
        alike = [each for each in counted if each.words == one.words and each.quantity.unit == one.quantity.unit]
        if found := next(_agreements(one, rows, len(alike) == 1), None):
            yield found
        else:
            open_ones.append(one)
    for several, found in _sums(open_ones, rows):
        open_ones = [one for one in open_ones if one not in several]
        yield found
    for one in open_ones:
        yield from _disagreements(one, rows, counted)


def _rows(programme: Programme, here: str, terms: Mapping[str, Text], year: int) -> Iterator[_Row]:
    for index, metric in enumerate(programme.metrics):
        text = terms.get(f"{here}/metrics/{index}/name")
        now = next((one for one in metric.observations if one.fiscal_year == year and one.spans is None), None)
        if text is None or now is None or now.status != "read" or len(now.quantities) != 1:
            continue
        words = tuple(word for term in text.terms for word in term.words if word not in vocabulary().narrative.counting)
        years = tuple(one.quantities[0] for one in metric.observations if len(one.quantities) == 1)
        if words:
            yield _Row(metric, words, now, now.quantities[0], years)


def _counted(programme: Programme, here: str, terms: Mapping[str, Text]) -> Iterator[_Counted]:
    results = programme.results
    for index, fact in enumerate(results.facts):
        text = terms.get(f"{here}/results/paragraphs/{fact.paragraph}")
        if fact.quantity is None or text is None or set(fact.quantity.qualifiers) & set(vocabulary().narrative.partial):
            continue
        start, end = _sentence(fact, text.text)
        words = frozenset(word for term in text.terms if start <= term.start and term.end <= end for word in term.words)
        own = frozenset(word for word in words if fact.counted and word in fact.counted)
        own |= _before_bracket(fact, text)
        yield _Counted(fact, f"{here}/results/facts/{index}", text.source, words, own)


def _sentence(fact: Fact, text: str) -> tuple[int, int]:
    """From where to where the sentence of a fact runs."""
    end = text.find("。", fact.end)
    return text.rfind("。", 0, fact.start) + 1, end if end >= 0 else len(text)


def _before_bracket(fact: Fact, text: Text) -> frozenset[str]:
    """The words of the noun that a bracket with a fact in it belongs to: 研修（教員9名・9件）."""
    opened = re.search(r"[(（][^)）(（]*$", text.text[: fact.start])
    ends = [term for term in text.terms if opened and term.end == opened.start()]
    return frozenset(ends[-1].words) if ends else frozenset()


def _share(row: _Row, words: frozenset[str]) -> float:
    """The part of an item's name, by letters, whose words are among these."""
    return sum(len(word) for word in row.words if word in words) / sum(map(len, row.words))


def _same_unit(a: Quantity, b: Quantity) -> bool:
    if a.unit == b.unit:
        return True
    return any(a.unit in alike and b.unit in alike for alike in vocabulary().narrative.same_units)


def _same_way(a: Quantity, b: Quantity) -> bool:
    """Whether two amounts are taken alike: each visit counted (延べ), or each visitor."""
    ways = set(vocabulary().narrative.ways)
    return ways & set(a.qualifiers) == ways & set(b.qualifiers)


def _related(one: _Counted, row: _Row, alone: bool) -> bool:
    """Whether a number may be of a row: what it counts is in the row's name; or, `alone` in its unit, much of its
    name is in the sentence."""
    return bool(one.own & set(row.words)) or (alone and _share(row, one.words) >= SHARE)


def _agreements(one: _Counted, rows: Sequence[_Row], alone: bool) -> Iterator[Finding]:
    """The number is that of a row, of all years of a row, or of several rows together."""
    related = sorted((row for row in rows if _related(one, row, alone)), key=lambda row: -_share(row, one.words))
    quantity = one.quantity
    for row in related:
        if quantity.value == row.amount.value and _same_unit(quantity, row.amount) and _same_way(quantity, row.amount):
            yield _agrees(one, [row], (row.now.raw,))
    for row in related:
        if len(row.all_years) > 1 and quantity.value == sum(each.value for each in row.all_years):
            yield _agrees(one, [row], tuple(str(each.value) for each in row.all_years), "all-years")
    alike = [row for row in related if _same_unit(quantity, row.amount) and _same_way(quantity, row.amount)]
    for several in _several(alike):
        if quantity.value == sum(row.amount.value for row in several):
            yield _agrees(one, several, tuple(row.now.raw for row in several))


def _several(rows: Sequence[_Row]) -> Iterator[tuple[_Row, ...]]:
    for count in range(2, MOST + 1):
        yield from combinations(rows[:8], count)


def _agrees(one: _Counted, rows: Sequence[_Row], figures: tuple[str, ...], variant: str = "row") -> Finding:
    names = tuple(dict.fromkeys(row.metric.name for row in rows))
    message = make_message(f"narrative-agrees.{variant}", text=one.fact.text, figures=figures, names=names)
    return _finding(message, one, rows)


def _sums(counted: Sequence[_Counted], rows: Sequence[_Row]) -> Iterator[tuple[tuple[_Counted, ...], Finding]]:
    """Numbers of one paragraph that together are a row's (28名 and 8名: 36名), and what is said of them."""
    for row in rows:
        like = [
            one
            for one in counted
            if _same_unit(one.quantity, row.amount)
            and _same_way(one.quantity, row.amount)
            and any(word in one.words for word in row.words)
        ]
        for count in range(2, MOST + 1):
            for several in combinations(like[:8], count):
                paragraphs = {one.fact.paragraph for one in several}
                if len(paragraphs) == 1 and sum(one.quantity.value for one in several) == row.amount.value:
                    said = {"texts": tuple(one.fact.text for one in several), "figure": row.now.raw}
                    message = make_message("narrative-agrees.several", **said, name=row.metric.name)
                    yield several, _finding(message, several[0], [row])


def _disagreements(one: _Counted, rows: Sequence[_Row], counted: Sequence[_Counted]) -> Iterator[Finding]:
    """Another number than the row's, where all words of its name, and no other number, are in the same sentence."""
    quantity = one.quantity
    for row in rows:
        rivals = [each for each in counted if each.own & one.own and _same_unit(each.quantity, quantity)]
        if (
            set(row.words) <= one.words
            and _head(row) in one.own
            and quantity.unit == row.amount.unit
            and quantity.qualifiers == row.amount.qualifiers
            and len(rivals) == 1
            and sum(set(other.words) <= one.words for other in rows) == 1
            and not any(quantity.value == each.value for each in row.all_years)
        ):
            said = {"text": one.fact.text, "figure": row.now.raw, "name": row.metric.name}
            yield _finding(make_message("narrative-disagrees.row", **said), one, [row])


def _head(row: _Row) -> str:
    """The last word of a name that is no doing (登録, 開催): the thing that is counted."""
    return next((word for word in reversed(row.words) if word not in vocabulary().narrative.doings), row.words[-1])


def _finding(message: Message, one: _Counted, rows: Sequence[_Row]) -> Finding:
    return make_finding(message, one.pointer, (*one.source, *(place for row in rows for place in row.now.source)))
