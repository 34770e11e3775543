"""Decisions: what a reviewer said of the changes of one report, as the page's file holds it and `accept` reads it."""

from typing import Literal

from pydantic import JsonValue

from extractor.model.comparison import Change, ChangeKind
from extractor.model.record import Record

Verdict = Literal["accept", "refuse", "note"]
# What says which change is meant: its kind and its two pointers.
Identity = tuple[ChangeKind, str | None, str | None]


class Correction(Record):
    """What should stand in the place of a refused value, and why."""

    value: JsonValue
    reason: str


class Decision(Record):
    """What was said of one change. `note` is the reviewer's own text; as a verdict, note decides nothing."""

    left_pointer: str | None
    right_pointer: str | None
    kind: ChangeKind
    verdict: Verdict
    note: str = ""
    correction: Correction | None = None

    @property
    def about(self) -> Identity:
        """Which change it is about."""
        return self.kind, self.left_pointer, self.right_pointer


class Decisions(Record):
    """All that was said of one report, and the SHA-256 of the output and of the golden file of which it was said.

    `golden_sha256` None: there was no golden file.
    """

    report: str
    output_sha256: str
    golden_sha256: str | None
    decisions: tuple[Decision, ...]


def identity(change: Change) -> Identity:
    """Which change it is, as a decision names it."""
    return change.kind, change.left_pointer, change.right_pointer
