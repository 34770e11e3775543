"""Decisions: what a reviewer said, as the page's files hold it and `accept` reads it.

They are about the changes of one report, or about programmes of which it is not certain what they were.
"""

from typing import Annotated, Literal

from pydantic import Field, JsonValue

from extractor.records.comparison import Change, ChangeKind
from extractor.records.report import Record

Verdict = Literal["accept", "refuse", "note"]
# What says which change is meant: its kind and its two pointers.
Identity = tuple[ChangeKind, str | None, str | None]


class ProposedCorrection(Record):
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
    correction: ProposedCorrection | None = None

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


# A name that a file of settlements gives: far longer than any id, and short enough for a line.
Name = Annotated[str, Field(min_length=1, max_length=200)]


class ProgrammeOf(Record):
    """A programme by the id of its report and its own id.

    `name` is the name that it had when it was looked at (None: not said). Ids go by place, and in a report that was
    read anew another programme may have this one.
    """

    report: Name
    programme: Name
    name: str | None = None


class Settlement(ProgrammeOf):
    """What a person says that a programme was in an earlier report; `was` None: it is new. `note` is for people."""

    was: ProgrammeOf | None
    note: str = ""


class Settlements(Record):
    """All programmes that one file settles."""

    series: tuple[Settlement, ...]


def identify_change(change: Change) -> Identity:
    """Return which change it is, as a decision names it."""
    return change.kind, change.left_pointer, change.right_pointer
