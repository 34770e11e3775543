"""A value of a report's JSON, with the pointer to it and the place where it is printed."""

import json
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from extractor.records.pointer import join_pointer
from extractor.records.report import Report

# Fields of a programme that have no source of their own: the field that is printed at the same place.
_PRINTED_WITH = {"number": "name"}
# Where something stands, or what follows from that.
_PLACES = frozenset({"id", "source", "sources"})


def report_to_data(report: Report) -> dict[str, Any]:
    """Dump a report as JSON data.

    Those lists are in it too that are not written where they are empty.
    """
    return {"corrections": [], **report.model_dump(mode="json")}


@dataclass(frozen=True, slots=True)
class RecordView:
    """A value, its RFC 6901 pointer, and its source.

    A value without a source has the source of what holds it.

    `marks`: what identifies the record besides its fields, by the names that `KeyPart` lists, without their @.
    """

    value: Any
    pointer: str = ""
    source: Sequence[Any] = ()
    marks: Mapping[str, Hashable] = field(default_factory=dict)

    def view_field(self, name: str) -> "RecordView":
        """View a field of this record."""
        printed = self.value.get("sources") or {}
        source = printed.get(_PRINTED_WITH.get(name, name)) or find_source(self.value[name]) or self.source
        return RecordView(self.value[name], join_pointer(self.pointer, name), source)

    def view_elements(self, name: str) -> "list[RecordView]":
        """View the elements of a list that this record has."""
        whole = self.view_field(name)
        return [
            RecordView(value, join_pointer(whole.pointer, index), find_source(value) or whole.source)
            for index, value in enumerate(whole.value)
        ]

    def with_marks(self, **marks: Hashable) -> "RecordView":
        """Copy the view with further marks."""
        return replace(self, marks={**self.marks, **marks})

    def may_be(self, view: "RecordView") -> bool:
        """Tell whether the two may be one record.

        They may, where no two different series of them were accepted.
        """
        own, foreign = self.marks.get("series"), view.marks.get("series")
        return own is None or foreign is None or own == foreign


def find_source(value: Any) -> Sequence[Any]:
    """Find a record's own source.

    Of a programme without a block it is the place of its name in the list.
    """
    if not isinstance(value, dict):
        return ()
    own = value.get("source")
    if own and isinstance(own, list):
        return own
    names: Sequence[Any] = (value.get("sources") or {}).get("name") or ()
    return names


def strip_places(value: Any) -> Any:
    """Copy a value without ids and sources: what it says, and not where that stands."""
    if isinstance(value, dict):
        return {name: strip_places(inner) for name, inner in value.items() if name not in _PLACES}
    return [strip_places(inner) for inner in value] if isinstance(value, list) else value


def content_to_text(value: Any) -> str:
    """Write what a value says as a text by which values can be ordered.

    The order of the values in a file does not matter.
    """
    return json.dumps(strip_places(value), ensure_ascii=False, sort_keys=True)
