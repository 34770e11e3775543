"""Pages: the marks on a PDF's pages become one `Layout`."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from extractor.document.geometry import Box
from extractor.document.layout import Element, Furniture, Layout, Paragraph, Remark
from extractor.document.page import Glyph, Page, Rule
from extractor.grammar.normalize import normalize_printed
from extractor.layout import furniture
from extractor.layout.ambiguity import find_ambiguities, find_overprinted_lines
from extractor.layout.borderless.detect import OpenTable, find_open_tables
from extractor.layout.borderless.gutters import White
from extractor.layout.continuation import JoinedTable
from extractor.layout.deskew import turn_layout_back
from extractor.layout.lines import TextLine, form_lines
from extractor.layout.paragraphs import (
    BodyLine,
    find_body_font,
    form_paragraphs,
    is_strong,
    join_paragraph,
    measure_styles,
)
from extractor.layout.place import place_of_lines, source_of
from extractor.layout.ruled.cells import PlacedTable, make_boxed_paragraph, make_table, share_out_glyphs
from extractor.layout.ruled.grid import Grid, GridCell, find_grids
from extractor.layout.ruled.overflow import assign_overflow
from extractor.layout.y_index import ByHeight
from extractor.profiles.profile import NO_HEADING_WORDS, HeadingWords
from extractor.records.messages import make_message
from extractor.records.report import PageBox, Source

# A ruled box with more lines than this is a frame around running text, not a title bar.
BOX_LINES = 2


@dataclass(frozen=True, slots=True)
class SplitPage:
    """A page split by its grids.

    It has the tables and boxes with the glyphs in each of their cells, and the lines of all that is outside them.

    `placed`: the glyphs of each grid in the cells in which they stand, whatever cell their text is of.
    """

    ruled: tuple[tuple[Grid, dict[GridCell, list[Glyph]]], ...]
    lines: tuple[TextLine, ...]
    placed: tuple[dict[GridCell, list[Glyph]], ...] = ()


@dataclass
class _PageLayout:
    """One page while it is laid out.

    It holds its tables and boxed lines by height, the lines outside them, and the grids of tables that nothing rules.
    """

    page: Page
    lines: list[TextLine]
    label_line: TextLine | None
    label: str | None
    tables: list[PlacedTable] = field(default_factory=list)
    boxes: list[tuple[float, Paragraph]] = field(default_factory=list)
    open_grids: list[Grid] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def add_table(self, grid: Grid, cells: dict[GridCell, list[Glyph]], edges: tuple[float, ...]) -> None:
        """Add the table of a grid, if it has text.

        `edges` are the columns' by which its continuation is known.
        """
        if (placed := make_table(grid, cells, self.page.number, self.label)) is not None:
            self.tables.append(replace(placed, edges=edges))

    def place_lines(self, lines: Sequence[TextLine]) -> Source:
        """Return where lines of this page stand."""
        return (place_of_lines(lines, self.page.number, self.label),)

    @property
    def whole(self) -> Source:
        """The whole of the page."""
        box = (0.0, 0.0, self.page.width, self.page.height)
        return (PageBox(page=self.page.number, page_label=self.label, bbox=box),)


def split_page(page: Page) -> SplitPage:
    """Split the glyphs of a page by its grids.

    Each glyph that is not blank ends in one cell or one line.
    """
    found = find_grids(page.rules)
    inside, loose = share_out_glyphs(map(_turn_forward, page.glyphs), found)
    ruled, placed = [], []
    rules = _index_rules(page.rules)
    for grid, shares in zip(found, inside, strict=True):
        cells = assign_overflow(grid, shares, rules)
        if len(grid.cells) == 1 and len(form_lines(next(iter(cells.values()), []))) > BOX_LINES:
            loose.extend(glyph for glyphs in cells.values() for glyph in glyphs)
        else:
            ruled.append((grid, cells))
            placed.append(shares)
    return SplitPage(tuple(ruled), tuple(form_lines(loose)), tuple(placed))


def _turn_forward(glyph: Glyph) -> Glyph:
    """Put the sides of a glyph in order, whose box begins where it ends: a mirrored font sets it so."""
    return glyph if glyph.x0 <= glyph.x1 else replace(glyph, x0=glyph.x1, x1=glyph.x0)


def _index_rules(rules: Sequence[Rule]) -> ByHeight[Rule]:
    return ByHeight(rules, lambda rule: (rule.top, rule.bottom))


def _lay_out_page(page: Page) -> _PageLayout:
    """Lay out what one page tells alone: its number, its ruled tables and boxes, and the lines outside them."""
    split = split_page(page)
    outside = furniture.split_off_page_number(page, split.lines)
    label_line = furniture.find_page_number(page, outside)
    label = furniture.parse_page_label(label_line.text) if label_line else None
    sheet = _PageLayout(page, [line for line in outside if line is not label_line], label_line, label)
    inside = [line for _, cells in split.ruled for glyphs in cells.values() for line in form_lines(glyphs)]
    sheet.remarks += find_overprinted_lines([*inside, *split.lines], page.number, label)
    rules = _index_rules(page.rules)
    for (grid, cells), shares in zip(split.ruled, split.placed, strict=True):
        sheet.remarks += find_ambiguities(grid, shares, cells, rules, page.number, label)
        if len(grid.cells) > 1:
            sheet.add_table(grid, cells, grid.xs)
        elif (paragraph := make_boxed_paragraph(cells, page.number, label)) is not None:
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
            found += find_open_tables(stretch, sheet.page.rules, gutters if begins else ())
        edges = _take_borderless_tables(sheet, found, edges)
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
    sheet.open_grids = [table.grid for table in tables]
    for table in tables:
        glyphs = [glyph for line in table.lines for glyph in line.glyphs + line.blanks]
        (cells,), outside = share_out_glyphs(glyphs, [table.grid])
        rest += form_lines(outside)
        edges = edges if table.goes_on else table.grid.xs
        sheet.add_table(table.grid, cells, edges)
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
    headers = furniture.find_running_headers([(sheet.page, sheet.lines) for sheet in sheets], heading_words)
    apart: list[Furniture] = []
    for sheet in sheets:
        apart += (
            Furniture("running-header", normalize_printed(line.text), sheet.place_lines([line]))
            for line in sheet.lines
            if line in headers
        )
        if sheet.label_line is not None:
            place = sheet.place_lines([sheet.label_line])
            apart.append(Furniture("page-number", normalize_printed(sheet.label_line.text), place))
        sheet.lines = [line for line in sheet.lines if line not in headers]
    return tuple(apart)


def _list_in_reading_order(sheets: Sequence[_PageLayout]) -> list[Paragraph | PlacedTable | BodyLine]:
    """List everything in reading order: page by page, top to bottom."""
    flow: list[Paragraph | PlacedTable | BodyLine] = []
    for sheet in sheets:
        here: list[tuple[float, int, Paragraph | PlacedTable | BodyLine]] = []
        here += [(line.top, 0, BodyLine(line, sheet.page.number, sheet.page.width)) for line in sheet.lines]
        here += [(top, 1, paragraph) for top, paragraph in sheet.boxes]
        here += [(placed.top, 2, placed) for placed in sheet.tables]
        flow += [item for _, _, item in sorted(here, key=lambda entry: entry[:2])]
    return flow


def _join_over_pages(
    flow: Sequence[Paragraph | PlacedTable | BodyLine],
) -> list[Paragraph | JoinedTable | list[BodyLine]]:
    """Join runs of lines, and tables that go on over a page's end."""
    joined: list[Paragraph | JoinedTable | list[BodyLine]] = []
    for item in flow:
        last = joined[-1] if joined else None
        if isinstance(item, BodyLine):
            if isinstance(last, list):
                last.append(item)
            else:
                joined.append([item])
        elif isinstance(item, Paragraph):
            joined.append(item)
        elif not (isinstance(last, JoinedTable) and last.append_if_continued(item)):
            joined.append(JoinedTable(item))
    return joined


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
    return {sheet.page.number: tuple(sheet.open_grids) for sheet in sheets}


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
    layout = Layout(
        elements=tuple(_list_elements(sheets, heading_words)),
        furniture=apart,
        pages=len(pages),
        damage=tuple((what, sheet.whole) for sheet in sheets for what in sheet.page.damage),
        hidden=tuple((what, sheet.whole) for sheet in sheets for what in sheet.page.hidden),
        remarks=(
            *(remark for sheet in sheets for remark in sheet.remarks),
            *_find_disorder(sheets),
            *_list_doubts(sheets),
        ),
    )
    return turn_layout_back(layout, pages)


def _list_elements(sheets: Sequence[_PageLayout], heading_words: HeadingWords) -> Iterator[Element]:
    """List paragraphs and tables in reading order, those that go on over a page's end as one."""
    labels = {sheet.page.number: sheet.label for sheet in sheets}
    flow = _list_in_reading_order(sheets)
    running = [item for item in flow if isinstance(item, BodyLine)]
    body, edges = find_body_font(running), measure_styles(running)
    for item in _join_over_pages(flow):
        if isinstance(item, JoinedTable):
            yield item.build_table()
        elif isinstance(item, Paragraph):
            yield item
        else:
            for group in form_paragraphs(item, edges, heading_words):
                strong = all(is_strong(line, body) for line in group)
                yield Paragraph(normalize_printed(join_paragraph(group)), source_of(group, labels), strong)


def _list_doubts(sheets: Sequence[_PageLayout]) -> list[Remark]:
    """List what was not read surely of the pages' pictures."""
    found = []
    for sheet in sheets:
        for doubt in sheet.page.doubts:
            bbox = Box(*doubt.box).rounded()
            place = PageBox(page=sheet.page.number, page_label=sheet.label, bbox=bbox)
            text = normalize_printed(doubt.text)
            message = make_message("low-confidence.text", text=text, why=doubt.why) if text else doubt.why
            found.append(Remark(message, (place,)))
    return found


def _find_disorder(sheets: Sequence[_PageLayout]) -> list[Remark]:
    """Find where the printed page numbers go back."""
    places = {sheet.page.number: sheet.whole for sheet in sheets}
    found = furniture.find_falling_numbers([(sheet.page.number, sheet.label) for sheet in sheets])
    return [Remark(message, places[page]) for page, message in found]
