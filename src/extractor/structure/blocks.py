"""Blocks: the programmes' blocks of a chapter, one after the other, from headings, tables, footers and titles.

A block is known by its headings; its title is what stands before the first of them and is no part of the block before.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from extractor.document.layout import Paragraph, Table
from extractor.document.outline import Chapter, Drift, Outline, ProgrammeBlock
from extractor.grammar.normalize import key
from extractor.profiles.profile import Profile
from extractor.records.messages import Message, make_message
from extractor.records.report import Source
from extractor.structure.forms.assemble import Filler
from extractor.structure.forms.fields import Piece
from extractor.structure.forms.parse import rest_of_form
from extractor.structure.headings import once_more, title_parts, unknown_heading
from extractor.structure.table_roles import gives_unit, knows_items, metric_continuation, metric_table
from extractor.structure.titles import Title, TitleWords

Part = Literal["overview", "results", "after-table", "footer", "titled", "form", "unknown"]


class BlockReader:
    """Reads the blocks of one chapter: takes its elements in order, puts each into a block or into `unplaced`."""

    def __init__(self, chapter: Chapter, outline: Outline, profile: Profile) -> None:
        self._chapter = chapter
        self._outline = outline
        self._profile = profile
        self._part: Part | None = None
        self._waiting: list[Paragraph] = []
        self._caption: Paragraph | None = None
        self._names: set[str] = set()
        self._lists_known = 0
        self._words = TitleWords(profile)
        self._filler = Filler(chapter, outline, self._words)
        # Whether offices stand over the blocks of this chapter, and not under them.
        self._offices_lead = False

    @property
    def _block(self) -> ProgrammeBlock | None:
        return self._chapter.blocks[-1] if self._chapter.blocks and self._part is not None else None

    @property
    def open(self) -> bool:
        """Whether a block has begun and its footer has not been met."""
        return self._part not in {None, "footer", "form"}

    def heading(self, kind: Literal["overview", "results"], paragraph: Paragraph) -> None:
        """A heading 事業概要 or 事業実績: of the block at hand, or the first of a new one."""
        block = self._block
        seen = block is not None and (block.overview if kind == "overview" else block.results) is not None
        out_of_order = block is not None and kind == "overview" and block.results is not None
        if self._part == "form" and not once_more(paragraph.text):
            block = None
        goes_on = seen and not out_of_order and self._part != "footer" and once_more(paragraph.text)
        if block is None or self._part == "footer" or self._title() or ((seen or out_of_order) and not goes_on):
            block = self._open()
        block.headings.append(paragraph)
        if goes_on:
            self._part = kind
            return
        if kind == "overview":
            block.overview = []
        else:
            block.results = []
        self._part = kind

    def table(self, table: Table) -> None:
        """A table: the block's metrics where it has their head, or goes on from the page before."""
        block = self._block
        found = metric_table(table, self._profile)
        known = found is not None and knows_items(found.name_head, self._profile)
        if found is None and block is not None and block.tables and self._part in {"after-table", "form"}:
            found = metric_continuation(table, block.tables[-1])
            known = found is not None
        if not known:
            heads = tuple(cell.text for cell in table.row(0))
            self._drift(make_message("layout-drift.table", heads=heads), table.source)
        if block is None or found is None or self._part == "footer":
            self._let_go()
            self._outline.unplaced.append(table)
            return
        block.tables.append(replace(found, caption=self._caption))
        self._caption = None
        self._part = "form" if self._part == "form" else "after-table"

    def form(self, pieces: Iterable[Piece]) -> None:
        """A form: of the block whose title stands over it, or that goes on from the page before, or of new ones."""
        self._let_go()
        if self._title() is not None:
            self._open()
            self._part = "titled"
        else:
            self._settle()
        block = self._block if self._part in {"form", "titled"} else None
        block = self._filler.fill(pieces, block, self._listed())
        begun = block is not None and (block.overview is not None or block.results is not None)
        self._part = "form" if begun else "titled"

    def rest_of_form(self, table: Table) -> tuple[Piece, ...] | None:
        """The pieces of a table behind a form that is more of it."""
        block = self._block
        if self._part not in {"form", "titled"} or block is None or self._waiting:
            return None
        return rest_of_form(table, self._profile, block.tables[-1] if block.tables else None)

    def caption(self, paragraph: Paragraph) -> bool:
        """Whether a line before a table gives the unit of its numbers (単位：人): it is then kept for the table."""
        if self._block is None or not gives_unit(paragraph.text):
            return False
        self._let_go()
        self._caption = paragraph
        return True

    def _let_go(self) -> None:
        """A caption whose table did not come is in no part."""
        if self._caption is not None:
            self._outline.unplaced.append(self._caption)
            self._caption = None

    def expects(self, kind: Literal["overview", "results"]) -> bool:
        """Whether a passage may open here with its heading's bare word: an overview before all, then the results."""
        block = self._block
        if block is None or self._part in {"footer", "form", "titled"} or self._title() is not None:
            return kind == "overview"
        if kind == "overview":
            return block.results is not None and self._part == "after-table"
        return block.overview is not None and block.results is None

    def paragraph(self, paragraph: Paragraph, *, heading_follows: bool, heading_soon: bool) -> None:
        """Any other line. `heading_follows`: a block's first heading does, `heading_soon`: with an aside between."""
        block = self._block
        names = self._listed()
        if self._is_aside(paragraph, heading_soon=heading_soon, heading_follows=heading_follows):
            self._waiting.append(paragraph)
        elif self._part == "titled" and block is not None and self._words.aside(paragraph):
            (self._outline.unplaced if self._words.is_mark(paragraph) else block.footer).append(paragraph)
        elif block is not None and (
            self._words.is_footer(paragraph)
            or self._ends_table(paragraph)
            or self._goes_on(paragraph, heading_follows=heading_follows)
        ):
            block.footer.append(paragraph)
            self._part = "footer"
        elif self._words.listed(paragraph, names) and (paragraph.strong or heading_soon):
            self._open_titled(paragraph)
        elif self._part == "form" and block is not None and not self._waiting and paragraph.text.startswith("※"):
            self._within(block, paragraph)
        elif (
            block is None
            or self._part in {"footer", "form"}
            or self._is_title(paragraph, heading_follows, heading_soon)
        ):
            self._waiting.append(paragraph)
        else:
            self._within(block, paragraph)

    def _is_title(self, paragraph: Paragraph, heading_follows: bool, heading_soon: bool) -> bool:
        """Whether a line behind a block without a footer is the title of the next."""
        if self._part == "overview" or not self._words.titled(paragraph, self._listed()):
            return False
        marked = paragraph.strong or title_parts(paragraph.text)[0] is not None
        return heading_follows or (heading_soon and marked)

    def _is_aside(self, paragraph: Paragraph, *, heading_soon: bool, heading_follows: bool) -> bool:
        """Whether a line is an office or mark behind a title that waits, or over a block where all have it so."""
        if not heading_soon or not self._words.aside(paragraph):
            return False
        return self._title() is not None or (self._offices_lead and heading_follows)

    def _within(self, block: ProgrammeBlock, paragraph: Paragraph) -> None:
        """A line inside a block: prose of the passage at hand, or under a heading that is not known."""
        if unknown_heading(paragraph, block.headings):
            self._drift(make_message("layout-drift.heading", text=paragraph.text), paragraph.source)
            self._outline.unplaced.append(paragraph)
            self._part = "unknown"
        elif self._part in {"unknown", "titled"}:
            self._outline.unplaced.append(paragraph)
        elif self._part == "overview" and block.overview is not None:
            block.overview.append(paragraph)
        elif block.results is not None and (self._part == "results" or paragraph.text.startswith("※")):
            block.results.append(paragraph)
        else:
            self._outline.unplaced.append(paragraph)

    def close(self) -> None:
        """The chapter's end: what still waits belongs to the last footer, or nowhere."""
        self._let_go()
        self._settle()
        self._part = None

    def _drift(self, message: Message, source: Source) -> None:
        """Note what the profile does not know, with the block it stands in."""
        block = self._block
        (self._outline.drift if block is None else block.drift).append(Drift(message, source))

    def _title(self) -> Title | None:
        """The title among the lines that wait."""
        found = self._words.of(self._waiting, self._listed())
        return found[1] if found else None

    def _open(self) -> ProgrammeBlock:
        """A new block, with its title and what stands beside it from the lines that wait."""
        found = self._words.of(self._waiting, self._listed())
        if found is None:
            offices = self._leading_offices()
            self._settle()
            self._chapter.blocks.append(ProgrammeBlock(footer=offices))
        else:
            first, title = found
            self._waiting = self._waiting[:first]
            self._settle()
            self._begin(title)
        self._part = "unknown"
        return self._chapter.blocks[-1]

    def _begin(self, title: Title) -> None:
        """A new block with a title. That it is new the list says; here there is no field for it."""
        self._chapter.blocks.append(ProgrammeBlock(title=title.name, footer=title.offices))
        self._outline.unplaced += title.marks

    def _leading_offices(self) -> list[Paragraph]:
        """Offices directly over a block without a title: its own where the chapter's first block has them so."""
        at = len(self._waiting)
        while at and self._words.is_footer(self._waiting[at - 1]):
            at -= 1
        if at == len(self._waiting) or (self._chapter.blocks and not self._offices_lead):
            return []
        self._offices_lead = True
        offices, self._waiting = self._waiting[at:], self._waiting[:at]
        return offices

    def _open_titled(self, paragraph: Paragraph) -> None:
        self._settle()
        self._begin(self._words.parted(paragraph, self._listed()))
        self._part = "titled"

    def _settle(self) -> None:
        """Lines that waited after a footer: more of the footer, or nothing known."""
        block = self._chapter.blocks[-1] if self._chapter.blocks else None
        for paragraph in self._waiting:
            if block is not None and block.footer and self._words.is_offices(paragraph):
                block.footer.append(paragraph)
            else:
                self._outline.unplaced.append(paragraph)
        self._waiting = []

    def _listed(self) -> set[str]:
        """The keys of all names in the chapter's list as far as it has been met."""
        while self._lists_known < len(self._chapter.lists):
            found = self._chapter.lists[self._lists_known]
            column = found.columns["name"]
            self._names |= {key(cell.text) for row in found.body if (cell := found.table.at(row, column)) and cell.text}
            self._lists_known += 1
        return self._names

    def _goes_on(self, paragraph: Paragraph, *, heading_follows: bool) -> bool:
        """Whether a line behind a footer is more of it: its bracket is open (before a heading, if the line closes it),
        or the name of an office that is not at its end is with this line."""
        if self._part != "footer" or self._waiting or not self._block or paragraph.strong or "。" in paragraph.text:
            return False
        footer, more = key("".join(one.text for one in self._block.footer)), key(paragraph.text)
        closes = more.count(")") > more.count("(")
        last = self._block.footer[-1]
        whole = replace(last, text=last.text + paragraph.text)
        if not heading_follows and not self._words.is_offices(last) and self._words.is_offices(whole):
            return True
        return footer.count("(") > footer.count(")") and (closes or not heading_follows)

    def _ends_table(self, paragraph: Paragraph) -> bool:
        """Whether a line behind the table is offices in a bracket, without a label."""
        bracketed = re.match(r"^[(\[].*[)\]]$", key(paragraph.text))
        return self._part == "after-table" and bool(bracketed) and self._words.is_offices(paragraph)
