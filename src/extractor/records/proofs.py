"""Proofs: by what a value is confirmed besides the reading itself.

In: a report, and proofs of its values. Out: the report with them. docs/trust.md says what each is worth.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import islice
from typing import NamedTuple

from extractor.records.report import Metric, Observation, Programme, Report
from extractor.records.walk import walk_records

# All kinds, in the order in which they are written. The last two depend on what was accepted: `run` sets `edition`
# never, and `hand` only where a person corrected the value beside its input.
PROOFS = ("engine", "ink", "sum", "whole", "change", "prose", "edition", "hand")
# The field of a programme's budget, as its pointer ends.
BUDGET = "budget_thousand_yen"


class Proof(NamedTuple):
    """What confirms a value: the pointer to the observation or budget, and the kind."""

    pointer: str
    kind: str


def add_proofs(report: Report, proofs: Iterable[Proof], *, keep: bool = True) -> Report:
    """Add proofs to the values of a report.

    Args:
        report: The report.
        proofs: What confirms its values. What points to no observation and no budget is left out.
        keep: The proofs that the values have already stay; otherwise they have the new ones alone.

    Returns:
        The report; each value has every kind once, in the order of `PROOFS`.
    """
    kinds: dict[str, set[str]] = defaultdict(set)
    for pointer, kind in (*(list_proofs(report) if keep else ()), *proofs):
        kinds[pointer].add(kind)
    programmes = iter(
        [_add_to_programme(programme, pointer, kinds) for pointer, programme in walk_records(report, Programme)]
    )
    policies = (
        policy.model_copy(update={"programmes": tuple(islice(programmes, len(policy.programmes)))})
        for policy in report.policies
    )
    return report.model_copy(update={"policies": tuple(policies)})


def _add_to_programme(programme: Programme, pointer: str, kinds: Mapping[str, Collection[str]]) -> Programme:
    def sort_kinds(place: str) -> tuple[str, ...]:
        return tuple(kind for kind in PROOFS if kind in kinds.get(f"{pointer}/{place}", ()))

    def add_to_metric(metric: Metric, place: str) -> Metric:
        values = (
            value.model_copy(update={"proofs": sort_kinds(f"{place}/observations/{index}")})
            for index, value in enumerate(metric.observations)
        )
        return metric.model_copy(update={"observations": tuple(values)})

    metrics = (add_to_metric(metric, f"metrics/{index}") for index, metric in enumerate(programme.metrics))
    return programme.model_copy(update={"metrics": tuple(metrics), "budget_proofs": sort_kinds(BUDGET)})


def index_proofs(report: Report) -> dict[str, tuple[str, ...]]:
    """Index the proofs of a report's values by the pointers to these: to observations, and to budgets that are known.

    A value that nothing proves has an empty tuple.
    """
    values = {pointer: value.proofs for pointer, value in walk_records(report, Observation)}
    budgets = {
        f"{pointer}/{BUDGET}": programme.budget_proofs
        for pointer, programme in walk_records(report, Programme)
        if programme.budget_thousand_yen is not None
    }
    return values | budgets


def list_proofs(report: Report) -> list[Proof]:
    """List the proofs of a report's values, value by value."""
    return [Proof(pointer, kind) for pointer, kinds in index_proofs(report).items() for kind in kinds]


def count_proofs(report: Report) -> dict[str, int]:
    """Count the values that were read, those that have each proof, and those that nothing but the reading speaks for.

    A dash and a blank are no values here.

    Returns:
        The counts, by `values`, the kinds of `PROOFS` in their order, and `none`.
    """
    unread = {pointer for pointer, value in walk_records(report, Observation) if value.status != "read"}
    read = [proofs for pointer, proofs in index_proofs(report).items() if pointer not in unread]
    counts = {kind: sum(kind in proofs for proofs in read) for kind in PROOFS}
    return {"values": len(read), **counts, "none": sum(not proofs for proofs in read)}
