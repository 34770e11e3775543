"""Region layouts: the tables, boxes and lines of each region of a page."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter

from extractor.document.layout import Paragraph, Remark
from extractor.document.page import Glyph
from extractor.layout.borderless.detect import OpenTable, find_open_tables
from extractor.layout.borderless.gutters import White
from extractor.layout.lines import TextLine, form_lines
from extractor.layout.page_draft import PageDraft
from extractor.layout.paragraphs import BodyLine
from extractor.layout.place import LabelledPage
from extractor.layout.regions.bars import list_row_edges, split_lines_in_bars
from extractor.layout.regions.cut import Region
from extractor.layout.ruled.cells import PlacedTable, make_boxed_paragraphs, make_table, share_out_glyphs
from extractor.layout.ruled.grid import Grid
from extractor.layout.ruled.overflow import FilledGrid
from extractor.layout.signs import add_signs, remark_unread_signs


@dataclass
class RegionLayout:
    """One region of a page, mostly all of it, while it is laid out.

    It holds its tables and boxed lines by height, the lines outside them, and the grids of tables that nothing rules.
    """

    on: LabelledPage
    lines: list[TextLine]
    tables: list[PlacedTable] = field(default_factory=list)
    boxes: list[tuple[float, Paragraph]] = field(default_factory=list)
    open_grids: list[Grid] = field(default_factory=list)
    marks: tuple[Glyph, ...] = ()
    remarks: list[Remark] = field(default_factory=list)
    offices: list[TextLine] = field(default_factory=list)  # at the page's foot, in its last region


def lay_out_regions(draft: PageDraft, regions: Sequence[Region]) -> Iterator[RegionLayout]:
    """Lay out each region of a page; the lines of a page that is not cut are as they are.

    Args:
        draft: The page.
        regions: What it is cut into; at most one: it is not cut.

    Yields:
        Each region with its ruled tables, boxes and lines, in reading order.
    """
    if len(regions) <= 1:
        is_whole = not regions or regions[0].sides == draft.on.get_sides()
        on = draft.on if is_whole else replace(draft.on, sides=regions[0].sides)
        yield _lay_out_region(on, draft.lines, draft.ruled, draft.split.marks)
        return
    for region in regions:
        on = LabelledPage(draft.on.page, draft.on.label, region.sides)
        glyphs = [glyph for atom in region.atoms for glyph in (*atom.glyphs, *atom.blanks)]
        yield _lay_out_region(
            on, form_lines(glyphs), [atom.grid for atom in region.atoms if atom.grid], draft.split.marks
        )


def _lay_out_region(
    on: LabelledPage, lines: list[TextLine], ruled: Iterable[FilledGrid], marks: tuple[Glyph, ...]
) -> RegionLayout:
    """Make the tables and boxes of a region."""
    region = RegionLayout(on, split_lines_in_bars(lines, on.page.fills), marks=marks)
    for filled in ruled:
        grid = filled.grid
        if len(grid.cells) > 1:
            region.tables += filter(None, [make_table(grid, filled.cells, on, grid.xs)])
        else:
            region.boxes += ((grid.ys[0], paragraph) for paragraph in make_boxed_paragraphs(filled, on))
    return region


def find_borderless_tables(sheets: Sequence[RegionLayout]) -> None:
    """Make tables of the lines that are set in columns without rules between, over page ends too.

    Args:
        sheets: All regions of a document, in reading order. The lines of such tables move into `tables`.
    """
    gutters: tuple[White, ...] = ()
    edges: tuple[float, ...] = ()
    for sheet in sheets:
        tops = [*(placed.top for placed in sheet.tables), *(top for top, _ in sheet.boxes)]
        found: list[OpenTable] = []
        rules = [*sheet.on.page.rules, *list_row_edges(sheet.lines, sheet.on.page.fills)]
        for stretch in split_at_tables(sheet.lines, tops):
            begins = not any(top < stretch[0].top for top in tops)
            found += find_open_tables(stretch, rules, gutters if begins else ())
        edges = _take_borderless_tables(sheet, found, edges)
        sheet.open_grids = [table.grid for table in found]
        lowest = max([*tops, *(line.top for line in sheet.lines)], default=0.0)
        gutters = found[-1].gutters if found and found[-1].grid.ys[0] > lowest else ()


def _take_borderless_tables(
    sheet: RegionLayout, tables: Sequence[OpenTable], edges: tuple[float, ...]
) -> tuple[float, ...]:
    """Move the lines of these tables into tables of the page; what lies outside their cells stays a line.

    `edges` are those of the table with which the page before ends; the last table's come back.
    """
    taken = {line for table in tables for line in table.lines}
    rest = [line for line in sheet.lines if line not in taken]
    for table in tables:
        glyphs = [glyph for line in table.lines for glyph in line.glyphs + line.blanks]
        (cells,), outside = share_out_glyphs(glyphs, [table.grid])
        sheet.marks, unread = add_signs(sheet.marks, [table.grid], [cells])
        sheet.remarks += remark_unread_signs(unread, sheet.on)
        rest += form_lines(outside)
        edges = edges if table.goes_on else table.grid.xs
        sheet.tables += filter(None, [make_table(table.grid, cells, sheet.on, edges)])
    sheet.lines = sorted(rest, key=lambda line: line.top) if tables else rest
    return edges


def split_at_tables(found: Sequence[TextLine], tops: Sequence[float]) -> list[list[TextLine]]:
    """Split the lines of a page where a table or box stands between.

    Args:
        found: The lines, from top to bottom.
        tops: Where the tables and boxes begin, in points.

    Returns:
        The stretches that have lines, from top to bottom.
    """
    stretches: dict[int, list[TextLine]] = defaultdict(list)
    heights = sorted(tops)
    for line in found:
        stretches[bisect_left(heights, line.top)].append(line)
    return [stretches[number] for number in sorted(stretches)]


def list_in_reading_order(sheet: RegionLayout) -> Iterator[Paragraph | PlacedTable | BodyLine]:
    """List everything of a region in reading order.

    Args:
        sheet: The region.

    Yields:
        Its boxes, tables and lines, from top to bottom.
    """
    here: list[tuple[float, int, Paragraph | PlacedTable | BodyLine]] = [
        *((line.top, 0, BodyLine(line, sheet.on)) for line in sheet.lines),
        *((top, 1, paragraph) for top, paragraph in sheet.boxes),
        *((placed.top, 2, placed) for placed in sheet.tables),
    ]
    yield from (item for _, _, item in sorted(here, key=itemgetter(0, 1)))
