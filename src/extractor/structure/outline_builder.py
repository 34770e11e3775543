"""Outline: paragraphs and tables become chapters, lists, programme blocks and case studies.

In: the layout and a profile. Out: the `Outline`. Each element ends in exactly one place of it, `unplaced` among them.
"""

import re
from dataclasses import dataclass
from typing import Literal

from extractor.document.layout import Element, Layout, Paragraph, Remark, Table
from extractor.document.outline import ChapterBlock, InitiativeBlock, ListTable, MetricTable, Outline
from extractor.grammar.heading_lines import (
    CHAPTER_LENGTH,
    POINT_MARKS,
    is_chapter_number,
    notes_unit,
    parse_chapter_heading,
    says_continued,
    strip_marks_and_unit,
)
from extractor.grammar.normalize import comparison_key
from extractor.profiles.profile import HeadingKind, Profile
from extractor.records.messages import make_message
from extractor.records.report import PageBox
from extractor.structure.blocks import BlockLine, BlockReader
from extractor.structure.case_studies import CaseReader
from extractor.structure.forms.fields import FormTable
from extractor.structure.forms.labels import mend_split_labels
from extractor.structure.front_matter import find_other_publisher, find_year_line, is_title
from extractor.structure.headings import (
    RunInHeading,
    find_heading_kind,
    is_unknown_heading,
    opens_case_studies,
    split_run_in_heading,
)
from extractor.structure.list_tables import continue_list
from extractor.structure.table_heads import split_off_bar
from extractor.structure.table_roles import classify_table
from extractor.structure.titles import TITLE_LINES, TitleWords

Zone = Literal["front", "overview", "list", "blocks", "cases"]


def build_outline(layout: Layout, profile: Profile) -> Outline:
    """Build the outline of a report.

    It tells which part of the report each paragraph and table is. The function is pure.

    Args:
        layout: The whole report in reading order.
        profile: The family of reports whose words count.

    Returns:
        The outline. What fits nowhere is in its `unplaced`, what the profile does not know in its `drift`.
    """
    outline = OutlineBuilder(mend_split_labels(layout.elements, profile), profile).build_outline()
    outline.gutters = layout.gutters
    if outline.title is None:
        # A title that stands on every page is taken for a running head, and is the title all the same.
        headers = (Paragraph(one.text, one.source) for one in layout.furniture if one.kind == "running-line")
        outline.title = next((header for header in headers if is_title(header, profile)), None)
    if other := find_other_publisher(layout.elements, profile):
        said = {"named": other[0], "profile": profile.id, "jurisdiction": profile.jurisdiction.name}
        outline.drift.append(Remark(make_message("layout-drift.jurisdiction", **said), other[1].source))
    return outline


@dataclass(frozen=True, slots=True)
class OutlineLine:
    """A paragraph and its place among the elements.

    `kind`: the heading that it is by its words; None for none.

    `in_block`: a programme's block is open around it and it is not set as a heading, so that a heading's words may be
    its prose.
    """

    index: int
    paragraph: Paragraph
    kind: HeadingKind | None = None
    in_block: bool = False


class OutlineBuilder:
    """A builder of an outline in one pass over the elements.

    The zone says which part of the report the pass is in.
    """

    def __init__(self, elements: tuple[Element, ...], profile: Profile) -> None:
        self._outline = Outline()
        self._elements = elements
        self._profile = profile
        self._words = TitleWords(profile)
        self._zone: Zone = "front"
        self._blocks: BlockReader | None = None
        self._cases: CaseReader | None = None
        self._section: Paragraph | None = None
        # A line that was taken together with the one before it.
        self._taken: Element | None = None

    def build_outline(self) -> Outline:
        """Take every element in turn and return the outline."""
        for index, element in enumerate(self._elements):
            if isinstance(element, Table):
                self._take_table(element)
            else:
                self._take_paragraph(index, element)
        self._leave_section()
        self._close_parts()
        return self._outline

    @property
    def _chapter(self) -> ChapterBlock:
        if not self._outline.chapters:
            self._outline.chapters.append(ChapterBlock(None))
        return self._outline.chapters[-1]

    def _take_paragraph(self, index: int, paragraph: Paragraph) -> None:
        if paragraph is self._taken:
            return
        if paragraph.is_foot:
            blocks = self._open_blocks
            if blocks is None or not blocks.take_foot(paragraph):
                self._outline.unplaced.append(paragraph)
            return
        in_block = self._zone == "blocks" and self._blocks is not None and self._blocks.is_open
        line = OutlineLine(
            index, paragraph, find_heading_kind(paragraph, self._profile), in_block=in_block and not paragraph.strong
        )
        if not any(rule(self, line) for rule in self._HEADING_RULES):
            self._take_body_line(line)

    def _take_body_line(self, line: OutlineLine) -> None:
        """Take a line that is no heading; one to which no rule applies is in no part."""
        if not any(rule(self, line) for rule in self._BODY_RULES):
            self._outline.unplaced.append(line.paragraph)

    def _find_heading(self, index: int) -> str | None:
        """Find the heading that an element is, or begins with; None for none, or where there is no such element."""
        if index >= len(self._elements):
            return None
        element = self._elements[index]
        if isinstance(element, Table):
            return "overview" if isinstance(classify_table(element, self._profile).content, FormTable) else None
        within = split_run_in_heading(element, self._profile)
        return find_heading_kind(element, self._profile) or (within.kind if within else None)

    def _take_title(self, line: OutlineLine) -> bool:
        """Take the first line with the words of a report's title, before all chapters."""
        begun = self._outline.title is not None or bool(self._outline.chapters)
        if begun or not is_title(line.paragraph, self._profile):
            return False
        # The line before or behind it may say the fiscal year and nothing else: then it is part of the title.
        beside = [
            self._elements[at] if 0 <= at < len(self._elements) else None for at in (line.index - 1, line.index + 1)
        ]
        year, title = find_year_line(beside, line.paragraph), line.paragraph
        if year is not None:
            first, last = (year, title) if year is beside[0] else (title, year)
            title = Paragraph(f"{first.text} {last.text}", first.source + last.source, title.strong)
            self._outline.unplaced = [element for element in self._outline.unplaced if element is not year]
            self._taken = year
        self._outline.title = title
        return True

    def _take_chapter_heading(self, line: OutlineLine) -> bool:
        """Take a line with a chapter's number or mark, and a chapter's overview, list or section behind it."""
        paragraph, behind = self._join_chapter_title(line)
        text, marks = paragraph.text, self._profile.headings.chapter_marks
        marked = text[0] in marks and len(text) <= CHAPTER_LENGTH and "。" not in text
        if not (marked if marks else parse_chapter_heading(text) is not None):
            return False
        if self._find_heading(behind) not in {"policy_overview", "list", "section"}:
            return False
        if behind > line.index + 1:
            self._taken = self._elements[line.index + 1]
        if says_continued(text) and self._outline.chapters:
            self._chapter.headings.append(paragraph)
            return True
        self._close_parts()
        self._outline.chapters.append(ChapterBlock(paragraph))
        self._zone = "front"
        return True

    def _join_chapter_title(self, line: OutlineLine) -> tuple[Paragraph, int]:
        """Join a chapter's number with the title that a tab parts from it; give also the place behind both."""
        number, behind = line.paragraph, line.index + 1
        title = self._elements[behind] if behind < len(self._elements) else None
        if isinstance(title, Paragraph) and is_chapter_number(number.text) and _stand_side_by_side(number, title):
            joined = Paragraph(f"{number.text} {title.text}", number.source + title.source, number.strong)
            return joined, behind + 1
        return number, behind

    def _take_section_heading(self, line: OutlineLine) -> bool:
        """Take a section's heading, which counts when a list follows."""
        if line.kind != "section":
            return False
        self._leave_section()
        self._section = line.paragraph
        return True

    def _take_part_heading(self, line: OutlineLine) -> bool:
        """Take a heading 取組の概要 or 事業一覧, outside of blocks.

        One that comes after blocks, or again, belongs to a chapter without a heading.
        """
        if line.kind not in {"policy_overview", "list"} or line.in_block:
            return False
        chapter, is_list = self._chapter, line.kind == "list"
        if is_list and chapter.lists and not chapter.blocks and says_continued(line.paragraph.text):
            chapter.headings.append(line.paragraph)
            return True
        if chapter.blocks or (chapter.lists and is_list) or self._zone == "cases":
            self._close_parts()
            self._outline.chapters.append(ChapterBlock(None))
        self._chapter.headings.append(line.paragraph)
        self._zone = "list" if is_list else "overview"
        return True

    def _take_passage_heading(self, line: OutlineLine) -> bool:
        """Take a heading 事業概要 or 事業実績 on a line of its own."""
        if line.kind != "overview" and line.kind != "results":
            return False
        self._read_blocks().take_heading(line.kind, line.paragraph)
        return True

    def _take_run_in_heading(self, line: OutlineLine) -> bool:
        """Take a heading 事業概要 or 事業実績 with its text on the same line, where one may stand."""
        run_in = split_run_in_heading(line.paragraph, self._profile)
        if run_in is None or not self._may_open_passage(run_in):
            return False
        self._read_blocks().take_heading(run_in.kind, run_in.heading)
        self._take_body_line(OutlineLine(line.index, run_in.rest))
        return True

    def _may_open_passage(self, run_in: RunInHeading) -> bool:
        """Tell whether a heading with text behind it opens a passage: a bare word does so only where one is due."""
        if run_in.marked or self._zone in {"overview", "cases", "front"}:
            return run_in.marked
        return self._blocks is None or self._zone == "list" or self._blocks.expects_passage(run_in.kind)

    def _take_subject_heading(self, line: OutlineLine) -> bool:
        """Take a heading 企業概要 or 経緯 in case studies."""
        if self._open_cases is None or (line.kind != "subject_profile" and line.kind != "subject_story"):
            return False
        self._open_cases.take_heading(line.kind, line.paragraph)
        return True

    def _take_cases_heading(self, line: OutlineLine) -> bool:
        """Take a line that ends with 事例紹介, behind the programmes and outside of prose.

        Before all programmes there is none that it may tell of: a report's title may say 事例紹介 too.
        """
        behind = any(chapter.blocks or chapter.lists for chapter in self._outline.chapters)
        outside = behind and self._zone != "overview" and not line.in_block
        if not outside or not opens_case_studies(line.paragraph, self._profile):
            return False
        self._close_parts()
        self._cases = CaseReader(line.paragraph, len(self._outline.chapters) - 1, self._outline)
        self._zone = "cases"
        return True

    def _take_caption(self, line: OutlineLine) -> bool:
        """Take a line directly before a table that gives the unit of its numbers, in blocks."""
        before_table = any(isinstance(element, Table) for element in self._elements[line.index + 1 : line.index + 2])
        return before_table and self._open_blocks is not None and self._open_blocks.take_caption(line.paragraph)

    # The rules for a line, in their order: each takes the line, or tells that it does not apply.
    _HEADING_RULES = (
        _take_title,
        _take_chapter_heading,
        _take_section_heading,
        _take_part_heading,
        _take_passage_heading,
        _take_run_in_heading,
        _take_subject_heading,
        _take_cases_heading,
        _take_caption,
    )

    @property
    def _open_blocks(self) -> BlockReader | None:
        return self._blocks if self._zone == "blocks" else None

    @property
    def _open_cases(self) -> CaseReader | None:
        return self._cases if self._zone == "cases" else None

    def _take_block_line(self, line: OutlineLine) -> bool:
        """Take a line in blocks, or behind the list of a chapter that has blocks: a title is before its block."""
        behind_list = self._zone == "list" and bool(self._chapter.lists) and self._profile.has_blocks
        if self._open_blocks is None and not behind_list:
            return False
        follows = self._find_heading(line.index + 1) in {"overview", "results"}
        block_line = BlockLine(line.paragraph, heading_follows=follows, heading_soon=self._has_heading_soon(line))
        self._read_blocks().take_line(block_line)
        return True

    def _has_heading_soon(self, line: OutlineLine) -> bool:
        """Tell whether a passage's heading follows with nothing but offices and marks between."""
        first = line.index + 1
        for index, element in enumerate(self._elements[first : first + TITLE_LINES], first):
            if self._find_heading(index) in {"overview", "results"}:
                return True
            if not isinstance(element, Paragraph):
                break
            if not self._words.is_aside(element) and not self._words.is_beside(element, line.paragraph):
                break
        return False

    def _take_case_line(self, line: OutlineLine) -> bool:
        """Take a line in case studies."""
        if self._open_cases is None:
            return False
        self._open_cases.take_line(line.paragraph)
        return True

    def _take_overview_line(self, line: OutlineLine) -> bool:
        """Take a line of a chapter's overview: a point (○), or prose before the first or under the last."""
        if self._zone != "overview":
            return False
        chapter, paragraph = self._chapter, line.paragraph
        if paragraph.text[0] in POINT_MARKS and not paragraph.text.endswith("。"):
            chapter.initiatives.append(InitiativeBlock(paragraph))
            return True
        if is_unknown_heading(paragraph, ()):
            message = make_message("layout-drift.heading", text=paragraph.text)
            self._outline.drift.append(Remark(message, paragraph.source))
        (chapter.initiatives[-1].paragraphs if chapter.initiatives else chapter.overview).append(paragraph)
        return True

    def _take_list_note(self, line: OutlineLine) -> bool:
        """Take a line beside a list that says the unit of its amounts: （単位：千円）."""
        if self._zone != "list" or not re.match(r"^[(\[]?単位", comparison_key(line.paragraph.text)):
            return False
        self._chapter.list_notes.append(line.paragraph)
        return True

    # The rules for a line that is no heading, in their order.
    _BODY_RULES = (_take_list_note, _take_block_line, _take_case_line, _take_overview_line)

    def _take_table(self, table: Table) -> None:
        """Put a table, by its role, into the list or the block at hand; in case studies only a form has a place."""
        bar = split_off_bar(table) if self._open_blocks is not None else None
        if bar is not None and self._open_blocks is not None and self._open_blocks.names_programme(bar[0]):
            self._open_blocks.take_line(BlockLine(bar[0], heading_follows=False, heading_soon=False))
            table = bar[1]
        content = self._find_content(table)
        if isinstance(content, FormTable):
            self._read_blocks().take_form(content)
        elif isinstance(content, ListTable) and self._zone != "cases":
            self._begin_section()
            self._chapter.lists.append(content)
            self._zone = "list"
        elif self._open_blocks is not None:
            self._open_blocks.take_table(table, content if isinstance(content, MetricTable) else None)
        else:
            self._outline.unplaced.append(table)

    def _find_content(self, table: Table) -> FormTable | ListTable | MetricTable | None:
        """Find what a table is by its own head, or as more of the list or the form before it."""
        content = classify_table(table, self._profile).content
        if content is None and self._zone == "list" and self._chapter.lists:
            return continue_list(table, self._chapter.lists[-1])
        has_head = isinstance(content, ListTable) or (isinstance(content, FormTable) and content.bands is not None)
        if self._open_blocks is not None and not has_head:
            return self._open_blocks.continue_form(table) or content
        return content

    def _begin_section(self) -> None:
        """Give the list at hand the section whose heading waits: that of the chapter, or of a further one."""
        heading, self._section, chapter = self._section, None, self._chapter
        if heading is None:
            return
        if chapter.section is None and not chapter.lists:
            chapter.section = heading
        elif chapter.section is None or _strip_heading(chapter.section) != _strip_heading(heading):
            self._outline.chapters.append(ChapterBlock(chapter.heading, heading))
        self._chapter.headings.append(heading)
        if notes_unit(heading.text):
            self._chapter.list_notes.append(heading)

    def _leave_section(self) -> None:
        """Let go of a section's heading whose list did not come: it is in no part."""
        self._outline.unplaced += [self._section] if self._section else []
        self._section = None

    def _read_blocks(self) -> BlockReader:
        """Go on with the chapter's blocks, or begin them."""
        if self._blocks is None:
            self._blocks = BlockReader(self._chapter, self._outline, self._profile)
        self._zone = "blocks"
        return self._blocks

    def _close_parts(self) -> None:
        """Close the blocks and case studies at hand."""
        if self._blocks:
            self._blocks.close_chapter()
        self._blocks = None
        self._cases = None


def _stand_side_by_side(first: Paragraph, second: Paragraph) -> bool:
    """Tell whether two lines are one on the page: they share most of their height."""
    a, b = first.source[-1], second.source[0]
    if not isinstance(a, PageBox) or not isinstance(b, PageBox) or a.page != b.page:
        return False
    shared = min(a.bbox[3], b.bbox[3]) - max(a.bbox[1], b.bbox[1])
    return a.bbox[2] <= b.bbox[0] and shared * 2 > min(a.bbox[3] - a.bbox[1], b.bbox[3] - b.bbox[1])


def _strip_heading(heading: Paragraph) -> str:
    return strip_marks_and_unit(heading.text)
