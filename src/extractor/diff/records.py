"""Item: a value of a report's JSON with the pointer to it and the place where it is printed."""

import json
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from extractor.records.report import Report

# Fields of a programme that have no source of their own: what says where they are printed.
_PRINTED_WITH = {"number": "name"}
# What says where something stands, or follows from where: not what it says.
_PLACES = frozenset({"id", "source", "sources"})


def data_of(report: Report) -> dict[str, Any]:
    """A report's JSON with all its lists, those too that are not written where they are empty."""
    return {"corrections": [], **report.model_dump(mode="json")}


@dataclass(frozen=True, slots=True)
class Item:
    """A value, its RFC 6901 pointer, and its source; of a value without a source, that of what holds it.

    `home` is the same on both sides for records of things that were already joined (a chapter, a paragraph); None
    where that does not matter, or what holds the record is on one side only. `series`: that of a programme,
    where one was accepted.
    """

    value: Any
    pointer: str = ""
    source: Sequence[Any] = ()
    home: Hashable = None
    series: str | None = None

    def at(self, name: str) -> "Item":
        """A field of this record."""
        return Item(self.value[name], f"{self.pointer}/{name}", self._source_of(name))

    def each(self, name: str) -> "list[Item]":
        """The elements of a list that this record has."""
        field = self.at(name)
        return [
            Item(value, f"{field.pointer}/{index}", source_of(value) or field.source)
            for index, value in enumerate(field.value)
        ]

    def may_be(self, other: "Item") -> bool:
        """Whether it is not known that the two are different things."""
        return self.series is None or other.series is None or self.series == other.series

    def _source_of(self, name: str) -> Sequence[Any]:
        printed = self.value.get("sources") or {}
        return printed.get(_PRINTED_WITH.get(name, name)) or source_of(self.value[name]) or self.source


def source_of(value: Any) -> Sequence[Any]:
    """A record's own source; of a programme without a block, the place of its name in the list."""
    if not isinstance(value, dict):
        return ()
    own = value.get("source")
    if own and isinstance(own, list):
        return own
    names: Sequence[Any] = (value.get("sources") or {}).get("name") or ()
    return names


def content(value: Any) -> Any:
    """What a record says, without where it stands."""
    if isinstance(value, dict):
        return {name: content(one) for name, one in value.items() if name not in _PLACES}
    return [content(one) for one in value] if isinstance(value, list) else value


def canonical(value: Any) -> str:
    """What a record says, as a text by which records can be ordered whatever their order in a file."""
    return json.dumps(content(value), ensure_ascii=False, sort_keys=True)
