"""Pages: the marks on a PDF's pages become one `Layout`."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import itemgetter
from typing import TypeVar

from extractor.document.geometry import Box
from extractor.document.layout import Element, Furniture, FurnitureKind, Layout, Paragraph, Remark
from extractor.document.page import Doubt, Glyph, Page, Rule
from extractor.grammar.normalize import normalize_printed
from extractor.layout import furniture
from extractor.layout.ambiguity import find_ambiguities, find_overprinted_lines
from extractor.layout.borderless.detect import OpenTable, find_open_tables
from extractor.layout.borderless.gutters import White
from extractor.layout.continuation import join_continued_tables
from extractor.layout.lines import TextLine, form_lines
from extractor.layout.paragraphs import (
    BodyLine,
    find_body_font,
    form_paragraphs,
    is_strong,
    join_paragraph,
    measure_styles,
)
from extractor.layout.place import LabelledPage
from extractor.layout.ruled.cells import PlacedTable, make_boxed_paragraph, make_table, share_out_glyphs
from extractor.layout.ruled.grid import Grid, find_grids
from extractor.layout.ruled.overflow import FilledGrid, assign_overflow
from extractor.layout.y_index import ByHeight
from extractor.profiles.profile import NO_HEADING_WORDS, HeadingWords
from extractor.records.messages import make_message

# A ruled box with more lines than this is a frame around running text, not a title bar.
BOX_LINES = 2

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SplitPage:
    """A page split by its grids: the tables and boxes with their glyphs, and the lines of all that is outside them."""

    ruled: tuple[FilledGrid, ...]
    lines: tuple[TextLine, ...]
    rules: ByHeight[Rule]

    def list_lines(self) -> list[TextLine]:
        """Return all lines of the page, those in cells too."""
        return [*self.lines, *(line for filled in self.ruled for line in filled.list_lines())]


@dataclass
class _PageLayout:
    """One page while it is laid out.

    It holds its tables and boxed lines by height, the lines outside them, and the grids of tables that nothing rules.
    """

    on: LabelledPage
    lines: list[TextLine]
    label_line: TextLine | None
    tables: list[PlacedTable] = field(default_factory=list)
    boxes: list[tuple[float, Paragraph]] = field(default_factory=list)
    open_grids: list[Grid] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def split_page(page: Page) -> SplitPage:
    """Split the glyphs of a page by its grids.

    Each glyph that is not blank ends in one cell or one line.
    """
    found = find_grids(page.rules)
    inside, loose = share_out_glyphs(map(_turn_forward, page.glyphs), found)
    rules = ByHeight(page.rules, lambda rule: (rule.top, rule.bottom))
    ruled = []
    for grid, shares in zip(found, inside, strict=True):
        filled = FilledGrid(grid, shares, assign_overflow(grid, shares, rules))
        if len(grid.cells) == 1 and len(filled.list_lines()) > BOX_LINES:
            loose += [glyph for glyphs in filled.cells.values() for glyph in glyphs]
        else:
            ruled.append(filled)
    return SplitPage(tuple(ruled), tuple(form_lines(loose)), rules)


def _turn_forward(glyph: Glyph) -> Glyph:
    """Put the sides of a glyph in order, whose box begins where it ends: a mirrored font sets it so."""
    return glyph if glyph.x0 <= glyph.x1 else replace(glyph, x0=glyph.x1, x1=glyph.x0)


def _lay_out_page(page: Page) -> _PageLayout:
    """Lay out what one page tells alone: its number, its ruled tables and boxes, and the lines outside them."""
    split = split_page(page)
    outside = furniture.split_off_page_number(page, split.lines)
    label_line = furniture.find_page_number(page, outside)
    on = LabelledPage(page, furniture.parse_page_label(label_line.text) if label_line else None)
    sheet = _PageLayout(on, [line for line in outside if line is not label_line], label_line)
    inside = [line for filled in split.ruled for line in filled.list_lines()]
    sheet.remarks += find_overprinted_lines([*inside, *split.lines], on)
    for filled in split.ruled:
        grid = filled.grid
        sheet.remarks += find_ambiguities(filled, split.rules, on)
        if len(grid.cells) > 1:
            sheet.tables += filter(None, [make_table(grid, filled.cells, on, grid.xs)])
        elif paragraph := make_boxed_paragraph(filled, on):
            sheet.boxes.append((grid.ys[0], paragraph))
    return sheet


def _find_borderless_tables(sheets: Sequence[_PageLayout]) -> None:
    """Make tables of the lines that are set in columns without rules between, over page ends too."""
    gutters: tuple[White, ...] = ()
    edges: tuple[float, ...] = ()
    for sheet in sheets:
        tops = [*(placed.top for placed in sheet.tables), *(top for top, _ in sheet.boxes)]
        found: list[OpenTable] = []
        for stretch in _split_at_tables(sheet.lines, tops):
            begins = not any(top < stretch[0].top for top in tops)
            found += find_open_tables(stretch, sheet.on.page.rules, gutters if begins else ())
        edges = _take_borderless_tables(sheet, found, edges)
        sheet.open_grids = [table.grid for table in found]
        lowest = max([*tops, *(line.top for line in sheet.lines)], default=0.0)
        gutters = found[-1].gutters if found and found[-1].grid.ys[0] > lowest else ()


def _take_borderless_tables(
    sheet: _PageLayout, tables: Sequence[OpenTable], edges: tuple[float, ...]
) -> tuple[float, ...]:
    """Move the lines of these tables into tables of the page; what lies outside their cells stays a line.

    `edges` are those of the table with which the page before ends; the last table's come back.
    """
    taken = {line for table in tables for line in table.lines}
    rest = [line for line in sheet.lines if line not in taken]
    for table in tables:
        glyphs = [glyph for line in table.lines for glyph in line.glyphs + line.blanks]
        (cells,), outside = share_out_glyphs(glyphs, [table.grid])
        rest += form_lines(outside)
        edges = edges if table.goes_on else table.grid.xs
        sheet.tables += filter(None, [make_table(table.grid, cells, sheet.on, edges)])
    sheet.lines = sorted(rest, key=lambda line: line.top) if tables else rest
    return edges


def _split_at_tables(found: Sequence[TextLine], tops: Sequence[float]) -> list[list[TextLine]]:
    """Split the lines of a page where a table or box stands between."""
    stretches: dict[int, list[TextLine]] = defaultdict(list)
    heights = sorted(tops)
    for line in found:
        stretches[bisect_left(heights, line.top)].append(line)
    return [stretches[number] for number in sorted(stretches)]


def _set_furniture_apart(sheets: Sequence[_PageLayout], heading_words: HeadingWords) -> tuple[Furniture, ...]:
    """Take running headers out of the sheets' lines; give all furniture in page order."""
    headers = furniture.find_running_headers([(sheet.on.page, sheet.lines) for sheet in sheets], heading_words)
    apart: list[Furniture] = []
    for sheet in sheets:
        apart += (_make_furniture("running-header", line, sheet.on) for line in sheet.lines if line in headers)
        if sheet.label_line is not None:
            apart.append(_make_furniture("page-number", sheet.label_line, sheet.on))
        sheet.lines = [line for line in sheet.lines if line not in headers]
    return tuple(apart)


def _make_furniture(kind: FurnitureKind, line: TextLine, on: LabelledPage) -> Furniture:
    return Furniture(kind, normalize_printed(line.text), (on.locate([line]),))


def _list_in_reading_order(sheets: Sequence[_PageLayout]) -> Iterator[Paragraph | PlacedTable | BodyLine]:
    """List everything in reading order: page by page, top to bottom."""
    for sheet in sheets:
        here: list[tuple[float, int, Paragraph | PlacedTable | BodyLine]] = [
            *((line.top, 0, BodyLine(line, sheet.on)) for line in sheet.lines),
            *((top, 1, paragraph) for top, paragraph in sheet.boxes),
            *((placed.top, 2, placed) for placed in sheet.tables),
        ]
        yield from (item for _, _, item in sorted(here, key=itemgetter(0, 1)))


def find_open_grids(
    pages: Sequence[Page], heading_words: HeadingWords = NO_HEADING_WORDS
) -> dict[int, tuple[Grid, ...]]:
    """Find the tables without ruled lines, as `lay_out_pages` does.

    Args:
        pages: All pages of a PDF.
        heading_words: By which words a line is known for a heading.

    Returns:
        Their grids from top to bottom, by the page's number.
    """
    sheets, _ = _lay_out_each_page(pages, heading_words)
    return {sheet.on.page.number: tuple(sheet.open_grids) for sheet in sheets}


def _lay_out_each_page(
    pages: Sequence[Page], heading_words: HeadingWords
) -> tuple[list[_PageLayout], tuple[Furniture, ...]]:
    """Lay out each page, and find what only several pages tell: running headers, tables without ruled lines."""
    sheets = [_lay_out_page(page) for page in pages]
    apart = _set_furniture_apart(sheets, heading_words)
    _find_borderless_tables(sheets)
    return sheets, apart


def lay_out_pages(pages: Sequence[Page], heading_words: HeadingWords = NO_HEADING_WORDS) -> Layout:
    """Lay out a PDF's pages.

    Every glyph ends in one paragraph, one cell or one piece of furniture.

    Args:
        pages: All its pages, in order.
        heading_words: By which words a line is known for a heading: it is no part of the prose around it.

    Returns:
        Paragraphs and tables in reading order, furniture apart, and remarks on what can be read in two ways.
    """
    sheets, apart = _lay_out_each_page(pages, heading_words)
    return Layout(
        elements=tuple(_list_elements(sheets, heading_words)),
        furniture=apart,
        pages=len(pages),
        damage=tuple((what, (sheet.on.locate_all(),)) for sheet in sheets for what in sheet.on.page.damage),
        hidden=tuple((what, (sheet.on.locate_all(),)) for sheet in sheets for what in sheet.on.page.hidden),
        recognised=any(page.recognised for page in pages),
        remarks=(
            *(remark for sheet in sheets for remark in sheet.remarks),
            *_find_disorder(sheets),
            *(_remark_doubt(doubt, sheet.on) for sheet in sheets for doubt in sheet.on.page.doubts),
        ),
    )


def _list_elements(sheets: Sequence[_PageLayout], heading_words: HeadingWords) -> Iterator[Element]:
    """List paragraphs and tables in reading order, those that go on over a page's end as one."""
    flow = list(_list_in_reading_order(sheets))
    running = _pick(flow, BodyLine)
    body, edges = find_body_font(running), measure_styles(running)
    for _, same_type in groupby(flow, key=type):
        run = list(same_type)
        # All of a run are of one of these three.
        yield from _pick(run, Paragraph)
        yield from join_continued_tables(_pick(run, PlacedTable))
        for group in form_paragraphs(_pick(run, BodyLine), edges, heading_words):
            yield join_paragraph(group, strong=all(is_strong(item, body) for item in group))


def _pick(items: Iterable[object], kind: type[T]) -> list[T]:
    return [item for item in items if isinstance(item, kind)]


def _remark_doubt(doubt: Doubt, on: LabelledPage) -> Remark:
    """Remark what was not read surely of a page's pictures."""
    text = normalize_printed(doubt.text)
    message = make_message("low-confidence.text", text=text, why=doubt.why) if text else doubt.why
    return Remark(message, (on.locate([Box(*doubt.box)]),))


def _find_disorder(sheets: Sequence[_PageLayout]) -> list[Remark]:
    """Find where the printed page numbers go back."""
    places = {sheet.on.page.number: sheet.on.locate_all() for sheet in sheets}
    found = furniture.find_falling_numbers([(sheet.on.page.number, sheet.on.label) for sheet in sheets])
    return [Remark(message, (places[page],)) for page, message in found]
