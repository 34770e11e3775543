"""Merge: a new reading of a report in which some values are kept as they were accepted.

What says where it stands by its place in the file (a finding's pointer, a metric's id) follows.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

from pydantic import ValidationError

from extractor.diff.compare import SeriesOf, compare_reports, log_changes, no_series
from extractor.diff.record_view import report_to_data, strip_places
from extractor.records.comparison import Change
from extractor.records.pointer import iterate_outwards, join_pointer, last_part, parent_pointer, resolve_pointer
from extractor.records.report import Passage, Report
from extractor.records.spec import SPECS, RecordSpec, spec_of
from extractor.records.terms import TERM_FIELDS, point_to_text, take_terms
from extractor.records.walk import list_programmes

_Data = dict[str, Any]
# A record or text of a new list: where it stood on the left and on the right, and whether the left one is taken.
_Element = tuple[str | None, str | None, bool]
_TERMS = ("fact", "activity")
_SPEC_OF_WORD = {spec.record: spec for spec in SPECS.values()}


def keep_accepted(
    left: Report, right: Report, kept: Sequence[Change], series_of: SeriesOf = no_series
) -> tuple[Report, tuple[Change, ...]]:
    """Take a report as it was read anew, but for values that are kept as they were.

    Kept can be another value or name, and what is gone. What is new, what stands elsewhere, and what is of the report
    as a whole is taken as it was read; so is what cannot be kept without what else differs.

    Args:
        left: The report as it was accepted.
        right: The report as it was read anew.
        kept: Those of the changes between them of which the left side is kept, if it can be.
        series_of: The accepted series of programmes, as the changes were found by them.

    Returns:
        The new report, and those of `kept` that are kept: it differs from `right` by them and by nothing else.
    """
    kept = [change for change in kept if _can_be_kept(change)]
    right_of = log_changes(left, right, series_of).list_counterparts() if kept else {}
    while kept:
        result = _merge_reports(left, right, right_of, kept)
        if result is None:
            break
        found = Counter(map(_sign_change, compare_reports(result, right, series_of).changes))
        wanted = Counter(map(_sign_change, kept))
        if found == wanted:
            return result, tuple(kept)
        # What is read in another way than it was meant is of these programmes, or else of all.
        odd = set(map(itemgetter(3), (found - wanted) + (wanted - found)))
        others = [change for change in kept if change.labels.programme not in odd]
        kept = others if len(others) < len(kept) else []
    return right, ()


def _can_be_kept(change: Change) -> bool:
    spec = _SPEC_OF_WORD[change.record]
    if change.record in _TERMS:
        return True
    if change.record in {"report", "finding", "unplaced", "correction"} or change.kind in {"added", "moved"}:
        return False
    return change.field is None or (
        spec.fields[change.field] in {"value", "name", "texts"} and change.field not in (spec.id_made_of or ())
    )


def _sign_change(change: Change) -> tuple[str, str, str | None, str | None, str]:
    """Tell a change from others by what it says; of a term of prose, by its kind alone."""
    values = [] if change.record in _TERMS else [strip_places(change.before), strip_places(change.after)]
    kind = "" if change.record in _TERMS else change.kind
    text = json.dumps(values, ensure_ascii=False, sort_keys=True)
    return kind, change.record, change.field, change.labels.programme, text


def _merge_reports(left: Report, right: Report, right_of: Mapping[str, str], kept: Sequence[Change]) -> Report | None:
    """Make the new report; None: it would be none, or name two programmes alike."""
    data = _Merge(report_to_data(left), report_to_data(right), right_of, kept).merge_report()
    try:
        result = Report.model_validate(data)
    except ValidationError:
        return None
    return None if _count_repeated_ids(result) > _count_repeated_ids(right) else result


def _count_repeated_ids(report: Report) -> int:
    """Count the programmes that have an id that another has too."""
    ids = [programme.id for programme in list_programmes(report)]
    return len(ids) - len(set(ids))


class _Merge:
    """Two reports that are walked together, by the specs of their records."""

    def __init__(self, left: _Data, right: _Data, right_of: Mapping[str, str], kept: Sequence[Change]) -> None:
        self._left, self._right = left, right
        self._left_of = {after: before for before, after in right_of.items()}
        self._kept = {change.left_pointer for change in kept}
        self._terms = [change for change in kept if change.record in _TERMS]
        # Whether anything is kept in what stands there on the left.
        self._touched = {outer for change in kept for outer in iterate_outwards(change.left_pointer)}
        self._touched |= {self._to_left(outer) for one in self._terms for outer in iterate_outwards(one.right_pointer)}
        # Where what was on the right is in the new report.
        self._new_of: dict[str, str] = {}

    def _to_left(self, pointer: str) -> str:
        """Turn a pointer into the right side into one into the left, as far as what it leads through is there."""
        known = next((outer for outer in iterate_outwards(pointer) if outer in self._left_of), "")
        return self._left_of.get(known, "") + pointer[len(known) :]

    def merge_report(self) -> _Data:
        """Make the new report."""
        data, children = dict(self._right), spec_of(Report).children
        for name in ("policies", "case_studies"):
            data[name] = self._merge_list(children[name], *[join_pointer("", name)] * 3)
        for name, child in children.items():
            if "pointer" in child.references:
                data[name] = [one | {"pointer": self._follow_pointer(one["pointer"])} for one in data[name]]
        return data

    def _merge_list(self, spec: RecordSpec, left: str, right: str, new: str) -> list[_Data]:
        merged = []
        for index, (before, after, _) in enumerate(self._order_elements(left, right)):
            here = join_pointer(new, index)
            if after is None:
                merged.append(resolve_pointer(self._left, before or ""))
                continue
            self._new_of[after] = here
            if before is None or before not in self._touched:
                merged.append(resolve_pointer(self._right, after))
            else:
                merged.append(self._merge_record(spec, before, after, here))
        return merged

    def _order_elements(self, left: str, right: str) -> list[_Element]:
        """Order a list: the elements of the right, and those kept of the left behind what they stood behind."""
        rights = [join_pointer(right, index) for index in range(len(resolve_pointer(self._right, right)))]
        order: list[_Element] = [
            (before, after, before in self._kept) for after in rights for before in [self._left_of.get(after)]
        ]
        behind = 0
        for index in range(len(resolve_pointer(self._left, left))):
            pointer = join_pointer(left, index)
            present = next((at for at, element in enumerate(order) if element[0] == pointer), None)
            if present is not None:
                behind = present + 1
            elif pointer in self._kept:
                order.insert(behind, (pointer, None, True))
                behind += 1
        return order

    def _merge_record(self, spec: RecordSpec, left: str, right: str, new: str) -> _Data:
        """Make a record that is on both sides."""
        mine: _Data = resolve_pointer(self._left, left)
        made: _Data = dict(resolve_pointer(self._right, right))
        if spec.atomic:
            return mine if left in self._kept else made
        made |= self._take_kept_values(spec, left, mine, made)
        for name, kind in spec.fields.items():
            ends = [join_pointer(pointer, name) for pointer in (left, right, new)]
            if kind == "records":
                made[name] = self._merge_list(spec.children[name], *ends)
                self._renumber_ids(spec.children[name], made, name)
            elif kind == "record" and ends[0] in self._touched:
                merge = self._merge_passage if spec.children[name].model is Passage else self._merge_record
                made[name] = merge(spec.children[name], *ends)
            elif kind == "texts":
                made[name] = [self._resolve_element(element) for element in self._order_elements(ends[0], ends[1])]
        return made

    def _take_kept_values(self, spec: RecordSpec, left: str, mine: _Data, made: _Data) -> _Data:
        """Take the values of the left that are kept, what is made of them, and where they stand."""
        names = {name for name in mine if join_pointer(left, name) in self._kept and spec.fields[name] != "records"}
        if spec.name in names:
            names.update(spec.made_of_name)
        taken = {name: mine[name] for name in names}
        if "sources" in made:
            taken["sources"] = made["sources"] | {name: mine["sources"][name] for name in names & set(mine["sources"])}
        return taken

    def _resolve_element(self, element: _Element) -> Any:
        before, after, kept = element
        return resolve_pointer(self._left, before or "") if kept else resolve_pointer(self._right, after or "")

    @staticmethod
    def _renumber_ids(spec: RecordSpec, made: _Data, name: str) -> None:
        """Give the records of a list new ids, where these follow from their order."""
        if spec.numbered_id:
            numbered = enumerate(made[name], start=1)
            made[name] = [record | {"id": f"{made['id']}{spec.numbered_id}{number}"} for number, record in numbered]

    def _merge_passage(self, spec: RecordSpec, left: str, right: str, new: str) -> _Data:
        """Make a passage: each paragraph and note of either side, with the terms that were found in it."""
        del new
        mine, other = resolve_pointer(self._left, left), resolve_pointer(self._right, right)
        made, places = dict(other), []
        for name in spec.fields_of_kind("texts"):
            ends = join_pointer(left, name), join_pointer(right, name)
            elements = self._order_elements(*ends)
            made[name] = [self._resolve_element(element) for element in elements]
            places += [self._find_places(element, name, mine, other) for element in elements]
            self._merge_terms(made, name, [(mine, other), ends, elements])
        if all(place is not None for place in places):
            made["source"] = places
        return made

    @staticmethod
    def _find_places(element: _Element, name: str, mine: _Data, other: _Data) -> Any:
        """Find the box of a text; None where its passage has not one for each."""
        before, after, kept = element
        passage, pointer = (mine, before) if kept else (other, after)
        count = len(passage["paragraphs"])
        if len(passage["source"]) != count + len(passage["notes"]):
            return None
        return passage["source"][int(last_part(pointer or "")) + (count if name == "notes" else 0)]

    def _merge_terms(self, made: _Data, texts: str, both: Any) -> None:
        """Put what was found in each paragraph or note into a passage, from the side that it is taken of."""
        (mine, other), (left, right), elements = both
        kept = {(change.left_pointer is None, _point_to_text(change, left, right)) for change in self._terms}
        facts: list[_Data] = []
        activities: list[_Data] = []
        for index, (before, after, is_kept) in enumerate(elements):
            old = is_kept or (False, before) in kept or (True, after) in kept
            side, pointer = (mine, before) if old else (other, after)
            own = take_terms(side, texts, int(last_part(pointer or "")), index, len(facts))
            facts += own[0]
            activities += own[1]
        made |= dict(zip(TERM_FIELDS[texts], (facts, activities), strict=True))

    def _follow_pointer(self, pointer: str) -> str:
        """Turn a pointer into the right side into one into the new report."""
        rest, outer = [], pointer
        while outer and outer not in self._new_of:
            rest.append(last_part(outer))
            outer = parent_pointer(outer)
        return join_pointer(self._new_of.get(outer, ""), *reversed(rest))


def _point_to_text(change: Change, left: str, right: str) -> str | None:
    """Give the pointer to the text of a term, where that is one of these paragraphs or notes."""
    alone = change.left_pointer is None
    pointer, value, texts = (
        (change.right_pointer, change.after, right) if alone else (change.left_pointer, change.before, left)
    )
    place = point_to_text(pointer or "", value) if isinstance(value, dict) else None
    return place if place is not None and parent_pointer(place) == texts else None
