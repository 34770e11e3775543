"""Cause: why two outputs differ, by what was read and by the fingerprints of what read it."""

from collections.abc import Mapping
from typing import Any

from extractor.records.comparison import Cause, Comparison

# What of a fingerprint (`extractor.runtime.fingerprint`) is the program's own, and what was installed beside it.
RULES = ("program", "rules", "profile")
LIBRARIES = ("libraries", "language", "python")

Fingerprint = Mapping[str, Any]


def causes(comparison: Comparison, left: Fingerprint | None, right: Fingerprint | None) -> tuple[Cause, ...]:
    """All that can be why the sides differ, the first being the strongest: source, rules, library.

    Unknown: the source is the same and a fingerprint is missing (None), or the fingerprints do not differ.
    """
    found: list[Cause] = ["source"] if comparison.left.sha256 != comparison.right.sha256 else []
    if left is not None and right is not None:
        if _differ(left, right, RULES):
            found.append("rules")
        if _differ(left, right, LIBRARIES):
            found.append("library")
    return tuple(found) or ("unknown",)


def _differ(left: Fingerprint, right: Fingerprint, parts: tuple[str, ...]) -> bool:
    return any(left.get(part) != right.get(part) for part in parts)


def explained(comparison: Comparison, left: Fingerprint | None, right: Fingerprint | None) -> Comparison:
    """The comparison with the causes of its changes; `left` and `right` are the fingerprints, None: not known."""
    if not comparison.changes:
        return comparison
    why = causes(comparison, left, right)
    changes = tuple(change.model_copy(update={"cause": why[0]}) for change in comparison.changes)
    return comparison.model_copy(update={"causes": why, "changes": changes})
