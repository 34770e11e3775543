"""Pending: what of each report was refused or left open, as `golden/pending.lock` keeps it beside the golden files."""

from pydantic import Field, JsonValue

from extractor.records.comparison import ChangedRecord, ChangeKind, Labels
from extractor.records.report import Record
from extractor.records.review import PendingState


class PendingLeaf(Record):
    """A change that was not accepted.

    `place`: what it is of, by names (`PlaceNames`). `before`: the value that was accepted, None where none was; the
    golden file still has it where it can be kept, and otherwise the value as read (`after`).
    """

    place: str
    kind: ChangeKind
    record: ChangedRecord
    field: str | None
    labels: Labels
    state: PendingState
    note: str = ""
    before: JsonValue = None
    after: JsonValue = None


class PendingReport(Record):
    """What is pending of one report.

    `edition`: the SHA-256 of `raw/<name>.toml` before and after `accept` wrote corrections there, which the output
    does not have yet. `corrected`: the places that those put right; what follows from them needs no decision.
    """

    edition: tuple[str | None, str | None] | None = None
    corrected: tuple[str, ...] = ()
    leaves: tuple[PendingLeaf, ...] = ()


class Pending(Record):
    """The whole file, by the names of the reports."""

    reports: dict[str, PendingReport] = Field(default_factory=dict)
