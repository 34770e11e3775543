"""Change groups: the open changes of a report by what they are about. One decision may be for all of a group."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Literal

from extractor.baseline.open_changes import OpenChange
from extractor.diff.leaves import PlaceNames
from extractor.diff.record_view import report_to_data
from extractor.records.comparison import Labels
from extractor.records.pointer import is_at_or_under, join_pointer, split_pointer
from extractor.records.report import Finding, PageBox, Report
from extractor.records.review import ChangeGroup

_GroupRecord = Literal["report", "policy", "programme", "case_study"]
# Of a place, the parts that name its group, and what the group is; the first that fits.
_HOLDERS: tuple[tuple[int, tuple[str, ...], _GroupRecord], ...] = (
    (4, ("policies", "programmes"), "programme"),
    (2, ("policies",), "policy"),
    (2, ("case_studies",), "case_study"),
)
_GRAVITY = ("error", "warning")


def group_changes(changes: Sequence[OpenChange], right: Report) -> tuple[ChangeGroup, ...]:
    """Group the open changes of a report.

    Args:
        changes: The changes, in the order of the output.
        right: The output.

    Returns:
        The groups, those with errors first, then those with warnings, else in the order of the output.
    """
    names = PlaceNames(report_to_data(right))
    doubts = [
        (names.name_place(finding.pointer), finding)
        for finding in right.findings
        if finding.severity in _GRAVITY and not getattr(finding, "waived", None)
    ]
    by_group: dict[str, list[tuple[str, Finding]]] = defaultdict(list)
    for place, finding in doubts:
        by_group[_name_group(place)[0]].append((place, finding))
    members: dict[tuple[str, _GroupRecord], list[int]] = defaultdict(list)
    for index, one in enumerate(changes):
        members[_name_group(one.subject)].append(index)
    groups = [
        ChangeGroup(
            name=name,
            record=record,
            labels=_label_group(record, changes[indices[0]].change.labels),
            changes=tuple(indices),
            findings=tuple(finding for _, finding in by_group[name]),
            clean=record == "programme" and _is_clean(name, by_group, [changes[index] for index in indices]),
        )
        for (name, record), indices in members.items()
    ]
    return tuple(sorted(groups, key=_rank_gravity))


def _name_group(place: str) -> tuple[str, _GroupRecord]:
    parts = split_pointer(place)
    for length, lists, record in _HOLDERS:
        if len(parts) >= length and tuple(parts[:length:2]) == lists:
            return join_pointer("", *parts[:length]), record
    return "", "report"


def _label_group(record: _GroupRecord, labels: Labels) -> Labels:
    """Keep those labels that name the group."""
    kept = {"programme": ("policy", "programme"), "policy": ("policy",), "case_study": ("case_study",)}.get(record, ())
    return Labels.model_validate({name: getattr(labels, name) for name in kept})


def _is_clean(
    programme: str, doubts: Mapping[str, Sequence[tuple[str, Finding]]], changes: Sequence[OpenChange]
) -> bool:
    """Tell whether all of a programme is new and nothing speaks against it.

    Findings about its chapter (小計) or the whole report are about its figures too. What was recognised in a picture
    is looked at in any case.
    """
    chapter = _name_group(join_pointer("", *split_pointer(programme)[:2]))[0]
    around = [*doubts.get(programme, ()), *doubts.get(chapter, ())]
    around += [(place, finding) for place, finding in doubts.get("", ()) if is_at_or_under(programme, place)]
    return not around and all(
        one.change.kind == "added" and not any(_is_recognised(place) for place in one.change.after_source)
        for one in changes
    )


def _is_recognised(place: object) -> bool:
    return isinstance(place, PageBox) and place.recognised


def _rank_gravity(group: ChangeGroup) -> int:
    return min((_GRAVITY.index(finding.severity) for finding in group.findings), default=len(_GRAVITY))
