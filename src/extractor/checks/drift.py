"""Drift: what a report has that its profile does not know.

It is said first, once for what most programmes have alike.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from extractor.records.messages import make_finding, make_message
from extractor.records.report import Finding, PageBox, Report, Severity

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


def sum_up_drift(findings: Sequence[Finding], report: Report) -> list[Finding]:
    """Put one finding in the place of all drift that most programmes have alike.

    What else most programmes have alike because of drift stays, and a finding more says so.

    Args:
        findings: All findings of the report.
        report: The report that they are about; it says how many programmes there are.

    Returns:
        The findings that stay, in their order, and behind them those that sum up.
    """
    programmes = sum(len(policy.programmes) for policy in report.policies)
    groups: dict[Kind, list[Finding]] = defaultdict(list)
    for finding in findings:
        if (kind := _kind(finding)) is not None:
            groups[kind].append(finding)
    kept = list(findings)
    for (code, severity, _), group in groups.items():
        many = len({_programme(finding) for finding in group})
        if many > max(FEW, programmes / 2):
            if code == "layout-drift":
                left_out = set(map(id, group))
                kept = [finding for finding in kept if id(finding) not in left_out]
            kept.append(_summary(group, many, programmes, severity))
    return kept


def _kind(finding: Finding) -> Kind | None:
    """Return what findings of several programmes have in common: the field they are about, or the very words."""
    if not (is_drift(finding) or finding.code in _SIGNS) or not (programme := _programme(finding)):
        return None
    field = finding.pointer.removeprefix(programme)
    same_words = not field or finding.code == "unknown-year-column"
    return finding.code, finding.severity, finding.message if same_words else field


def _programme(finding: Finding) -> str:
    found = _PROGRAMME.match(finding.pointer)
    return found[0] if found else ""


def _summary(group: Sequence[Finding], many: int, programmes: int, severity: Severity) -> Finding:
    first = min(group, key=lambda finding: _place(finding.source))
    page = first.source[0].page if first.source and isinstance(first.source[0], PageBox) else None
    said = make_message("quoted.finding", en=first.message, ja=first.message_ja)
    if len({finding.message for finding in group}) > 1:
        said = make_message("layout-drift.and-so-on", said=said)
    summary = {"many": many, "programmes": programmes, "said": said}
    message = (
        make_message("layout-drift.many", **summary)
        if page is None
        else make_message("layout-drift.many-on-page", **summary, page=page)
    )
    pointer = _common(finding.pointer for finding in group)
    return make_finding(message, pointer, first.source).model_copy(update={"severity": severity})


def _place(source: Iterable[object]) -> tuple[float, ...]:
    place = next(iter(source), None)
    return (place.page, place.bbox[1]) if isinstance(place, PageBox) else (getattr(place, "line", 0),)


def _common(pointers: Iterable[str]) -> str:
    """Return the pointer to what holds all these programmes."""
    policies = {"/".join(pointer.split("/")[:4]) for pointer in pointers}
    return policies.pop() if len(policies) == 1 else "/policies"
