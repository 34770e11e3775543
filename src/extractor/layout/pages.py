"""Pages: the marks on a PDF's pages become one `Layout`."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import TypeVar

from extractor.document.geometry import Box
from extractor.document.layout import Element, Furniture, FurnitureKind, Layout, Paragraph, Remark
from extractor.document.page import Doubt, Page
from extractor.grammar.normalize import normalize_printed
from extractor.layout import furniture
from extractor.layout.borderless.detect import find_open_tables
from extractor.layout.continuation import join_continued_tables
from extractor.layout.lines import TextLine
from extractor.layout.page_draft import PageDraft, draft_pages
from extractor.layout.paragraphs import (
    BodyLine,
    find_body_font,
    form_paragraphs,
    is_strong,
    join_paragraph,
    measure_styles,
)
from extractor.layout.place import LabelledPage
from extractor.layout.region_layout import (
    RegionLayout,
    find_borderless_tables,
    lay_out_regions,
    list_in_reading_order,
    split_at_tables,
)
from extractor.layout.regions.atoms import list_atoms
from extractor.layout.regions.cut import Cut, Region, holds_prose, list_gutters
from extractor.layout.regions.pool import PagePart, cut_pages
from extractor.layout.regions.side_marks import find_side_marks
from extractor.layout.ruled.cells import PlacedTable
from extractor.layout.ruled.grid import Grid
from extractor.layout.running_lines import PageLines, sort_running_lines
from extractor.layout.signs import remark_struck
from extractor.profiles.profile import NO_HEADING_WORDS, HeadingWords
from extractor.records.messages import make_message

T = TypeVar("T")


def _remark_struck(draft: PageDraft, sheets: Sequence[RegionLayout]) -> list[Remark]:
    if not draft.on.page.struck:
        return []
    tables = [placed for sheet in sheets if sheet.on.page is draft.on.page for placed in sheet.tables]
    return remark_struck(draft.on, tables)


def _set_furniture_apart(drafts: Sequence[PageDraft], heading_words: HeadingWords) -> tuple[Furniture, ...]:
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
    drafts = [draft for page in pages for draft in draft_pages(page)]
    _set_furniture_apart(drafts, heading_words)
    found: dict[int, tuple[Cut, ...]] = {page.number: () for page in pages}
    for draft, (_, cuts) in zip(drafts, _cut_drafts(drafts), strict=True):
        found[draft.on.page.number] += tuple(cuts)
    return found


def _cut_drafts(drafts: Sequence[PageDraft]) -> list[tuple[list[Region], list[Cut]]]:
    """Cut pages into regions, and tell where and why."""
    return cut_pages(
        [
            PagePart(draft.on.page, draft.list_atoms(), draft.on.get_sides(), partial(_find_tables_across, draft))
            for draft in drafts
        ]
    )


def _find_tables_across(draft: PageDraft) -> list[Box]:
    """Find the tables without rules that no cut may part: those none of whose columns is prose."""
    tops = [filled.grid.ys[0] for filled in draft.ruled]
    found = [
        table
        for stretch in split_at_tables(draft.lines, tops)
        for table in find_open_tables(stretch, draft.on.page.rules)
    ]
    return [table.grid.box for table in found if not holds_prose(list_atoms(table.lines, ()))]


def _lay_out_each_page(
    pages: Sequence[Page], heading_words: HeadingWords
) -> tuple[list[PageDraft], list[RegionLayout], tuple[Furniture, ...], dict[int, list[Box]]]:
    """Lay out each page, and find what only several pages tell: running lines, columns, tables without rules."""
    drafts = [draft for page in pages for draft in draft_pages(page)]
    apart = _set_furniture_apart(drafts, heading_words)
    gutters: dict[int, list[Box]] = defaultdict(list)
    sheets: list[RegionLayout] = []
    for draft, (regions, cuts) in zip(drafts, _cut_drafts(drafts), strict=True):
        gutters[draft.on.page.number] += list_gutters(cuts)
        sheets += lay_out_regions(draft, regions)
        sheets[-1].offices = draft.offices
    find_borderless_tables(sheets)
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


def _list_elements(sheets: Sequence[RegionLayout], heading_words: HeadingWords) -> Iterator[Element]:
    """List paragraphs and tables in reading order, those that go on over a page's end as one.

    An office at a page's foot comes behind what is last on the page, wherever that ends.
    """
    flow: list[Paragraph | PlacedTable | BodyLine] = []
    feet: dict[int, list[Paragraph]] = defaultdict(list)
    for sheet in sheets:
        flow += list_in_reading_order(sheet)
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


def _find_disorder(drafts: Sequence[PageDraft]) -> list[Remark]:
    """Find where the printed page numbers go back."""
    places = {draft.on.page.number: draft.on.locate_all() for draft in drafts}
    found = furniture.find_falling_numbers([(draft.on.page.number, draft.on.label) for draft in drafts])
    return [Remark(message, (places[page],)) for page, message in found]
