"""Ambiguous: what a page's marks leave open, so that a person should look.

Text that stands over an edge of its cell; cells whose text is set as two, as if a rule between were missing; characters
of which one is printed over another.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from extractor.document.geometry import centre_x, centre_y, gap_x, height_of, overlap_x, width_of
from extractor.document.layout import Remark
from extractor.document.page import Glyph, Rule
from extractor.grammar.characters import LINES
from extractor.grammar.normalize import normalize_printed
from extractor.layout.lines import TextLine, form_lines
from extractor.layout.place import place_of_lines
from extractor.layout.ruled.grid import SHORTEST, Grid, GridCell
from extractor.layout.ruled.overflow import AT_SIDE
from extractor.layout.y_index import ByHeight
from extractor.records.messages import make_message

# In sizes: glyphs of one text stand no further apart; those nearer than TIGHT are one text even with a rule between.
ONE_TEXT, TIGHT = 0.25, 0.12
# A rule that leaves less of a glyph on one side of it only touches it (parts of its width, of its height).
ASIDE, ABOVE = 0.2, 0.2
# White between what stands in two columns is more than this (sizes); lines stand no further apart than LEADING (sizes)
# where the table does not show how far they do, and none stands further than others by more than LOOSER.
APART, LEADING, LOOSER = 1.3, 1.45, 1.15
# Figures and letters share less than this part of their width with what stands beside them.
SHARED = 0.3

Shares = Mapping[GridCell, Sequence[Glyph]]


def find_ambiguities(
    grid: Grid, shares: Shares, brought: Shares, rules: ByHeight[Rule], page: int, label: str | None
) -> list[Remark]:
    """Find what can be read in two ways in a grid.

    Args:
        grid: The grid.
        shares: The glyphs that stand in each of its cells.
        brought: The glyphs that are held to be each cell's, wherever they stand.
        rules: The page's rules by height.
        page: The page, from 1.
        label: The number printed on it.

    Returns:
        Remarks on texts over an edge of their cell, and on cells set as two as if a rule between were missing.
    """
    found = [
        Remark(
            message=make_message("text-over-edge.text", text=normalize_printed(line.text)),
            source=(place_of_lines([line], page, label),),
        )
        for line in _find_texts_over_edges(grid, shares, brought, rules)
    ]
    inside = {cell: form_lines(glyphs) for cell, glyphs in shares.items()}
    return found + [
        Remark(
            message=make_message(
                "missing-rule.text", text=normalize_printed(" ".join(line.text for line in inside[cell]))
            ),
            source=(place_of_lines(inside[cell], page, label),),
        )
        for cell in _find_cells_set_as_two(grid, inside)
    ]


def find_overprinted_lines(found: Iterable[TextLine], page: int, label: str | None) -> list[Remark]:
    """Find lines in which figures or letters are printed over one another.

    Args:
        found: The lines of a page.
        page: The page, from 1.
        label: The number printed on it.

    Returns:
        A remark a line: the order of its characters is not known.
    """
    return [
        Remark(
            message=make_message("overlapping-text.text", text=normalize_printed(line.text)),
            source=(place_of_lines([line], page, label),),
        )
        for line in found
        if any(_share_covered(a, b) > SHARED for a, b in pairwise(line.glyphs) if _in_words(a, b))
    ]


def _in_words(a: Glyph, b: Glyph) -> bool:
    """Tell whether a figure is among two glyphs, or both are letters: marks are drawn close to what they stand at."""
    return a.text.isdigit() or b.text.isdigit() or (a.text.isalpha() and b.text.isalpha())


def _share_covered(a: Glyph, b: Glyph) -> float:
    """Return the part of the narrower glyph that the other covers."""
    narrow = min(width_of(a), width_of(b))
    return overlap_x(a, b) / narrow if narrow > 0 else 0.0


def _find_texts_over_edges(grid: Grid, shares: Shares, brought: Shares, rules: ByHeight[Rule]) -> Iterator[TextLine]:
    """Find the texts that stand over a rule, and are not merely too long for the one cell that they are taken to be of.

    Such a text begins or ends at the side of its cell.
    """
    homes = {id(glyph): cell for cell, inside in shares.items() for glyph in inside}
    taken = {id(glyph): cell for cell, inside in brought.items() for glyph in inside}
    for line in form_lines(glyph for inside in shares.values() for glyph in inside):
        near = _find_rules_near(line, grid, rules)
        for text in _split_into_texts(line.glyphs, homes):
            through_rule = any(_stands_on(glyph, rule) for glyph in text for rule in near)
            if not (through_rule or _is_in_several_cells(text, homes, line.size)):
                continue
            if len({taken[id(glyph)] for glyph in text}) > 1 or not _at_side(text, homes):
                yield from form_lines(text)


def _find_rules_near(line: TextLine, grid: Grid, rules: ByHeight[Rule]) -> list[Rule]:
    """Find the rules of a grid at the height of a line, but for dots.

    Of a dotted rule each dot is one: there are thousands, and text that stands on one stands on the rule as well.
    """
    reach = grid.box.expand(1)
    return [
        rule
        for rule in rules.find_between(line.top, line.bottom)
        if overlap_x(rule, reach) >= 0 and max(width_of(rule), height_of(rule)) >= SHORTEST
    ]


def _is_in_several_cells(text: Sequence[Glyph], homes: Mapping[int, GridCell], size: float) -> bool:
    """Tell whether a text goes on from one cell into another, over it or so near that it is one text."""
    for before, after in pairwise(text):
        upper, lower = homes[id(before)], homes[id(after)]
        if _stands_over(upper, lower) or (upper is not lower and gap_x(before, after) <= TIGHT * size):
            return True
    return False


def _stands_over(a: GridCell, b: GridCell) -> bool:
    """Tell whether one cell stands over another."""
    return (a.bottom <= b.top or b.bottom <= a.top) and overlap_x(a, b) > 0


def _split_into_texts(glyphs: Sequence[Glyph], homes: Mapping[int, GridCell]) -> list[list[Glyph]]:
    """Split a line into texts: glyphs that stand near one another, or in cells one over the other."""
    texts = [[glyphs[0]]]
    for before, glyph in pairwise(glyphs):
        apart = gap_x(before, glyph) > ONE_TEXT * glyph.size
        if apart and not (homes and _stands_over(homes[id(before)], homes[id(glyph)])):
            texts.append([])
        texts[-1].append(glyph)
    return texts


def _stands_on(glyph: Glyph, rule: Rule) -> bool:
    """Tell whether a rule goes through a glyph."""
    wide, high = width_of(glyph), height_of(glyph)
    if rule.horizontal:
        y, x = centre_y(rule), centre_x(glyph)
        return rule.x0 <= x <= rule.x1 and glyph.top + ABOVE * high < y < glyph.bottom - ABOVE * high
    x, y = centre_x(rule), centre_y(glyph)
    return rule.top <= y <= rule.bottom and glyph.x0 + ASIDE * wide < x < glyph.x1 - ASIDE * wide


def _at_side(text: Sequence[Glyph], homes: Mapping[int, GridCell]) -> bool:
    first, last = homes[id(text[0])], homes[id(text[-1])]
    if first is last and first.x0 <= text[0].x0 and text[-1].x1 <= first.x1:
        return False
    before, behind = text[0].x0 - first.x0, last.x1 - text[-1].x1
    return 0 <= before < AT_SIDE * text[0].size or 0 <= behind < AT_SIDE * text[0].size


def _find_cells_set_as_two(grid: Grid, inside: Mapping[GridCell, list[TextLine]]) -> Iterator[GridCell]:
    pitch = _measure_pitches(inside)
    for cell, found in inside.items():
        if cell.column_span > 1:
            sides = grid.xs[cell.column + 1 : cell.column + cell.column_span]
            if any(_is_parted_at(line, side) for line in found for side in sides):
                yield cell
                continue
        if cell.row_span > 1:
            sides = grid.ys[cell.row + 1 : cell.row + cell.row_span]
            if any(
                centre_y(a) < side < centre_y(b) and b.top - a.top > LOOSER * pitch.get(round(b.size), LEADING * b.size)
                for a, b in pairwise(found)
                for side in sides
            ):
                yield cell


def _measure_pitches(inside: Mapping[GridCell, list[TextLine]]) -> dict[int, float]:
    """Measure how far lines of each size stand apart in cells of one row, from top to top."""
    found: dict[int, float] = {}
    for cell, its in inside.items():
        for a, b in pairwise(its) if cell.row_span == 1 else ():
            size = round(b.size)
            found[size] = min(found.get(size, b.top - a.top), b.top - a.top)
    return found


def _is_parted_at(line: TextLine, side: float) -> bool:
    """Tell whether a line has white around a side, and on both sides of it more than a letter of a word spread out."""
    left = [glyph for glyph in line.glyphs if glyph.x1 <= side]
    right = [glyph for glyph in line.glyphs if glyph.x0 >= side]
    if not left or not right or len(left) + len(right) < len(line.glyphs):
        return False
    if gap_x(left[-1], right[0]) <= APART * line.size:
        return False
    texts = _split_into_texts(line.glyphs, {})
    return any(len(text) > 1 or text[0].text in LINES or text[0].text.isdigit() for text in texts)
