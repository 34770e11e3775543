"""Check: what a report says against itself. Each finding has a stable code; docs/findings.md says what each means."""

from collections.abc import Sequence

from extractor.check.metrics import check_metrics
from extractor.check.recognition import check_recognition
from extractor.check.structure import check_structure
from extractor.link import Pair
from extractor.model.layout import LaidDoubt
from extractor.model.record import Finding, LineSpan, PageBox, Report

__all__ = ["check"]


def check(report: Report, linked: Sequence[Sequence[Pair]], doubts: Sequence[LaidDoubt] = ()) -> Report:
    """The report with all its findings, ordered by where they stand; `linked` are the pairs of each chapter, `doubts`
    what recognition was not sure of."""
    found = [*report.findings, *check_structure(report, linked), *check_metrics(report)]
    found += check_recognition(report, doubts)
    return report.model_copy(update={"findings": tuple(sorted(found, key=_order))})


def _order(finding: Finding) -> tuple[object, ...]:
    place = finding.source[0] if finding.source else None
    if isinstance(place, PageBox):
        return (place.page, place.bbox[1], place.bbox[0], finding.pointer, finding.code, finding.message)
    if isinstance(place, LineSpan):
        return (place.line, 0.0, 0.0, finding.pointer, finding.code, finding.message)
    return (0, 0.0, 0.0, finding.pointer, finding.code, finding.message)
