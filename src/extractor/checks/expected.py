"""Checks of how much a report holds, against what a person counted on its pages."""

from collections.abc import Iterator

from extractor.document.geometry import merge_places
from extractor.records.edition import Expected
from extractor.records.messages import make_finding, make_message
from extractor.records.report import Finding, Report


def check_expected(report: Report, expected: Expected) -> Iterator[Finding]:
    """Compare how many records a report has with what is expected.

    Args:
        report: What was read.
        expected: Counts of policies, programmes, metrics and case studies; None: not counted.

    Yields:
        A finding for each count that is another.
    """
    chapters = merge_places(place for policy in report.policies for place in policy.source)
    cases = merge_places(place for case in report.case_studies for place in case.source)
    programmes = [programme for policy in report.policies for programme in policy.programmes]
    held = {
        "policies": len(report.policies),
        "programmes": len(programmes),
        "metrics": sum(len(programme.metrics) for programme in programmes),
        "case_studies": len(report.case_studies),
    }
    for name, count in held.items():
        if (wanted := getattr(expected, name)) not in {None, count}:
            message = make_message(f"expected-count.{name}", wanted=wanted, count=count)
            of_cases = name == "case_studies"
            yield make_finding(
                message, *(("/case_studies", cases or chapters) if of_cases else ("/policies", chapters))
            )
