"""Pages: the marks on a PDF's pages become one `Layout`."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extractor.document.layout import Element, Furniture, Layout, Paragraph, Remark
from extractor.document.page import Glyph, Page, Rule
from extractor.grammar.normalize import printed
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
from extractor.layout.place import place_of_lines
from extractor.layout.ruled.cells import PlacedTable, make_boxed_paragraph, make_table, share_out_glyphs
from extractor.layout.ruled.grid import Grid, GridCell, find_grids
from extractor.layout.ruled.overflow import assign_overflow
from extractor.layout.y_index import ByHeight
from extractor.profiles.heading_words import NO_HEADING_WORDS, HeadingWords
from extractor.records.report import PageBox, Source

# A ruled box with more lines than this is a frame around running text, not a title bar.
BOX_LINES = 2


@dataclass(frozen=True, slots=True)
class SplitPage:
    """A page's tables and boxes with the glyphs in each of their cells, and the lines of all that is outside them.

    `placed`: the glyphs of each grid in the cells in which they stand, whatever cell their text is of.
    """

    ruled: tuple[tuple[Grid, dict[GridCell, list[Glyph]]], ...]
    lines: tuple[TextLine, ...]
    placed: tuple[dict[GridCell, list[Glyph]], ...] = ()


@dataclass
class _PageLayout:
    """One page on its way: its tables and boxed lines by height, the lines outside them, and the grids of tables that
    nothing rules."""

    page: Page
    lines: list[TextLine]
    label_line: TextLine | None
    label: str | None
    tables: list[PlacedTable] = field(default_factory=list)
    boxes: list[tuple[float, Paragraph]] = field(default_factory=list)
    open: list[Grid] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def split_page(page: Page) -> SplitPage:
    """Part the glyphs of a page by its grids. Each glyph that is not blank ends in one cell or one line."""
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
    """A glyph whose box begins where it ends, as one that a mirrored font sets, with its sides in order."""
    return glyph if glyph.x0 <= glyph.x1 else replace(glyph, x0=glyph.x1, x1=glyph.x0)


def _index_rules(rules: Sequence[Rule]) -> ByHeight[Rule]:
    return ByHeight(rules, lambda rule: (rule.top, rule.bottom))


def _lay_out_page(page: Page) -> _PageLayout:
    marks = split_page(page)
    outside = furniture.split_off_page_number(page, marks.lines)
    label_line = furniture.find_page_number(page, outside)
    label = furniture.parse_page_label(label_line.text) if label_line else None
    sheet = _PageLayout(page, [line for line in outside if line is not label_line], label_line, label)
    inside = [line for _, cells in marks.ruled for glyphs in cells.values() for line in form_lines(glyphs)]
    sheet.remarks += find_overprinted_lines([*inside, *marks.lines], page.number, label)
    rules = _index_rules(page.rules)
    for (grid, cells), shares in zip(marks.ruled, marks.placed, strict=True):
        sheet.remarks += find_ambiguities(grid, shares, cells, rules, page.number, label)
        if len(grid.cells) == 1:
            paragraph = make_boxed_paragraph(cells, page.number, label)
            if paragraph is not None:
                sheet.boxes.append((grid.ys[0], paragraph))
        elif (placed := make_table(grid, cells, page.number, label)) is not None:
            sheet.tables.append(placed)
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
        taken = {line for one in found for line in one.lines}
        rest = [line for line in sheet.lines if line not in taken]
        sheet.open = [one.grid for one in found]
        for one in found:
            (cells,), loose = share_out_glyphs(
                [glyph for line in one.lines for glyph in line.glyphs + line.blanks], [one.grid]
            )
            rest += form_lines(loose)
            edges = edges if one.goes_on else one.grid.xs
            if (placed := make_table(one.grid, cells, sheet.page.number, sheet.label)) is not None:
                sheet.tables.append(replace(placed, edges=edges))
        sheet.lines = sorted(rest, key=lambda line: line.top) if found else rest
        lowest = max([*tops, *(line.top for line in sheet.lines)], default=0.0)
        gutters = found[-1].gutters if found and found[-1].grid.ys[0] > lowest else ()


def _split_at_tables(found: Sequence[TextLine], tops: Sequence[float]) -> list[list[TextLine]]:
    """The lines of a page, parted where a table or box stands between."""
    stretches: dict[int, list[TextLine]] = defaultdict(list)
    heights = sorted(tops)
    for line in found:
        stretches[bisect_left(heights, line.top)].append(line)
    return [stretches[number] for number in sorted(stretches)]


def _set_furniture_apart(sheets: Sequence[_PageLayout], heading_words: HeadingWords) -> tuple[Furniture, ...]:
    """Take running headers out of the sheets' lines; give all furniture in page order."""
    headers = furniture.find_running_headers([(sheet.page, sheet.lines) for sheet in sheets], heading_words)
    apart = []
    for sheet in sheets:
        for line in sheet.lines:
            if line in headers:
                apart.append(
                    Furniture(
                        "running-header", printed(line.text), (place_of_lines([line], sheet.page.number, sheet.label),)
                    )
                )
        if sheet.label_line is not None:
            place = place_of_lines([sheet.label_line], sheet.page.number, sheet.label)
            apart.append(Furniture("page-number", printed(sheet.label_line.text), (place,)))
        sheet.lines = [line for line in sheet.lines if line not in headers]
    return tuple(apart)


def _list_in_reading_order(sheets: Sequence[_PageLayout]) -> list[Paragraph | PlacedTable | BodyLine]:
    """Everything in reading order: page by page, top to bottom."""
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
    """Runs of lines and tables that go on over a page's end, each as one."""
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


def _source_of(group: Sequence[BodyLine], labels: dict[int, str | None]) -> Source:
    pages = sorted({item.page for item in group})
    return tuple(
        place_of_lines([item.line for item in group if item.page == page], page, labels[page]) for page in pages
    )


def find_open_grids(
    pages: Sequence[Page], heading_words: HeadingWords = NO_HEADING_WORDS
) -> dict[int, tuple[Grid, ...]]:
    """By page number the grids of the tables that nothing rules, top to bottom, as `lay_out_pages` finds them."""
    sheets, _ = _lay_out_each_page(pages, heading_words)
    return {sheet.page.number: tuple(sheet.open) for sheet in sheets}


def _lay_out_each_page(
    pages: Sequence[Page], heading_words: HeadingWords
) -> tuple[list[_PageLayout], tuple[Furniture, ...]]:
    """The pages with their furniture apart and all their tables."""
    sheets = [_lay_out_page(page) for page in pages]
    apart = _set_furniture_apart(sheets, heading_words)
    _find_borderless_tables(sheets)
    return sheets, apart


def lay_out_pages(pages: Sequence[Page], heading_words: HeadingWords = NO_HEADING_WORDS) -> Layout:
    """The layout of a PDF's pages. Every glyph ends in one paragraph, one cell or one piece of furniture."""
    sheets, apart = _lay_out_each_page(pages, heading_words)
    labels = {sheet.page.number: sheet.label for sheet in sheets}
    flow = _list_in_reading_order(sheets)
    running = [item for item in flow if isinstance(item, BodyLine)]
    body, edges = find_body_font(running), measure_styles(running)
    elements: list[Element] = []
    for item in _join_over_pages(flow):
        if isinstance(item, JoinedTable):
            elements.append(item.build_table())
        elif isinstance(item, list):
            for group in form_paragraphs(item, edges, heading_words):
                bold = all(is_strong(line, body) for line in group)
                elements.append(Paragraph(printed(join_paragraph(group)), _source_of(group, labels), strong=bold))
        else:
            elements.append(item)
    damage = tuple((what, _whole_page(sheet)) for sheet in sheets for what in sheet.page.damage)
    hidden = tuple((what, _whole_page(sheet)) for sheet in sheets for what in sheet.page.hidden)
    remarks = (*(one for sheet in sheets for one in sheet.remarks), *_find_disorder(sheets), *_list_doubts(sheets))
    layout = Layout(tuple(elements), apart, len(pages), damage, hidden, remarks=remarks)
    return turn_layout_back(layout, pages)


def _list_doubts(sheets: Sequence[_PageLayout]) -> list[Remark]:
    """What was not read surely of the pages' pictures."""
    found = []
    for sheet in sheets:
        for doubt in sheet.page.doubts:
            x0, top, x1, bottom = (round(side, 2) for side in doubt.box)
            place = PageBox(page=sheet.page.number, page_label=sheet.label, bbox=(x0, top, x1, bottom))
            text = printed(doubt.text)
            message = f"{text} was recognised and is not sure: {doubt.why}" if text else doubt.why
            found.append(Remark(doubt.code, message, (place,), doubt.severity))
    return found


def _find_disorder(sheets: Sequence[_PageLayout]) -> list[Remark]:
    """Where the printed page numbers go back."""
    places = {sheet.page.number: _whole_page(sheet) for sheet in sheets}
    found = furniture.find_falling_numbers([(sheet.page.number, sheet.label) for sheet in sheets])
    return [Remark(code="page-order", message=message, source=places[page]) for page, message in found]


def _whole_page(sheet: _PageLayout) -> Source:
    """The whole of a page."""
    page = sheet.page
    return (PageBox(page=page.number, page_label=sheet.label, bbox=(0.0, 0.0, page.width, page.height)),)
