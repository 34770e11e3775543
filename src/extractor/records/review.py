"""Review: the outputs of a run held against the golden files, as records that are written as JSON."""

from typing import Literal

from pydantic import Field

from extractor.records.comparison import Comparison, Labels
from extractor.records.report import Finding, Record
from extractor.records.table_rows import TableRow

REVIEW_VERSION = "1.1"

# same, changed; new: without a golden file; pending: the golden file is as the output, and not all of it was accepted;
# missing: an input without an output, or whose output was read from other bytes; orphan: a golden file without an
# input; unreadable: one of the files is no output file.
State = Literal["same", "changed", "new", "pending", "missing", "orphan", "unreadable"]
# open: nothing was decided of it; refused: its value is not right.
PendingState = Literal["open", "refused"]


class Leaf(Record):
    """What a decision needs to know of a change.

    `key`: what a decision calls it by, made of what it is of and of both its values. `follows`: it is of the file or
    the report as a whole (name, bytes, fiscal year …), and comes with the first change that is accepted, if it is not
    refused. `state` and `note`: what was left of it by the last `accept`; None: none has seen this value.
    `before_sha256`: the document in which `before_source` is, where that is another than the golden file's;
    `before_rows`: the row of a table there in which the value stands.
    """

    key: str
    follows: bool = False
    state: PendingState | None = None
    note: str = ""
    before_sha256: str | None = None
    before_rows: tuple[TableRow, ...] = ()


class ChangeGroup(Record):
    """The changes of one programme, of a chapter or of a case study, or of the report as a whole.

    `name` stands in decisions. `labels`: what a reader calls it. `changes`: the places of its changes in the
    comparison. `findings`: errors and warnings of the output about it, but for waived ones. `clean`: it is a new
    programme without any, its chapter has none either (小計), and nothing of it was recognised in a picture.
    """

    name: str
    record: Literal["report", "policy", "programme", "case_study"]
    labels: Labels
    changes: tuple[int, ...]
    findings: tuple[Finding, ...]
    clean: bool


class Reviewed(Record):
    """One report: what became of it, why where that must be said, and what of it is open.

    `why` and `why_ja` say the same. Of a new report, and of what is new in another, each value is a change of its own.
    `touching` and `leaves` say for each change of the comparison which findings of either side are at, in or closely
    round it, and what a decision on it needs. `groups`: all changes by what they are about, those with the gravest
    findings first.
    """

    report: str
    state: State
    why: str | None = None
    why_ja: str | None = None
    output_sha256: str | None = None
    golden_sha256: str | None = None
    comparison: Comparison | None = None
    touching: tuple[tuple[Finding, ...], ...] = ()
    leaves: tuple[Leaf, ...] = ()
    groups: tuple[ChangeGroup, ...] = ()

    @property
    def pending(self) -> int:
        """How many changes the last `accept` of the report left, refused or open."""
        return sum(leaf.state is not None for leaf in self.leaves)

    @property
    def is_rewritten(self) -> bool:
        """Whether the file is another one, though nothing in it differs."""
        return self.state == "changed" and self.comparison is not None and not self.comparison.changes


class Review(Record):
    """All reports, by name."""

    schema_version: str = Field(default=REVIEW_VERSION)
    reports: tuple[Reviewed, ...]

    @property
    def differs(self) -> bool:
        """Whether anything is not as it was accepted."""
        return any(one.state != "same" for one in self.reports)

    @property
    def pending(self) -> int:
        """How many changes were left by `accept` in all."""
        return sum(one.pending for one in self.reports)

    @property
    def places(self) -> int:
        """How many changes there are in all."""
        return sum(len(one.comparison.changes) for one in self.reports if one.comparison)
