"""Cause: why two outputs differ.

It is found by what was read and by the fingerprints of what read it.
"""

from collections.abc import Mapping
from typing import Any

from extractor.records.comparison import Cause, Comparison

# What of a fingerprint (`extractor.runtime.fingerprint`) is the program's own, and what was installed beside it.
RULES = ("program", "rules", "profile")
LIBRARIES = ("libraries", "language", "python")

Fingerprint = Mapping[str, Any]


def find_causes(comparison: Comparison, left: Fingerprint | None, right: Fingerprint | None) -> tuple[Cause, ...]:
    """Find all that can be why two sides differ.

    Args:
        comparison: What differs.
        left: The fingerprint of what read the left side; None: not known.
        right: That of the right side.

    Returns:
        The causes, the strongest first: source, rules, library. Unknown alone: the source is the same, and a
        fingerprint is missing or both are the same.
    """
    found: list[Cause] = ["source"] if comparison.left.sha256 != comparison.right.sha256 else []
    if left is not None and right is not None:
        if _parts_differ(left, right, RULES):
            found.append("rules")
        if _parts_differ(left, right, LIBRARIES):
            found.append("library")
    return tuple(found) or ("unknown",)


def _parts_differ(left: Fingerprint, right: Fingerprint, parts: tuple[str, ...]) -> bool:
    return any(left.get(part) != right.get(part) for part in parts)


def add_causes(comparison: Comparison, left: Fingerprint | None, right: Fingerprint | None) -> Comparison:
    """Add the causes of its changes to a comparison.

    Args:
        comparison: What differs.
        left: The fingerprint of what read the left side; None: not known.
        right: That of the right side.

    Returns:
        The comparison with its causes, and the strongest of them in each change.
    """
    if not comparison.changes:
        return comparison
    why = find_causes(comparison, left, right)
    changes = tuple(change.model_copy(update={"cause": why[0]}) for change in comparison.changes)
    return comparison.model_copy(update={"causes": why, "changes": changes})
