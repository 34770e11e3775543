"""What the segment step gives: the part of each paragraph and table.

It says which part of the report each of them is. Nothing is interpreted yet.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from extractor.document.geometry import Box
from extractor.document.layout import Cell, Element, Paragraph, Remark, Table
from extractor.records.report import Source

ListField = Literal["number", "name", "budget", "is_new", "offices", "page_label", "overview"]


@dataclass(frozen=True, slots=True)
class ListTable:
    """The chapter's list: which column holds what, and its rows without heads.

    `budget_heads` are the heads of all columns of amounts, by column: a list may have last year's beside this year's.
    `figure_heads` are those of other amounts; `other` are columns that are known, but have no place in a record.
    `attribute_heads` are those of columns that records have no field for. `unknown_heads` are cells over such of them
    as the profile does not know; `ambiguous_heads` name several fields, of which some have no column of their own.
    """

    table: Table
    columns: dict[ListField, int]
    body: tuple[int, ...]
    budget_heads: dict[int, str]
    figure_heads: dict[int, str] = field(default_factory=dict)
    other: frozenset[int] = frozenset()
    attribute_heads: dict[int, str] = field(default_factory=dict)
    unknown_heads: tuple[Cell, ...] = ()
    ambiguous_heads: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class MetricTable:
    """A programme's table with its axes.

    They are its column of names and their head, the heads of the other columns by column, and its rows.

    A head in several rows is one (`4年度 実績`). `above` are cells over the head, `body` those under it without heads.
    `unit_column` holds the unit of each row's bare numbers and is not among `heads`; `caption` is a line over the table
    that says it for all of them (単位：人). `is_known`: the profile knows `name_head` as the head of items' names.
    `first_name_column`: the name's head is over the columns from this one on; those before it hold its group alone.
    `printed` is the table as it is printed, with its head, where `table` is not: `is_arranged`, so that its cells stand
    otherwise there, or `goes_on`, so that it is more of the table before it, whose head and caption it has.
    `repeats_head`: it is more of the table before it too, and its head is printed again.
    """

    table: Table
    name_column: int
    name_head: str
    heads: dict[int, Cell]
    above: tuple[Cell, ...]
    body: tuple[int, ...]
    unit_column: int | None = None
    caption: Paragraph | None = None
    is_known: bool = True
    first_name_column: int = 0
    printed: Table | None = None
    is_arranged: bool = False
    goes_on: bool = False
    repeats_head: bool = False

    @property
    def is_rest(self) -> bool:
        """Whether it is more of the table before it."""
        return self.goes_on or self.repeats_head


@dataclass(slots=True)
class SectionBlock:
    """A heading that the profile has no word for, and what stands under it."""

    heading: Paragraph
    paragraphs: list[Paragraph] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Aside:
    """What is said of a programme beside its title, or in a column of its own, with the label for it, or none."""

    label: str
    text: Paragraph


@dataclass(slots=True)
class ProgrammeBlock:
    """What is printed of one programme.

    `headings` are the words found (事業概要 …); None of a passage: no heading. `sections` stand under other headings,
    `titles_again` over what goes on on a further page. `asides` are amounts at the end of the title's line, or in
    columns of their own; `is_ruled`: it is a band of rows, and rules say what is its own; `drift`: what the profile
    does not know. `figures`: captions of pictures. `notes`: foot notes, but for the ※ lines of its passages.
    """

    title: Paragraph | None = None
    overview: list[Paragraph] | None = None
    results: list[Paragraph] | None = None
    headings: list[Paragraph] = field(default_factory=list)
    tables: list[MetricTable] = field(default_factory=list)
    sections: list[SectionBlock] = field(default_factory=list)
    footer: list[Paragraph] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    is_ruled: bool = False
    drift: list[Remark] = field(default_factory=list)
    titles_again: list[Paragraph] = field(default_factory=list)
    figures: list[Paragraph] = field(default_factory=list)
    notes: list[Paragraph] = field(default_factory=list)

    @property
    def has_passage(self) -> bool:
        """Whether a passage has begun, be it empty so far."""
        return self.overview is not None or self.results is not None

    @property
    def latest_passage(self) -> list[Paragraph] | None:
        """The results, or the overview where these have not begun; None where neither has."""
        return self.overview if self.results is None else self.results

    def list_places(self) -> Source:
        """List where all of it stands, in order."""
        parts = list(filter(None, [self.title, *self.titles_again]))
        parts += self.headings + (self.overview or []) + (self.results or [])
        parts += [part for section in self.sections for part in (section.heading, *section.paragraphs)]
        parts += self.footer + [aside.text for aside in self.asides] + self.notes + self.figures
        places = [place for part in parts for place in part.source]
        for table in self.tables:
            places += [*(table.caption.source if table.caption else ()), *table.table.source]
        return tuple(places)


@dataclass(slots=True)
class InitiativeBlock:
    """A ○ point: its heading line and the paragraphs under it."""

    heading: Paragraph
    paragraphs: list[Paragraph] = field(default_factory=list)


@dataclass(slots=True)
class ChapterBlock:
    """One 基本方針.

    `heading` None: its list or blocks began without one. `section`: the part that its list is.
    """

    heading: Paragraph | None
    section: Paragraph | None = None
    headings: list[Paragraph] = field(default_factory=list)
    overview: list[Paragraph] = field(default_factory=list)
    initiatives: list[InitiativeBlock] = field(default_factory=list)
    lists: list[ListTable] = field(default_factory=list)
    list_notes: list[Paragraph] = field(default_factory=list)
    blocks: list[ProgrammeBlock] = field(default_factory=list)


@dataclass(slots=True)
class SubjectBlock:
    """A firm in a case study: its ○ line, 企業概要 and 経緯."""

    heading: Paragraph
    profile: list[Paragraph] = field(default_factory=list)
    story: list[Paragraph] = field(default_factory=list)
    headings: list[Paragraph] = field(default_factory=list)


@dataclass(slots=True)
class CaseBlock:
    """One case study.

    It has the heading of all of them, the lines before its first subject, the subjects, and the figures' texts.
    """

    heading: Paragraph
    chapter: int | None
    intro: list[Paragraph] = field(default_factory=list)
    subjects: list[SubjectBlock] = field(default_factory=list)
    figures: list[Paragraph] = field(default_factory=list)


@dataclass(slots=True)
class Outline:
    """The whole file.

    `unplaced` holds every element, or cell of one, that is in no part; `drift` what of the layout the profile does not
    know; `gutters` are those of the layout.
    """

    title: Paragraph | None = None
    chapters: list[ChapterBlock] = field(default_factory=list)
    cases: list[CaseBlock] = field(default_factory=list)
    unplaced: list[Element] = field(default_factory=list)
    drift: list[Remark] = field(default_factory=list)
    gutters: Mapping[int, Sequence[Box]] = field(default_factory=dict)
