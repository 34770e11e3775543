"""Series: what became of programmes, figures and divisions over the years, as records that are written as JSON.

Names are fixed, as those of the report are; a change of them is a change of `YEARS_VERSION`.
"""

from typing import Literal

from pydantic import Field

from extractor.records.comparison import Side
from extractor.records.report import Finding, Quantity, Record, Source, Status

YEARS_VERSION = "1.2"

ContinuityKind = Literal["new", "ended", "renamed", "split", "merged", "continued", "paused", "resumed"]
DivisionKind = Literal["renamed", "moved", "split", "merged"]


class ProgrammeAt(Record):
    """A programme in the report of one year.

    `pointer`: RFC 6901, into that report's file. `source`: where its name is printed, or its block where it has none.
    """

    report: str
    fiscal_year: int
    pointer: str
    id: str
    number: int | None
    name: str | None
    source: Source


class Link(Record):
    """One programme in two reports that follow on each other."""

    before: ProgrammeAt
    after: ProgrammeAt


class Continuity(Record):
    """What became of a programme from one report to the next.

    `before`: none of a new one, several of merged ones; `after`: none of one that ended or paused, several of a split
    one. The first of several is the one that the others joined or left.
    `gap`: of one that paused or resumed, the fiscal years of the reports in between, which do not have it.
    `score`: from 0 to 1, how much speaks for it; of what is new or ended, the best that it came to with any programme
    that is free on the other side, or that went on as another which is little more like it (None: with none).
    `reason`: one English sentence; `reason_ja` says the same in Japanese. `doubtful` (要確認): too little speaks for
    it, or nearly as much for another reading: a person must say which programme it was. What ended is never doubtful:
    it is asked about where something later may be it. `nearest`: the other programme that the reason names, and
    `rival` its name.
    """

    kind: ContinuityKind
    before: tuple[ProgrammeAt, ...]
    after: tuple[ProgrammeAt, ...]
    score: float | None
    reason: str
    doubtful: bool
    reason_ja: str
    rival: str | None = None
    nearest: ProgrammeAt | None = None
    gap: tuple[int, ...] = ()


class YearsFinding(Finding):
    """What one report says against another: a finding, with the id of the (later) report that it points into."""

    report: str


class Statement(Record):
    """What one report says of a metric for a fiscal year, or for all of `spans`.

    `raw`: as printed. `correct`: the text that was read instead, where a person has corrected it.
    """

    report: str
    fiscal_year: int
    spans: tuple[int, ...] | None
    status: Status
    raw: str
    quantities: tuple[Quantity, ...]
    pointer: str
    source: Source
    correct: str | None = None


class Restated(Record):
    """A figure that a later report gives otherwise. `programme` and `metric` are named as the later report does.

    `fiscal_years`: the years for which both say it; more than one where both print one value for several years.
    `doubtful`: it is not certain to be one programme in both reports, or it was split or merged in between.
    `other_terms`: the two numbers have other qualifiers (延べ12名, 15名), so that they may count other things.
    """

    programme: str | None
    metric: str
    fiscal_years: tuple[int, ...]
    before: Statement
    after: Statement
    doubtful: bool
    other_terms: bool = False


class Budget(Record):
    """What a programme costs, in thousand yen; of a split or merged one, the sums. None: some amount is not printed.

    `percent`: change in per cent of the earlier amount, one decimal; None where that cannot be told (or it was 0).
    """

    before: tuple[ProgrammeAt, ...]
    after: tuple[ProgrammeAt, ...]
    amount_before: int | None
    amount_after: int | None
    change: int | None
    percent: float | None
    doubtful: bool


class DivisionChange(Record):
    """A division whose programmes are another's in the next report, seen across `programmes`.

    `kind`: renamed (all that A had is B's, A is not in the later report and B not in the earlier), split (A is gone,
    and what it had is several divisions'), merged (B is new and has what several divisions had that are gone), moved
    (programmes changed hands). `doubtful`: one programme alone shows a renaming.
    """

    kind: DivisionKind
    before: str
    after: str
    from_year: int
    to_year: int
    programmes: tuple[Link, ...]
    reason: str
    doubtful: bool
    reason_ja: str


class MetricSeries(Record):
    """A metric over all reports.

    `statements`: what each report says, by fiscal year and then by report; of several statements for a year the last
    is that of the latest report. `programme` and `name` are as the latest report has them.
    """

    programme: str | None
    name: str
    label: str
    part_of: str | None
    row: int
    statements: tuple[Statement, ...]


class YearsReport(Record):
    """What became of all programmes of one jurisdiction, from each report to the next.

    All lists are in the order of the years, and then of the later report (what has ended: of the earlier one).
    `doubtful`: how many pairings are 要確認, those whose own `doubtful` is true.
    """

    schema_version: str = Field(default=YEARS_VERSION)
    reports: tuple[Side, ...]
    continued: tuple[Continuity, ...]
    renamed: tuple[Continuity, ...]
    new: tuple[Continuity, ...]
    ended: tuple[Continuity, ...]
    split: tuple[Continuity, ...]
    merged: tuple[Continuity, ...]
    paused: tuple[Continuity, ...] = ()
    resumed: tuple[Continuity, ...] = ()
    doubtful: int = 0
    notes: tuple[YearsFinding, ...]
    restated: tuple[Restated, ...]
    budgets: tuple[Budget, ...]
    divisions: tuple[DivisionChange, ...]
    metrics: tuple[MetricSeries, ...]
