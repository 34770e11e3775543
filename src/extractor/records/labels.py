"""Labels: what a reader calls the place of a record, as the records' specs name them."""

from collections.abc import Mapping
from typing import Any

from extractor.records.comparison import Labels
from extractor.records.pointer import split_pointer
from extractor.records.spec import RecordSpec, specs_by_field


def label_record(holder: Labels, spec: RecordSpec, record: Mapping[str, Any]) -> Labels:
    """Label a record of a list.

    Args:
        holder: The labels of what holds it.
        spec: Its spec.
        record: Its JSON.

    Returns:
        The holder's labels and its own, where records of this kind have one.
    """
    if spec.label is None or spec.name is None:
        return holder
    name = record[spec.name]
    if spec.label_fallback is not None:
        name = name or str(record[spec.label_fallback])
    return holder.model_copy(update={spec.label: name})


def label_pointer(report: Any, pointer: str) -> Labels:
    """Label what a pointer leads to.

    Args:
        report: The JSON of a report.
        pointer: A pointer into it; what of it leads to nothing is left out.

    Returns:
        The labels of all that it leads through.
    """
    labels, value, field = Labels(), report, ""
    for part in split_pointer(pointer):
        is_element = isinstance(value, list)
        value, field = _step_into(value, part), field if is_element else part
        spec = specs_by_field().get(field) if isinstance(value, dict) else None
        if spec is not None and is_element:
            labels = label_record(labels, spec, value)
        elif spec is not None and spec.label == "passage":
            labels = labels.model_copy(update={"passage": field})
    return labels


def _step_into(value: Any, part: str) -> Any:
    """Take the field or element that a part of a pointer names; None where there is none."""
    if isinstance(value, dict):
        return value.get(part)
    is_index = isinstance(value, list) and part.isdecimal() and part.isascii() and int(part) < len(value)
    return value[int(part)] if is_index else None
