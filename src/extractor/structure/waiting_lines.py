"""Waiting lines: what stands between two blocks until it is known to which of them it belongs."""

from dataclasses import dataclass, field

from extractor.document.layout import Paragraph
from extractor.document.outline import ChapterBlock, Outline
from extractor.grammar.listed_cells import split_new_mark
from extractor.grammar.normalize import comparison_key
from extractor.structure.titles import Title, TitleWords


@dataclass(slots=True)
class WaitingLines:
    """The lines of a chapter that wait for the next block, in order.

    `new_marks` are the profile's words for what is new, which may stand before a name in the list. `offices_lead`:
    offices stand over the blocks of this chapter, and not under them.
    """

    chapter: ChapterBlock
    outline: Outline
    words: TitleWords
    new_marks: tuple[str, ...]
    lines: list[Paragraph] = field(default_factory=list)
    offices_lead: bool = False
    _names: set[str] = field(default_factory=set)
    _lists_known: int = 0

    def find_title(self) -> tuple[int, Title] | None:
        """Find the title among the lines that wait, and at which of them it begins."""
        return self.words.find_title(self.lines, self.list_names())

    def list_names(self) -> set[str]:
        """Return the comparison keys of all names in the chapter's lists as far as they have been met."""
        for found in self.chapter.lists[self._lists_known :]:
            cells = (found.table.find_cell(row, found.columns["name"]) for row in found.body)
            texts = (split_new_mark(cell.text, self.new_marks)[0] for cell in cells if cell is not None)
            self._names |= {comparison_key(text) for text in texts if text}
        self._lists_known = len(self.chapter.lists)
        return self._names

    def drop_from(self, first: int) -> None:
        """Let the lines from one on wait no more: they are a block's title and what stands beside it."""
        del self.lines[first:]

    def take_leading_offices(self) -> list[Paragraph]:
        """Take offices directly over a block without a title: its own where the chapter's first block has them so."""
        at = len(self.lines)
        while at and self.words.is_footer(self.lines[at - 1]):
            at -= 1
        if at == len(self.lines) or (self.chapter.blocks and not self.offices_lead):
            return []
        self.offices_lead = True
        offices, self.lines = self.lines[at:], self.lines[:at]
        return offices

    def settle_lines(self) -> None:
        """Settle lines that waited after a footer: more of the footer, or in no part."""
        block = self.chapter.blocks[-1] if self.chapter.blocks else None
        for paragraph in self.lines:
            more = block is not None and block.footer and self.words.is_offices(paragraph)
            (block.footer if block and more else self.outline.unplaced).append(paragraph)
        self.lines = []
