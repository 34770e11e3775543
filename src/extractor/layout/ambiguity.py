"""Ambiguous: what a page's marks leave open, so that a person should look.

Text that stands over an edge of its cell; cells whose text is set as two, as if a rule between were missing; characters
of which one is printed over another.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from extractor.document.geometry import centre_x, centre_y, gap_x, gap_y, height_of, overlap_x, width_of
from extractor.document.layout import Remark
from extractor.document.page import Glyph, Rule
from extractor.grammar.characters import LINES
from extractor.grammar.normalize import normalize_printed
from extractor.layout.lines import TextLine, form_lines
from extractor.layout.place import LabelledPage
from extractor.layout.ruled.grid import SHORTEST, Grid, GridCell
from extractor.layout.ruled.overflow import AT_SIDE, FilledGrid, map_to_cells
from extractor.layout.runs import split_into_runs
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


def find_ambiguities(filled: FilledGrid, rules: ByHeight[Rule], on: LabelledPage) -> list[Remark]:
    """Find what can be read in two ways in a grid.

    Args:
        filled: The grid with its glyphs.
        rules: The page's rules by height.
        on: The page.

    Returns:
        Remarks on texts over an edge of their cell, and on cells set as two as if a rule between were missing.
    """
    inside = {cell: form_lines(glyphs) for cell, glyphs in filled.placed.items()}
    over = [_make_remark("text-over-edge.text", [line], on) for line in _find_texts_over_edges(filled, rules)]
    as_two = _find_cells_set_as_two(filled.grid, inside)
    return over + [_make_remark("missing-rule.text", inside[cell], on) for cell in as_two]


def find_overprinted_lines(found: Iterable[TextLine], on: LabelledPage) -> list[Remark]:
    """Find lines in which figures or letters are printed over one another.

    Args:
        found: The lines of a page.
        on: The page.

    Returns:
        A remark a line: the order of its characters is not known.
    """
    return [
        _make_remark("overlapping-text.text", [line], on)
        for line in found
        if any(_share_covered(a, b) > SHARED for a, b in pairwise(line.glyphs) if _in_words(a, b))
    ]


def _make_remark(key: str, lines: Sequence[TextLine], on: LabelledPage) -> Remark:
    """Make the remark that quotes lines of a page."""
    text = normalize_printed(" ".join(line.text for line in lines))
    return Remark(make_message(key, text=text), (on.locate(lines),))


def _in_words(a: Glyph, b: Glyph) -> bool:
    """Tell whether a figure is among two glyphs, or both are letters: marks are drawn close to what they stand at."""
    return a.text.isdigit() or b.text.isdigit() or (a.text.isalpha() and b.text.isalpha())


def _share_covered(a: Glyph, b: Glyph) -> float:
    """Return the part of the narrower glyph that the other covers."""
    narrow = min(width_of(a), width_of(b))
    return overlap_x(a, b) / narrow if narrow > 0 else 0.0


def _find_texts_over_edges(filled: FilledGrid, rules: ByHeight[Rule]) -> Iterator[TextLine]:
    """Find the texts that stand over a rule, and are not merely too long for the one cell that they are taken to be of.

    Such a text begins or ends at the side of its cell.
    """
    homes, taken = map_to_cells(filled.placed), map_to_cells(filled.cells)
    for line in form_lines(glyph for inside in filled.placed.values() for glyph in inside):
        near = _find_rules_near(line, filled.grid, rules)
        for text in _split_into_texts(line.glyphs, homes):
            overflows = len({taken[id(glyph)] for glyph in text}) == 1 and _at_side(text, homes)
            if not overflows and (_stands_on_one(text, near) or _is_in_several_cells(text, homes, line.size)):
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
    cells = [homes[id(glyph)] for glyph in text]
    return any(
        _stands_over(upper, lower) or (upper is not lower and gap_x(before, after) <= TIGHT * size)
        for (before, upper), (after, lower) in pairwise(zip(text, cells, strict=True))
    )


def _stands_over(a: GridCell, b: GridCell) -> bool:
    """Tell whether one cell stands over another."""
    return max(gap_y(a, b), gap_y(b, a)) >= 0 and overlap_x(a, b) > 0


def _split_into_texts(glyphs: Sequence[Glyph], homes: Mapping[int, GridCell] | None = None) -> list[list[Glyph]]:
    """Split a line into texts: glyphs that stand near one another, or in cells one over the other."""

    def goes_on(text: list[Glyph], glyph: Glyph) -> bool:
        near = gap_x(text[-1], glyph) <= ONE_TEXT * glyph.size
        return near or (homes is not None and _stands_over(homes[id(text[-1])], homes[id(glyph)]))

    return split_into_runs(glyphs, goes_on)


def _stands_on_one(text: Sequence[Glyph], rules: Sequence[Rule]) -> bool:
    """Tell whether one of these rules goes through a glyph."""
    return any(_stands_on(glyph, rule) for glyph in text for rule in rules)


def _stands_on(glyph: Glyph, rule: Rule) -> bool:
    if rule.horizontal:
        edge = ABOVE * height_of(glyph)
        return rule.x0 <= centre_x(glyph) <= rule.x1 and glyph.top + edge < centre_y(rule) < glyph.bottom - edge
    edge = ASIDE * width_of(glyph)
    return rule.top <= centre_y(glyph) <= rule.bottom and glyph.x0 + edge < centre_x(rule) < glyph.x1 - edge


def _at_side(text: Sequence[Glyph], homes: Mapping[int, GridCell]) -> bool:
    first, last = homes[id(text[0])], homes[id(text[-1])]
    if first is last and first.x0 <= text[0].x0 and text[-1].x1 <= first.x1:
        return False
    before, behind = text[0].x0 - first.x0, last.x1 - text[-1].x1
    return 0 <= before < AT_SIDE * text[0].size or 0 <= behind < AT_SIDE * text[0].size


def _find_cells_set_as_two(grid: Grid, inside: Mapping[GridCell, list[TextLine]]) -> Iterator[GridCell]:
    pitches = _measure_pitches(inside)
    for cell, found in inside.items():
        across = grid.xs[cell.column + 1 : cell.column + cell.column_span]
        down = grid.ys[cell.row + 1 : cell.row + cell.row_span]
        beside = any(_is_parted_at(line, side) for line in found for side in across)
        if beside or any(_are_parted_at(a, b, side, pitches) for a, b in pairwise(found) for side in down):
            yield cell


def _are_parted_at(a: TextLine, b: TextLine, side: float, pitches: Mapping[int, float]) -> bool:
    """Tell whether two lines stand on both sides of a height, and further apart than those of their size do."""
    usual = pitches.get(round(b.size), LEADING * b.size)
    return centre_y(a) < side < centre_y(b) and b.top - a.top > LOOSER * usual


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
    texts = _split_into_texts(line.glyphs) if gap_x(left[-1], right[0]) > APART * line.size else []
    return any(map(_is_more_than_letter, texts))


def _is_more_than_letter(text: Sequence[Glyph]) -> bool:
    return len(text) > 1 or text[0].text in LINES or text[0].text.isdigit()
