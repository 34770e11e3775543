"""Records of a report with their pointers, walked by the specs of `spec`: no step nests loops over them by hand."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, TypeVar

from extractor.records.pointer import join_pointer
from extractor.records.report import Programme, Record, Report
from extractor.records.spec import SPECS, RecordSpec

_Record = TypeVar("_Record", bound=Record)


def walk_records(report: Report, model: type[_Record]) -> Iterator[tuple[str, _Record]]:
    """Iterate all records of a class, in the order of the file.

    Args:
        report: The report.
        model: The class, one that has a spec: `Policy`, `Programme`, `Passage`, `Metric`, `Observation` ….

    Yields:
        The pointer to each record, and the record.
    """
    yield from _walk_into(report, SPECS[Report], "", model)


def list_programmes(report: Report) -> list[Programme]:
    """List the programmes of all chapters, in the order of the file."""
    return [programme for _, programme in walk_records(report, Programme)]


def _walk_into(record: Any, spec: RecordSpec, pointer: str, model: type[_Record]) -> Iterator[tuple[str, _Record]]:
    for name in _fields_towards(spec.model, model):
        value, child = getattr(record, name), spec.children[name]
        field = join_pointer(pointer, name)
        held = (
            [(field, value)]
            if isinstance(value, Record)
            else [(join_pointer(field, i), v) for i, v in enumerate(value)]
        )
        for here, inner in held:
            if isinstance(inner, model):
                yield here, inner
            yield from _walk_into(inner, child, here, model)


def _point_to_elements(pointer: str, records: Sequence[Any]) -> dict[str, Any]:
    return {join_pointer(pointer, index): record for index, record in enumerate(records)}


@cache
def _fields_towards(holder: type[Record], model: type[Record]) -> tuple[str, ...]:
    """Return the fields of a record in which records of a class are, at any depth."""
    children = SPECS[holder].children.items()
    return tuple(name for name, child in children if child.model is model or _fields_towards(child.model, model))
