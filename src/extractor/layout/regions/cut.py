"""Cuts: a page, or a part of one, is cut where white runs between two columns.

A gutter is found where text or tables begin at one x with white before it, for as far down as nothing stands across:
no line, no table, no rule and no bar. Columns are read one after the other; rows of parts side by side, row by row.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median_low
from typing import Literal

from extractor.document.geometry import Box, HasBox, centre_y
from extractor.grammar.block_lines import gives_unit
from extractor.layout.regions.atoms import Atom
from extractor.layout.runs import split_into_runs

# Prose has at least so many lines, of so many letters; what begins at one edge differs by less than SAME_EDGE points.
PROSE_LINES, PROSE_LETTERS = 2, 12
SAME_EDGE, SAME_TOP = 3.0, 3.0
# A heading over a part of a page has no more letters.
HEADING_LETTERS = 30
# Text is larger than other text by this (points).
LARGER = 0.35
SENTENCE_MARKS = frozenset("。、｡､，")

Why = Literal["columns", "panels", "rows"]
Sides = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Cut:
    """A cut and its reason: the white from `x0` to `x1`, `top` to `bottom`, or the height between two rows."""

    why: Why
    box: Box


@dataclass(frozen=True, slots=True)
class Region:
    """What belongs together on a page, and between which sides of the page it is set."""

    atoms: tuple[Atom, ...]
    sides: Sides


@dataclass(frozen=True, slots=True)
class _Band:
    """A stretch of a page, from a height down, that stands on both sides of a gutter or, uncut, across it."""

    left: tuple[Atom, ...]
    right: tuple[Atom, ...] = ()
    is_cut: bool = False

    @property
    def atoms(self) -> list[Atom]:
        return sorted((*self.left, *self.right), key=lambda atom: (atom.top, atom.x0))

    def without(self, some: Collection[Atom]) -> "_Band":
        """Leave some of its atoms out."""
        left, right = (tuple(atom for atom in side if atom not in some) for side in (self.left, self.right))
        return replace(self, left=left, right=right)


@dataclass
class RegionCutter:
    """A cutter of one page: `edges` are where columns begin on other pages of its kind, `bars` what bounds a gutter."""

    bars: Sequence[HasBox]
    edges: Sequence[float] = ()
    cuts: list[Cut] = field(default_factory=list)
    found: list[float] = field(default_factory=list)

    def cut_region(self, atoms: Sequence[Atom], sides: Sides) -> Iterator[Region]:
        """Cut a part of the page.

        Args:
            atoms: What stands in it, from top to bottom.
            sides: Where it begins and ends, in points from the left.

        Yields:
            The parts that no gutter cuts further, in reading order; the whole where there is no gutter.
        """
        best = max(self._try_gutters(atoms), key=lambda tried: tried[0], default=None)
        if best is None:
            yield from [Region(tuple(atoms), sides)] if atoms else []
            return
        _, _, edge, bands = best
        self.found.append(edge)
        for band in bands:
            if not band.is_cut:
                yield from self.cut_region(band.atoms, sides)
            else:
                yield from self._cut_band(band, edge, sides)

    def _try_gutters(self, atoms: Sequence[Atom]) -> Iterator[tuple[float, float, float, list[_Band]]]:
        """Try each edge at which something begins; give its weight, place and bands where it is a gutter."""
        for edge in _list_edges(atoms):
            bands = self._split_into_bands(atoms, edge)
            weight = sum(_measure_overlap(band.left, band.right) for band in bands if band.is_cut)
            if weight > 0:
                yield weight, -edge, edge, bands

    def _split_into_bands(self, atoms: Sequence[Atom], edge: float) -> list[_Band]:
        """Split a region, from top to bottom, into stretches with a gutter before an edge and stretches without."""
        across = _merge_heights(
            [atom for atom in atoms if atom.x0 < edge - 1 and atom.x1 > edge - _least_gutter(atom)]
            + [bar for bar in self.bars if bar.x0 < edge - SAME_EDGE and bar.x1 > edge + SAME_EDGE],
            [atom for atom in atoms if atom.grid],
        )
        known = any(abs(edge - other) <= SAME_EDGE for other in self.edges)
        bands: list[_Band] = []
        for is_across, group in _group_by_heights(atoms, across):
            left = tuple(atom for atom in group if atom.x0 < edge - 1)
            right = tuple(atom for atom in group if atom.x0 >= edge - 1)
            if not is_across and _is_gutter(left, right, edge, known=known):
                over = _find_lines_over(left, right, edge)
                bands += [_Band(tuple(over))] if over else []
                bands.append(_Band(left, right, is_cut=True).without(over))
            elif bands and not bands[-1].is_cut:
                bands[-1] = _Band((*bands[-1].left, *group))
            else:
                heading = _find_heading_above(group, bands[-1]) if bands else ()
                bands[-1:] = [band.without(heading) for band in bands[-1:]]
                bands.append(_Band((*heading, *group)))
        return bands

    def _cut_band(self, band: _Band, edge: float, sides: Sides) -> Iterator[Region]:
        """Cut a stretch at its gutter, and before that into rows where each has a title of its own."""
        rows = _split_into_rows(band)
        why: Why = "panels" if any(atom.is_table for atom in band.right[:1] + band.left[:1]) else "columns"
        self.cuts.append(Cut(why, _find_gutter_box(band, edge)))
        self.cuts += [
            Cut("rows", Box(sides[0], row.atoms[0].top, sides[1], row.atoms[0].top)) for row in rows[1:] if row.atoms
        ]
        for row in rows:
            if not row.is_cut:
                yield from self.cut_region(row.atoms, sides)
                continue
            columns = (row.left, (sides[0], edge)), (row.right, (edge, sides[1]))
            for column, own in reversed(columns) if _begins_right(row) else columns:
                yield from self.cut_region(column, own)


def list_gutters(cuts: Sequence[Cut]) -> list[Box]:
    """List the gutters that cuts were made at, each as far down as its row goes."""
    heights = sorted({cut.box.top for cut in cuts if cut.why == "rows"})
    found: list[Box] = []
    for box in (cut.box for cut in cuts if cut.why != "rows"):
        ys = [box.top, *(y for y in heights if box.top + 1 < y < box.bottom), box.bottom]
        found += (Box(box.x0, top, box.x1, bottom) for top, bottom in pairwise(ys))
    return found


def keep_in_column(region: Region, edges: Sequence[float]) -> Region:
    """Keep a page that is not cut to the first column of others of its kind, where it has no more than that.

    Args:
        region: All that stands on the page.
        edges: Where columns begin on the others.

    Returns:
        The region, between the sides of that column where its prose is wrapped before the next.
    """
    for edge in sorted(edges):
        if all(atom.x1 <= edge for atom in region.atoms) and _is_column_alone(region.atoms, (), edge):
            return Region(region.atoms, (region.sides[0], edge))
    return region


def _least_gutter(atom: Atom) -> float:
    """Give how wide the white behind an atom is at the least, in points, where a gutter is."""
    return max(6.0, 0.9 * atom.size)


def _list_edges(atoms: Sequence[Atom]) -> list[float]:
    """List where a column may begin: where two things begin, or a table does, with something left of it."""
    starts = split_into_runs(sorted(atoms, key=lambda atom: atom.x0), lambda run, one: one.x0 - run[0].x0 <= SAME_EDGE)
    return [run[0].x0 for run in starts[1:] if len(run) >= PROSE_LINES or any(atom.grid for atom in run)]


def _merge_heights(parts: Iterable[HasBox], tables: Sequence[Atom]) -> list[tuple[float, float]]:
    """Merge the heights of what stands across a gutter, with the tables that stand beside some of it."""
    heights = sorted((part.top, part.bottom) for part in parts)
    heights += [
        (table.top, table.bottom)
        for table in tables
        if any(top < table.bottom - 1 and table.top + 1 < bottom for top, bottom in heights)
    ]
    merged: list[tuple[float, float]] = []
    for top, bottom in sorted(heights):
        if merged and top <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], bottom)
        else:
            merged.append((top, bottom))
    return merged


def _group_by_heights(
    atoms: Sequence[Atom], across: Sequence[tuple[float, float]]
) -> Iterator[tuple[bool, list[Atom]]]:
    """Group atoms, top to bottom, by whether they stand at one of some heights, or between which two."""
    groups: dict[tuple[int, bool], list[Atom]] = {}
    at = 0
    for atom in sorted(atoms, key=centre_y):
        while at < len(across) and across[at][1] < centre_y(atom):
            at += 1
        is_across = at < len(across) and across[at][0] <= centre_y(atom)
        groups.setdefault((at, is_across), []).append(atom)
    for (_, is_across), group in groups.items():
        yield is_across, sorted(group, key=lambda atom: (atom.top, atom.x0))


def _find_lines_over(left: Sequence[Atom], right: Sequence[Atom], edge: float) -> list[Atom]:
    """Find the lines over both columns, down to one that ends at the right, as an office under the part before does.

    Nothing stands left of it, and it does not begin where the right column does. What gives a unit is the right
    column's: a table stands below it.
    """
    over, above = list[Atom](), list[Atom]()
    for strip in _split_into_strips(sorted((*left, *right), key=lambda atom: (atom.top, atom.x0))):
        sides = {atom in right for atom in strip}
        begins_right = sides == {True} and min(atom.x0 for atom in strip) <= edge + SAME_EDGE
        is_unit = sides == {True} and gives_unit(_join_text(strip))
        if len(sides) > 1 or begins_right or is_unit or any(atom.grid for atom in strip):
            return over
        above += strip
        over = list(above) if sides == {True} else over
    return []


def _join_text(atoms: Iterable[Atom]) -> str:
    """Join the characters of atoms, as they stand in the file."""
    return "".join(glyph.text for atom in atoms for glyph in atom.glyphs)


def _find_heading_above(group: Sequence[Atom], band: _Band) -> tuple[Atom, ...]:
    """Find the line at the end of a cut band that is the heading of what stands across below it.

    It is no sentence, and nearer to that than to all that is above.
    """
    *above, last = sorted(band.atoms, key=lambda atom: (atom.bottom, atom.x0))
    if not band.is_cut or not above or not last.glyphs or len(last.glyphs) > HEADING_LETTERS or last in band.right:
        return ()
    before = last.top - max(atom.bottom for atom in above)
    after = min(atom.top for atom in group) - last.bottom
    is_sentence = last.glyphs[-1].text in SENTENCE_MARKS
    return () if is_sentence or before < max(after, 0.0) + 0.5 * last.size else (last,)


def _is_gutter(left: Sequence[Atom], right: Sequence[Atom], edge: float, *, known: bool) -> bool:
    """Tell whether white before an edge parts two columns: both hold prose or a table, or one where it is known."""
    if not left or not right:
        return known and _is_column_alone(left, right, edge)
    if _measure_overlap(left, right) <= 0 or min(atom.x0 for atom in right) > edge + SAME_EDGE:
        return False
    if all(atom.grid for atom in (*left, *right)):
        return known
    proofs = [holds_prose(side) or any(atom.is_table for atom in side) for side in (left, right)]
    return all(proofs) or (known and any(proofs))


def _is_column_alone(left: Sequence[Atom], right: Sequence[Atom], edge: float) -> bool:
    """Tell whether prose on one side alone is set in a known column: it is wrapped before the column's edge."""
    size = max(atom.size for atom in (*left, *right))
    return bool(right) or (holds_prose(left) and edge - max(atom.x1 for atom in left) <= 4 * size)


def holds_prose(atoms: Sequence[Atom]) -> bool:
    """Tell whether some atoms hold lines of prose: long ones, most of them with marks of sentences."""
    lines = [atom for atom in atoms if len(atom.glyphs) >= PROSE_LETTERS]
    marked = sum(any(glyph.text in SENTENCE_MARKS for glyph in atom.glyphs) for atom in lines)
    return len(lines) >= PROSE_LINES and 2 * marked >= len(lines)


def _measure_overlap(left: Sequence[Atom], right: Sequence[Atom]) -> float:
    """Measure for how far down something stands on both sides, in points, less a line; 0 for no side."""
    if not left or not right:
        return 0.0
    one, other = Box.around(left), Box.around(right)
    size = median_low([atom.size for atom in (*left, *right)])
    return min(one.bottom, other.bottom) - max(one.top, other.top) - size


def _find_gutter_box(band: _Band, edge: float) -> Box:
    """Find the white before an edge, as far down as the band goes."""
    around = Box.around(band.atoms)
    low = max((atom.x1 for atom in band.left), default=edge - 6.0)
    return Box(min(low, edge), around.top, edge, around.bottom)


def _split_into_rows(band: _Band) -> list[_Band]:
    """Split a band at the heights at which titles begin with white over all of it.

    Where titles stand on both sides, they stand at one height in each row, and numbers, if they have any, do not say
    that columns come first. Where they stand on one side alone, what is beside a title is of its line.
    """
    heads = _find_titles(band.atoms)
    groups = _split_at_white(band.atoms, heads)
    left, right = ({id(atom) for atom in side} for side in (band.left, band.right))
    sides = [{id(head) in left for head in _find_first_titles(group, heads)} for group in groups]
    both = sum(len(side) == 2 for side in sides)
    if any(id(head) in left for head in heads) and any(id(head) in right for head in heads):
        if not _are_rows(groups, heads, left) or not both:
            return [band]
        return [_take_part(group, left) for group in groups]
    if _reads_in_columns(band) or any(_ends_twice(_take_part(group, left)) for group in groups):
        return [band]
    rows: list[_Band] = []
    for group in groups:
        rows += _split_off_title(group, _find_first_titles(group, heads), left)
    return rows


def _reads_in_columns(band: _Band) -> bool:
    """Tell whether a sentence goes on from the end of the left side to the top of the right one."""
    if not band.left or not band.right:
        return False
    last, first = max(band.left, key=lambda atom: atom.bottom), min(band.right, key=lambda atom: atom.top)
    if not last.glyphs or not first.glyphs or last.glyphs[-1].text in SENTENCE_MARKS or last.glyphs[-1].text in "）)」":
        return False
    is_full = last.x1 > max(atom.x1 for atom in band.left) - 1.5 * last.size
    is_flush = first.x0 < min(atom.x0 for atom in band.right) + 0.5 * first.size
    return is_full and is_flush and first.top <= band.atoms[0].top + SAME_TOP


def _ends_twice(row: _Band) -> bool:
    """Tell whether both sides of a row end with a line in brackets, as each programme does with its office."""
    return all(_ends_in_brackets(side) for side in (row.left, row.right))


def _ends_in_brackets(side: Sequence[Atom]) -> bool:
    """Tell whether the last line, or the last two, are within one pair of brackets, and something stands above."""
    lines = [atom.glyphs for atom in sorted(side, key=lambda atom: (atom.bottom, atom.x0))][-2:]
    if len(lines) < 2 or not lines[1] or lines[1][-1].text not in "）)":
        return False
    return any(line and line[0].text in "（(" for line in lines)


def _begins_right(row: _Band) -> bool:
    """Tell whether a row begins at the right: its title stands there alone, or the left side is tables alone."""
    titles = _find_titles(row.atoms)
    if titles and all(title in row.right for title in titles) and titles[0].top <= row.atoms[0].top + SAME_TOP:
        return True
    return all(atom.is_table for atom in row.left) and not all(atom.is_table for atom in row.right)


def _take_part(group: Sequence[Atom], left: set[int]) -> _Band:
    return _Band(
        tuple(atom for atom in group if id(atom) in left),
        tuple(atom for atom in group if id(atom) not in left),
        is_cut=True,
    )


def _split_off_title(group: Sequence[Atom], titles: Sequence[Atom], left: set[int]) -> list[_Band]:
    """Split off the line of a title on which something stands at the other side: it is beside it, and not below."""
    if not titles:
        return [_take_part(group, left)]
    bottom = max(atom.bottom for atom in titles)
    line = [atom for atom in group if centre_y(atom) < bottom]
    beside = [atom for atom in line if (id(atom) in left) != (id(titles[0]) in left)]
    if not beside or any(atom.grid for atom in line):
        return [_take_part(group, left)]
    return [_take_part(line, left), _take_part([atom for atom in group if atom not in line], left)]


def _find_titles(atoms: Sequence[Atom]) -> list[Atom]:
    """Find the titles of parts: the largest lines, if they are larger than the body, or numbered in another font."""
    letters: Counter[tuple[float, str]] = Counter()
    for atom in atoms:
        letters[(atom.size, atom.font)] += len(atom.glyphs)
    (size, font), _ = max(letters.items(), key=lambda item: (item[1], item[0]), default=((0.0, ""), 0))
    lines = [atom for atom in atoms if not atom.is_table]
    largest = max((atom.size for atom in lines), default=0.0)
    if largest > size + LARGER:
        return [atom for atom in lines if atom.size > largest - LARGER]
    return [atom for atom in lines if atom.glyphs and atom.font != font and atom.parse_number() is not None]


def _split_at_white(atoms: Sequence[Atom], heads: Sequence[Atom]) -> list[list[Atom]]:
    """Split atoms, top to bottom, at white over all of them, if a title begins right under it."""
    runs = split_into_runs(_split_into_strips(atoms), lambda _, strip: not _find_first_titles(strip, heads))
    return [[atom for strip in run for atom in strip] for run in runs]


def _split_into_strips(atoms: Sequence[Atom]) -> list[list[Atom]]:
    """Split atoms, top to bottom, at white over all of them."""
    strips: list[list[Atom]] = []
    bottom = float("-inf")
    for atom in atoms:
        if atom.top >= bottom - 1:
            strips.append([])
        strips[-1].append(atom)
        bottom = max(bottom, atom.bottom)
    return strips


def _find_first_titles(group: Sequence[Atom], heads: Sequence[Atom]) -> list[Atom]:
    """Find the titles at the top of a group."""
    return [head for head in heads if head in group and head.top - group[0].top <= SAME_TOP]


def _are_rows(groups: Sequence[Sequence[Atom]], heads: Sequence[Atom], left: set[int]) -> bool:
    """Tell whether parts side by side are read row by row: no title stands within one, and numbers grow so."""
    by_rows = [head for group in groups for head in sorted(_find_first_titles(group, heads), key=lambda one: one.x0)]
    if len(by_rows) < len(heads) or not all(_has_own_titles(group, heads, left) for group in groups):
        return False
    by_columns = sorted(heads, key=lambda head: (id(head) not in left, head.top))
    across, down = ([head.parse_number() for head in order] for order in (by_rows, by_columns))
    return _count_steps(across) >= _count_steps(down)


def _has_own_titles(group: Sequence[Atom], heads: Sequence[Atom], left: set[int]) -> bool:
    """Tell whether each side on which a row has anything has a title at its top; what has none at all is over them."""
    titled = {id(head) in left for head in _find_first_titles(group, heads)}
    return not titled or titled == {id(atom) in left for atom in group}


def _count_steps(numbers: Sequence[int | None]) -> int:
    """Count the numbers that are one more than the one before."""
    return sum(b == a + 1 for a, b in pairwise(numbers) if a is not None and b is not None)
