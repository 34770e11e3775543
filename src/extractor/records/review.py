"""Review: the outputs of a run held against the golden files, as records that are written as JSON."""

from typing import Literal

from pydantic import Field

from extractor.records.comparison import Comparison
from extractor.records.report import Finding, Record

REVIEW_VERSION = "1.0"

# same, changed; new: without a golden file; missing: an input without an output, or whose output was read from other
# bytes; orphan: a golden file without an input; unreadable: one of the files is no output file.
State = Literal["same", "changed", "new", "missing", "orphan", "unreadable"]


class Reviewed(Record):
    """One report: what became of it, why where that must be said, and what differs.

    Of a new report all that it holds is added, to a report of the same chapters with nothing in them. `touching`: for
    each change of the comparison, the findings of either side that are at, in or closely round it.
    """

    report: str
    state: State
    why: str | None = None
    output_sha256: str | None = None
    golden_sha256: str | None = None
    comparison: Comparison | None = None
    touching: tuple[tuple[Finding, ...], ...] = ()


class Review(Record):
    """All reports, by name."""

    schema_version: str = Field(default=REVIEW_VERSION)
    reports: tuple[Reviewed, ...]

    @property
    def differs(self) -> bool:
        """Whether anything is not as it was accepted."""
        return any(one.state != "same" for one in self.reports)

    @property
    def places(self) -> int:
        """How many changes there are in all."""
        return sum(len(one.comparison.changes) for one in self.reports if one.comparison)
