"""The output contract: the records that are written as JSON, in the order in which their keys are written.

Names are fixed; other programs read them. A change is a change of `SCHEMA_VERSION` (semantic versioning).
"""

import datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

SCHEMA_VERSION = "1.1"

Severity = Literal["error", "warning", "info"]
Status = Literal["read", "absent", "blank", "unreadable"]
Measure = Literal["actual", "target", "plan", "forecast"]
Aspect = Literal["done", "ongoing", "planned"]
Voice = Literal["active", "passive"]
Number = Annotated[
    int | Decimal,
    PlainSerializer(
        lambda value: value if isinstance(value, int) else float(value), return_type=int | float, when_used="json"
    ),
]


class Record(BaseModel):
    """What all records have in common: nothing unknown in them, nothing changed once made."""

    # What has a default is written all the same, so the schema of what is written requires it.
    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_serialization_defaults_required=True)


class PageBox(Record):
    """A place in a PDF.

    `page` counts from 1, `page_label` is the printed number (None: none printed), `bbox` is x0, top, x1, bottom in
    points from the page's top left. `recognised`, written only where it is true: the page is a picture, and what
    stands there was recognised and not read.
    """

    page: int
    page_label: str | None
    bbox: tuple[float, float, float, float]
    recognised: bool = Field(default=False, exclude_if=lambda recognised: not recognised)


class LineSpan(Record):
    """A place in a text file: first and last line, counted from 1."""

    line: int
    end_line: int


Place = PageBox | LineSpan
Source = tuple[Place, ...]


class Quantity(Record):
    """A counted or measured amount. `unit` and `qualifiers` as printed (名; 延べ, 計, 約 …); `unit` None: none printed.

    `component` is the part of the item's name that this amount answers, where the name counts several things. `lower`
    and `upper`: the least and the greatest number that the qualifiers allow (以上, 未満, 約, 十数); None: no bound.
    """

    value: Number
    unit: str | None
    qualifiers: tuple[str, ...] = ()
    component: str | None = None
    lower: Number | None = None
    upper: Number | None = None


class Note(Record):
    """A foot note, and the mark (注1, ※1, *) by which what it is of names it."""

    mark: str
    text: str
    source: Source


class Observation(Record):
    """A metric's value for one fiscal year, or for all of `spans` where one cell stands under several years.

    `measure` is what its column holds: actual values, or such as are aimed at (目標), planned or expected. `part`: the
    part of the year that it is of (上期), where the year has several columns. `struck`: the value before it, which is
    printed crossed out. `notes`: those that a mark in the cell names. `proofs`: what else confirms the value.

    `status`: read (a number), absent (a dash is printed), blank (nothing is printed), unreadable (something is
    printed that is not wholly understood; `quantities` is then empty and `raw` says what).
    """

    fiscal_year: int
    spans: tuple[int, ...] | None
    raw: str
    status: Status
    quantities: tuple[Quantity, ...]
    period: str | None
    period_edtf: str | None
    source: Source
    measure: Measure = "actual"
    part: str | None = None
    struck: str | None = None
    notes: tuple[Note, ...] = ()
    proofs: tuple[str, ...] = ()


class OtherValue(Record):
    """What stands beside the years' values of a row, as printed: 増減, 達成率, 備考. `head` is that of its column."""

    head: str
    raw: str
    source: Source


class Metric(Record):
    """A row of a programme's table. `label` is `name` less the `note` in brackets at its end.

    `unit`: that of a column of units. `group`: what is printed before the name, in a column of its own or over the
    row; in a column, it is a part of `name` too. `others`: the row's cells in columns that hold no year's values.
    `notes`: those that a mark in the name names.
    """

    id: str
    name: str
    label: str
    note: str | None
    part_of: str | None
    row: int
    is_total: bool
    observations: tuple[Observation, ...]
    source: Source
    unit: str | None = None
    group: str | None = None
    others: tuple[OtherValue, ...] = ()
    notes: tuple[Note, ...] = ()


class Fact(Record):
    """A quantity or time found in prose; `start` and `end` are offsets into its paragraph.

    `range_with` and `part_of` are indices of facts of the same passage: the other end of its range (5～10名), and the
    amount of which it is a part (10社のうち1社).
    """

    kind: Literal["quantity", "time"]
    paragraph: int
    start: int
    end: int
    text: str
    quantity: Quantity | None = None
    edtf: str | None = None
    counted: str | None = None
    range_with: int | None = None
    part_of: int | None = None


class Activity(Record):
    """Something done or planned that the prose tells: predicate, object, for whom, by what means, to what end.

    `agent`: who does it. `places`: where.

    `aspect`: done (past), ongoing, planned (present); `negative`: it says that it was not done.
    """

    paragraph: int
    start: int
    end: int
    predicate: str
    object: str | None
    recipients: tuple[str, ...]
    means: tuple[str, ...]
    purpose: str | None
    facts: tuple[int, ...]
    aspect: Aspect
    voice: Voice
    negative: bool
    agent: str | None = None
    places: tuple[str, ...] = ()


class Passage(Record):
    """The prose under 事業概要 or 事業実績; `notes` are its ※ lines. Its source has a box a paragraph and page.

    The `paragraph` of `note_facts` and `note_activities` counts in `notes`.
    """

    paragraphs: tuple[str, ...]
    notes: tuple[str, ...]
    facts: tuple[Fact, ...]
    activities: tuple[Activity, ...]
    source: Source
    note_facts: tuple[Fact, ...] = ()
    note_activities: tuple[Activity, ...] = ()


class Office(Record):
    """An office in charge: 課 (or a centre in its place), its groups, and the 県民局 in brackets.

    `contact`: its 電話, 内線 and e-mail as printed.
    """

    division: str
    groups: tuple[str, ...]
    bureau: str | None
    contact: str | None = None


class ProgrammeSources(Record):
    """Where each field stands that has no source of its own. Empty: it is not printed anywhere."""

    name: Source
    budget_thousand_yen: Source
    is_new: Source
    page_label: Source
    listed_offices: Source
    offices: Source


class Section(Record):
    """Prose of a programme under another heading than 事業概要 and 事業実績, such as 課題と今後の方向性."""

    heading: str
    paragraphs: tuple[str, ...]
    source: Source


class Attribute(Record):
    """What a form or list says of a programme beside a label of its own, such as 事業期間, 根拠法令 or 区分."""

    label: str
    text: str
    source: Source


class Programme(Record):
    """A row of the chapter's list and its block, joined. An empty `source` means that no block was found.

    `figures`: captions of pictures in the block. `notes`: foot notes of the block. `previous_budget_thousand_yen`: the
    amount of the year before the report's. `budget_proofs`: what else confirms the budget.
    """

    id: str
    number: int | None
    name: str | None
    budget_thousand_yen: int | None
    is_new: bool | None
    page_label: str | None
    listed_offices: tuple[Office, ...]
    offices: tuple[Office, ...]
    overview: Passage
    results: Passage
    metrics: tuple[Metric, ...]
    source: Source
    sources: ProgrammeSources
    sections: tuple[Section, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    figures: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    previous_budget_thousand_yen: int | None = None
    budget_proofs: tuple[str, ...] = ()


class Initiative(Record):
    """A ○ point of the chapter's 取組の概要."""

    heading: str
    paragraphs: tuple[str, ...]


class Policy(Record):
    """A chapter (基本方針). `title` is without its number; None where the chapter has no heading."""

    id: str
    number: int
    title: str | None
    overview: tuple[str, ...]
    initiatives: tuple[Initiative, ...]
    subtotal_thousand_yen: int | None
    programmes: tuple[Programme, ...]
    source: Source


class Subject(Record):
    """A firm or body that a case study tells of."""

    name: str
    municipality: str | None
    profile: tuple[str, ...]
    story: tuple[str, ...]


class CaseStudy(Record):
    """A 事例紹介. `figures`: captions and legends of its figures; `programme_id` None: names no known programme."""

    title: str | None
    programme_id: str | None
    subjects: tuple[Subject, ...]
    figures: tuple[str, ...]
    source: Source


class AppliedWaiver(Record):
    """That a person looked at a finding and found nothing to do: why, and since when."""

    reason: str
    date: datetime.date


class Finding(Record):
    """What a check has to say: an English sentence that quotes what is printed; where (RFC 6901 pointer, source).

    `message_ja` says the same in Japanese; None in a file of schema 1.0, which has no such sentences. `waived`: the
    finding is as it was looked at, and no longer counts; None: it counts.
    """

    code: str
    severity: Severity
    message: str
    pointer: str
    source: Source
    message_ja: str | None = None
    waived: AppliedWaiver | None = None


class Unplaced(Record):
    """Text that no record holds."""

    text: str
    source: Source


class AppliedCorrection(Record):
    """A value that was put right by the edition's corrections: what is printed, what is right, why and since when.

    `pointer` (RFC 6901) to the value, or the observation, in this file; of an observation, `printed` is its whole
    `raw` and `correct` the text that was read instead.
    """

    pointer: str
    printed: str | int | bool
    correct: str | int | bool
    reason: str
    date: datetime.date
    source: Source


class InputFile(Record):
    """The file that was read."""

    file: str
    sha256: str
    kind: Literal["pdf", "text", "scan"]
    pages: int | None


class Jurisdiction(Record):
    """Who published the report: 全国地方公共団体コード (six digits, with its check digit) and name."""

    code: str
    name: str


class ReportHead(Record):
    """What the report is. `fiscal_year` is the Gregorian year in which its 年度 begins."""

    id: str
    title: str
    jurisdiction: Jurisdiction
    fiscal_year: int
    fiscal_year_label: str


class Report(Record):
    """One file of one fiscal year, read: the whole of `output/<name>.json`.

    `corrections`, written only where there are some: those that were applied, in the order of `raw/<name>.toml`.
    """

    schema_version: str = Field(default=SCHEMA_VERSION)
    source: InputFile
    report: ReportHead
    policies: tuple[Policy, ...]
    case_studies: tuple[CaseStudy, ...]
    findings: tuple[Finding, ...]
    unplaced: tuple[Unplaced, ...]
    corrections: tuple[AppliedCorrection, ...] = Field(default=(), exclude_if=lambda corrections: not corrections)
