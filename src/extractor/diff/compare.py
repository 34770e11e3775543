"""Compare two reports: what differs between them, record by record.

A record is what it is by its name, number, year or text, never by its index (docs/comparison.md).
"""

from collections.abc import Callable, Mapping

from extractor.diff.cause import add_causes
from extractor.diff.change_log import ChangeLog, MatchedRecords
from extractor.diff.chapters import compare_chapters
from extractor.diff.record_comparison import compare_children, compare_record
from extractor.diff.record_view import RecordView, report_to_data
from extractor.diff.references import compare_case_studies, compare_pointing_records
from extractor.records.comparison import Comparison, Labels, Side
from extractor.records.report import Report
from extractor.records.spec import spec_of

__all__ = ["SeriesOf", "add_causes", "compare_reports", "log_changes", "no_series"]

# The series that programmes of a report have by what was accepted (`golden/series.toml`), by their pointers.
SeriesOf = Callable[[Report], Mapping[str, str]]


def no_series(report: Report) -> Mapping[str, str]:
    """Say that no series was accepted of any programme."""
    del report
    return {}


def compare_reports(left: Report, right: Report, series_of: SeriesOf = no_series) -> Comparison:
    """Compare two reports, without the causes of what differs.

    Programmes of one series are one, and those of two different series are not.

    Args:
        left: One report.
        right: Another one, or another reading of it.
        series_of: The accepted series of a report's programmes.

    Returns:
        All differences; none of a report with itself.
    """
    sides = (Side.from_report(left.report, left.source), Side.from_report(right.report, right.source))
    return Comparison(left=sides[0], right=sides[1], changes=tuple(log_changes(left, right, series_of).changes))


def log_changes(left: Report, right: Report, series_of: SeriesOf = no_series) -> ChangeLog:
    """Find all differences of two reports, and which of their records are the same.

    Args:
        left: One report.
        right: Another one, or another reading of it.
        series_of: The accepted series of a report's programmes.

    Returns:
        The log of the changes and counterparts.
    """
    log = ChangeLog(same_document=left.source.sha256 == right.source.sha256)
    spec = spec_of(Report)
    report = MatchedRecords(spec, Labels(), RecordView(report_to_data(left)), RecordView(report_to_data(right)))
    if report.left.value == report.right.value:
        return log
    for name in spec.fields_of_kind("value"):
        if report.differ_in(name):
            log.write_field(report, name)
    compare_record(log, report.view_record("report"))
    compare_chapters(log, report, (series_of(left), series_of(right)))
    compare_case_studies(log, report)
    compare_pointing_records(log, report, "findings")
    compare_children(log, report, "unplaced", ordered=False)
    compare_pointing_records(log, report, "corrections")
    return log
