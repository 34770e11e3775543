"""Severity: which changes a reviewer should see first."""

from collections.abc import Sequence

from extractor.records.comparison import Change, ChangedRecord, ChangeKind
from extractor.records.report import Finding, Severity

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
# What weighs more: values over words, words over places.
_RECORDS: tuple[ChangedRecord, ...] = ("report", "observation", "programme", "metric", "policy")
_KINDS: tuple[ChangeKind, ...] = ("removed", "changed", "added", "renamed", "moved")


def weigh_change(change: Change, findings: Sequence[Finding]) -> tuple[int, int, int]:
    """Give what a change is ordered by: the smallest should be seen first.

    Args:
        change: The change.
        findings: The findings that belong to it.

    Returns:
        The place of the worst finding's severity, that of the change's kind, and that of its record.
    """
    worst = min((SEVERITIES.index(one.severity) for one in findings), default=len(SEVERITIES))
    record = _RECORDS.index(change.record) if change.record in _RECORDS else len(_RECORDS)
    return worst, _KINDS.index(change.kind), record
