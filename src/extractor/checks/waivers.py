"""Waivers: findings that a person looked at, as `raw/<name>.toml` says, no longer count in that edition of the file.

A waiver that waives nothing is itself a finding: it is for another edition, or its finding is gone.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from extractor.assembly.corrections import find_source
from extractor.checks.guard import Place
from extractor.records.edition import Waiver
from extractor.records.messages import make_refusal, message_table, report_finding
from extractor.records.report import AppliedWaiver, Finding, Report


def waive_findings(
    findings: Iterable[Finding], waivers: Sequence[Waiver], report: Report, otherwise: Place
) -> list[Finding]:
    """Mark the findings that waivers of this edition are for.

    Args:
        findings: All findings of the report.
        waivers: The waivers; of two for one finding, the later one counts.
        report: The report.
        otherwise: Where the finding of a waiver is put whose pointer leads to nothing.

    Returns:
        The findings, those looked at with their `waived`, and behind them a `stale-waiver` for each waiver that is for
        none of them.
    """
    current = {(one.code, one.pointer): one for one in waivers if one.sha256 == report.source.sha256}
    marked, used = [], set()
    for finding in findings:
        about = finding.code, finding.pointer
        if waiver := current.get(about):
            used.add(about)
            waived = AppliedWaiver(reason=waiver.reason, date=waiver.date)
            finding = finding.model_copy(update={"waived": waived})
        marked.append(finding)
    stale = [one for one in waivers if one.sha256 != report.source.sha256 or (one.code, one.pointer) not in used]
    return [*marked, *(_report_stale(one, report, otherwise) for one in stale)]


def _report_stale(waiver: Waiver, report: Report, otherwise: Place) -> Finding:
    key = "no-finding" if waiver.sha256 == report.source.sha256 else "other-edition"
    title = message_table().get(waiver.code, {}).get("title", waiver.code)
    said = {"code": waiver.code, "title": title, "date": waiver.date.isoformat(), "reason": waiver.reason}
    try:
        place = waiver.pointer, find_source(waiver.pointer, report) or otherwise[1]
    except LookupError:
        place = otherwise
    return report_finding(f"stale-waiver.{key}", *place, **said)


def make_waiver(code: str, pointer: str, reason: str, report: Report) -> Waiver:
    """Make the waiver of a finding that was looked at, from today on and for this edition alone.

    Args:
        code: The code of the finding.
        pointer: What it points to.
        reason: Why there is nothing to do about it.
        report: What was looked at.

    Returns:
        The waiver, as `raw/<name>.toml` holds it.

    Raises:
        CannotRead: With status bad-corrections: the report has no such finding, or no reason was given.
    """
    if (code, pointer) not in {(one.code, one.pointer) for one in report.findings}:
        raise make_refusal("bad-corrections.no-finding", code=code)
    if not reason:
        raise make_refusal("bad-corrections.no-reason")
    return Waiver(code=code, pointer=pointer, reason=reason, date=date.today(), sha256=report.source.sha256)
