"""Drift: what a report has that its profile does not know.

It is said first, once for what most programmes have alike.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from extractor.records.messages import make_message, report_finding
from extractor.records.report import Finding, PageBox, Report, Severity, Source
from extractor.records.walk import list_programmes

# Drift of so many programmes, if these are over half of all, is that of the report and not theirs.
FEW = 3
_PROGRAMME = re.compile(r"/policies/[0-9]+/programmes/[0-9]+")
# Other findings that tell of drift when most programmes have them: the words that a passage's heading has, a column.
_SIGNS = {"missing-passage", "unknown-year-column"}

Kind = tuple[str, Severity, str]


def is_drift(finding: Finding) -> bool:
    """Tell whether a finding says that the report is not as its profile knows it.

    A finding that only says what could not be checked is none.
    """
    return finding.code == "layout-drift" and finding.severity != "info"


def rank_place(source: Source) -> tuple[float, float, float]:
    """Give what puts places into the order of print: page, top and left side, or the line of a text file."""
    place = source[0] if source else None
    if isinstance(place, PageBox):
        return place.page, place.bbox[1], place.bbox[0]
    return place.line if place else 0, 0, 0


def sum_up_drift(findings: Sequence[Finding], report: Report) -> list[Finding]:
    """Put one finding in the place of all drift that most programmes have alike.

    What else most programmes have alike because of drift stays, and a finding more says so.

    Args:
        findings: All findings of the report.
        report: The report that they are about; it says how many programmes there are.

    Returns:
        The findings that stay, in their order, and behind them those that sum up.
    """
    programmes = len(list_programmes(report))
    left_out: set[int] = set()
    summaries = []
    for (code, severity, _), group in _group_alike(findings).items():
        many = len({_find_programme(finding) for finding in group})
        is_drift = code == "layout-drift"
        # The very same of whole blocks, such as a heading, is said once however few have it.
        same = is_drift and all(finding.pointer == _find_programme(finding) for finding in group)
        if many <= (1 if same else max(FEW, programmes / 2)):
            continue
        if is_drift:
            left_out.update(map(id, group))
        summary = _summarize_group(group, many=many, programmes=programmes)
        summaries.append(summary.model_copy(update={"severity": severity}))
    return [*(finding for finding in findings if id(finding) not in left_out), *summaries]


def _group_alike(findings: Iterable[Finding]) -> dict[Kind, list[Finding]]:
    """Group the findings of drift by what those of several programmes have in common."""
    groups: dict[Kind, list[Finding]] = defaultdict(list)
    for finding in findings:
        if (kind := _find_kind(finding)) is not None:
            groups[kind].append(finding)
    return groups


def _find_kind(finding: Finding) -> Kind | None:
    """Find what findings of several programmes have in common: the field they are about, or the very words."""
    if not (is_drift(finding) or finding.code in _SIGNS) or not (programme := _find_programme(finding)):
        return None
    field = finding.pointer.removeprefix(programme)
    same_words = not field or finding.code == "unknown-year-column"
    return finding.code, finding.severity, finding.message if same_words else field


def _find_programme(finding: Finding) -> str:
    found = _PROGRAMME.match(finding.pointer)
    return found[0] if found else ""


def _summarize_group(group: Sequence[Finding], **counts: int) -> Finding:
    """Make the finding that quotes the first of a group; its pointer is to what holds all their programmes."""
    first = min(group, key=lambda finding: rank_place(finding.source)[:2])
    said = make_message("quoted.finding", en=first.message, ja=first.message_ja)
    if len({finding.message for finding in group}) > 1:
        said = make_message("layout-drift.and-so-on", said=said)
    policies = {"/".join(finding.pointer.split("/")[:4]) for finding in group}
    pointer = policies.pop() if len(policies) == 1 else "/policies"
    if first.source and isinstance(page := first.source[0], PageBox):
        return report_finding("layout-drift.many-on-page", pointer, first.source, said=said, page=page.page, **counts)
    return report_finding("layout-drift.many", pointer, first.source, said=said, **counts)
