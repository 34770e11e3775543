"""Rows: which lines of a table without rules are one row.

Lines that stand beside one another are one row, whatever their columns. Lines below one another are, where the white
between them is less than between others; where it is the same everywhere, only where a name goes on because its line
was full. Two lines that each hold a name and a value are two rows unless both speak for one.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from extractor.document.geometry import gap_y, height_of

# Two pieces stand beside one another when they share this part of the lower one's height.
BESIDE = 0.3
# Lines of different rows share no height: what shares this part of a line's is of its row, as a head of two lines is
# that stands beside the middle of others.
SHARED = 0.1
# White inside rows and between them is told apart where it differs this many times; below LEAST, in sizes, all white
# is as good as none, and lines of one row stand no further apart than MOST.
DIFFERS, LEAST, MOST = 1.4, 0.1, 1.0
# A first column of at least this many sizes holds names, a narrower one numbers. Names are not wrapped in one that is
# narrower than WRAPS.
NAMES, WRAPS = 4.0, 8.0
# A column that is narrower holds numbers or marks, which are not wrapped.
NUMBERS = 5.0
# A line that ends this near to where its column's longest one does, in sizes, may have been full.
FULL = 1.5
# The part of all rows that are parted by rules, from which on no other white parts rows.
RULED = 0.6


@dataclass(frozen=True, slots=True)
class RowFragment:
    """What one line has in columns `first` to `last`.

    There is more than one column where a head or value stands across them.
    """

    first: int
    last: int
    x0: float
    top: float
    x1: float
    bottom: float
    size: float


class Row:
    """The pieces of one row.

    `merged_down`: the columns whose cell reaches down into the next row, as beside a head that stands over several
    columns. `top` and `bottom` are where its text begins and ends, `columns` those in which anything stands, `name` the
    lowest piece of the first column.
    """

    def __init__(self, pieces: Iterable[RowFragment], merged_down: Iterable[int] = ()) -> None:
        self.pieces: list[RowFragment] = []
        self.merged_down = frozenset(merged_down)
        self.top, self.bottom = inf, -inf
        self.columns: set[int] = set()
        self.name: RowFragment | None = None
        self.add_fragments(pieces)

    def add_fragments(self, pieces: Iterable[RowFragment]) -> None:
        """Take more fragments into the row."""
        for piece in pieces:
            self.pieces.append(piece)
            self.top, self.bottom = min(self.top, piece.top), max(self.bottom, piece.bottom)
            self.columns.update(range(piece.first, piece.last + 1))
            if piece.first == piece.last == 0 and (self.name is None or piece.top > self.name.top):
                self.name = piece

    @property
    def is_complete(self) -> bool:
        """Whether something stands in the first column and beside it."""
        return 0 in self.columns and len(self.columns) > 1

    def find_last_column(self, column: int) -> int:
        """Return the last column of what begins in a column."""
        return max((piece.last for piece in self.pieces if piece.first == column), default=column)


def pick_heights(heights: Sequence[float], low: float, high: float) -> Sequence[float]:
    """Pick the heights that lie between two.

    Args:
        heights: Heights, top to bottom.
        low: The upper end.
        high: The lower end.

    Returns:
        Those from `low` to `high`, both included.
    """
    return heights[bisect_left(heights, low) : bisect_right(heights, high)]


def form_rows(pieces: Sequence[RowFragment], across: Sequence[float]) -> list[Row]:
    """Form the rows of a table without ruled lines.

    Args:
        pieces: What its lines have in its columns.
        across: The heights of the rules across it, top to bottom.

    Returns:
        Its rows, top to bottom; a head over several columns is a row of its own.
    """
    blocks = _form_blocks(pieces)
    size = max(piece.size for piece in pieces)
    parted = [bool(pick_heights(across, a.bottom - 1, b.top + 1)) for a, b in pairwise(blocks)]
    least = _least_between([gap_y(a, b) for a, b in pairwise(blocks)], size)
    # Heads may be wider.
    rooms = measure_columns(piece for block in blocks[1:] for piece in block.pieces)
    by_rules = _are_parted_by_rules(blocks, parted)
    found = blocks[:1]
    for block, ruled in zip(blocks[1:], parted, strict=True):
        near = None if least is None else gap_y(found[-1], block) < least
        ruled_below = by_rules and bool(across) and block.bottom <= across[-1] + 1
        if not ruled and (ruled_below or _is_one_row(found[-1], block, rooms, size, near=near)):
            found[-1].add_fragments(block.pieces)
        else:
            found.append(block)
    return [part for row in found for part in _split_spanning_head(row)]


def _are_parted_by_rules(blocks: Sequence[Row], parted: Sequence[bool]) -> bool:
    """Tell whether the rows are parted by rules throughout, and so by nothing else."""
    full = [index for index, block in enumerate(blocks) if len(block.columns) > 1]
    return len(full) > 1 and sum(parted[: full[-1]]) > RULED * (len(full) - 1)


def measure_columns(pieces: Iterable[RowFragment]) -> dict[int, tuple[float, float]]:
    """Measure where the text begins and ends that stands in one column alone, by column."""
    rooms: dict[int, tuple[float, float]] = {}
    for piece in pieces:
        if piece.first == piece.last:
            x0, x1 = rooms.get(piece.first, (piece.x0, piece.x1))
            rooms[piece.first] = (min(x0, piece.x0), max(x1, piece.x1))
    return rooms


def are_beside(one: RowFragment, other: RowFragment) -> bool:
    """Tell whether two fragments stand side by side.

    Args:
        one: A fragment.
        other: Another fragment.

    Returns:
        True where they share more than `BESIDE` of the lower one's height.
    """
    high, low = (one, other) if one.top <= other.top else (other, one)
    return high.bottom - low.top > BESIDE * height_of(low)


def _form_blocks(pieces: Sequence[RowFragment]) -> list[Row]:
    """Form blocks of pieces that stand beside one another, in any columns, top to bottom."""
    blocks: list[Row] = []
    for piece in sorted(pieces, key=lambda piece: (piece.top, piece.x0)):
        if blocks and blocks[-1].bottom - piece.top > SHARED * height_of(piece):
            blocks[-1].add_fragments([piece])
        else:
            blocks.append(Row([piece]))
    return blocks


def _least_between(gaps: Sequence[float], size: float) -> float | None:
    """Find the white from which on it parts rows; None where all of it is alike."""
    known = sorted(max(gap, LEAST * size, 0.01) for gap in gaps)
    steps = [(high / low, (low + high) / 2) for low, high in pairwise(known) if low <= MOST * size]
    best = max(steps, default=(1.0, 0.0))
    return best[1] if best[0] >= DIFFERS else None


def _is_one_row(row: Row, block: Row, rooms: dict[int, tuple[float, float]], size: float, *, near: bool | None) -> bool:
    """Tell whether a block belongs to the row above; `near` is None where all white is alike."""
    left, right = rooms.get(0, (0.0, 0.0))
    full = row.name is not None and right - left >= WRAPS * size and row.name.x1 >= right - FULL * size
    if row.is_complete and block.is_complete:
        return bool(near) and full
    numbered = right - left < NAMES * size
    narrow = {at for at, (x0, x1) in rooms.items() if x1 - x0 < NUMBERS * size}
    if numbered and row.columns & block.columns & narrow:
        return False
    if near is not None:
        return near
    return full if 0 in block.columns else numbered and not block.columns & narrow


def _split_spanning_head(row: Row) -> list[Row]:
    """Split off the head of a pair of columns: what stands across several columns, over what stands in them."""
    wide = [piece for piece in row.pieces if piece.last > piece.first]
    over: dict[tuple[int, int], float] = {}
    for piece in wide:
        over[piece.first, piece.last] = min(over.get((piece.first, piece.last), inf), piece.bottom)
    under = [piece for piece in row.pieces if _is_under(piece, over)]
    if not under:
        return [row]
    spanned = {column for piece in wide for column in range(piece.first, piece.last + 1)}
    split = min(piece.top for piece in under)
    above, below = Row(wide, {piece.first for piece in row.pieces} - spanned), Row(under)
    for piece in row.pieces:
        if piece not in wide and piece not in under:
            (above if piece.first in spanned and piece.top < split else below).add_fragments([piece])
    return [above, below]


def _is_under(piece: RowFragment, over: Mapping[tuple[int, int], float]) -> bool:
    """Tell if a piece stands within what reaches over several columns, below it; `over` is where each of these ends."""
    return any(
        piece.top >= bottom - 1 and first <= piece.first <= piece.last <= last for (first, last), bottom in over.items()
    )
