"""Blocks: the programmes' blocks of a chapter, one after the other, from headings, tables, footers and titles.

A block is known by its headings; its title is what stands before the first of them and is no part of the block before.
"""

import re
from dataclasses import replace
from typing import Literal

from extractor.fold import key
from extractor.model.layout import Paragraph, Table
from extractor.model.outline import Chapter, Drift, Outline, ProgrammeBlock
from extractor.model.record import Source
from extractor.profile import Profile
from extractor.segment.headings import title_parts, unknown_heading
from extractor.segment.tables import knows_items, metric_continuation, metric_table
from extractor.vocabulary import alternatives

Part = Literal["overview", "results", "after-table", "footer", "unknown"]

# A remark in a bracket (（問合せ先：…）) is no title, unless the bracket holds its number.
_REMARK = re.compile(r"^[(\[](?![0-9]{1,3}[)\]]).*[)\]]$")
_UNIT = re.compile(r"^[(\[]?単位[:]?[^。]{1,20}$")
# A title is no longer than this and no sentence.
TITLE_LENGTH = 80


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
        labels = alternatives(profile.offices.label)
        self._footer = re.compile(rf"[※(（〔\[【]*(?:{labels})(\s*[:：】)）\]]|\s|$)")
        words = profile.offices
        self._endings = tuple(key(word) for word in words.division + words.centre + words.group + words.bureau)

    @property
    def _block(self) -> ProgrammeBlock | None:
        return self._chapter.blocks[-1] if self._chapter.blocks and self._part is not None else None

    @property
    def open(self) -> bool:
        """Whether a block has begun and its footer has not been met."""
        return self._part not in {None, "footer"}

    def heading(self, kind: Literal["overview", "results"], paragraph: Paragraph) -> None:
        """A heading 事業概要 or 事業実績: of the block at hand, or the first of a new one."""
        block = self._block
        seen = block is not None and (block.overview if kind == "overview" else block.results) is not None
        out_of_order = block is not None and kind == "overview" and block.results is not None
        if block is None or seen or out_of_order or self._part == "footer" or self._title_waits():
            block = self._open()
        block.headings.append(paragraph)
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
        if found is None and block is not None and block.tables and self._part == "after-table":
            found = metric_continuation(table, block.tables[-1])
            known = found is not None
        if not known:
            said = " | ".join(cell.text for cell in table.row(0))
            self._drift(f"table headed {said} is not one the profile knows", table.source)
        if block is None or found is None or self._part == "footer":
            self._let_go()
            self._outline.unplaced.append(table)
            return
        block.tables.append(replace(found, caption=self._caption))
        self._caption = None
        self._part = "after-table"

    def caption(self, paragraph: Paragraph) -> bool:
        """Whether a line before a table gives the unit of its numbers (単位：人): it is then kept for the table."""
        if self._block is None or not _UNIT.match(key(paragraph.text)):
            return False
        self._let_go()
        self._caption = paragraph
        return True

    def _let_go(self) -> None:
        """A caption whose table did not come is in no part."""
        if self._caption is not None:
            self._outline.unplaced.append(self._caption)
            self._caption = None

    def paragraph(self, paragraph: Paragraph, *, heading_follows: bool) -> None:
        """Any other line."""
        block = self._block
        if block is not None and (
            self._is_footer(paragraph)
            or self._ends_table(paragraph)
            or self._goes_on(paragraph, heading_follows=heading_follows)
        ):
            block.footer.append(paragraph)
            self._part = "footer"
        elif self._names_listed(paragraph) and (paragraph.strong or heading_follows):
            self._settle()
            self._open_titled(paragraph)
        elif (
            block is None
            or self._part == "footer"
            or (self._part != "overview" and heading_follows and self._titled(paragraph))
        ):
            self._waiting.append(paragraph)
        elif unknown_heading(paragraph, block.headings):
            self._drift(f"heading {paragraph.text} is not one the profile knows", paragraph.source)
            self._outline.unplaced.append(paragraph)
            self._part = "unknown"
        elif self._part == "unknown":
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

    def _drift(self, message: str, source: Source) -> None:
        """Note what the profile does not know, with the block it stands in."""
        block = self._block
        (self._outline.drift if block is None else block.drift).append(Drift(message, source))

    def _open(self) -> ProgrammeBlock:
        title = self._waiting.pop() if self._title_waits() else None
        self._settle()
        self._chapter.blocks.append(ProgrammeBlock(title=title))
        self._part = "unknown"
        return self._chapter.blocks[-1]

    def _open_titled(self, title: Paragraph) -> None:
        self._chapter.blocks.append(ProgrammeBlock(title=title))
        self._part = "unknown"

    def _settle(self) -> None:
        """Lines that waited after a footer: more of the footer, or nothing known."""
        block = self._chapter.blocks[-1] if self._chapter.blocks else None
        for paragraph in self._waiting:
            if block is not None and block.footer and self._is_offices(paragraph):
                block.footer.append(paragraph)
            else:
                self._outline.unplaced.append(paragraph)
        self._waiting = []

    def _title_waits(self) -> bool:
        return bool(self._waiting) and self._titled(self._waiting[-1])

    def _titled(self, paragraph: Paragraph) -> bool:
        """Whether a line that stands before a block's first heading is its title."""
        if len(paragraph.text) > TITLE_LENGTH or "。" in paragraph.text or _REMARK.match(key(paragraph.text)):
            return False
        numbered = title_parts(paragraph.text)[0] is not None
        return paragraph.strong or numbered or self._names_listed(paragraph) or not self._is_offices(paragraph)

    def _names_listed(self, paragraph: Paragraph) -> bool:
        """Whether a line is a name in the chapter's list, with or without its number."""
        if len(paragraph.text) > TITLE_LENGTH:
            return False
        return key(title_parts(paragraph.text)[1]) in self._listed() or key(paragraph.text) in self._listed()

    def _listed(self) -> set[str]:
        """The keys of all names in the chapter's list as far as it has been met."""
        while self._lists_known < len(self._chapter.lists):
            found = self._chapter.lists[self._lists_known]
            column = found.columns["name"]
            self._names |= {key(cell.text) for row in found.body if (cell := found.table.at(row, column)) and cell.text}
            self._lists_known += 1
        return self._names

    def _is_footer(self, paragraph: Paragraph) -> bool:
        """Whether a line begins with the footer's label, marked as one: 担当課：… （担当課　… 【担当課】…"""
        found = self._footer.match(paragraph.text)
        return found is not None and "。" not in paragraph.text and (found[1] != " " or self._is_offices(paragraph))

    def _goes_on(self, paragraph: Paragraph, *, heading_follows: bool) -> bool:
        """Whether a line behind a footer whose bracket is open is more of it; before a heading, if it closes it."""
        if self._part != "footer" or self._waiting or not self._block or paragraph.strong or "。" in paragraph.text:
            return False
        footer, more = key("".join(one.text for one in self._block.footer)), key(paragraph.text)
        closes = more.count(")") > more.count("(")
        return footer.count("(") > footer.count(")") and (closes or not heading_follows)

    def _ends_table(self, paragraph: Paragraph) -> bool:
        """Whether a line behind the table is offices in a bracket, without a label."""
        bracketed = re.match(r"^[(\[].*[)\]]$", key(paragraph.text))
        return self._part == "after-table" and bool(bracketed) and self._is_offices(paragraph)

    def _is_offices(self, paragraph: Paragraph) -> bool:
        return re.sub(r"[)\]、,]+$", "", key(paragraph.text)).endswith(self._endings)
