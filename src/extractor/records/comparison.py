"""Comparison: what differs between two reports, as records that are written as JSON, in the order of their keys.

Names are fixed, as those of the report are; a change of them is a change of `COMPARISON_VERSION`.
"""

from typing import Literal

from pydantic import Field, JsonValue

from extractor.records.report import InputFile, Record, ReportHead, Source

COMPARISON_VERSION = "1.0"

ChangeKind = Literal["added", "removed", "changed", "moved", "renamed"]
ChangedRecord = Literal[
    "report",
    "policy",
    "initiative",
    "programme",
    "passage",
    "section",
    "attribute",
    "note",
    "fact",
    "activity",
    "metric",
    "observation",
    "other_value",
    "case_study",
    "subject",
    "finding",
    "unplaced",
    "correction",
]
Cause = Literal["source", "rules", "library", "unknown"]


class Side(Record):
    """One of the two reports: its id and fiscal year, and the file that it was read from."""

    id: str
    file: str
    sha256: str
    fiscal_year: int

    @classmethod
    def from_report(cls, head: ReportHead, file: InputFile) -> "Side":
        """Make the side that a report is.

        Args:
            head: The head of the report.
            file: The file that the report was read from.

        Returns:
            The side.
        """
        return cls(id=head.id, file=file.file, sha256=file.sha256, fiscal_year=head.fiscal_year)


class Labels(Record):
    """What a reader calls the place of a change, from outside in: None where it is not in such a thing.

    They are those of the right side, and of the left one where the record is not on the right. `policy` is the
    chapter's title, or its number where it has none; `programme` the name, or the id where it has none.
    """

    policy: str | None = None
    initiative: str | None = None
    programme: str | None = None
    passage: Literal["overview", "results"] | None = None
    metric: str | None = None
    fiscal_year: int | None = None
    case_study: str | None = None
    subject: str | None = None


class Change(Record):
    """One difference, at the smallest unit that means something to a reader.

    `kind`: added (on the right only), removed (on the left only), changed (another value), renamed (another name of
    the same record; `field` is the name), moved (the same values in another order, `field` None; or elsewhere in the
    same document, `field` "source" or, of a programme's row in the list, "sources").
    `record`: what kind of record; `field`: which of its fields, None: the record as a whole. Of a list of texts or
    offices, `field` is the list and the pointers point to the one element.
    `left_pointer` and `right_pointer` (RFC 6901) point to `before` and `after` in the two files; None, with a null
    value and no source, on the side where there is no such thing.
    `before_source` and `after_source`: where the value is printed; of a value that is not, where its record is.
    `cause`: why they differ, None: not asked for (`Comparison.causes`).
    """

    kind: ChangeKind
    record: ChangedRecord
    field: str | None
    labels: Labels
    left_pointer: str | None
    right_pointer: str | None
    before: JsonValue
    after: JsonValue
    before_source: Source
    after_source: Source
    cause: Cause | None = None


class Comparison(Record):
    """All differences of two reports, in the order of the right one; what is removed stands where it was.

    `causes`: all that differs in what was read and what read it, the first of them being the cause of every change;
    empty where that was not asked for.
    """

    schema_version: str = Field(default=COMPARISON_VERSION)
    left: Side
    right: Side
    causes: tuple[Cause, ...] = ()
    changes: tuple[Change, ...]
