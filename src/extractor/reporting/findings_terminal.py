"""Findings on the terminal: a heading for each kind, and under it the places; and the first of them for a run."""

from collections import Counter

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from extractor.records.findings import FindingGroup, FindingList, LocatedFinding
from extractor.records.report import Severity
from extractor.reporting.finding_places import (
    describe_finding_pages,
    describe_waiver,
    list_finding_pages,
    name_finding_place,
)
from extractor.reporting.i18n import Language, message_in, say, word
from extractor.reporting.terminal import make_printable

_COLOURS: dict[Severity, str] = {"error": "bold red", "warning": "bold yellow", "info": "bold cyan"}


def tabulate_findings(found: FindingList, language: Language) -> RenderableType:
    """Lay out findings in groups, each with what it means and what to do, and a line of counts below.

    Args:
        found: The findings.
        language: The language of the words.

    Returns:
        What is printed; it fits a terminal of 80 columns.
    """
    parts: list[RenderableType] = []
    for group in found.groups:
        parts += [_write_heading(group, language), Padding(_explain_group(group, language), (0, 0, 0, 2), expand=False)]
        several = len({one.report for one in group.findings}) > 1
        table = _make_grid()
        last = None
        for one in group.findings:
            if several and one.report != last:
                table.add_row("", Text(make_printable(one.report), "bold"))
                last = one.report
            pages = "\n".join(map(make_printable, list_finding_pages(one, language)))
            table.add_row(Text(pages), _write_finding(one, language))
        parts += [Padding(table, (0, 0, 1, 2), expand=False)]
    return Group(*parts, Text(summarize_findings(found, language)))


def tabulate_first_findings(found: FindingList, language: Language, most: int, command: str) -> RenderableType | None:
    """Lay out the first findings that count, errors before warnings, and how to see all.

    Args:
        found: The findings.
        language: The language of the words.
        most: How many are shown at most.
        command: What shows all of them.

    Returns:
        What is printed; None where there is no such finding.
    """
    counting = [one for one in found.list_findings() if one.finding.severity != "info" and not one.finding.waived]
    if not counting:
        return None
    shown = counting[:most]
    table = _make_grid()
    for one in shown:
        severity = one.finding.severity
        table.add_row(
            Text(word(language, "severities", severity), _COLOURS[severity]),
            Text.assemble(
                _write_finding(one, language),
                f"\n{make_printable(describe_finding_pages(one, language))}",
            ),
        )
    first = say(language, "finding_list.first", count=len(counting), shown=len(shown), command=command)
    return Group(Text(first), Padding(table, (0, 0, 0, 2), expand=False))


def summarize_findings(found: FindingList, language: Language) -> str:
    """Count findings by severity, and those that are waived apart."""
    findings = [one.finding for one in found.list_findings()]
    if not findings:
        return say(language, "finding_list.none")
    counts = Counter("waived" if one.waived else one.severity for one in findings)
    named = {name: counts[name] for name in ("error", "warning", "info", "waived")}
    return say(language, "finding_list.summary", count=len(findings), **named)


def _make_grid() -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    return table


def _write_heading(group: FindingGroup, language: Language) -> Text:
    return Text(head_group(group, language), _COLOURS[group.severity])


def head_group(group: FindingGroup, language: Language) -> str:
    """Write the heading of a group: severity, code, and how many there are.

    Args:
        group: The group.
        language: The language of the words; in English a code is called by its name alone.

    Returns:
        The heading, on one line.
    """
    waived = sum(one.finding.waived is not None for one in group.findings)
    heading = say(
        language,
        "finding_list.group",
        severity=word(language, "severities", group.severity),
        code=group.code,
        title=group.title if language == "ja" else "",
        count=len(group.findings),
    )
    return make_printable(heading + (say(language, "finding_list.group_waived", count=waived) if waived else ""))


def _explain_group(group: FindingGroup, language: Language) -> Table:
    table = _make_grid()
    for name, text in (("meaning", group.meaning), ("action", group.action)):
        if said := getattr(text, language):
            table.add_row(say(language, f"finding_list.{name}"), Text(said))
    return table


def _write_finding(one: LocatedFinding, language: Language) -> Text:
    place = make_printable(name_finding_place(one, language))
    said = (message_in(one.finding, language), describe_waiver(one.finding, language))
    lines = (f"\n{make_printable(line)}" for line in said if line)
    return Text.assemble((place, "" if one.finding.waived else "bold"), *lines)
