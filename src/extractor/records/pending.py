"""Pending: what of each report was refused or left open, as `golden/pending.lock` keeps it beside the golden files."""

from pydantic import Field, JsonValue

from extractor.records.comparison import ChangedRecord, ChangeKind, Labels
from extractor.records.report import Record, Source
from extractor.records.review import PendingState
from extractor.records.table_rows import TableRow


class PendingLeaf(Record):
    """A change that was not accepted.

    `place`: what it is of, by names (`PlaceNames`). `before`: the value that was accepted, None where none was; the
    golden file still has it where it can be kept, and otherwise the value as read (`after`). `before_sha256`,
    `before_source` and `before_rows`: the document that it was read from, where it is printed there, and the row of a
    table in which it stands; None and nothing where that is not known.
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
    before_sha256: str | None = None
    before_source: Source = ()
    before_rows: tuple[TableRow, ...] = ()


class PendingReport(Record):
    """What is pending of one report.

    `corrected`: the places that the corrections of the last `accept` put right; what follows from them with the next
    run needs no decision.
    """

    corrected: tuple[str, ...] = ()
    leaves: tuple[PendingLeaf, ...] = ()


class Pending(Record):
    """The whole file, by the names of the reports."""

    reports: dict[str, PendingReport] = Field(default_factory=dict)
