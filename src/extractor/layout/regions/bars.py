"""Bars: a title's line in a bar or box, or over its part, with something else at its right end.

Between both is more white than between words, and what stands behind it ends where the bar does. So it is a line of its
own: an office, a number, an amount.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractor.document.geometry import Box, HasWidth, gap_x
from extractor.document.page import Rule
from extractor.layout.borderless.gutters import measure_gaps
from extractor.layout.lines import TextLine, form_lines
from extractor.layout.regions.atoms import Atom, split_line
from extractor.layout.regions.cut import LARGER
from extractor.layout.runs import split_into_runs

# In sizes: the white before what stands at the right end, and how far from the bar's ends text begins and ends.
APART, AT_END = 3.0, 3.0
# A coloured ground that is higher (points) is that of a part of the page, and no bar.
BAR_HEIGHT = 40.0
# How far (points) a line may reach out of its bar.
OVER = 1.0


def split_lines_in_bars(
    lines: Sequence[TextLine], fills: Iterable[tuple[float, float, float, float]]
) -> list[TextLine]:
    """Split the lines of titles that have something at their right end.

    Args:
        lines: The lines of a region, top to bottom.
        fills: The coloured grounds of the page.

    Returns:
        All lines; of one that was split, the left part is before the right one.
    """
    bars = [box for box in (Box(*fill) for fill in fills) if box.height <= BAR_HEIGHT]
    return [part for line in lines for part in _split_line(line, lines, bars)]


def _split_line(line: TextLine, lines: Sequence[TextLine], bars: Sequence[Box]) -> Iterable[TextLine]:
    atoms = list(split_line(line, APART))
    if len(atoms) == 1:
        return (line,)
    bar = min((bar for bar in bars if _holds_line(bar, line)), key=lambda bar: bar.area, default=None)
    if bar is not None:
        return (not _is_row(atoms, lines, bar) and split_title_line(line, bar)) or (line,)
    reach = Box(min(one.x0 for one in lines), line.top, max(one.x1 for one in lines), line.bottom)
    return (_are_set_apart(atoms) and split_title_line(line, reach)) or (line,)


def _holds_line(bar: Box, line: TextLine) -> bool:
    """Tell whether all of a line stands in a bar: more than one cell does not stand in the ground of one."""
    return bar.contains_centre(Box.of(line)) and bar.x0 - OVER <= line.x0 and line.x1 <= bar.x1 + OVER


def _is_row(atoms: Sequence[Atom], lines: Sequence[TextLine], bar: Box) -> bool:
    """Tell whether a line in a bar is a shaded row of a table: one beside it has its type and its last gap."""
    left, right = atoms[-2:]
    near = (other for other in lines if other.bottom > bar.top - bar.height and other.top < bar.bottom + bar.height)
    return any(
        abs(one.size - left.size) <= LARGER
        and abs(one.size - right.size) <= LARGER
        and min(other.x0, right.x0) - max(one.x1, left.x1) > one.size
        for line in near
        for one, other in pairwise(split_line(line))
        if not bar.contains_centre(Box.of(line))
    )


def list_row_edges(lines: Sequence[TextLine], fills: Iterable[tuple[float, float, float, float]]) -> list[Rule]:
    """List the upper and lower edges of shaded rows of tables: they part rows as rules do.

    Args:
        lines: The lines of a region.
        fills: The coloured grounds of the page.

    Returns:
        The edges of the grounds, cells of one row as one, in which a line is set in columns.
    """
    low = (box for box in (Box(*fill) for fill in fills) if box.height <= BAR_HEIGHT)
    cells = sorted(low, key=lambda box: (box.top, box.bottom, box.x0))
    whole = [Box.around(run) for run in split_into_runs(cells, lambda run, box: _are_of_one_row(run[-1], box))]
    spaced = [line for line in lines if measure_gaps(line).wide]
    rows = [box for box in whole if any(_holds_line(box, line) for line in spaced)]
    return [Rule(box.x0, y, box.x1, y) for box in rows for y in (box.top, box.bottom)]


def _are_of_one_row(one: Box, other: Box) -> bool:
    return max(abs(one.top - other.top), abs(one.bottom - other.bottom), gap_x(one, other)) <= OVER


def _are_set_apart(atoms: Sequence[Atom]) -> bool:
    """Tell whether what stands at the end of a line is smaller than its beginning."""
    return len(atoms) == 2 and atoms[0].size > atoms[1].size + LARGER


def split_title_line(line: TextLine, bar: HasWidth) -> tuple[TextLine, ...]:
    """Split a line before what stands at the right end of its bar.

    Args:
        line: The line.
        bar: The bar or box around it.

    Returns:
        Both parts; nothing where it does not begin and end at the bar's ends, or has no wide gap.
    """
    atoms = list(split_line(line, APART))
    near = AT_END * line.size
    if len(atoms) < 2 or line.x0 - bar.x0 > near or bar.x1 - line.x1 > near:
        return ()
    left, right = [*_join_atoms(atoms[:-1])], [*_join_atoms(atoms[-1:])]
    # What stands higher at the right end, in smaller type, is read behind the title all the same.
    top = max(part.top for part in left)
    return (*left, *(replace(part, top=max(part.top, top)) for part in right))


def _join_atoms(atoms: Iterable[Atom]) -> Iterator[TextLine]:
    yield from form_lines(glyph for atom in atoms for glyph in (*atom.glyphs, *atom.blanks))
