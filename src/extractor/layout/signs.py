"""Signs: what is drawn and not set (a minus, a ring, a figure as outlines) becomes a part of the text that it is of."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from extractor.document.geometry import Box, centre_x, centre_y, gap_x, gap_y, height_of, width_of
from extractor.document.layout import Cell, Remark
from extractor.document.page import Glyph
from extractor.layout.lines import TextLine, form_lines
from extractor.layout.place import LabelledPage
from extractor.layout.ruled.cells import PlacedTable
from extractor.layout.ruled.grid import Grid, GridCell
from extractor.layout.ruled.overflow import Shares
from extractor.records.messages import make_message
from extractor.records.report import PageBox

UNKNOWN = "\N{REPLACEMENT CHARACTER}"
# A cell with more glyphs than this holds prose. Points by which a sign may reach over the sides of its cell, and those
# beyond which a dash is a line where there is text.
PROSE, OVER, DASH = 30, 1.5, 16.0


def add_signs(
    marks: Iterable[Glyph], grids: Sequence[Grid], inside: Sequence[Shares]
) -> tuple[tuple[Glyph, ...], tuple[Glyph, ...]]:
    """Add drawn signs to the glyphs of the cells in which they are.

    In prose only those beside a figure are added: others are ornaments.

    Args:
        marks: The signs of a page.
        grids: Its grids.
        inside: The glyphs of each grid by cell. Those of cells with signs are changed.

    Returns:
        The signs outside all grids, and those in cells that were not read.
    """
    rest, unread = [], []
    slots = [grid.map_slots_to_cells() for grid in grids]
    for mark in marks:
        homes = [
            (grid.box.area, number, slots[number][slot])
            for number, grid in enumerate(grids)
            if (slot := grid.find_slot(centre_x(mark), centre_y(mark))) is not None
        ]
        if not homes:
            rest.append(mark)
            continue
        _, number, cell = min(homes, key=lambda home: home[0])
        text = [glyph for glyph in inside[number].get(cell, ()) if not glyph.text.isspace()]
        if len(grids[number].cells) > 1 and _is_of_cell(mark, cell, text):
            inside[number].setdefault(cell, []).append(_set_on_line(mark, text))
            unread += [mark] if mark.text == UNKNOWN else []
    return tuple(rest), tuple(unread)


def _is_of_cell(mark: Glyph, cell: GridCell, text: Sequence[Glyph]) -> bool:
    """Tell whether a sign is a part of what a cell says."""
    if text and mark.text == "－" and width_of(mark) > DASH:
        return False
    within = Box.of(cell).expand(OVER).contains(mark)
    return within and (len(text) <= PROSE or any(_stands_beside_figure(mark, glyph) for glyph in text))


def find_signs_before_figures(marks: Iterable[Glyph], glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Find the signs that stand right before a figure of running text.

    Args:
        marks: Signs outside all tables.
        glyphs: The glyphs outside all tables.

    Returns:
        The signs, as glyphs of the figure's line.
    """
    figures = [glyph for glyph in glyphs if glyph.text.isdigit()]
    found = []
    for mark in marks:
        behind = (
            [glyph for glyph in figures if gap_x(mark, glyph) > -OVER and _stands_beside_figure(mark, glyph)]
            if mark.text != UNKNOWN
            else []
        )
        found += [_set_on_line(mark, behind)] if behind else []
    return found


def _stands_beside_figure(mark: Glyph, glyph: Glyph) -> bool:
    """Tell whether a sign stands right before or behind a figure, on its line and no larger."""
    gap = max(gap_x(mark, glyph), gap_x(glyph, mark))
    on_line = glyph.top <= centre_y(mark) <= glyph.bottom and height_of(mark) <= 1.3 * height_of(glyph)
    return glyph.text.isdigit() and on_line and gap <= 0.5 * glyph.size and width_of(mark) <= 2 * glyph.size


def _set_on_line(mark: Glyph, text: Sequence[Glyph]) -> Glyph:
    """Give a sign the height and the size of the nearest glyph of its line; it keeps its own where it is alone."""
    beside = [glyph for glyph in text if max(gap_y(mark, glyph), gap_y(glyph, mark)) < 0]
    if not beside:
        return mark
    near = min(beside, key=lambda glyph: max(gap_x(mark, glyph), gap_x(glyph, mark)))
    return replace(mark, top=near.top, bottom=near.bottom, size=near.size, font=near.font)


def remark_unread_signs(marks: Iterable[Glyph], on: LabelledPage) -> list[Remark]:
    """Remark the signs that are of a cell and were not read."""
    return [Remark(make_message("unread-ink.cell"), (on.locate([mark]),)) for mark in marks]


def remark_struck(on: LabelledPage, tables: Iterable[PlacedTable]) -> list[Remark]:
    """Remark what is struck out on a page: in a cell that says something else now, in one that does not, or in prose.

    Args:
        on: The page.
        tables: Its tables.

    Returns:
        One remark a cell, and one a line of prose.
    """
    found: list[Remark] = []
    rest = list(on.page.struck)
    for placed in tables:
        for cell in placed.table.cells:
            if cell.struck:
                struck, _ = _part_by_cell(cell, on.page.struck)
                rest = _part_by_cell(cell, rest)[1]
                lines = [item.line for item in placed.find_lines(cell)]
                kind = _tell_struck(cell.struck, lines, struck)
                found.append(Remark(make_message(f"struck-out.{kind}", text=cell.struck), cell.source))
    prose = [(line.text, on.locate([line])) for line in form_lines(rest)]
    return found + [Remark(make_message("struck-out.text", text=text), (place,)) for text, place in prose]


def _part_by_cell(cell: Cell, glyphs: Iterable[Glyph]) -> tuple[list[Glyph], list[Glyph]]:
    """Part glyphs into those in a cell and the rest."""
    boxes = [Box(*place.bbox) for place in cell.source if isinstance(place, PageBox)]
    inside: list[Glyph] = []
    outside: list[Glyph] = []
    for glyph in glyphs:
        (inside if any(box.contains_centre(glyph) for box in boxes) else outside).append(glyph)
    return inside, outside


def _tell_struck(text: str, kept: Sequence[TextLine], struck: Sequence[Glyph]) -> str:
    """Tell what became of a text that is struck out, as a variant of `struck-out`; `kept` is what is not struck."""
    if any(_stands_beside(line, glyph) for line in kept for glyph in struck):
        return "replaced"
    return "figure" if not kept and any(map(str.isdigit, text)) else "text"


def _stands_beside(line: TextLine, struck: Glyph) -> bool:
    """Tell whether a line is near what is struck: what is further away was not put in its place."""
    aside, away = max(gap_x(line, struck), gap_x(struck, line)), max(gap_y(line, struck), gap_y(struck, line))
    return aside <= 2 * struck.size and away <= 1.5 * struck.size
