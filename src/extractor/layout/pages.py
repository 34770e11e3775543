"""Pages: the marks on a PDF's pages become one `Layout`."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import TypeVar

from extractor.document.geometry import Box, centre_x
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
from extractor.layout.regions.atoms import Atom, list_atoms
from extractor.layout.regions.bars import list_row_edges, split_lines_in_bars
from extractor.layout.regions.cut import Cut, Region, holds_prose, list_gutters
from extractor.layout.regions.pool import PagePart, cut_pages
from extractor.layout.regions.sheets import find_sheets
from extractor.layout.regions.side_marks import SideMark, find_side_marks
from extractor.layout.roles import assign_roles
from extractor.layout.ruled.cells import PlacedTable, make_boxed_paragraphs, make_table, share_out_glyphs
from extractor.layout.ruled.grid import Grid, find_grids
from extractor.layout.ruled.overflow import FilledGrid, assign_overflow
from extractor.layout.running_lines import PageLines, sort_running_lines
from extractor.layout.signs import add_signs, find_signs_before_figures, remark_struck, remark_unread_signs
from extractor.layout.y_index import ByHeight
from extractor.profiles.profile import NO_HEADING_WORDS, HeadingWords
from extractor.records.messages import make_message

# A ruled box with more lines than this is a frame around running text, not a title bar.
BOX_LINES = 2

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SplitPage:
    """A page split by its grids: the tables and boxes with their glyphs, and the lines of all that is outside them.

    `apart`: what is no text of the page (watermarks, ruby).
    """

    ruled: tuple[FilledGrid, ...]
    lines: tuple[TextLine, ...]
    rules: ByHeight[Rule]
    apart: tuple[tuple[FurnitureKind, tuple[Glyph, ...]], ...] = ()
    marks: tuple[Glyph, ...] = ()  # drawn signs outside all grids
    unread: tuple[Glyph, ...] = ()  # those in cells whose shape is not known

    def list_lines(self) -> list[TextLine]:
        """Return all lines of the page, those in cells too."""
        return [*self.lines, *(line for filled in self.ruled for line in filled.list_lines())]


@dataclass
class _PageDraft:
    """One page before it is cut into regions: the lines outside its grids, and the one that is its number."""

    on: LabelledPage
    split: SplitPage
    lines: list[TextLine]
    label_line: TextLine | None
    apart: list[Furniture]
    remarks: list[Remark]
    ruled: tuple[FilledGrid, ...]
    offices: list[TextLine] = field(default_factory=list)  # at its foot

    def list_atoms(self) -> list[Atom]:
        """List what no cut may part."""
        return list_atoms(self.lines, self.ruled)

    def list_inside(self) -> list[TextLine]:
        """List the lines in tables and boxes."""
        return [line for filled in self.ruled for line in filled.list_lines()]

    def set_marks_apart(self, marks: Sequence[SideMark]) -> None:
        """Take marks beside the text out of the lines and boxes."""
        taken = {id(glyph) for mark in marks for atom in mark.atoms for glyph in atom.glyphs}
        grids = {id(atom.grid) for mark in marks for atom in mark.atoms if atom.grid}
        self.apart += (_set_apart("side-mark", mark.list_glyphs(), self.on) for mark in marks)
        self.ruled = tuple(filled for filled in self.ruled if id(filled) not in grids)
        lines = []
        for line in self.lines:
            rest = [glyph for glyph in line.glyphs if id(glyph) not in taken]
            lines += [line] if len(rest) == len(line.glyphs) else form_lines([*rest, *line.blanks])
        self.lines = lines


@dataclass
class _RegionLayout:
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


def split_page(page: Page) -> SplitPage:
    """Split the glyphs of a page by its grids.

    Each glyph that is not blank ends in one cell or one line, or is no text of the page.
    """
    found = find_grids(page.rules)
    roles = assign_roles(page)
    inside, loose = share_out_glyphs(map(_turn_forward, roles.body), found)
    marks, unread = add_signs(page.marks, found, inside)
    loose += find_signs_before_figures(marks, loose)
    rules = ByHeight(page.rules, lambda rule: (rule.top, rule.bottom))
    ruled = []
    for grid, shares in zip(found, inside, strict=True):
        filled = FilledGrid(grid, shares, assign_overflow(grid, shares, rules))
        if len(grid.cells) == 1 and len(filled.list_lines()) > BOX_LINES:
            loose += [glyph for glyphs in filled.cells.values() for glyph in glyphs]
        else:
            ruled.append(filled)
    return SplitPage(tuple(ruled), tuple(form_lines(loose)), rules, roles.apart, marks, unread)


def _turn_forward(glyph: Glyph) -> Glyph:
    """Put the sides of a glyph in order, whose box begins where it ends: a mirrored font sets it so."""
    return glyph if glyph.x0 <= glyph.x1 else replace(glyph, x0=glyph.x1, x1=glyph.x0)


def _draft_pages(page: Page) -> Iterator[_PageDraft]:
    """Find what one page tells alone: its number, its ruled tables and boxes, and the lines outside them.

    A sheet with several pages side by side gives a draft for each; what is remarked of all of it is in the first.
    """
    split = split_page(page)
    atoms = list_atoms(split.lines, split.ruled)
    sheets = find_sheets(page, split.lines, atoms)
    if not sheets:
        outside = furniture.split_off_page_number(page, split.lines)
        label_line = furniture.find_page_number(page, outside)
        lines = [line for line in outside if line is not label_line]
        yield _make_draft(LabelledPage(page, _read_label(label_line)), split, lines, label_line, split.ruled)
        return
    for number, (sides, label_line) in enumerate(sheets):
        taken = {id(glyph) for glyph in label_line.glyphs}
        own = [atom for atom in atoms if sides[0] <= centre_x(atom) < sides[1]]
        glyphs = [glyph for atom in own for glyph in (*atom.glyphs, *atom.blanks) if id(glyph) not in taken]
        on = LabelledPage(page, _read_label(label_line), sides)
        ruled = tuple(atom.grid for atom in own if atom.grid)
        yield _make_draft(on, split, form_lines(glyphs), label_line, ruled, is_first=not number)


def _read_label(line: TextLine | None) -> str | None:
    return furniture.parse_page_label(line.text) if line else None


def _make_draft(
    on: LabelledPage,
    split: SplitPage,
    lines: list[TextLine],
    label_line: TextLine | None,
    ruled: tuple[FilledGrid, ...],
    *,
    is_first: bool = True,
) -> _PageDraft:
    """Make the draft of a page with what is to be remarked of it."""
    if not is_first:
        return _PageDraft(on, split, lines, label_line, [], [], ruled)
    inside = [line for filled in split.ruled for line in filled.list_lines()]
    apart = [_set_apart(kind, glyphs, on) for kind, glyphs in split.apart]
    remarks = [*find_overprinted_lines([*inside, *split.lines], on)]
    remarks += remark_unread_signs(split.unread, on)
    remarks += (_remark_slanted(part) for part in apart if part.kind == "slanted")
    for filled in split.ruled:
        remarks += find_ambiguities(filled, split.rules, on)
    return _PageDraft(on, split, lines, label_line, apart, remarks, ruled)


def _lay_out_regions(draft: _PageDraft, regions: Sequence[Region]) -> Iterator[_RegionLayout]:
    """Lay out each region of a page; the lines of a page that is not cut are as they are."""
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
) -> _RegionLayout:
    """Make the tables and boxes of a region."""
    region = _RegionLayout(on, split_lines_in_bars(lines, on.page.fills), marks=marks)
    for filled in ruled:
        grid = filled.grid
        if len(grid.cells) > 1:
            region.tables += filter(None, [make_table(grid, filled.cells, on, grid.xs)])
        else:
            region.boxes += ((grid.ys[0], paragraph) for paragraph in make_boxed_paragraphs(filled, on))
    return region


def _set_apart(kind: FurnitureKind, glyphs: Sequence[Glyph], on: LabelledPage) -> Furniture:
    """Set glyphs apart that are no text of their page, in the order of the file."""
    return Furniture(kind, normalize_printed("".join(glyph.text for glyph in glyphs)), (on.locate(glyphs),))


def _remark_struck(draft: _PageDraft, sheets: Sequence[_RegionLayout]) -> list[Remark]:
    if not draft.on.page.struck:
        return []
    tables = [placed for sheet in sheets if sheet.on.page is draft.on.page for placed in sheet.tables]
    return remark_struck(draft.on, tables)


def _remark_slanted(part: Furniture) -> Remark:
    return Remark(make_message("slanted-text.text", text=part.text), part.source)


def _find_borderless_tables(sheets: Sequence[_RegionLayout]) -> None:
    """Make tables of the lines that are set in columns without rules between, over page ends too."""
    gutters: tuple[White, ...] = ()
    edges: tuple[float, ...] = ()
    for sheet in sheets:
        tops = [*(placed.top for placed in sheet.tables), *(top for top, _ in sheet.boxes)]
        found: list[OpenTable] = []
        rules = [*sheet.on.page.rules, *list_row_edges(sheet.lines, sheet.on.page.fills)]
        for stretch in _split_at_tables(sheet.lines, tops):
            begins = not any(top < stretch[0].top for top in tops)
            found += find_open_tables(stretch, rules, gutters if begins else ())
        edges = _take_borderless_tables(sheet, found, edges)
        sheet.open_grids = [table.grid for table in found]
        lowest = max([*tops, *(line.top for line in sheet.lines)], default=0.0)
        gutters = found[-1].gutters if found and found[-1].grid.ys[0] > lowest else ()


def _take_borderless_tables(
    sheet: _RegionLayout, tables: Sequence[OpenTable], edges: tuple[float, ...]
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


def _split_at_tables(found: Sequence[TextLine], tops: Sequence[float]) -> list[list[TextLine]]:
    """Split the lines of a page where a table or box stands between."""
    stretches: dict[int, list[TextLine]] = defaultdict(list)
    heights = sorted(tops)
    for line in found:
        stretches[bisect_left(heights, line.top)].append(line)
    return [stretches[number] for number in sorted(stretches)]


def _set_furniture_apart(drafts: Sequence[_PageDraft], heading_words: HeadingWords) -> tuple[Furniture, ...]:
    """Take marks and running lines out of the pages' lines; give all furniture in page order."""
    found = find_side_marks([(draft.on, draft.list_atoms()) for draft in drafts])
    for draft, marks in zip(drafts, found, strict=True):
        if marks:
            draft.set_marks_apart(marks)
    pages = [PageLines(draft.on.page, draft.lines, draft.list_inside()) for draft in drafts]
    apart: list[Furniture] = []
    for draft, lines in zip(drafts, sort_running_lines(pages, heading_words), strict=True):
        apart += draft.apart
        apart += (_make_furniture("running-line", line, draft.on) for line in lines.running)
        if draft.label_line is not None:
            apart.append(_make_furniture("page-number", draft.label_line, draft.on))
        draft.lines, draft.offices = lines.body, lines.offices
    return tuple(apart)


def _make_furniture(kind: FurnitureKind, line: TextLine, on: LabelledPage) -> Furniture:
    return Furniture(kind, normalize_printed(line.text), (on.locate([line]),))


def _list_in_reading_order(sheet: _RegionLayout) -> Iterator[Paragraph | PlacedTable | BodyLine]:
    """List everything of a region in reading order, top to bottom."""
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
    _, sheets, *_ = _lay_out_each_page(pages, heading_words)
    found: dict[int, tuple[Grid, ...]] = {page.number: () for page in pages}
    for sheet in sheets:
        found[sheet.on.page.number] += tuple(sheet.open_grids)
    return found


def find_cuts(pages: Sequence[Page], heading_words: HeadingWords = NO_HEADING_WORDS) -> dict[int, tuple[Cut, ...]]:
    """Find where pages are cut into regions and why, as `lay_out_pages` does.

    Args:
        pages: All pages of a PDF.
        heading_words: By which words a line is known for a heading.

    Returns:
        The cuts by the page's number, in the order in which they were made.
    """
    drafts = [draft for page in pages for draft in _draft_pages(page)]
    _set_furniture_apart(drafts, heading_words)
    found: dict[int, tuple[Cut, ...]] = {page.number: () for page in pages}
    for draft, (_, cuts) in zip(drafts, _cut_drafts(drafts), strict=True):
        found[draft.on.page.number] += tuple(cuts)
    return found


def _cut_drafts(drafts: Sequence[_PageDraft]) -> list[tuple[list[Region], list[Cut]]]:
    """Cut pages into regions, and tell where and why."""
    return cut_pages(
        [
            PagePart(draft.on.page, draft.list_atoms(), draft.on.get_sides(), partial(_find_tables_across, draft))
            for draft in drafts
        ]
    )


def _find_tables_across(draft: _PageDraft) -> list[Box]:
    """Find the tables without rules that no cut may part: those none of whose columns is prose."""
    tops = [filled.grid.ys[0] for filled in draft.ruled]
    found = [
        table
        for stretch in _split_at_tables(draft.lines, tops)
        for table in find_open_tables(stretch, draft.on.page.rules)
    ]
    return [table.grid.box for table in found if not holds_prose(list_atoms(table.lines, ()))]


def _lay_out_each_page(
    pages: Sequence[Page], heading_words: HeadingWords
) -> tuple[list[_PageDraft], list[_RegionLayout], tuple[Furniture, ...], dict[int, list[Box]]]:
    """Lay out each page, and find what only several pages tell: running lines, columns, tables without rules."""
    drafts = [draft for page in pages for draft in _draft_pages(page)]
    apart = _set_furniture_apart(drafts, heading_words)
    gutters: dict[int, list[Box]] = defaultdict(list)
    sheets: list[_RegionLayout] = []
    for draft, (regions, cuts) in zip(drafts, _cut_drafts(drafts), strict=True):
        gutters[draft.on.page.number] += list_gutters(cuts)
        sheets += _lay_out_regions(draft, regions)
        sheets[-1].offices = draft.offices
    _find_borderless_tables(sheets)
    return drafts, sheets, apart, gutters


def lay_out_pages(pages: Sequence[Page], heading_words: HeadingWords = NO_HEADING_WORDS) -> Layout:
    """Lay out a PDF's pages.

    Every glyph ends in one paragraph, one cell or one piece of furniture.

    Args:
        pages: All its pages, in order.
        heading_words: By which words a line is known for a heading: it is no part of the prose around it.

    Returns:
        Paragraphs and tables in reading order, furniture apart, and remarks on what can be read in two ways.
    """
    drafts, sheets, apart, gutters = _lay_out_each_page(pages, heading_words)
    whole = {draft.on.page.number: draft.on for draft in reversed(drafts)}
    places = [(page, (whole[page.number].locate_all(),)) for page in pages]
    return Layout(
        elements=tuple(_list_elements(sheets, heading_words)),
        furniture=apart,
        gutters=gutters,
        pages=len(pages),
        damage=tuple((what, place) for page, place in places for what in page.damage),
        hidden=tuple((what, place) for page, place in places for what in page.hidden),
        recognised=any(page.recognised for page in pages),
        # On a page that was turned, places are those of the page as it is shown, and a value's figures no line of it.
        printed={page.number: page.printed for page in pages if page.printed is not None and not page.turn},
        remarks=(
            *(remark for draft in drafts for remark in draft.remarks),
            *(remark for sheet in sheets for remark in sheet.remarks),
            *(remark for draft in drafts for remark in _remark_struck(draft, sheets)),
            *_find_disorder(drafts),
            *(_remark_doubt(doubt, whole[page.number]) for page in pages for doubt in page.doubts),
        ),
    )


def _list_elements(sheets: Sequence[_RegionLayout], heading_words: HeadingWords) -> Iterator[Element]:
    """List paragraphs and tables in reading order, those that go on over a page's end as one.

    An office at a page's foot comes behind what is last on the page, wherever that ends.
    """
    flow: list[Paragraph | PlacedTable | BodyLine] = []
    feet: dict[int, list[Paragraph]] = defaultdict(list)
    for sheet in sheets:
        flow += _list_in_reading_order(sheet)
        last = id(flow[-1]) if flow else 0
        feet[last] += (join_paragraph([BodyLine(line, sheet.on)], is_foot=True) for line in sheet.offices)
    running = _pick(flow, BodyLine)
    body, edges = find_body_font(running), measure_styles(running)
    yield from feet[0]
    for _, same_type in groupby(flow, key=type):
        run = list(same_type)
        # All of a run are of one of these three.
        yield from _pick(run, Paragraph)
        yield from join_continued_tables(_pick(run, PlacedTable))
        for group in form_paragraphs(_pick(run, BodyLine), edges, heading_words):
            yield join_paragraph(group, strong=all(is_strong(item, body) for item in group))
            yield from (foot for item in group for foot in feet.pop(id(item), ()))
        yield from (foot for item in run for foot in feet.pop(id(item), ()))


def _pick(items: Iterable[object], kind: type[T]) -> list[T]:
    return [item for item in items if isinstance(item, kind)]


def _remark_doubt(doubt: Doubt, on: LabelledPage) -> Remark:
    """Remark what was not read surely of a page's pictures."""
    text = normalize_printed(doubt.text)
    message = make_message("low-confidence.text", text=text, why=doubt.why) if text else doubt.why
    return Remark(message, (on.locate([Box(*doubt.box)]),))


def _find_disorder(drafts: Sequence[_PageDraft]) -> list[Remark]:
    """Find where the printed page numbers go back."""
    places = {draft.on.page.number: draft.on.locate_all() for draft in drafts}
    found = furniture.find_falling_numbers([(draft.on.page.number, draft.on.label) for draft in drafts])
    return [Remark(message, (places[page],)) for page, message in found]
