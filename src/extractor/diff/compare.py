"""Compare: two reports become what differs between them, record by record.

A record is what it is by its name, number, year or text, never by its index (docs/comparison.md).
"""

from collections.abc import Callable, Mapping

from extractor.diff.case_studies import compare_cases
from extractor.diff.cause import explained
from extractor.diff.change_log import Journal, Twins
from extractor.diff.chapters import compare_chapters
from extractor.diff.findings_and_unplaced import compare_corrections, compare_findings, compare_unplaced
from extractor.diff.records import Item, data_of
from extractor.records.comparison import Comparison, Labels, Side
from extractor.records.report import Report

__all__ = ["SeriesOf", "compare", "explained", "journal_of", "no_series"]

# The series that programmes of a report have by what was accepted (`golden/series.toml`), by their pointers.
SeriesOf = Callable[[Report], Mapping[str, str]]


def no_series(report: Report) -> Mapping[str, str]:
    """Nothing was accepted of any programme."""
    del report
    return {}


def compare(left: Report, right: Report, series_of: SeriesOf = no_series) -> Comparison:
    """All differences of two reports, without their causes; none of a report with itself.

    Programmes of one series are one, and those of two different series are not.
    """
    sides = (Side.of(left.report, left.source), Side.of(right.report, right.source))
    return Comparison(left=sides[0], right=sides[1], changes=tuple(journal_of(left, right, series_of).changes))


def journal_of(left: Report, right: Report, series_of: SeriesOf = no_series) -> Journal:
    """All differences of two reports, and which of their records are the same."""
    journal = Journal(same_document=left.source.sha256 == right.source.sha256)
    report = Twins(Item(data_of(left)), Item(data_of(right)))
    if report.left.value != report.right.value:
        _compare_head(journal, report)
        compare_chapters(journal, report, (series_of(left), series_of(right)))
        compare_cases(journal, report)
        compare_findings(journal, report)
        compare_unplaced(journal, report)
        compare_corrections(journal, report)
    return journal


def _compare_head(journal: Journal, report: Twins) -> None:
    """What the file is and what the report is; each field is one change, the input file a single one."""
    journal.write_field("report", "schema_version", Labels(), report)
    journal.write_field("report", "source", Labels(), report)
    head = report.at("report")
    for name in head.left.value:
        journal.write_field("report", name, Labels(), head)
