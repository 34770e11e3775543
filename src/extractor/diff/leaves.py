"""Leaves: the values of what is new, each as a change of its own, and names of places that outlive a new reading."""

import hashlib
from collections import Counter, deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from extractor.diff.prose import view_passage_texts
from extractor.diff.record_view import RecordView, report_to_data
from extractor.records.comparison import Change, Labels
from extractor.records.labels import label_pointer, label_record
from extractor.records.pointer import iterate_outwards, join_pointer, split_pointer
from extractor.records.report import Passage, Report
from extractor.records.spec import SPECS, RecordSpec, spec_of, specs_by_field

# So many signs of a text, and of the digest of a longer one, stand in a name.
NAME, DIGEST = 16, 6
# The lists of texts.
_TEXTS = {name for spec in SPECS.values() for name in spec.fields_of_kind("texts")}
# What is said of most metrics and printed of none; as of fields that need not be there, only another value is a leaf.
_QUIET = {"part_of": None, "is_total": False, "row": 1}


def list_leaves_of_report(report: Report) -> list[Change]:
    """List all that a report holds, each value as a change that adds it."""
    data = report_to_data(report)
    view, spec = RecordView(data), spec_of(Report)
    names = ["report", *(name for name in spec.fields_of_kind("records"))]
    return [_label_by_subject(leaf, data) for name in names for leaf in _list_field(spec, view, name, Labels(), ())]


def _label_by_subject(leaf: Change, data: Any) -> Change:
    """Label what is said of another place (a finding, a correction) by that."""
    if leaf.record not in {"finding", "correction"} or not isinstance(leaf.after, dict):
        return leaf
    return leaf.model_copy(update={"labels": label_pointer(data, str(leaf.after["pointer"]))})


def split_into_leaves(change: Change, known: Collection[str]) -> Iterator[Change]:
    """Split a record that was added into its values; another change is given as it is.

    Args:
        change: The change.
        known: Where on the right records stand that are on the left too: they are none of what was added.

    Yields:
        A change for each value, and for each record that is compared as a whole.
    """
    spec = _SPECS_BY_WORD.get(change.record)
    if change.kind != "added" or change.field is not None or spec is None or spec.atomic:
        yield change
        return
    view = RecordView(change.after, change.right_pointer or "", [place.model_dump() for place in change.after_source])
    yield from _list_record(spec, view, change.labels, known)


_SPECS_BY_WORD = {spec.record: spec for spec in SPECS.values()}


def _list_record(spec: RecordSpec, view: RecordView, labels: Labels, known: Collection[str]) -> Iterator[Change]:
    if spec.atomic:
        yield _add_value(spec, None, view, labels)
        return
    for name in spec.fields:
        yield from _list_field(spec, view, name, labels, known)


def _list_field(
    spec: RecordSpec, view: RecordView, name: str, labels: Labels, known: Collection[str]
) -> Iterator[Change]:
    """List the leaves of a field; ids, places, proofs, parts of a name and terms of prose follow from the rest."""
    kind, child = spec.fields[name], spec.children.get(name)
    if _follows_from_rest(spec, name, view.value[name]):
        return
    if kind == "texts":
        view_texts = view_passage_texts if spec.model is Passage else RecordView.view_elements
        yield from (_add_value(spec, name, text, labels) for text in view_texts(view, name))
    elif child is None:
        yield _add_value(spec, name, view.view_field(name), labels)
    elif kind == "record":
        inner = labels.model_copy(update={child.label: name}) if child.label else labels
        yield from _list_record(child, view.view_field(name), inner, known)
    elif "paragraph" not in child.references:
        for element in view.view_elements(name):
            if element.pointer not in known:
                yield from _list_record(child, element, label_record(labels, child, element.value), known)


def _follows_from_rest(spec: RecordSpec, name: str, value: Any) -> bool:
    """Tell whether a field needs no look of its own: it is made of others, or says what it mostly says."""
    usual = _QUIET.get(name, spec.model.model_fields[name].default)
    return spec.fields[name] in {"id", "place", "rendered"} or name in spec.made_of_name or bool(value == usual)


def _add_value(spec: RecordSpec, name: str | None, view: RecordView, labels: Labels) -> Change:
    return Change(
        kind="added",
        record=spec.record,
        field=name,
        labels=labels,
        left_pointer=None,
        right_pointer=view.pointer,
        before=None,
        after=view.value,
        before_source=(),
        after_source=tuple(view.source),
    )


@dataclass(slots=True)
class PlaceNames:
    """The places of a report's JSON by names: a pointer with an id, a name, a year or a text in place of each index."""

    data: Any
    _elements: dict[str, list[str]] = field(default_factory=dict)

    def name_place(self, pointer: str) -> str:
        """Name the place that a pointer leads to, as far as it leads to something.

        >>> PlaceNames({"policies": [{"id": "2024-1", "title": "産業"}]}).name_place("/policies/0/title")
        '/policies/2024-1/title'
        """
        value, name, at, list_name = self.data, "", "", ""
        for part in split_pointer(pointer):
            if isinstance(value, list):
                index = int(part) if part.isdecimal() and int(part) < len(value) else None
                name = join_pointer(name, part if index is None else self._name_elements(at, list_name, value)[index])
                value = None if index is None else value[index]
            else:
                name, list_name = join_pointer(name, part), part
                value = value.get(part) if isinstance(value, dict) else None
            at = join_pointer(at, part)
        return name

    def find_place(self, name: str) -> str | None:
        """Find the pointer to the place of a name; None where there is no such place."""
        value, at, list_name = self.data, "", ""
        for part in split_pointer(name):
            if isinstance(value, list):
                names = self._name_elements(at, list_name, value)
                if part not in names:
                    return None
                step: str | int = names.index(part)
            elif isinstance(value, dict) and part in value:
                step = list_name = part
            else:
                return None
            value, at = value[step], join_pointer(at, step)
        return at

    def label_place(self, name: str) -> tuple[Labels, str | None]:
        """Label a place by its name, also where there is no such place any more.

        Args:
            name: The name of a place.

        Returns:
            The labels, and the field that it is of; None: it is a record.
        """
        pointers = filter(None, map(self.find_place, iterate_outwards(name)))
        known = label_pointer(self.data, next(pointers, ""))
        said: dict[str, Any] = {}
        last: str | None = None
        parts = deque(split_pointer(name))
        while parts:
            last = part = parts.popleft()
            spec = specs_by_field().get(part)
            # In a chapter, the field of this name holds texts.
            if part in _TEXTS and parts and parts[0] not in Passage.model_fields:
                parts.popleft()
            elif spec is not None and spec.label != "passage" and parts:
                said |= _label_element(spec, parts.popleft())
                last = None
        return Labels.model_validate(said | known.model_dump(exclude_none=True)), last

    def _name_elements(self, at: str, list_name: str, elements: list[Any]) -> list[str]:
        if at not in self._elements:
            # What points into its own list is named by its index.
            self._elements[at] = [str(index) for index in range(len(elements))]
            spec, seen, names = specs_by_field().get(list_name), Counter[str](), []
            for index, element in enumerate(elements):
                is_record = spec is not None and isinstance(element, dict)
                name = (self._name_record(spec, element) if is_record and spec else _name_text(element)) or str(index)
                seen[name] += 1
                names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
            self._elements[at] = names
        return self._elements[at]

    def _name_record(self, spec: RecordSpec, record: dict[str, Any]) -> str:
        """Name a record of a list; "" where nothing of it tells it from another."""
        if "pointer" in spec.references:
            return " ".join([record.get("code", ""), *split_pointer(self.name_place(record["pointer"]))]).strip()
        if spec.id_made_of:
            return str(record["id"])
        said = ("paragraph", "start", "text", "predicate") if spec.name is None else (spec.name,)
        return " ".join(str(record[name]) for name in said if record.get(name) is not None)


def _label_element(spec: RecordSpec, name: str) -> dict[str, Any]:
    """Label a record of a list by its name in a place; nothing where it is no label."""
    if spec.label == "fiscal_year":
        return {spec.label: int(name)} if name.isdecimal() else {}
    return {} if spec.label is None else {spec.label: name}


def _name_text(element: Any) -> str:
    """Name a text or an office of a list by how it begins, and a long one by a digest besides."""
    text = str(element.get("division", "")) if isinstance(element, dict) else str(element)
    if len(text) <= NAME:
        return text
    return f"{text[:NAME]}… {hashlib.sha256(text.encode()).hexdigest()[:DIGEST]}"
