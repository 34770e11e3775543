"""Severity: which changes a reviewer should see first."""

from collections.abc import Sequence

from extractor.records.comparison import Change, ChangedRecord, ChangeKind
from extractor.records.report import Finding, Severity

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
# What weighs more: values over words, words over places.
_RECORDS: tuple[ChangedRecord, ...] = ("report", "observation", "programme", "metric", "policy")
_KINDS: tuple[ChangeKind, ...] = ("removed", "changed", "added", "renamed", "moved")


def weigh_change(change: Change, findings: Sequence[Finding]) -> tuple[int, int, int]:
    """Give what a change is ordered by: the smallest should be seen first. Findings that are waived do not weigh.

    Args:
        change: The change.
        findings: The findings that belong to it.

    Returns:
        The place of the worst finding's severity, that of the change's kind, and that of its record.
    """
    worst = find_worst(findings)
    weight = len(SEVERITIES) if worst is None else SEVERITIES.index(worst)
    record = _RECORDS.index(change.record) if change.record in _RECORDS else len(_RECORDS)
    return weight, _KINDS.index(change.kind), record


def find_worst(findings: Sequence[Finding]) -> Severity | None:
    """Find the worst severity of the findings that are not waived; None where there are none."""
    return min((one.severity for one in findings if not one.waived), key=SEVERITIES.index, default=None)
