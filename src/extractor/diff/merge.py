"""Merge: a report as it was accepted becomes one in which some of what differs is taken from another reading.

What says where it stands by its place in the file (a finding's pointer, a metric's id) follows.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from extractor.diff.compare import SeriesOf, compare_reports, log_changes, no_series
from extractor.diff.record_view import report_to_data
from extractor.diff.selection import ChangeSelection
from extractor.errors import CannotTake
from extractor.records.comparison import Change
from extractor.records.pointer import join_pointer, last_part, parent_pointer, resolve_pointer
from extractor.records.report import Report
from extractor.records.spec import RecordSpec, spec_of
from extractor.records.walk import list_programmes

__all__ = ["CannotTake", "merge_changes"]

_Data = dict[str, Any]


def merge_changes(
    left: Report,
    right: Report,
    changes: Sequence[Change],
    chosen: Sequence[Change],
    series_of: SeriesOf = no_series,
) -> Report:
    """Apply some of the changes between two reports to the left one.

    Args:
        left: The report that the changes are applied to.
        right: The report that they lead to.
        changes: All that differs.
        chosen: Those of `changes` that are applied.
        series_of: The accepted series of programmes, as `changes` were found by them.

    Returns:
        The new report: it differs from the left one by `chosen`, and from the right one by the others.

    Raises:
        CannotTake: They cannot be taken without others.
    """
    if len(chosen) == len(changes):
        return right
    if not chosen:
        return left
    _refuse_foundations(changes)
    selection = ChangeSelection(changes, chosen, log_changes(left, right, series_of).list_counterparts())
    data = _Merge(report_to_data(left), report_to_data(right), selection).merge_report()
    try:
        result = Report.model_validate(data)
    except ValidationError as error:
        raise CannotTake(f"what would come of it is no report: {error.errors()[0]['msg']}") from None
    others = _count_kinds(changes) - _count_kinds(chosen)
    there, on = compare_reports(left, result, series_of), compare_reports(result, right, series_of)
    if _count_kinds(there.changes) != _count_kinds(chosen) or _count_kinds(on.changes) != others:
        raise CannotTake("other changes follow from these: take them together, or the report whole")
    if _count_repeated_ids(result) > max(_count_repeated_ids(left), _count_repeated_ids(right)):
        raise CannotTake("two programmes would have the same id: take their changes together")
    return result


def _refuse_foundations(changes: Sequence[Change]) -> None:
    for change in changes:
        if change.record == "report" or (change.record == "policy" and change.field in {None, "id", "number"}):
            what = change.record if change.field is None else f"{change.record} {change.field}"
            raise CannotTake(f"the {what} differs, on which all else rests: the report is taken whole or not at all")


def _count_repeated_ids(report: Report) -> int:
    """Count the programmes that have an id that another has too."""
    ids = [programme.id for programme in list_programmes(report)]
    return len(ids) - len(set(ids))


def _count_kinds(changes: Sequence[Change]) -> Counter[tuple[str, str, str | None]]:
    return Counter((change.kind, change.record, change.field) for change in changes)


class _Merge:
    """Two reports that are walked together, by the specs of their records."""

    def __init__(self, left: _Data, right: _Data, selection: ChangeSelection) -> None:
        self._left, self._right, self._selection = left, right, selection
        # Where what was on either side is in the new report.
        self._new_of_left: dict[str, str] = {}
        self._new_of_right: dict[str, str] = {}

    def merge_report(self) -> _Data:
        """Make the new report."""
        data = dict(self._left)
        children = spec_of(Report).children
        for name in spec_of(Report).fields_of_kind("records"):
            data[name] = self._merge_list(children[name], *[join_pointer("", name)] * 3, with_place=False)
        for name, child in children.items():
            if "pointer" in child.references:
                self._follow_pointers(data, name)
        return data

    def _merge_list(self, spec: RecordSpec, left: str, right: str, new: str, *, with_place: bool) -> list[_Data]:
        """Make a list of records: those kept, of both sides, and those taken, each behind what it stands behind."""
        merged = []
        for index, (before, after) in enumerate(self._order_records(left, right)):
            here = join_pointer(new, index)
            if before is not None:
                self._new_of_left[before] = here
            if after is not None:
                self._new_of_right[after] = here
            if before is None or after is None:
                side, pointer = (self._left, before) if before is not None else (self._right, after or "")
                merged.append(resolve_pointer(side, pointer))
            else:
                merged.append(self._merge_record(spec, before, after, here, with_place=with_place))
        return merged

    def _order_records(self, left: str, right: str) -> list[tuple[str | None, str | None]]:
        selection = self._selection
        lefts = [join_pointer(left, index) for index in range(len(resolve_pointer(self._left, left)))]
        order: list[tuple[str | None, str | None]] = [
            (pointer, selection.right_of.get(pointer))
            for pointer in lefts
            if not selection.takes_removal(pointer) and not selection.takes_reordering(pointer)
        ]
        behind = -1
        for index in range(len(resolve_pointer(self._right, right))):
            pointer = join_pointer(right, index)
            match = selection.left_of.get(pointer)
            present = next((at for at, pair in enumerate(order) if pair[1] == pointer), None)
            if present is not None:
                behind = present
            elif selection.takes_added(pointer) or (match is not None and selection.takes_reordering(match)):
                behind += 1
                order.insert(behind, (match, pointer))
        return order

    def _merge_record(self, spec: RecordSpec, left: str, right: str, new: str, *, with_place: bool) -> _Data:
        """Make a record of both sides; `with_place`: it is taken that what holds it stands elsewhere."""
        selection = self._selection
        mine: _Data = resolve_pointer(self._left, left)
        other: _Data = resolve_pointer(self._right, right)
        with_place = selection.takes_place(left) or (with_place and not spec.independent)
        if spec.atomic:
            with_place = with_place or ("pointer" in other and selection.takes_move_around(other["pointer"]))
            made = other if selection.takes_value(left) else mine
        else:
            made = mine | selection.take_fields(spec, left, mine, other)
        if with_place:
            made = made | {name: other[name] for name in spec.fields_of_kind("place")}
        for name, kind in spec.fields.items() if not spec.atomic else ():
            field_left, field_right = join_pointer(left, name), join_pointer(right, name)
            if kind == "records":
                made[name] = self._merge_list(
                    spec.children[name], field_left, field_right, join_pointer(new, name), with_place=with_place
                )
                self._renumber_ids(spec.children[name], made, mine, name)
            elif kind in {"texts", "record"}:
                made[name] = selection.take_together(
                    field_left, field_right, mine[name], other[name], with_place=with_place and kind == "record"
                )
        return made

    @staticmethod
    def _renumber_ids(spec: RecordSpec, made: _Data, mine: _Data, name: str) -> None:
        """Give the records of a list new ids, where these follow from the list and its holder, and one has changed."""
        ids = [record.get("id") for record in made[name]]
        if spec.numbered_id and (made["id"] != mine["id"] or ids != [record["id"] for record in mine[name]]):
            numbered = enumerate(made[name], start=1)
            made[name] = [record | {"id": f"{made['id']}{spec.numbered_id}{number}"} for number, record in numbered]

    def _follow_pointers(self, data: _Data, name: str) -> None:
        """Let findings or corrections point to where things are in the new report."""
        left_of_new = {here: pointer for pointer, here in self._new_of_left.items()}
        followed = []
        for index, record in enumerate(data[name]):
            before = left_of_new.get(join_pointer("", name, index))
            taken = before is None or self._selection.takes_value(before)
            known, origin = (self._new_of_right, self._right) if taken else (self._new_of_left, self._left)
            followed.append(record | {"pointer": _follow_pointer(record["pointer"], known, origin, data)})
        data[name] = followed


def _leads_somewhere(data: Any, pointer: str) -> bool:
    try:
        resolve_pointer(data, pointer)
    except LookupError:
        return False
    return True


def _follow_pointer(pointer: str, new_of: dict[str, str], origin: _Data, data: _Data) -> str:
    """Turn a pointer into `origin` into one into the new report; CannotTake where what it points to is not in it."""
    rest, outer = [], pointer
    while outer and outer not in new_of:
        rest.append(last_part(outer))
        outer = parent_pointer(outer)
    target = join_pointer(new_of.get(outer, ""), *reversed(rest))
    if _leads_somewhere(origin, pointer) and not _leads_somewhere(data, target):
        raise CannotTake(f"a finding or correction points to {pointer}, which is not taken")
    return target
