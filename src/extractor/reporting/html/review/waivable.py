"""Waivable: which findings of an output can be waived on the review page, and which were waived in another edition."""

from collections.abc import Sequence
from typing import Any

from extractor.checks.waivers import describe_waived, find_expired, report_as_data
from extractor.records.edition import Waiver
from extractor.records.labels import label_pointer
from extractor.records.pointer import split_pointer
from extractor.records.report import Finding, Report
from extractor.reporting.i18n import Language, message_in, word
from extractor.reporting.terminal import name_place


class Waivable:
    """The findings of an output that count, with the waivers that they had in other editions."""

    def __init__(self, report: Report | None, waivers: Sequence[Waiver], language: Language) -> None:
        findings = report.findings if report else ()
        self._data = report_as_data(report) if report else {}
        self._language: Language = language
        expired = find_expired(findings, waivers, report) if report else {}
        self._found = {(one.code, one.pointer, one.message): expired.get(at) for at, one in enumerate(findings)}
        self._renewals = [(findings[at], waiver) for at, waiver in expired.items() if findings[at].severity != "info"]

    def describe(self, finding: Finding) -> dict[str, Any]:
        """Describe whether and how a finding can be waived.

        Args:
            finding: A finding of either side. One of the accepted file that is gone from the output cannot be waived.

        Returns:
            Whether it can; the place by which a list of several names it; the field that it is about, by which others
            are like it; and the reason that was given in another edition, where one was.
        """
        about = finding.code, finding.pointer, finding.message
        if about not in self._found:
            return {"waivable": False}
        names = [part for part in split_pointer(finding.pointer) if not part.isdecimal()]
        waiver = self._found[about]
        return {
            "waivable": True,
            "place": self._name(finding),
            "field": names[-1] if names else "",
            "before": waiver and waiver.reason,
        }

    def list_renewals(self) -> list[dict[str, Any]]:
        """List the findings that say the same as when they were waived in another edition, with the reason given."""
        return [
            {
                "code": finding.code,
                "pointer": finding.pointer,
                "place": self._name(finding),
                "title": word(self._language, "codes", finding.code),
                "message": message_in(finding, self._language),
                "reason": waiver.reason,
            }
            for finding, waiver in self._renewals
            if waiver.about == describe_waived(finding, self._data)
        ]

    def _name(self, finding: Finding) -> str:
        return name_place(label_pointer(self._data, finding.pointer), self._language)
