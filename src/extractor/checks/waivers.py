"""Waivers: findings that a person looked at, as `raw/<name>.toml` says, no longer count in that edition of the file.

Waivers that waive nothing are themselves a finding: they are for another edition, or what they are for is gone.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from extractor.assembly.corrections import find_source, name_place_of
from extractor.checks.guard import Place
from extractor.records.edition import Waiver
from extractor.records.messages import make_message, make_refusal, message_table, report_finding
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
        The findings, those looked at with their `waived`, and behind them a `stale-waiver` for all waivers whose
        findings count again in this edition, one for those whose findings it has no more, and one for those of this
        edition that are for no finding.
    """
    current = index_waivers(waivers, report)
    marked = [mark_waived(finding, current) for finding in findings]
    unused = current.keys() - {(finding.code, finding.pointer) for finding in marked}
    renewed = [one for about, one in current.items() if about not in unused]
    stale = _find_stale(waivers, renewed, marked, report)
    stale["no-finding"] = [one for about, one in current.items() if about in unused]
    return [*marked, *(_report_stale(key, found, report, otherwise) for key, found in stale.items() if found)]


def _find_stale(
    waivers: Sequence[Waiver], renewed: Sequence[Waiver], findings: Sequence[Finding], report: Report
) -> dict[str, list[Waiver]]:
    """Find the waivers of other editions whose findings count again, and those whose findings are gone.

    One that was renewed in this edition, be it at another pointer, is not stale.
    """
    names = {name for one in renewed for name in _list_names(one)}
    others = [one for one in waivers if one.sha256 != report.source.sha256 and not _list_names(one) & names]
    count_again = find_expired(findings, others, report).values()
    return {
        "other-edition": [one for one in others if one in count_again],
        "gone": [one for one in others if one not in count_again],
    }


def _list_names(waiver: Waiver) -> set[tuple[str, str]]:
    """List by what the finding of a waiver may be known: its pointer, and what it is about."""
    return {(waiver.code, waiver.pointer), (waiver.code, waiver.about or waiver.pointer)}


def index_waivers(waivers: Iterable[Waiver], report: Report) -> dict[tuple[str, str], Waiver]:
    """Index the waivers of the edition that a report was read from.

    Args:
        waivers: The waivers of all editions; of two for one finding, the later one counts.
        report: The report.

    Returns:
        The waivers, by the code and the pointer of the finding.
    """
    return {(one.code, one.pointer): one for one in waivers if one.sha256 == report.source.sha256}


def mark_waived(finding: Finding, waivers: Mapping[tuple[str, str], Waiver]) -> Finding:
    """Mark a finding as looked at.

    Args:
        finding: The finding.
        waivers: Waivers, as `index_waivers` gives them.

    Returns:
        The finding with its `waived`; as it was where none of the waivers is for it.
    """
    waiver = waivers.get((finding.code, finding.pointer))
    if waiver is None:
        return finding
    return finding.model_copy(update={"waived": AppliedWaiver(reason=waiver.reason, date=waiver.date)})


def find_expired(findings: Iterable[Finding], waivers: Iterable[Waiver], report: Report) -> dict[int, Waiver]:
    """Find the findings that were waived in another edition of the file, and count again.

    Args:
        findings: Findings of the report.
        waivers: The waivers of all editions.
        report: The report.

    Returns:
        The waiver of each, by the place of the finding in the sequence: the one that was about the same, or else one
        that has its code and pointer.
    """
    others = [one for one in waivers if one.sha256 != report.source.sha256]
    if not others:
        return {}
    data = report_as_data(report)
    known = {name: one for one in others for name in _list_names(one)}
    found = {}
    for number, finding in enumerate(findings):
        names = (describe_waived(finding, data), finding.pointer) if finding.waived is None else ()
        waiver = next((known[finding.code, name] for name in names if (finding.code, name) in known), None)
        if waiver is not None:
            found[number] = waiver
    return found


def report_as_data(report: Report) -> dict[str, Any]:
    """Give a report as data in which places can be named."""
    data: dict[str, Any] = report.model_dump(mode="json", exclude={"findings", "unplaced"})
    return data


def describe_waived(finding: Finding, data: dict[str, Any]) -> str:
    """Describe a finding by what it is about and what it says, in Japanese.

    Args:
        finding: The finding.
        data: Its report as data.

    Returns:
        One line, by which the finding is known in another edition.
    """
    return f"{name_place_of(data, finding.pointer).render('ja')}：{finding.message_ja or finding.message}"


def _report_stale(key: str, waivers: Sequence[Waiver], report: Report, otherwise: Place) -> Finding:
    """Say on one line which waivers have no effect: how many of each code."""
    counts = Counter(one.code for one in waivers)
    said = tuple(
        make_message(
            "stale-waiver.tally", code=code, title=message_table().get(code, {}).get("title", code), count=count
        )
        for code, count in counts.items()
    )
    place = otherwise
    if len({one.pointer for one in waivers}) == 1:
        with suppress(LookupError):
            place = waivers[0].pointer, find_source(waivers[0].pointer, report) or otherwise[1]
    return report_finding(f"stale-waiver.{key}", *place, count=len(waivers), said=said)


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
    finding = next((one for one in report.findings if (one.code, one.pointer) == (code, pointer)), None)
    if finding is None:
        raise make_refusal("bad-corrections.no-finding", code=code)
    if not reason:
        raise make_refusal("bad-corrections.no-reason")
    about = describe_waived(finding, report_as_data(report))
    known = {"sha256": report.source.sha256, "about": about}
    return Waiver(code=code, pointer=pointer, reason=reason, date=date.today(), **known)
