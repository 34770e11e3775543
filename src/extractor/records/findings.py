"""Findings of reports, listed for people and programs: grouped by what they mean, each with its place in words."""

from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from extractor.records.comparison import Labels
from extractor.records.labels import label_pointer
from extractor.records.pointer import iterate_outwards
from extractor.records.proofs import index_proofs
from extractor.records.report import Finding, InputFile, Programme, Record, Report, Severity
from extractor.records.walk import walk_records

FINDINGS_VERSION = "1.1"


class StrictModel(BaseModel):
    """What all parts of the table have in common: nothing unknown in them."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Bilingual(StrictModel):
    """A text in both languages."""

    en: str
    ja: str


class LocatedFinding(Record):
    """A finding of one report. `labels`: what a reader calls the place that its pointer leads to.

    `programme_id` and `programme_number` are those of the programme in which it is; None: it is in none. `proofs`: what
    else confirms the value that it is about; None: it is about no value.
    """

    report: str
    labels: Labels
    programme_id: str | None
    programme_number: int | None
    finding: Finding
    proofs: tuple[str, ...] | None = None


class FindingGroup(Record):
    """The findings of one code and severity, those that count before those that are waived.

    `title`: the code's name in Japanese. `meaning`: what it means that such a finding is there. `action`: what to do.
    """

    code: str
    severity: Severity
    title: str
    meaning: Bilingual
    action: Bilingual
    findings: tuple[LocatedFinding, ...]


class SearchedReport(Record):
    """A report that was asked for.

    `source`: the file that it was read from; None: its findings are not known. `why`: why they are not known, or are
    those of an older reading.
    """

    report: str
    source: InputFile | None
    why: Bilingual | None = None


class FindingList(Record):
    """The findings of reports: groups by severity, errors first, and then in the order in which codes are documented.

    `of`: whether they are those of the last run or of the accepted files.
    """

    schema_version: str = Field(default=FINDINGS_VERSION)
    of: Literal["output", "golden"]
    reports: tuple[SearchedReport, ...]
    groups: tuple[FindingGroup, ...]

    def list_findings(self) -> list[LocatedFinding]:
        """List all findings, in the order of the groups."""
        return [one for group in self.groups for one in group.findings]

    @property
    def exit_code(self) -> int:
        """0 no finding that counts is an error, 1 some is, 2 of some report it could not be told."""
        if any(report.why for report in self.reports):
            return 2
        return int(any(one.finding.severity == "error" and not one.finding.waived for one in self.list_findings()))


def locate_findings(name: str, report: Report) -> Iterator[LocatedFinding]:
    """Locate the findings of a report.

    Args:
        name: The name of the report's files.
        report: The report.

    Yields:
        Each of its findings, with what a reader calls its place.
    """
    data = report.model_dump(mode="json", exclude={"findings"}) if report.findings else {}
    programmes = dict(walk_records(report, Programme))
    proofs = index_proofs(report) if report.findings else {}
    for finding in report.findings:
        around = (programmes[pointer] for pointer in iterate_outwards(finding.pointer) if pointer in programmes)
        programme = next(around, None)
        yield LocatedFinding(
            report=name,
            labels=label_pointer(data, finding.pointer),
            programme_id=programme.id if programme else None,
            programme_number=programme.number if programme else None,
            finding=finding,
            proofs=next((proofs[at] for at in iterate_outwards(finding.pointer) if at in proofs), None),
        )


def list_doubts(name: str, report: Report, most: int) -> list[LocatedFinding]:
    """List the first findings of a report that count and are more than an information, errors first.

    Args:
        name: The name of the report's files.
        report: The report.
        most: How many are listed at most.

    Returns:
        The findings, with what a reader calls their places.
    """
    located = (one for one in locate_findings(name, report) if not one.finding.waived)
    counting = [one for one in located if one.finding.severity != "info"]
    return sorted(counting, key=lambda one: one.finding.severity != "error")[:most]
