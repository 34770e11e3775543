"""Alike: how much speaks for two records being the same one, where their names differ.

All scores are 0 where too little speaks for it: then one record is gone and another is new.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from extractor.diff.matching import Alike
from extractor.diff.records import Item
from extractor.grammar.normalize import key

# So much of all that can be compared must be alike, where more than the name can be; and of the name alone. Of the
# samples, programmes of one chapter that are not the same come to 0.67 at most (two trainings of one office, in nearly
# the same words), renamed ones to 0.84 at least: programmes have a bound of their own.
ENOUGH, PROGRAMME_ENOUGH, NAME_ENOUGH = 0.6, 0.7, 0.75
# What is worth nothing without likeness: the same place in the same document, the same number, budget, offices.
SAME_PLACE, SAME_BUDGET, SAME_NUMBER, SAME_OFFICES = 0.3, 0.1, 0.05, 0.05


@dataclass(frozen=True, slots=True)
class _Traits:
    """What a programme is known by."""

    name: str
    prose: str
    metrics: Mapping[str, Mapping[int, Any]]


def programmes_alike(lefts: Sequence[Item], rights: Sequence[Item], *, same_document: bool) -> Alike:
    """How alike programmes are, by name, prose and those metrics whose names no other programme of their side has."""
    traits = {("left", item.pointer): one for item, one in zip(lefts, _traits(lefts), strict=True)}
    traits |= {("right", item.pointer): one for item, one in zip(rights, _traits(rights), strict=True)}

    def alike(left: Item, right: Item) -> float:
        one, other = traits["left", left.pointer], traits["right", right.pointer]
        evidence: list[tuple[float, float]] = []
        if one.name and other.name:
            evidence.append((2, fuzz.ratio(one.name, other.name) / 100))
        if one.prose and other.prose:
            evidence.append((2, fuzz.ratio(one.prose, other.prose) / 100))
        if one.metrics and other.metrics:
            evidence.append(_metrics_in_common(one.metrics, other.metrics))
        same = _same(left.value, right.value, same_document=same_document)
        return _judged(evidence, same, PROGRAMME_ENOUGH)

    return alike


def _traits(items: Sequence[Item]) -> list[_Traits]:
    metrics = [
        {key(metric["name"]): _amounts(metric["observations"]) for metric in item.value["metrics"]} for item in items
    ]
    counts = Counter(name for named in metrics for name in named)
    return [
        _Traits(
            key(item.value["name"] or ""),
            "".join(text for passage in ("overview", "results") for text in item.value[passage]["paragraphs"]),
            {name: amounts for name, amounts in named.items() if counts[name] == 1},
        )
        for item, named in zip(items, metrics, strict=True)
    ]


def _metrics_in_common(
    one: Mapping[str, Mapping[int, Any]], other: Mapping[str, Mapping[int, Any]]
) -> tuple[float, float]:
    """The weight of this evidence, more where both tell of one year, and the share of metrics that are the same: by
    name, and by what is said of the years that both tell of."""
    common = one.keys() & other.keys()
    told = [share for name in common if (share := _same_amounts(one[name], other[name])) is not None]
    same = sum(told) + len(common) - len(told)
    return 2 if told else 1, 2 * same / (len(one) + len(other))


def _same_amounts(one: Mapping[int, Any], other: Mapping[int, Any]) -> float | None:
    """The share of the years that both tell of in which they say the same; None: there is none."""
    common = one.keys() & other.keys()
    return sum(one[year] == other[year] for year in common) / len(common) if common else None


def _same(left: Any, right: Any, *, same_document: bool) -> float:
    """What the same number, budget, offices and place are worth."""
    worth = 0.0
    if same_document and left["source"] and left["source"] == right["source"]:
        worth += SAME_PLACE
    for field, points in (("budget_thousand_yen", SAME_BUDGET), ("number", SAME_NUMBER), ("offices", SAME_OFFICES)):
        if left[field] and left[field] == right[field]:
            worth += points
    return worth


def metrics_alike(*, same_document: bool) -> Alike:
    """How alike two metrics of a programme are, by name and by what is said of the years that both have. It is this
    that joins rows of one name: between two of their values, another row may have been put."""

    def alike(left: Item, right: Item) -> float:
        names = fuzz.ratio(key(left.value["name"]), key(right.value["name"])) / 100
        evidence: list[tuple[float, float]] = [(3, names)]
        one, other = (_amounts(item.value["observations"]) for item in (left, right))
        if (same := _same_amounts(one, other)) is not None:
            evidence.append((2, same))
        more = SAME_NUMBER if left.value["row"] == right.value["row"] else 0.0
        if same_document and left.value["source"] == right.value["source"]:
            more += SAME_PLACE
        return _judged(evidence, more)

    return alike


def _amounts(observations: Iterable[Any]) -> dict[int, Any]:
    """What is said of each year: the amounts, or what is printed instead."""
    return {
        one["fiscal_year"]: [(amount["value"], amount["unit"]) for amount in one["quantities"]] or one["raw"]
        for one in observations
    }


def chapters_alike(left: Item, right: Item) -> float:
    """How alike two chapters are, by title and the names of their programmes."""
    evidence: list[tuple[float, float]] = []
    if left.value["title"] and right.value["title"]:
        evidence.append((1, fuzz.ratio(left.value["title"], right.value["title"]) / 100))
    one, other = (_names(item.value["programmes"]) for item in (left, right))
    if one and other:
        evidence.append((2, _shared(one, other)))
    return _judged(evidence, 0.0)


def headed_alike(field: str, texts: str) -> Alike:
    """How alike two records are, by the name that `field` is and by the list of texts under it."""

    def alike(left: Item, right: Item) -> float:
        evidence: list[tuple[float, float]] = []
        if left.value[field] and right.value[field]:
            evidence.append((1, fuzz.ratio(left.value[field], right.value[field]) / 100))
        one, other = ("".join(item.value[texts]) for item in (left, right))
        if one and other:
            evidence.append((1, fuzz.ratio(one, other) / 100))
        return _judged(evidence, 0.0)

    return alike


def _judged(evidence: Sequence[tuple[float, float]], more: float, enough: float = ENOUGH) -> float:
    """The weighted mean of the evidence and what comes on top, if that is enough."""
    if not evidence:
        return 0.0
    score = sum(weight * value for weight, value in evidence) / sum(weight for weight, _ in evidence) + more
    return score if score >= (enough if len(evidence) > 1 else NAME_ENOUGH) else 0.0


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))


def _names(programmes: Iterable[Any]) -> frozenset[str]:
    return frozenset(key(programme["name"]) for programme in programmes if programme["name"])
