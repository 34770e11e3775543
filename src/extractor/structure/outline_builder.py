"""Segment: paragraphs and tables become chapters, lists, programme blocks and case studies.

Each element ends in exactly one place of the `Outline`, `unplaced` among them.
"""

import re
from typing import Literal

from extractor.document.layout import Element, Layout, Paragraph, Table
from extractor.document.outline import Chapter, Drift, Initiative, Outline
from extractor.grammar.normalize import key
from extractor.profiles.profile import Profile
from extractor.records.messages import make_message
from extractor.structure.blocks import BlockReader
from extractor.structure.case_studies import CaseReader
from extractor.structure.forms.fields import Piece
from extractor.structure.forms.parse import form_of, head_of_block
from extractor.structure.front_matter import is_title, other_publisher, with_year
from extractor.structure.headings import (
    CHAPTER_LENGTH,
    POINT_MARKS,
    RunIn,
    chapter_heading,
    kind,
    opens_cases,
    run_in,
    unit_noted,
    unknown_heading,
    without_unit,
)
from extractor.structure.split_labels import mended
from extractor.structure.table_roles import list_continuation, list_table, metric_table
from extractor.structure.titles import TITLE_LINES, TitleWords

Zone = Literal["front", "overview", "list", "blocks", "cases"]


def segment(layout: Layout, profile: Profile) -> Outline:
    """The report's parts. Pure; what fits nowhere is in `unplaced`."""
    walk = _Walk(mended(layout.elements, profile), profile)
    walk.go()
    if other := other_publisher(layout.elements, profile):
        said = {"named": other[0], "profile": profile.id, "jurisdiction": profile.jurisdiction.name}
        walk.outline.drift.append(Drift(make_message("layout-drift.jurisdiction", **said), other[1].source))
    return walk.outline


class _Walk:
    """One pass over the elements; the zone says which part of the report it is in."""

    def __init__(self, elements: tuple[Element, ...], profile: Profile) -> None:
        self.outline = Outline()
        self._elements = elements
        self._profile = profile
        self._words = TitleWords(profile)
        self._zone: Zone = "front"
        self._forms: dict[int, tuple[Piece, ...] | None] = {}
        self._blocks: BlockReader | None = None
        self._cases: CaseReader | None = None
        self._section: Paragraph | None = None

    def go(self) -> None:
        """Take every element in turn."""
        for index, element in enumerate(self._elements):
            if isinstance(element, Table):
                self._table(element)
            else:
                self._paragraph(index, element)
        self._leave_section()
        if self._blocks:
            self._blocks.close()

    @property
    def _begun(self) -> bool:
        """Whether programmes are behind us, of which a case study can tell. (A report's title may say 事例紹介 too.)"""
        return any(chapter.blocks or chapter.lists for chapter in self.outline.chapters)

    @property
    def _chapter(self) -> Chapter:
        if not self.outline.chapters:
            self.outline.chapters.append(Chapter(None))
        return self.outline.chapters[-1]

    def _follows(self, index: int) -> str | None:
        """The heading that the next element is, or begins with, if it is one."""
        return self._heads(self._elements[index + 1]) if index + 1 < len(self._elements) else None

    def _heads(self, element: Element) -> str | None:
        if isinstance(element, Table):
            return "overview" if self._form(element) else None
        within = run_in(element, self._profile)
        return kind(element, self._profile) or (within.kind if within else None)

    def _soon(self, index: int) -> bool:
        """Whether a passage's heading follows with nothing but offices and marks between."""
        at = index + 1
        while at < len(self._elements) and at <= index + TITLE_LINES:
            element = self._elements[at]
            if self._heads(element) in {"overview", "results"}:
                return True
            if not isinstance(element, Paragraph) or not self._words.aside(element):
                return False
            at += 1
        return False

    def _table_follows(self, index: int) -> bool:
        return index + 1 < len(self._elements) and isinstance(self._elements[index + 1], Table)

    def _paragraph(self, index: int, paragraph: Paragraph) -> None:
        found = kind(paragraph, self._profile)
        # Inside a block a plain line with a heading's words is prose; a heading there is set as one.
        within = self._zone == "blocks" and self._blocks is not None and self._blocks.open and not paragraph.strong
        if self.outline.title is None and not self.outline.chapters and is_title(paragraph, self._profile):
            self._take_title(index, paragraph)
        elif self._heads_chapter(paragraph) and self._follows(index) in {"policy_overview", "list", "section"}:
            self._open_chapter(paragraph)
        elif found == "section":
            self._open_section(paragraph)
        elif found in {"policy_overview", "list"} and not within:
            self._open_part(found == "list", paragraph)
        elif found == "overview" or found == "results":
            self._block_reader().heading(found, paragraph)
        elif (run := run_in(paragraph, self._profile)) and self._opens(run):
            self._block_reader().heading(run.kind, run.heading)
            self._body(index, run.rest)
        elif (found == "subject_profile" or found == "subject_story") and self._zone == "cases" and self._cases:
            self._cases.heading(found, paragraph)
        elif self._zone != "overview" and self._begun and not within and opens_cases(paragraph, self._profile):
            self._open_cases(paragraph)
        elif self._zone == "blocks" and self._blocks and self._table_follows(index) and self._blocks.caption(paragraph):
            pass
        else:
            self._body(index, paragraph)

    def _opens(self, run: RunIn) -> bool:
        """Whether a heading with text behind it opens a passage: a bare word does so only where one is due."""
        if self._zone in {"overview", "cases", "front"}:
            return run.marked
        return run.marked or self._blocks is None or self._zone == "list" or self._blocks.expects(run.kind)

    def _body(self, index: int, paragraph: Paragraph) -> None:
        """A line that is no heading, in the zone at hand."""
        if self._zone == "blocks" and self._blocks:
            self._block_line(index, paragraph)
        elif self._zone == "cases" and self._cases:
            self._cases.paragraph(paragraph)
        elif self._zone == "overview":
            self._overview(paragraph)
        elif self._zone == "list" and re.match(r"^[(\[]?単位", key(paragraph.text)):
            self._chapter.list_notes.append(paragraph)
        elif self._zone == "list" and self._chapter.lists and self._profile.has_blocks:
            self._block_line(index, paragraph)
        else:
            self.outline.unplaced.append(paragraph)

    def _block_line(self, index: int, paragraph: Paragraph) -> None:
        follows = self._follows(index) in {"overview", "results"}
        self._block_reader().paragraph(paragraph, heading_follows=follows, heading_soon=self._soon(index))

    def _overview(self, paragraph: Paragraph) -> None:
        chapter = self._chapter
        if paragraph.text[0] in POINT_MARKS and not paragraph.text.endswith("。"):
            chapter.initiatives.append(Initiative(paragraph))
            return
        if unknown_heading(paragraph, ()):
            message = make_message("layout-drift.heading", text=paragraph.text)
            self.outline.drift.append(Drift(message, paragraph.source))
        if chapter.initiatives:
            chapter.initiatives[-1].paragraphs.append(paragraph)
        else:
            chapter.overview.append(paragraph)

    def _form(self, table: Table) -> tuple[Piece, ...] | None:
        """The pieces of a table that is a programme's form, or the head of one."""
        if id(table) not in self._forms:
            self._forms[id(table)] = form_of(table, self._profile) or head_of_block(table, self._profile)
        return self._forms[id(table)]

    def _table(self, table: Table) -> None:
        form = self._form(table)
        if self._zone == "blocks" and self._blocks and (form or list_table(table, self._profile) is None):
            form = self._blocks.rest_of_form(table) or form
        if form is not None:
            self._block_reader().form(form)
            return
        found = list_table(table, self._profile)
        if (
            found is None
            and self._zone == "list"
            and self._chapter.lists
            and metric_table(table, self._profile) is None
        ):
            found = list_continuation(table, self._chapter.lists[-1])
        if found is not None and self._zone != "cases":
            self._begin_section()
            self._chapter.lists.append(found)
            self._zone = "list"
        elif self._zone == "blocks" and self._blocks:
            self._blocks.table(table)
        elif self._zone == "cases" and self._cases:
            self._cases.table(table)
        else:
            self.outline.unplaced.append(table)

    def _close(self) -> None:
        if self._blocks:
            self._blocks.close()
        self._blocks = None
        self._cases = None

    def _open_chapter(self, heading: Paragraph) -> None:
        self._close()
        self.outline.chapters.append(Chapter(heading))
        self._zone = "front"

    def _open_part(self, is_list: bool, heading: Paragraph) -> None:
        """取組の概要 or the list. One that comes after blocks, or again, belongs to a chapter without a heading."""
        chapter = self._chapter
        if chapter.blocks or (chapter.lists and is_list) or self._zone == "cases":
            self._close()
            self.outline.chapters.append(Chapter(None))
        self._chapter.headings.append(heading)
        self._zone = "list" if is_list else "overview"

    def _heads_chapter(self, paragraph: Paragraph) -> bool:
        """Whether a line is a chapter's heading by its number, or by its mark where chapters have none."""
        if marks := self._profile.headings.chapter_marks:
            return paragraph.text[0] in marks and len(paragraph.text) <= CHAPTER_LENGTH and "。" not in paragraph.text
        return chapter_heading(paragraph.text) is not None

    def _take_title(self, index: int, title: Paragraph) -> None:
        """The report's title, with the line before it that says its fiscal year and nothing else."""
        before = self._elements[index - 1] if index else None
        self.outline.title = with_year(before, title)
        if self.outline.title is not title:
            self.outline.unplaced = [one for one in self.outline.unplaced if one is not before]

    def _open_section(self, heading: Paragraph) -> None:
        """A section's heading: it counts when a list follows."""
        self._leave_section()
        self._section = heading

    def _begin_section(self) -> None:
        """The list at hand is of the section whose heading waits: of the chapter's own one, or of a further one."""
        heading, self._section = self._section, None
        if heading is None:
            return
        chapter = self._chapter
        if chapter.section is None and not chapter.lists:
            chapter.section = heading
        elif chapter.section is None or without_unit(chapter.section.text) != without_unit(heading.text):
            self.outline.chapters.append(Chapter(chapter.heading, heading))
        self._chapter.headings.append(heading)
        if unit_noted(heading.text):
            self._chapter.list_notes.append(heading)

    def _leave_section(self) -> None:
        if self._section is not None:
            self.outline.unplaced.append(self._section)
        self._section = None

    def _block_reader(self) -> BlockReader:
        if self._blocks is None:
            self._blocks = BlockReader(self._chapter, self.outline, self._profile)
        self._zone = "blocks"
        return self._blocks

    def _open_cases(self, heading: Paragraph) -> None:
        self._close()
        self._cases = CaseReader(
            heading, len(self.outline.chapters) - 1 if self.outline.chapters else None, self.outline
        )
        self._zone = "cases"
