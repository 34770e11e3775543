"""Open changes: what of a report a person has still to decide on.

That is what differs between its golden file and the output, value by value, and what `accept` has left pending.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from extractor.diff.compare import SeriesOf, log_changes
from extractor.diff.leaves import PlaceNames, list_leaves_of_report, split_into_leaves
from extractor.diff.record_view import report_to_data, strip_places
from extractor.records.comparison import Change, ChangeKind
from extractor.records.pending import PendingLeaf, PendingReport
from extractor.records.pointer import (
    is_at_or_under,
    iterate_outwards,
    join_pointer,
    parent_pointer,
    resolve_pointer,
    split_pointer,
)
from extractor.records.report import Report
from extractor.records.review import Leaf
from extractor.records.spec import SPECS
from extractor.records.table_rows import TableRows
from extractor.records.terms import point_to_text

NOTHING_PENDING = PendingReport()
# Signs of a digest of two values.
DIGEST = 12
# What means nothing outside its report, by the words of its records.
_REFERENCES: Mapping[str, tuple[str, ...]] = {spec.record: spec.references for spec in SPECS.values()}
# What says in the other language what another field says: it is kept of what is pending, and compared with nothing.
_RENDERED: Mapping[str, tuple[str, ...]] = {spec.record: spec.rendered for spec in SPECS.values()}


@dataclass(frozen=True, slots=True)
class OpenChange:
    """A change to decide on.

    `place`: what it is of, by names. `subject`: the same, or what a finding or a correction points to. `origins`: what
    differs between the two files, of which it is a part or which goes with it; none where the golden file has the value
    as it was read.
    """

    change: Change
    place: str
    subject: str
    leaf: Leaf
    origins: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class OpenChanges:
    """All open changes of a report. `settled`: what differs and needs no decision, for it follows from a correction."""

    changes: tuple[OpenChange, ...]
    settled: tuple[Change, ...] = ()


def list_open_changes(
    left: Report | None, right: Report, series_of: SeriesOf, pending: PendingReport = NOTHING_PENDING
) -> OpenChanges:
    """List what is open of a report.

    Args:
        left: The golden file; None: there is none.
        right: The output.
        series_of: The accepted series of programmes.
        pending: What is pending of the report.

    Returns:
        The open changes, in the order of the output.
    """
    names = PlaceNames(report_to_data(right))
    old_names = names if left is None else PlaceNames(report_to_data(left))
    if left is None:
        changes, right_of = list_leaves_of_report(right), dict[str, str]()
    else:
        log = log_changes(left, right, series_of)
        changes, right_of = log.changes, log.list_counterparts()
    applied = {names.name_place(one.pointer) for one in right.corrections} & set(pending.corrected)
    settled, to_decide = list[Change](), list[Change]()
    for change in changes:
        (settled if _is_settled(change, names, old_names, applied) else to_decide).append(change)
    places = _Places(names, old_names, right_of)
    # Of a report without a golden file, nothing is to be kept.
    found = [
        places.open_change(leaf, origins if left is not None else ())
        for leaf, origins in _list_leaves(to_decide, right_of)
    ]
    all_read = changes if left is None else list_leaves_of_report(right)
    return OpenChanges(_add_pending(found, pending.leaves, names, all_read), tuple(settled))


def _list_leaves(changes: Sequence[Change], right_of: Mapping[str, str]) -> list[tuple[Change, tuple[Change, ...]]]:
    """List the leaves of changes, each with the changes that it is of; terms of a changed paragraph go with it."""
    known, leaves = set(right_of.values()), []
    going = _index_terms(changes)
    gone = {id(change) for terms in going.values() for change in terms}
    for change in changes:
        if id(change) not in gone:
            terms = {id(one): one for end in enumerate(_list_ends(change)) for one in going.get(end, ())}
            leaves += [(leaf, (change, *terms.values())) for leaf in split_into_leaves(change, known)]
    return leaves


def _index_terms(changes: Sequence[Change]) -> dict[tuple[int, str | None], list[Change]]:
    """Index the changes of terms by the side and the pointer of the changed paragraph in which they were found."""
    texts = {end for one in changes if one.record == "passage" for end in enumerate(_list_ends(one))}
    going: dict[tuple[int, str | None], list[Change]] = defaultdict(list)
    for change in changes:
        held = next((end for end in _list_paragraphs(change) if end in texts), None)
        if held is not None:
            going[held].append(change)
    return going


def _list_ends(change: Change) -> tuple[str | None, str | None]:
    return change.left_pointer, change.right_pointer


def _list_paragraphs(change: Change) -> list[tuple[int, str]]:
    """List where the text stands, on each side, in which a fact or an activity was found."""
    if change.record not in {"fact", "activity"}:
        return []
    ends = enumerate(zip(_list_ends(change), (change.before, change.after), strict=True))
    return [
        (side, point_to_text(pointer, value))
        for side, (pointer, value) in ends
        if pointer is not None and isinstance(value, dict)
    ]


def _is_settled(change: Change, names: PlaceNames, old_names: PlaceNames, corrected: set[str]) -> bool:
    """Tell whether a change is what follows from a correction that `accept` wrote and the output now has.

    That are its finding and record, the terms of its passage, and findings that are gone, of its programme or of what
    holds it.
    """
    if change.record in {"fact", "activity"}:
        here = names.name_place(parent_pointer(next(filter(None, reversed(_list_ends(change))), ""), 2))
        return any(is_at_or_under(place, here) for place in corrected)
    gone = change.after is None
    value, known = (change.before, old_names) if gone else (change.after, names)
    if change.record not in {"finding", "correction"} or not isinstance(value, dict):
        return False
    about = known.name_place(str(value["pointer"]))
    if change.record == "correction" or value["code"] == "corrected":
        return about in corrected
    return gone and any(_may_concern(about, place) for place in corrected)


def _may_concern(about: str, place: str) -> bool:
    """Tell whether a finding about one place may have to do with the value at another."""
    parts, other = split_pointer(about), split_pointer(place)
    within_programme = parts[:4] == other[:4] or "programmes" not in parts
    return within_programme and parts[:2] == other[:2][: len(parts[:2])]


@dataclass(frozen=True, slots=True)
class _Places:
    """The names of places of both sides: what is on the left alone is named by what holds it on the right."""

    names: PlaceNames
    old_names: PlaceNames
    right_of: Mapping[str, str]

    def open_change(self, change: Change, origins: tuple[Change, ...]) -> OpenChange:
        left, right = change.left_pointer, change.right_pointer
        place = self._name_left(left or "") if right is None else self.names.name_place(right)
        value, subject = change.before if change.after is None else change.after, place
        if change.record in {"finding", "correction"} and isinstance(value, dict):
            name = self._name_left if change.after is None else self.names.name_place
            subject = name(str(value["pointer"]))
        leaf = Leaf(key=make_key(place, change), follows=change.record == "report")
        return OpenChange(change, place, subject, leaf, origins)

    def _name_left(self, pointer: str) -> str:
        known = next((outer for outer in iterate_outwards(pointer) if outer in self.right_of), "")
        inner = split_pointer(self.old_names.name_place(pointer))[len(split_pointer(known)) :]
        return join_pointer(self.names.name_place(self.right_of.get(known, "")), *inner)


def make_key(place: str, change: Change | PendingLeaf) -> str:
    """Make the key by which a decision names a change.

    Args:
        place: What it is of, by names.
        change: The change, or what was kept of it as pending.

    Returns:
        The place, and a digest of the kind of change and of both values; not of where they are printed.
    """
    values = (_strip_value(change.record, change.before), _strip_value(change.record, change.after))
    return f"{place}#{_digest_values(change.kind, change.field, *values)}"


def _digest_values(*values: Any) -> str:
    text = json.dumps(values, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:DIGEST]


def _strip_value(record: str, value: Any) -> Any:
    """Return what a value says, whatever stands before it in its file, in one language."""
    return _leave_out(_strip_references(record, value), _RENDERED[record])


def _strip_references(record: str, value: Any) -> Any:
    return strip_places(_leave_out(value, _REFERENCES[record]))


def _leave_out(value: Any, names: Collection[str]) -> Any:
    return {name: inner for name, inner in value.items() if name not in names} if isinstance(value, dict) else value


def make_pending_leaf(open_change: OpenChange, state: Any, note: str, left: Report | None) -> PendingLeaf:
    """Make what is kept of a change that was not accepted.

    Args:
        open_change: The change.
        state: Whether it was refused or is open.
        note: The reviewer's text.
        left: The golden file; None: there is none.

    Returns:
        What `golden/pending.lock` holds of it.
    """
    change, leaf = open_change.change, open_change.leaf
    document, rows = leaf.before_sha256, leaf.before_rows
    if document is None and left is not None:
        document, rows = left.source.sha256, TableRows(left).find_row_of_change(change, 0)
    return PendingLeaf(
        place=open_change.place,
        kind=change.kind,
        record=change.record,
        field=change.field,
        labels=change.labels,
        state=state,
        note=note,
        before=_strip_references(change.record, change.before),
        after=_strip_references(change.record, change.after),
        before_sha256=document if change.before_source else None,
        before_source=change.before_source,
        before_rows=rows if change.before_source else (),
    )


def _add_pending(
    found: Sequence[OpenChange], kept: Sequence[PendingLeaf], names: PlaceNames, leaves: Iterable[Change]
) -> tuple[OpenChange, ...]:
    """Add to changes what was said of them before, and those whose value the golden file has as it was read."""
    by_place = {(leaf.place, *_tell_apart(leaf.kind)): leaf for leaf in kept}
    # A text is named by what it says: of one that is read in another way now, it is known what golden has.
    by_value = {
        _digest_values(parent_pointer(leaf.place), _strip_value(leaf.record, leaf.after)): place
        for place, leaf in by_place.items()
    }
    changes = []
    for one in found:
        place = one.place, *_tell_apart(one.change.kind)
        if place not in by_place:
            before = _strip_value(one.change.record, one.change.before)
            place = by_value.get(_digest_values(parent_pointer(one.place), before), place)
        leaf = by_place.pop(place, None)
        changes.append(one if leaf is None else _continue_pending(one, leaf))
    if not by_place:
        return tuple(changes)
    read = {leaf.right_pointer: leaf for leaf in leaves}
    held = list(filter(None, (_hold_as_read(leaf, names, read) for leaf in by_place.values())))
    places = {pointer: number for number, pointer in enumerate(read)}
    return tuple(_sort_by_place(changes, held, places))


def _tell_apart(kind: ChangeKind) -> tuple[bool, bool]:
    """Tell apart changes that may be at one place at once."""
    return kind == "removed", kind == "moved"


def _continue_pending(one: OpenChange, leaf: PendingLeaf) -> OpenChange:
    """Say of a change what was said of it before, and what was accepted before it, where that is not in golden."""
    change = one.change
    if _strip_value(change.record, change.before) != _strip_value(leaf.record, leaf.before):
        update: dict[str, Any] = {"kind": leaf.kind, "before": leaf.before, "before_source": ()}
        change = change.model_copy(update=update | ({"left_pointer": None} if leaf.kind == "added" else {}))
    if leaf.before_sha256 is not None:
        # Where it was accepted: a golden file of another edition may have it, but not where it is printed.
        change = change.model_copy(update={"before_source": leaf.before_source})
    key = make_key(one.place, change)
    # What was refused is a value: of another one, the note is all that still holds.
    state = leaf.state if key == make_key(leaf.place, leaf) else "open"
    said = {"key": key, "state": state, "note": leaf.note}
    printed = {"before_sha256": leaf.before_sha256, "before_rows": leaf.before_rows}
    return replace(one, change=change, leaf=one.leaf.model_copy(update=said | printed))


def _hold_as_read(leaf: PendingLeaf, names: PlaceNames, read: Mapping[str | None, Change]) -> OpenChange | None:
    """Make the change of what is pending and in the golden file as it was read; None: it is pending no more."""
    pointer, gone = names.find_place(leaf.place), leaf.kind == "removed"
    if (pointer is None) != gone:
        return None
    value = None if pointer is None else resolve_pointer(names.data, pointer)
    if leaf.kind in {"changed", "renamed"} and _strip_value(leaf.record, value) == _strip_value(
        leaf.record, leaf.before
    ):
        return None
    here = read.get(pointer)
    change = Change(
        kind=leaf.kind,
        record=leaf.record,
        field=leaf.field,
        labels=(here or leaf).labels,
        left_pointer=None if leaf.kind == "added" else pointer or leaf.place,
        right_pointer=pointer,
        before=leaf.before,
        after=value,
        before_source=(),
        after_source=here.after_source if here else (),
    )
    subject = leaf.place
    about = leaf.before if value is None else value
    if isinstance(about, dict) and "pointer" in about:
        subject = names.name_place(str(about["pointer"]))
    made = OpenChange(change, leaf.place, subject, Leaf(key="", follows=leaf.record == "report"), ())
    return _continue_pending(made, leaf)


def _sort_by_place(
    changes: Sequence[OpenChange], held: Sequence[OpenChange], places: Mapping[str | None, int]
) -> list[OpenChange]:
    """Put what is held as it was read among the changes, by the order of the output."""
    last, ranked = -1, []
    for one in changes:
        last = places.get(one.change.right_pointer, last)
        ranked.append((last, 0, one))
    ranked += [(places.get(one.change.right_pointer, len(places)), 1, one) for one in held]
    return [one for _, _, one in sorted(ranked, key=lambda each: each[:2])]
