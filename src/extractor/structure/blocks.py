"""Blocks: the programmes' blocks of a chapter, one after the other.

They are found from headings, tables, footers and titles.

In: the elements of a chapter, in order. Out: its `ProgrammeBlock`s; what is in none of them is in `unplaced`. A block
is known by its headings; its title is what stands before the first of them and is no part of the block before.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from extractor.document.geometry import Box
from extractor.document.layout import Element, Paragraph, Remark, Table
from extractor.document.outline import Aside, ChapterBlock, MetricTable, Outline, ProgrammeBlock, SectionBlock
from extractor.grammar.block_lines import find_line_kind, gives_unit, split_run_in_section
from extractor.grammar.heading_lines import (
    says_continued,
    split_title_number,
    strip_continuation,
)
from extractor.grammar.normalize import comparison_key
from extractor.grammar.note_marks import is_bare_mark, names_note, split_note_line
from extractor.grammar.office_names import is_contact
from extractor.profiles.profile import Profile
from extractor.records.messages import Message, make_message
from extractor.records.report import PageBox, Source
from extractor.structure.bands import BandHead, continue_bands
from extractor.structure.forms.assemble import FormAssembler
from extractor.structure.forms.fields import FormTable, cell_to_line
from extractor.structure.forms.parse import continue_form
from extractor.structure.headings import is_unknown_heading
from extractor.structure.metric_tables import continue_metrics
from extractor.structure.titles import Title, TitleWords
from extractor.structure.waiting_lines import WaitingLines

Passage = Literal["overview", "results"]
Part = Literal["overview", "results", "section", "after-table", "footer", "titled", "form", "unknown"]


@dataclass(frozen=True, slots=True)
class BlockLine:
    """A line that is no heading.

    `heading_follows`: a passage's does; `heading_soon`: with asides between.
    """

    paragraph: Paragraph
    heading_follows: bool
    heading_soon: bool


class BlockReader:
    """A reader of the blocks of one chapter.

    It takes the chapter's elements in order, and puts each into a block or into `unplaced`.
    """

    def __init__(self, chapter: ChapterBlock, outline: Outline, profile: Profile) -> None:
        self._chapter = chapter
        self._outline = outline
        self._profile = profile
        self._part: Part | None = None
        self._caption: Paragraph | None = None
        self._bands: BandHead | None = None
        self._words = TitleWords(profile)
        self._waiting = WaitingLines(chapter, outline, self._words, profile.list.new_marks)
        self._forms = FormAssembler(chapter, outline, self._words)
        # Whether a title or heading just said that what follows goes on with what stands before.
        self._goes_on = False
        # The block behind whose footer a table stands that is not its own.
        self._shut: ProgrammeBlock | None = None

    @property
    def _block(self) -> ProgrammeBlock | None:
        return self._chapter.blocks[-1] if self._chapter.blocks and self._part is not None else None

    @property
    def is_open(self) -> bool:
        """Whether a block has begun and its footer has not been met."""
        return self._part not in {None, "footer", "form"}

    def take_heading(self, kind: Passage, paragraph: Paragraph) -> None:
        """Take a heading 事業概要 or 事業実績: of the block at hand, or the first of a new one.

        Args:
            kind: Which of the two it is.
            paragraph: Its line.
        """
        block, goes_on = self._block, self._continues_passage(kind, paragraph)
        if block is None or self._opens_another(kind, paragraph):
            block = self._open_block()
        block.headings.append(paragraph)
        self._part, self._goes_on = kind, goes_on
        if not goes_on:
            setattr(block, kind, [])

    def _continues_passage(self, kind: Passage, paragraph: Paragraph) -> bool:
        """Tell whether a heading says that it continues the passage at hand, and that is the block's latest."""
        block = self._block
        if block is None or self._part == "footer" or not (self._goes_on or says_continued(paragraph.text)):
            return False
        latest = "overview" if block.results is None else "results"
        return kind == latest and getattr(block, kind) is not None

    def _opens_another(self, kind: Passage, paragraph: Paragraph) -> bool:
        """Tell whether a heading opens another block: a title waits, the block is at its end, or has the passage."""
        block = self._block
        ended = self._part == "footer" or (self._part == "form" and not says_continued(paragraph.text))
        if block is None or ended or self._waiting.find_title() is not None:
            return True
        begun = block.has_passage if kind == "overview" else block.results is not None
        return begun and not self._continues_passage(kind, paragraph)

    def take_table(self, table: Table, found: MetricTable | None) -> None:
        """Take a table that is no list and no form.

        Args:
            table: The table.
            found: The metrics that it is by its own head; None: it may go on from the page before.
        """
        self._goes_on = False
        if found is None and self._take_attributes(table):
            return
        block, before = self._block, self._find_last_table()
        goes_on = found is None and before is not None and self._part in {"after-table", "form"}
        if goes_on and before is not None:
            found = continue_metrics(table, before, self._profile)
        if found is None or not (found.is_known or goes_on):
            heads = tuple(cell.text for cell in table.find_row(0))
            self._note_drift(make_message("layout-drift.table", heads=heads), table.source)
        if block is None or found is None or self._part == "footer":
            self._shut = block if self._part == "footer" else self._shut
            self._release_caption()
            self._outline.unplaced.append(table)
            return
        caption = self._caption or found.caption
        if before is not None and self._part == "after-table" and _goes_on_elsewhere(before, found):
            # What is said over a table holds for the rest of it, in the next column or on the next page.
            caption = caption or before.caption
            found = replace(found, repeats_head=True)
        block.tables.append(replace(found, caption=caption))
        self._caption = None
        self._part = "form" if self._part == "form" else "after-table"

    def _take_attributes(self, table: Table) -> bool:
        """Take a table in which labels that many forms have (事業期間) and texts alternate; tell whether it is one."""
        rows = [table.find_row(row) for row in range(table.rows)]
        labels = [cell for row in rows for cell in row[::2]]
        if any(len(row) % 2 for row in rows) or any(find_line_kind(cell.text) != "attribute" for cell in labels):
            return False
        if self._waiting.find_title() is not None:
            self._open_block()
            self._part = "titled"
        block = self._block
        if block is None or self._part == "footer":
            return False
        self._release_caption()
        block.headings += map(cell_to_line, labels)
        pairs = ((row[at].text, row[at + 1]) for row in rows for at in range(0, len(row), 2))
        block.asides += [Aside(label, cell_to_line(cell)) for label, cell in pairs if cell.text]
        return True

    def _find_last_table(self) -> MetricTable | None:
        return self._block.tables[-1] if self._block and self._block.tables else None

    def take_form(self, form: FormTable) -> None:
        """Take a form.

        The form is of the block whose title stands over it, of one from the page before, or of new ones.
        """
        self._release_caption()
        if self._waiting.find_title() is not None and form.bands is None:
            self._open_block()
            self._part = "titled"
        else:
            self._waiting.settle_lines()
        block = self._block if self._part in {"form", "titled"} else None
        known = len(self._chapter.blocks)
        block = self._forms.add_fields(form.fields, block, self._waiting.list_names())
        self._bands = form.bands
        for added in self._chapter.blocks[known:]:
            added.is_ruled = form.bands is not None
        self._part = "form" if block is not None and block.has_passage else "titled"

    def continue_form(self, table: Table) -> FormTable | None:
        """Read a table as more of the form before it.

        None where no form is at hand, or the table is no more of it.
        """
        if self._part not in {"form", "titled"} or self._block is None or self._waiting.lines:
            return None
        if self._bands is not None:
            return continue_bands(table, self._bands, self._profile)
        return continue_form(table, self._profile, self._find_last_table())

    def take_caption(self, paragraph: Paragraph) -> bool:
        """Keep a line before a table that gives the unit of its numbers (単位：人).

        The result tells whether the line is one.
        """
        if self._block is None or not gives_unit(paragraph.text):
            return False
        self._release_caption()
        self._caption = paragraph
        return True

    def _release_caption(self) -> None:
        """Let go of a caption whose table did not come: it is in no part."""
        self._outline.unplaced += [self._caption] if self._caption else []
        self._caption = None

    def expects_passage(self, kind: Passage) -> bool:
        """Tell whether a passage may open here with its heading's bare word.

        An overview comes first, then the results.
        """
        block = self._block
        if block is None or self._part in {"footer", "form", "titled"} or self._waiting.find_title() is not None:
            return kind == "overview"
        if kind == "overview":
            return block.results is not None and self._part == "after-table"
        return block.overview is not None and block.results is None

    def take_line(self, line: BlockLine) -> None:
        """Take any other line.

        The first rule that applies takes it; else it waits for a block, or is in this one.
        """
        if any(rule(self, line) for rule in self._LINE_RULES):
            return
        block = self._block
        if block is None or self._part in {"footer", "form"} or self._may_be_next_title(line):
            self._waiting.lines.append(line.paragraph)
        else:
            self._add_to_block(block, line.paragraph)

    def take_foot(self, paragraph: Paragraph) -> bool:
        """Take an office at the page's foot: the block's that is open there; tell whether there is one without others.

        A block over several pages has it on each.
        """
        block = self._block
        if block is None or any(not line.is_foot for line in block.footer):
            return False
        again = any(line.text == paragraph.text for line in block.footer)
        (block.titles_again if again else block.footer).append(paragraph)
        return True

    def _continue_titled(self, line: BlockLine) -> bool:
        """Take the title of the block at hand again, as it stands over what goes on on a further page.

        It says so (続き), or is set as a heading on another page while the block has no footer yet.
        """
        block, paragraph = self._block, line.paragraph
        if block is None or block.title is None or self._waiting.lines:
            return False
        again = (
            paragraph.strong
            and self._part != "footer"
            and _find_last_page(block.list_places()) < _find_last_page(paragraph.source)
        )
        plain = replace(paragraph, text=strip_continuation(paragraph.text))
        title = self._words.split_title(plain, self._waiting.list_names()).name
        if not (again or says_continued(paragraph.text)) or _title_key(title) != _title_key(block.title):
            return False
        block.titles_again.append(paragraph)
        if self._part == "footer":
            self._part = "after-table" if block.tables else "results" if block.results is not None else "overview"
        self._goes_on = True
        return True

    def _wait_as_aside(self, line: BlockLine) -> bool:
        """Take an office or mark behind a title that waits, or over a block where all have it so."""
        beside = bool(self._waiting.lines) and self._words.is_beside(line.paragraph, self._waiting.lines[-1])
        applies = beside or (line.heading_soon and self._words.is_aside(line.paragraph))
        applies = applies and (
            self._waiting.find_title() is not None or (self._waiting.offices_lead and line.heading_follows)
        )
        self._waiting.lines += [line.paragraph] if applies else []
        return applies

    def _add_beside_title(self, line: BlockLine) -> bool:
        """Take an office or mark behind the title of an open block, before its first heading."""
        block = self._block
        if self._part != "titled" or block is None or block.title is None:
            return False
        if not (self._words.is_aside(line.paragraph) or self._words.is_beside(line.paragraph, block.title)):
            return False
        self._put_title(block, self._words.add_beside(line.paragraph, Title(block.title)))
        return True

    def _add_to_footer(self, line: BlockLine) -> bool:
        """Take offices with their label, offices in a bracket behind a table, more of a footer, and how to reach it."""
        block = self._block
        if block is None:
            return False
        if block.footer and is_contact(line.paragraph.text):
            block.footer.append(line.paragraph)
            return True
        if block is self._shut and self._words.is_footer(line.paragraph):
            # A table that is not this block's stands between: these offices are that other block's.
            self._outline.unplaced.append(line.paragraph)
            return True
        behind_table = self._part == "after-table" and self._words.is_bracketed_offices(line.paragraph)
        if not (behind_table or self._words.is_footer(line.paragraph) or self._continues_footer(line)):
            return False
        block.footer.append(line.paragraph)
        self._part = "footer"
        return True

    def _open_listed(self, line: BlockLine) -> bool:
        """Take a name of the chapter's list that is set as a heading, or has a heading behind it."""
        names = self._waiting.list_names()
        if not (line.paragraph.strong or line.heading_soon) or not self._words.is_listed(line.paragraph, names):
            return False
        self._waiting.settle_lines()
        self._begin_block(self._words.split_title(line.paragraph, names))
        self._part = "titled"
        return True

    def _add_form_note(self, line: BlockLine) -> bool:
        """Take a note (※) behind a form."""
        block = self._block
        if self._part != "form" or block is None or self._waiting.lines or not line.paragraph.text.startswith("※"):
            return False
        self._add_to_block(block, line.paragraph)
        return True

    def _add_note_line(self, line: BlockLine) -> bool:
        """Take a foot note behind a table, or behind the footer where something in the block names it.

        The ※ lines of a passage are a part of it.
        """
        block, found = self._block, split_note_line(line.paragraph.text)
        if block is None or found is None or self._part not in {"after-table", "form", "footer"}:
            return False
        cells = (cell for table in block.tables for cell in table.table.cells)
        is_named = any(names_note(mark, found[0]) for cell in cells for mark in cell.marks)
        if not is_named and (self._part == "footer" or found[0][0] not in "注*†‡"):
            return False
        if found[0].startswith("※") and self._part != "footer":
            return False
        block.notes.append(line.paragraph)
        return True

    # The rules for a line that is no heading, in their order: each takes the line, or tells that it does not apply.
    _LINE_RULES = (
        *(_continue_titled, _wait_as_aside, _add_beside_title),
        *(_add_note_line, _add_to_footer, _open_listed, _add_form_note),
    )

    def _may_be_next_title(self, line: BlockLine) -> bool:
        """Tell whether a line behind a block without a footer is the title of the next."""
        if self._part == "overview" or not self._words.may_be_title(line.paragraph, self._waiting.list_names()):
            return False
        marked = line.paragraph.strong or split_title_number(line.paragraph.text)[0] is not None
        return line.heading_follows or (line.heading_soon and marked)

    def _add_to_block(self, block: ProgrammeBlock, paragraph: Paragraph) -> None:
        """Add a line to the passage or section at hand. A heading that is not known opens a section of its own."""
        lines: list[Element] | list[Paragraph] = self._outline.unplaced
        if is_bare_mark(paragraph.text):
            self._outline.unplaced.append(paragraph)
            return
        if self._part != "titled" and find_line_kind(paragraph.text) == "caption":
            block.figures.append(paragraph)
            return
        run_in = self._split_run_in(block, paragraph)
        if run_in is not None:
            self._open_section(block, replace(paragraph, text=run_in[0]))
            paragraph = replace(paragraph, text=run_in[1])
        elif is_unknown_heading(paragraph, block.headings):
            self._open_section(block, paragraph)
            return
        if self._part == "section":
            lines = block.sections[-1].paragraphs
        elif self._part == "overview" and block.overview is not None:
            lines = block.overview
        elif self._part == "results" or (self._part not in {"unknown", "titled"} and paragraph.text.startswith("※")):
            lines = self._outline.unplaced if block.results is None else block.results
        last, goes_on = lines[-1] if lines else None, self._goes_on
        self._goes_on = False
        if goes_on and isinstance(last, Paragraph) and lines is not self._outline.unplaced and not _ends(last.text):
            lines[-1] = replace(last, text=last.text + paragraph.text, source=last.source + paragraph.source)
        else:
            lines.append(paragraph)

    @staticmethod
    def _split_run_in(block: ProgrammeBlock, paragraph: Paragraph) -> tuple[str, str] | None:
        """Split the heading of a section from its text on one line, by its words or by its type."""
        if not block.has_passage:
            return None
        text, label = paragraph.text, paragraph.label
        by_type = (label, text[len(label) :].lstrip()) if label and text.startswith(label) else None
        return split_run_in_section(text) or by_type

    def _open_section(self, block: ProgrammeBlock, heading: Paragraph) -> None:
        """Open a section under a heading that the profile does not know."""
        self._note_drift(make_message("layout-drift.heading", text=heading.text), heading.source)
        block.sections.append(SectionBlock(heading))
        self._part, self._goes_on = "section", False

    def names_programme(self, paragraph: Paragraph) -> bool:
        """Tell whether a line is a listed name, perhaps one that says that it continues."""
        plain = replace(paragraph, text=strip_continuation(paragraph.text))
        return self._words.is_listed(plain, self._waiting.list_names())

    def close_chapter(self) -> None:
        """End the chapter: what still waits belongs to the last footer, or is in no part."""
        self._release_caption()
        self._waiting.settle_lines()
        self._part = None

    def _note_drift(self, message: Message, source: Source) -> None:
        """Note what the profile does not know, with the block it stands in."""
        block = self._block
        (self._outline.drift if block is None else block.drift).append(Remark(message, source))

    def _open_block(self) -> ProgrammeBlock:
        """Open a block, with its title and what stands beside it from the lines that wait."""
        found = self._waiting.find_title()
        if found is None:
            offices = self._waiting.take_leading_offices()
            self._waiting.settle_lines()
            self._chapter.blocks.append(ProgrammeBlock(footer=offices))
        else:
            first, title = found
            self._waiting.drop_from(first)
            self._waiting.settle_lines()
            self._begin_block(title)
        self._part = "unknown"
        return self._chapter.blocks[-1]

    def _begin_block(self, title: Title) -> None:
        """Begin a block with a title. That it is new the list says; here there is no field for it."""
        self._chapter.blocks.append(ProgrammeBlock())
        self._put_title(self._chapter.blocks[-1], title)

    def _put_title(self, block: ProgrammeBlock, title: Title) -> None:
        """Give a block its title and what stands beside it."""
        block.title = title.name
        block.footer += title.offices
        block.asides += title.asides
        self._outline.unplaced += title.marks

    def _continues_footer(self, line: BlockLine) -> bool:
        """Tell whether a line behind a footer is more of it.

        Its bracket is open (before a heading, if the line closes it), or the name of an office that is not at its end
        is with this line.
        """
        block, paragraph = self._block, line.paragraph
        if self._part != "footer" or self._waiting.lines or not block or paragraph.strong or "。" in paragraph.text:
            return False
        if not line.heading_follows and self._completes_office(block.footer[-1], paragraph):
            return True
        closes, is_open = _count_open_brackets([paragraph]) < 0, _count_open_brackets(block.footer) > 0
        return is_open and (closes or not line.heading_follows)

    def _completes_office(self, last: Paragraph, paragraph: Paragraph) -> bool:
        whole = replace(last, text=last.text + paragraph.text)
        return not self._words.is_offices(last) and self._words.is_offices(whole)


def _goes_on_elsewhere(table: MetricTable, after: MetricTable) -> bool:
    """Tell whether a table has the head of the one before it, and stands on another page or in the next column."""
    heads, again = ([cell.text for cell in found.table.find_row(0)] for found in (table, after))
    last, first = table.table.source[-1], after.table.source[0]
    if heads != again or not isinstance(last, PageBox) or not isinstance(first, PageBox):
        return False
    return last.page != first.page or Box(*first.bbox).x0 > Box(*last.bbox).x1


def _find_last_page(places: Source) -> int:
    """Find the last page of some places; 0 in a text file."""
    return max((place.page for place in places if isinstance(place, PageBox)), default=0)


def _title_key(title: Paragraph) -> str:
    return comparison_key(split_title_number(title.text)[1])


def _ends(text: str) -> bool:
    """Tell whether a paragraph ends as a sentence or a point does, so that the next page begins another."""
    return text.endswith(("。", "．", "」", ")", "）", "】"))


def _count_open_brackets(lines: Iterable[Paragraph]) -> int:
    """Count the brackets that lines open and do not close; negative: close and do not open."""
    plain = comparison_key("".join(line.text for line in lines))
    return plain.count("(") - plain.count(")")
