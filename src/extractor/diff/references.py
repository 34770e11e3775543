"""Records that refer to others.

Findings and corrections do so by a pointer, case studies by a programme's id.
"""

import json
from collections.abc import Callable

from extractor.diff.change_log import ChangeLog, MatchedRecords
from extractor.diff.record_comparison import compare_children
from extractor.diff.record_view import RecordView
from extractor.records.comparison import Labels
from extractor.records.labels import label_pointer
from extractor.records.report import AppliedCorrection, Finding

_SAID_BY_CORRECTION = ("printed", "correct", "reason", "date")
# Marks a record of the left side (True) or of the right one.
_Marking = Callable[[RecordView, bool], RecordView]


def compare_pointing_records(log: ChangeLog, report: MatchedRecords, name: str) -> None:
    """Compare findings or corrections, when all that they point to is compared.

    Their order says nothing.

    Args:
        log: Where the changes are written.
        report: The report on both sides.
        name: The list of the report.
    """
    model = report.spec.children[name].model

    rendered = dict.fromkeys(report.spec.children[name].rendered)

    def mark_view(view: RecordView, left: bool) -> RecordView:
        value = view.value
        unmoved = model is Finding and log.same_document and value["source"]
        said = [value[field] for field in _SAID_BY_CORRECTION] if model is AppliedCorrection else None
        return view.with_marks(
            target=log.name_target(value["pointer"], left=left),
            unmoved=json.dumps(value | rendered, sort_keys=True) if unmoved else None,
            said=json.dumps(said) if said else None,
            left=left,
        )

    def label_view(view: RecordView) -> Labels:
        return label_pointer((report.left if view.marks["left"] is True else report.right).value, view.value["pointer"])

    views = _mark_sides(report, name, mark_view)
    compare_children(log, report, name, views, label_view, ordered=False)


def compare_case_studies(log: ChangeLog, report: MatchedRecords) -> None:
    """Compare all case studies of a report, whose programmes are compared already.

    Args:
        log: Where the changes are written.
        report: The report on both sides.
    """
    pointers = {True: _point_to_programmes(report.left), False: _point_to_programmes(report.right)}

    def mark_view(view: RecordView, left: bool) -> RecordView:
        programme_id = view.value["programme_id"]
        pointer = pointers[left].get(programme_id)
        target = log.name_target(pointer, left=left) if pointer else programme_id
        return view.with_marks(target=target, has_target=pointer is not None)

    compare_children(log, report, "case_studies", _mark_sides(report, "case_studies", mark_view))


def _mark_sides(report: MatchedRecords, name: str, mark: _Marking) -> tuple[list[RecordView], list[RecordView]]:
    return (
        [mark(view, True) for view in report.left.view_elements(name)],
        [mark(view, False) for view in report.right.view_elements(name)],
    )


def _point_to_programmes(report: RecordView) -> dict[str, str]:
    """Return the pointers to the programmes, by their ids; of two with one id, to the first."""
    programmes = [view for chapter in report.view_elements("policies") for view in chapter.view_elements("programmes")]
    return {view.value["id"]: view.pointer for view in reversed(programmes)}
