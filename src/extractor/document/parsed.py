"""What the interpret step gives: the values of list rows and blocks.

They are not yet joined to programmes.
"""

from dataclasses import dataclass, field

from extractor.document.layout import Remark
from extractor.records.report import (
    Attribute,
    CaseStudy,
    Initiative,
    Metric,
    Note,
    Office,
    Passage,
    ReportHead,
    Section,
    Source,
    Unplaced,
)

NO_PASSAGE = Passage(paragraphs=(), notes=(), facts=(), activities=(), source=())


@dataclass(frozen=True, slots=True)
class Problem(Remark):
    """Something that a reader of values has to say; `path` is where, below the record it belongs to."""

    path: str = ""


@dataclass(frozen=True, slots=True)
class ListEntry:
    """A row of the chapter's list.

    `sources` by the name of the field; one without a column is not in it.

    `metrics` are the row's figures besides the budget, without ids; problems of them have paths `/figures/0` …
    `place`: the row, where it is all that is printed of a programme. `repeated`: the programme is listed elsewhere too,
    and its block stands there. `skipped`: numbers before it that the list says no programme has. `parts`: the amounts
    that were added, where the row is ruled into parts. `is_summed`: a total of a part of the list (小計) confirms its
    budget.
    """

    number: int | None = None
    name: str | None = None
    budget_thousand_yen: int | None = None
    is_new: bool | None = None
    page_label: str | None = None
    offices: tuple[Office, ...] = ()
    sources: dict[str, Source] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    overview: Passage | None = None
    metrics: tuple[Metric, ...] = ()
    place: Source = ()
    notes: tuple[Note, ...] = ()
    previous_budget_thousand_yen: int | None = None
    attributes: tuple[Attribute, ...] = ()
    repeated: bool = False
    skipped: tuple[int, ...] = ()
    parts: str = ""
    is_summed: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A programme's block. Metrics have no ids yet. `source` has a box a page."""

    number: int | None = None
    name: str | None = None
    name_source: Source = ()
    overview: Passage = NO_PASSAGE
    results: Passage = NO_PASSAGE
    metrics: tuple[Metric, ...] = ()
    offices: tuple[Office, ...] = ()
    offices_source: Source = ()
    source: Source = ()
    problems: tuple[Problem, ...] = ()
    sections: tuple[Section, ...] = ()
    notes: tuple[Note, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChapterParts:
    """A chapter's values, its programmes still in two halves."""

    number: int
    title: str | None
    overview: tuple[str, ...]
    initiatives: tuple[Initiative, ...]
    entries: tuple[ListEntry, ...]
    subtotal_thousand_yen: int | None
    blocks: tuple[Block, ...]
    source: Source
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseParts:
    """A case study and the names by which it may call its programme.

    They are the bracket in which it names its programme, and what names that may hold, folded.
    """

    record: CaseStudy
    bracket: tuple[Unplaced, ...]
    names: tuple[str, ...]
    chapter: int | None


@dataclass(frozen=True, slots=True)
class ReportParts:
    """A whole report's values."""

    head: ReportHead
    chapters: tuple[ChapterParts, ...]
    cases: tuple[CaseParts, ...]
    unplaced: tuple[Unplaced, ...]
    problems: tuple[Problem, ...] = ()
