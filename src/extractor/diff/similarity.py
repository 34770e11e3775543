"""Similarity: how much speaks for two records being the same one, where their names differ.

In: the measures of a record's spec. Out: a score, 0 where too little speaks for it: then one record is gone and another
is new.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from rapidfuzz import fuzz

from extractor.diff.matching import Similarity
from extractor.diff.record_view import RecordView
from extractor.grammar.normalize import comparison_key as comparison_key
from extractor.records.spec import RecordSpec, SimilarityMeasure

# A weight, and the share of what is compared that is the same.
_Evidence = tuple[float, float]


def make_similarity(
    spec: RecordSpec, lefts: Sequence[RecordView], rights: Sequence[RecordView], *, same_document: bool
) -> Similarity | None:
    """Make the similarity of two lists' records, as their spec measures it.

    Args:
        spec: The records' spec.
        lefts: All records of one side: metrics count only if no other record of their side has one of that name.
        rights: All records of the other side.
        same_document: Both sides were read from the same bytes: the same place says that it is the same record.

    Returns:
        The similarity; None where records of this kind are known by their keys alone.
    """
    if not spec.measures:
        return None
    traits = [_collect_traits(spec, views) for views in (lefts, rights)]

    def measure_similarity(left: RecordView, right: RecordView) -> float:
        sides = zip(spec.measures, traits[0][left.pointer], traits[1][right.pointer], strict=True)
        evidence = [found for measure, *both in sides if (found := _weigh_evidence(measure, *both)) is not None]
        if not evidence:
            return 0.0
        score = sum(weight * share for weight, share in evidence) / sum(weight for weight, _ in evidence)
        score += _add_same_values(spec, left.value, right.value, same_document=same_document)
        return score if score >= (spec.enough if len(evidence) > 1 else spec.enough_alone) else 0.0

    return measure_similarity


def _collect_traits(spec: RecordSpec, views: Sequence[RecordView]) -> dict[str, list[Any]]:
    """Collect what each record is measured by, in the order of the measures, by the records' pointers."""
    traits = {view.pointer: [_read_trait(measure, view.value) for measure in spec.measures] for view in views}
    for place, measure in enumerate(spec.measures):
        if measure.measure == "figures":
            counts = Counter(name for own in traits.values() for name in own[place])
            for own in traits.values():
                own[place] = {name: amounts for name, amounts in own[place].items() if counts[name] == 1}
    return traits


def _read_trait(measure: SimilarityMeasure, record: Mapping[str, Any]) -> Any:
    value: Any = record[measure.field] or ""
    match measure.measure:
        case "text":
            return value
        case "folded":
            return comparison_key(value)
        case "prose":
            return "".join(_join_prose(record[name]) for name in (measure.field, *measure.also))
        case "names":
            return frozenset(comparison_key(name) for name in filter(None, map(itemgetter("name"), value)))
        case "figures":
            return {comparison_key(metric["name"]): _read_amounts(metric["observations"]) for metric in value}
        case "amounts":
            return _read_amounts(value)


def _join_prose(field: Mapping[str, Any] | Sequence[str]) -> str:
    """Join the paragraphs of a passage, or the texts of a list."""
    return "".join(field["paragraphs"] if isinstance(field, Mapping) else field)


def _read_amounts(observations: Iterable[Any]) -> dict[int, Any]:
    """Read what is said of each year: the amounts, or what is printed instead."""
    return {
        observation["fiscal_year"]: [(amount["value"], amount["unit"]) for amount in observation["quantities"]]
        or observation["raw"]
        for observation in observations
    }


def _weigh_evidence(measure: SimilarityMeasure, left: Any, right: Any) -> _Evidence | None:
    """Compare a trait of two records; None: it says nothing of them."""
    if measure.measure == "amounts":
        share = _share_same_amounts(left, right)
        return None if share is None else (measure.weight, share)
    if not (left and right) and not measure.required:
        return None
    if measure.measure == "names":
        return measure.weight, 2 * len(left & right) / (len(left) + len(right))
    if measure.measure == "figures":
        return _weigh_figures(measure.weight, left, right)
    return measure.weight, fuzz.ratio(left, right) / 100


def _weigh_figures(weight: float, left: Mapping[str, Any], right: Mapping[str, Any]) -> _Evidence:
    """Find the share of metrics that are the same, by name and by what is said of the years that both tell of."""
    common = left.keys() & right.keys()
    told = [share for name in common if (share := _share_same_amounts(left[name], right[name])) is not None]
    same = sum(told) + len(common) - len(told)
    return weight * (2 if told else 1), 2 * same / (len(left) + len(right))


def _share_same_amounts(left: Mapping[int, Any], right: Mapping[int, Any]) -> float | None:
    """Return the share of the years that both tell of in which they say the same; None: there is none."""
    common = left.keys() & right.keys()
    return sum(left[year] == right[year] for year in common) / len(common) if common else None


def _add_same_values(spec: RecordSpec, left: Any, right: Any, *, same_document: bool) -> float:
    """Add up what the same place and the same values are worth."""
    worth = 0.0
    if spec.same_place and same_document and left["source"] and left["source"] == right["source"]:
        worth += spec.same_place
    for name, share in spec.same_values.items():
        if left[name] and left[name] == right[name]:
            worth += share
    return worth
