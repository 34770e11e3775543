"""Grid: ruled lines become grids of cells, with cells merged across and down where a rule is missing.

Segments → touching groups → the lines' crossings → slots → cells: each a function that can be read alone.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from extractor.document.geometry import Box, centre_x, centre_y
from extractor.document.page import Rule
from extractor.layout.runs import split_into_runs

# Rules drawn apart by less than this (points) are one rule. Pieces of a dotted or dashed rule, which are no longer than
# DASH, lie as near as DOT_GAP; two tables may.
SAME_RULE = 1.5
DASH, DOT_GAP = 12.0, 4.0
# Double rules stand no further apart than this: no row or column of text is so narrow.
DOUBLE = 4.0
_NEAR_RUNS = 64  # rules at one height that are looked at
# What is shorter (points) is a dot of a rule the other way, or of none.
SHORTEST = 3.0
# How far from each other two rules may end and still meet.
TOUCH = 2.0
# A side of a slot is ruled when at least this part of it is covered.
COVERED = 0.6


@dataclass(frozen=True, slots=True)
class Segment:
    """A rule along one axis: `at` on the other axis, from `start` to `end`."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a grid: its place (from 0), spans, and box."""

    row: int
    column: int
    row_span: int
    column_span: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Grid:
    """`xs` and `ys` are the column and row edges; `cells` cover all slots, each once.

    `rooms` is how wide the text of each column is set where no rules say it; empty for a grid of rules.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]
    rooms: tuple[float, ...] = ()

    @property
    def box(self) -> Box:
        """The box around all cells."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def map_slots_to_cells(self) -> dict[tuple[int, int], GridCell]:
        """Return the cell that covers each slot (row, column)."""
        return {
            (row, column): cell
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        }

    def find_slot(self, x: float, y: float) -> tuple[int, int] | None:
        """Find the slot in which a point lies.

        Args:
            x: Points from the left.
            y: Points from the top.

        Returns:
            Row and column, from 0; None outside the grid.
        """
        row, column = bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1
        inside = 0 <= row < len(self.ys) - 1 and 0 <= column < len(self.xs) - 1
        return (row, column) if inside else None


def _merge_segments(segments: Iterable[Segment]) -> list[Segment]:
    """Merge segments on one line, or nearly, where they overlap or nearly touch."""
    ordered = sorted(segments, key=lambda item: (item.at, item.start, item.end))
    lines = split_into_runs(ordered, lambda line, segment: segment.at - line[0].at <= SAME_RULE)
    merged = [whole for line in lines for whole in _join_pieces(line)]
    return [segment for segment in merged if segment.end - segment.start >= SHORTEST]


def _join_pieces(line: list[Segment]) -> Iterator[Segment]:
    """Join the pieces of one line; those of a dotted one lie further apart than others that are one."""
    at = sum(segment.at for segment in line) / len(line)
    run = sorted(line, key=lambda item: item.start)
    start, end = run[0].start, run[0].end
    for before, segment in pairwise(run):
        short = min(before.end - before.start, segment.end - segment.start) <= DASH
        if segment.start - end > (DOT_GAP if short else TOUCH):
            yield Segment(at, start, end)
            start, end = segment.start, segment.end
        end = max(end, segment.end)
    yield Segment(at, start, end)


@dataclass(frozen=True, slots=True)
class _Crossed:
    """The table of a rule: the places of its inner lines, which cross the rule, and from where to where it reaches."""

    lines: tuple[float, ...]
    start: float
    end: float


def _join_double_rules(segments: list[Segment], tables: Mapping[Segment, _Crossed]) -> list[Segment]:
    """Join the two lines of double rules into one in their middle."""
    ordered = sorted(segments, key=lambda item: (item.at, item.start))
    runs: list[list[Segment]] = []
    for segment in ordered:
        near = (run for run in reversed(runs[-_NEAR_RUNS:]) if segment.at - run[0].at <= DOUBLE)
        run = next((run for run in near if _doubles(run, segment, tables)), None)
        if run is None:
            runs.append([segment])
        else:
            run.append(segment)
    if len(runs) == len(ordered):
        return segments
    middles = [(run, sum({segment.at for segment in run}) / len({segment.at for segment in run})) for run in runs]
    return _merge_segments(Segment(at, segment.start, segment.end) for run, at in middles for segment in run)


def _doubles(run: list[Segment], segment: Segment, tables: Mapping[Segment, _Crossed]) -> bool:
    """Tell whether a rule is the second line of a double rule, and not the first of another table close by."""
    beside = [other for other in run if _runs_along(other, segment)]
    own = tables.get(segment)
    return any(own is None or (table := tables.get(other)) is None or _are_one(table, own) for other in beside)


def _are_one(table: _Crossed, other: _Crossed) -> bool:
    """Tell whether two tables have the same inner lines, as far as the one with fewer has any.

    A box, which has none, is the frame around a table that it holds; a title's box over a table is no part of it.
    """
    fewer, more = sorted((table.lines, other.lines), key=len)
    if not fewer and more and min(table.end, other.end) - max(table.start, other.start) <= DOUBLE:
        return False
    return all(any(abs(at - each) <= TOUCH for each in more) for at in fewer)


def _map_to_tables(
    across: list[Segment], down: list[Segment]
) -> tuple[dict[Segment, _Crossed], dict[Segment, _Crossed]]:
    """Map each rule across, and each down, to what it is a rule of."""
    by_across: dict[Segment, _Crossed] = {}
    by_down: dict[Segment, _Crossed] = {}
    for horizontal, vertical in _group_touching(across, down):
        ys, xs = (sorted(segment.at for segment in some) for some in (horizontal, vertical))
        by_across |= dict.fromkeys(horizontal, _Crossed(tuple(xs[1:-1]), ys[0], ys[-1]))
        by_down |= dict.fromkeys(vertical, _Crossed(tuple(ys[1:-1]), xs[0], xs[-1]))
    return by_across, by_down


def _runs_along(segment: Segment, other: Segment) -> bool:
    """Tell whether one rule stands beside another for most of the shorter one's length, and both are no dots."""
    length = min(segment.end - segment.start, other.end - other.start)
    common = min(segment.end, other.end) - max(segment.start, other.start)
    return length > DASH and common > 0.5 * length


def _group_touching(across: list[Segment], down: list[Segment]) -> list[tuple[list[Segment], list[Segment]]]:
    """Group rules that touch one another, as (horizontal, vertical)."""
    parent = list(range(len(across) + len(down)))

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    positions = [segment.at for segment in across]
    for number, vertical in enumerate(down, start=len(across)):
        first = bisect_left(positions, vertical.start - TOUCH)
        last = bisect_right(positions, vertical.end + TOUCH)
        for index in range(first, last):
            if across[index].start - TOUCH <= vertical.at <= across[index].end + TOUCH:
                parent[root(number)] = root(index)
    groups: dict[int, tuple[list[Segment], list[Segment]]] = defaultdict(lambda: ([], []))
    for index, segment in enumerate([*across, *down]):
        groups[root(index)][index >= len(across)].append(segment)
    return [group for group in groups.values() if min(map(len, group)) >= 1 and max(map(len, group)) >= 2]


def _find_edges(segments: list[Segment], crossing: list[Segment]) -> tuple[float, ...]:
    """Find the edges that rules make, and one on a side left open to which two rules at least across them reach out."""
    places = sorted(segment.at for segment in segments)
    edges = [run[0] for run in split_into_runs(places, lambda run, at: at - run[0] <= TOUCH)]
    first, last = min(one.start for one in crossing), max(one.end for one in crossing)
    if first < edges[0] - TOUCH and sum(one.start <= first + TOUCH for one in crossing) >= 2:
        edges.insert(0, first)
    if last > edges[-1] + TOUCH and sum(one.end >= last - TOUCH for one in crossing) >= 2:
        edges.append(last)
    return tuple(edges)


def find_nearest(places: Sequence[float], x: float) -> int:
    """Find which of some places is the nearest.

    Args:
        places: Places in order; at least one.
        x: The place that is looked for.

    Returns:
        The index of the nearest; of two as near the first.
    """
    behind = bisect_left(places, x)
    return min(range(max(0, behind - 1), min(len(places), behind + 1)), key=lambda index: abs(places[index] - x))


def _find_walls(segments: list[Segment], lines: tuple[float, ...], steps: tuple[float, ...]) -> set[tuple[int, int]]:
    """Find which pieces of the grid's lines are ruled, as (line, step)."""
    walls = set()
    for segment in segments:
        line = find_nearest(lines, segment.at)
        for step in range(max(0, bisect_right(steps, segment.start) - 1), len(steps) - 1):
            low, high = steps[step], steps[step + 1]
            if low >= segment.end:
                break
            if min(high, segment.end) - max(low, segment.start) >= COVERED * (high - low):
                walls.add((line, step))
    return walls


def _grow_cells(
    xs: tuple[float, ...], ys: tuple[float, ...], across: set[tuple[int, int]], down: set[tuple[int, int]]
) -> list[GridCell]:
    """Grow slots with no rule between them into rectangles: to the right, then down while the whole side is open."""
    taken: set[tuple[int, int]] = set()
    cells = []
    last_row, last_column = len(ys) - 1, len(xs) - 1

    def is_open(row: int, columns: range) -> bool:
        ruled = any((row, step) in across or (row, step) in taken for step in columns)
        return not ruled and not any((step, row) in down for step in columns[1:])

    for row, column in product(range(last_row), range(last_column)):
        if (row, column) not in taken:
            ends = (at for at in range(column + 1, last_column) if (at, row) in down or (row, at) in taken)
            right = next(ends, last_column)
            rows = (at for at in range(row + 1, last_row) if not is_open(at, range(column, right)))
            below = next(rows, last_row)
            taken |= set(product(range(row, below), range(column, right)))
            cells.append(GridCell(row, column, below - row, right - column, xs[column], ys[row], xs[right], ys[below]))
    return cells


def find_grids(rules: Iterable[Rule]) -> list[Grid]:
    """Find the grids that a page's rules form, top to bottom.

    A single box is a grid of one cell.
    """
    rules = list(rules)
    across = _merge_segments(Segment(centre_y(r), r.x0, r.x1) for r in rules if r.horizontal)
    down = _merge_segments(Segment(centre_x(r), r.top, r.bottom) for r in rules if not r.horizontal)
    by_across, by_down = _map_to_tables(across, down)
    across, down = _join_double_rules(across, by_across), _join_double_rules(down, by_down)
    found = []
    for horizontal, vertical in _group_touching(across, down):
        xs, ys = _find_edges(vertical, horizontal), _find_edges(horizontal, vertical)
        if len(xs) > 1 and len(ys) > 1:
            cells = _grow_cells(xs, ys, _find_walls(horizontal, ys, xs), _find_walls(vertical, xs, ys))
            found.append(Grid(xs, ys, tuple(cells)))
    return sorted(found, key=lambda grid: (grid.ys[0], grid.xs[0]))
