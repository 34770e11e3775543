"""Pages: the marks on a PDF's pages become one `Layout`."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from extractor.document.layout import Element, Furniture, Layout, Paragraph, Remark
from extractor.document.page import Glyph, Page, Rule
from extractor.grammar.normalize import printed
from extractor.layout import furniture
from extractor.layout.ambiguity import ambiguities, printed_over
from extractor.layout.borderless.detect import OpenTable, open_tables
from extractor.layout.borderless.gutters import White
from extractor.layout.continuation import JoinedTable
from extractor.layout.deskew import turned_back
from extractor.layout.lines import Line, lines
from extractor.layout.paragraphs import BodyLine, body_font, measures, never, paragraphs, strong, text_of
from extractor.layout.place import box_of
from extractor.layout.ruled.cells import PlacedTable, box, share_out, table
from extractor.layout.ruled.grid import Grid, GridCell, grids
from extractor.layout.ruled.overflow import brought_home
from extractor.layout.y_index import ByHeight
from extractor.records.messages import make_message
from extractor.records.report import PageBox, Source

# A ruled box with more lines than this is a frame around running text, not a title bar.
BOX_LINES = 2


@dataclass(frozen=True, slots=True)
class Parted:
    """A page's tables and boxes with the glyphs in each of their cells, and the lines of all that is outside them.

    `placed`: the glyphs of each grid in the cells in which they stand, whatever cell their text is of.
    """

    ruled: tuple[tuple[Grid, dict[GridCell, list[Glyph]]], ...]
    lines: tuple[Line, ...]
    placed: tuple[dict[GridCell, list[Glyph]], ...] = ()


@dataclass
class _Sheet:
    """One page on its way: its tables and boxed lines by height, the lines outside them, and the grids of tables that
    nothing rules."""

    page: Page
    lines: list[Line]
    label_line: Line | None
    label: str | None
    tables: list[PlacedTable] = field(default_factory=list)
    boxes: list[tuple[float, Paragraph]] = field(default_factory=list)
    open: list[Grid] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def parted(page: Page) -> Parted:
    """Part the glyphs of a page by its grids. Each glyph that is not blank ends in one cell or one line."""
    found = grids(page.rules)
    inside, loose = share_out(map(_forward, page.glyphs), found)
    ruled, placed = [], []
    rules = _by_height(page.rules)
    for grid, shares in zip(found, inside, strict=True):
        cells = brought_home(grid, shares, rules)
        if len(grid.cells) == 1 and len(lines(next(iter(cells.values()), []))) > BOX_LINES:
            loose.extend(glyph for glyphs in cells.values() for glyph in glyphs)
        else:
            ruled.append((grid, cells))
            placed.append(shares)
    return Parted(tuple(ruled), tuple(lines(loose)), tuple(placed))


def _forward(glyph: Glyph) -> Glyph:
    """A glyph whose box begins where it ends, as one that a mirrored font sets, with its sides in order."""
    return glyph if glyph.x0 <= glyph.x1 else replace(glyph, x0=glyph.x1, x1=glyph.x0)


def _by_height(rules: Sequence[Rule]) -> ByHeight[Rule]:
    return ByHeight(rules, lambda rule: (rule.top, rule.bottom))


def _sheet(page: Page) -> _Sheet:
    marks = parted(page)
    outside = furniture.number_apart(page, marks.lines)
    label_line = furniture.find_page_number(page, outside)
    label = furniture.page_label(label_line.text) if label_line else None
    sheet = _Sheet(page, [line for line in outside if line is not label_line], label_line, label)
    inside = [line for _, cells in marks.ruled for glyphs in cells.values() for line in lines(glyphs)]
    sheet.remarks += printed_over([*inside, *marks.lines], page.number, label)
    rules = _by_height(page.rules)
    for (grid, cells), shares in zip(marks.ruled, marks.placed, strict=True):
        sheet.remarks += ambiguities(grid, shares, cells, rules, page.number, label)
        if len(grid.cells) == 1:
            paragraph = box(cells, page.number, label)
            if paragraph is not None:
                sheet.boxes.append((grid.ys[0], paragraph))
        elif (placed := table(grid, cells, page.number, label)) is not None:
            sheet.tables.append(placed)
    return sheet


def _set_in_columns(sheets: Sequence[_Sheet]) -> None:
    """Make tables of the lines that are set in columns without rules between, over page ends too."""
    gutters: tuple[White, ...] = ()
    edges: tuple[float, ...] = ()
    for sheet in sheets:
        tops = [*(placed.top for placed in sheet.tables), *(top for top, _ in sheet.boxes)]
        found: list[OpenTable] = []
        for stretch in _stretches(sheet.lines, tops):
            begins = not any(top < stretch[0].top for top in tops)
            found += open_tables(stretch, sheet.page.rules, gutters if begins else ())
        taken = {line for one in found for line in one.lines}
        rest = [line for line in sheet.lines if line not in taken]
        sheet.open = [one.grid for one in found]
        for one in found:
            (cells,), loose = share_out(
                [glyph for line in one.lines for glyph in line.glyphs + line.blanks], [one.grid]
            )
            rest += lines(loose)
            edges = edges if one.goes_on else one.grid.xs
            if (placed := table(one.grid, cells, sheet.page.number, sheet.label)) is not None:
                sheet.tables.append(replace(placed, edges=edges))
        sheet.lines = sorted(rest, key=lambda line: line.top) if found else rest
        lowest = max([*tops, *(line.top for line in sheet.lines)], default=0.0)
        gutters = found[-1].gutters if found and found[-1].grid.ys[0] > lowest else ()


def _stretches(found: Sequence[Line], tops: Sequence[float]) -> list[list[Line]]:
    """The lines of a page, parted where a table or box stands between."""
    stretches: dict[int, list[Line]] = defaultdict(list)
    heights = sorted(tops)
    for line in found:
        stretches[bisect_left(heights, line.top)].append(line)
    return [stretches[number] for number in sorted(stretches)]


def _set_apart(sheets: Sequence[_Sheet], is_heading: Callable[[str], bool]) -> tuple[Furniture, ...]:
    """Take running headers out of the sheets' lines; give all furniture in page order."""
    headers = furniture.find_running_headers([(sheet.page, sheet.lines) for sheet in sheets], is_heading)
    apart = []
    for sheet in sheets:
        for line in sheet.lines:
            if line in headers:
                apart.append(
                    Furniture("running-header", printed(line.text), (box_of([line], sheet.page.number, sheet.label),))
                )
        if sheet.label_line is not None:
            place = box_of([sheet.label_line], sheet.page.number, sheet.label)
            apart.append(Furniture("page-number", printed(sheet.label_line.text), (place,)))
        sheet.lines = [line for line in sheet.lines if line not in headers]
    return tuple(apart)


def _flow(sheets: Sequence[_Sheet]) -> list[Paragraph | PlacedTable | BodyLine]:
    """Everything in reading order: page by page, top to bottom."""
    flow: list[Paragraph | PlacedTable | BodyLine] = []
    for sheet in sheets:
        here: list[tuple[float, int, Paragraph | PlacedTable | BodyLine]] = []
        here += [(line.top, 0, BodyLine(line, sheet.page.number, sheet.page.width)) for line in sheet.lines]
        here += [(top, 1, paragraph) for top, paragraph in sheet.boxes]
        here += [(placed.top, 2, placed) for placed in sheet.tables]
        flow += [item for _, _, item in sorted(here, key=lambda entry: entry[:2])]
    return flow


def _joined(flow: Sequence[Paragraph | PlacedTable | BodyLine]) -> list[Paragraph | JoinedTable | list[BodyLine]]:
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
        elif not (isinstance(last, JoinedTable) and last.take(item)):
            joined.append(JoinedTable(item))
    return joined


def _source(group: Sequence[BodyLine], labels: dict[int, str | None]) -> Source:
    pages = sorted({item.page for item in group})
    return tuple(box_of([item.line for item in group if item.page == page], page, labels[page]) for page in pages)


def open_grids(pages: Sequence[Page], is_heading: Callable[[str], bool] = never) -> dict[int, tuple[Grid, ...]]:
    """By page number the grids of the tables that nothing rules, top to bottom, as `lay_out_pages` finds them."""
    sheets, _ = _sheets(pages, is_heading)
    return {sheet.page.number: tuple(sheet.open) for sheet in sheets}


def _sheets(pages: Sequence[Page], is_heading: Callable[[str], bool]) -> tuple[list[_Sheet], tuple[Furniture, ...]]:
    """The pages with their furniture apart and all their tables."""
    sheets = [_sheet(page) for page in pages]
    apart = _set_apart(sheets, is_heading)
    _set_in_columns(sheets)
    return sheets, apart


def lay_out_pages(pages: Sequence[Page], is_heading: Callable[[str], bool] = never) -> Layout:
    """The layout of a PDF's pages. Every glyph ends in one paragraph, one cell or one piece of furniture."""
    sheets, apart = _sheets(pages, is_heading)
    labels = {sheet.page.number: sheet.label for sheet in sheets}
    flow = _flow(sheets)
    running = [item for item in flow if isinstance(item, BodyLine)]
    body, edges = body_font(running), measures(running)
    elements: list[Element] = []
    for item in _joined(flow):
        if isinstance(item, JoinedTable):
            elements.append(item.table())
        elif isinstance(item, list):
            for group in paragraphs(item, edges, is_heading):
                bold = all(strong(line, body) for line in group)
                elements.append(Paragraph(printed(text_of(group)), _source(group, labels), strong=bold))
        else:
            elements.append(item)
    damage = tuple((what, _whole(sheet)) for sheet in sheets for what in sheet.page.damage)
    hidden = tuple((what, _whole(sheet)) for sheet in sheets for what in sheet.page.hidden)
    remarks = (*(one for sheet in sheets for one in sheet.remarks), *_not_in_order(sheets), *_doubts(sheets))
    layout = Layout(tuple(elements), apart, len(pages), damage, hidden, remarks=remarks)
    return turned_back(layout, pages)


def _doubts(sheets: Sequence[_Sheet]) -> list[Remark]:
    """What was not read surely of the pages' pictures."""
    found = []
    for sheet in sheets:
        for doubt in sheet.page.doubts:
            x0, top, x1, bottom = (round(side, 2) for side in doubt.box)
            place = PageBox(page=sheet.page.number, page_label=sheet.label, bbox=(x0, top, x1, bottom))
            text = printed(doubt.text)
            message = make_message("low-confidence.text", text=text, why=doubt.why) if text else doubt.why
            found.append(Remark(message, (place,)))
    return found


def _not_in_order(sheets: Sequence[_Sheet]) -> list[Remark]:
    """Where the printed page numbers go back."""
    places = {sheet.page.number: _whole(sheet) for sheet in sheets}
    found = furniture.numbers_that_fall([(sheet.page.number, sheet.label) for sheet in sheets])
    return [Remark(message, places[page]) for page, message in found]


def _whole(sheet: _Sheet) -> Source:
    """The whole of a page."""
    page = sheet.page
    return (PageBox(page=page.number, page_label=sheet.label, bbox=(0.0, 0.0, page.width, page.height)),)
