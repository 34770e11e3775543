"""New: a report that there was not, as a comparison.

All that the report holds is added in it.
"""

from extractor.diff.compare import compare_reports
from extractor.records.comparison import Change, Comparison, Labels
from extractor.records.report import Report


def compare_new(report: Report) -> Comparison:
    """Compare what a new report holds, as added, to a report of the same chapters with nothing in them."""
    comparison = compare_reports(_empty_report(report), report)
    return comparison.model_copy(update={"changes": (_add_head(report), *comparison.changes)})


def _empty_report(report: Report) -> Report:
    """Return the report with its chapters and nothing in them."""
    emptied = {"overview": (), "initiatives": (), "subtotal_thousand_yen": None, "programmes": ()}
    chapters = tuple(chapter.model_copy(update=emptied) for chapter in report.policies)
    nothing = dict.fromkeys(("case_studies", "findings", "unplaced", "corrections"), ())
    return report.model_copy(update={"policies": chapters, **nothing})


def _add_head(report: Report) -> Change:
    """Make the change that says that there is a report at all."""
    head = report.model_dump(mode="json")["report"]
    return Change(
        kind="added",
        record="report",
        field=None,
        labels=Labels(),
        left_pointer=None,
        right_pointer="/report",
        before=None,
        after=head,
        before_source=(),
        after_source=(),
    )
