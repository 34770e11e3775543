"""Findings on the terminal: a heading for each kind, with what it means and what to do, and under it the places."""

from collections import Counter

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from extractor.language import Language
from extractor.records.findings import FindingGroup, FindingList
from extractor.reporting.finding_places import describe_proofs, list_finding_pages
from extractor.reporting.finding_rows import SEVERITY_STYLES, indent_rows, make_finding_grid, style_finding
from extractor.reporting.i18n import say, word
from extractor.runtime.file_names import text_to_printable


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
        severity = word(language, "severities", group.severity)
        heading = Text(f"{severity} {head_group(group, language)}", SEVERITY_STYLES[group.severity])
        explained = indent_rows(_explain_group(group, language))
        parts += [heading, explained, indent_rows(_tabulate_group(group, language), below=1)]
    return Group(*parts, Text(summarize_findings(found, language)))


def head_group(group: FindingGroup, language: Language) -> str:
    """Write the heading of a group: what its findings are called, and how many there are.

    Args:
        group: The group.
        language: The language of the words; in English a code is called by its name alone.

    Returns:
        The heading, on one line.
    """
    waived = sum(one.finding.waived is not None for one in group.findings)
    title = group.title if language == "ja" else ""
    heading = say(language, "finding_list.group", code=group.code, title=title, count=len(group.findings))
    return text_to_printable(heading + (say(language, "finding_list.group_waived", count=waived) if waived else ""))


def summarize_findings(found: FindingList, language: Language) -> str:
    """Count findings by severity, and those that are waived apart.

    Args:
        found: The findings of some reports.
        language: The language of the words.

    Returns:
        One line.
    """
    findings = [one.finding for one in found.list_findings()]
    if not findings:
        return say(language, "finding_list.none")
    counts = Counter("waived" if one.waived else one.severity for one in findings)
    named = {name: counts[name] for name in ("error", "warning", "info", "waived")}
    return say(language, "finding_list.summary", count=len(findings), **named)


def _explain_group(group: FindingGroup, language: Language) -> Table:
    table = make_finding_grid()
    for name, text in (("meaning", group.meaning), ("action", group.action)):
        if said := getattr(text, language):
            table.add_row(say(language, f"finding_list.{name}"), Text(said.replace("`", "")))
    return table


def _tabulate_group(group: FindingGroup, language: Language) -> Table:
    table, last = make_finding_grid(), ""
    several = len({one.report for one in group.findings}) > 1
    for one in group.findings:
        if several and one.report != last:
            table.add_row("", Text(text_to_printable(one.report), "bold"))
            last = one.report
        located = one.model_dump(mode="json")
        pages = "\n".join(map(text_to_printable, list_finding_pages(located, language)))
        proofs = describe_proofs(one.proofs, language)
        table.add_row(Text(pages), Text("\n").join(filter(None, (style_finding(located, language), Text(proofs)))))
    return table
