"""Rows: which lines of a table without rules are one row.

Lines that stand beside one another are one row, whatever their columns. Lines below one another are, where the white
between them is less than between others; where it is the same everywhere, only where a name goes on because its line
was full. Two lines that each hold a name and a value are two rows unless both speak for one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

# Two pieces stand beside one another when they share this part of the lower one's height.
BESIDE = 0.3
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
# How far apart, in sizes, what stands in line may begin or end, and what stands in the middle of several columns may
# stand from the middle of their heads.
IN_LINE, MIDDLE = 0.15, 0.5
# The part of all rows that are parted by rules, from which on no other white parts rows.
RULED = 0.6


@dataclass(frozen=True, slots=True)
class Piece:
    """What one line has in columns `first` to `last`: more than one where a head or value stands across them."""

    first: int
    last: int
    x0: float
    top: float
    x1: float
    bottom: float
    size: float


@dataclass
class Row:
    """The pieces of one row. `merged_down`: the columns whose cell reaches down into the next row, as beside a head
    that stands over several columns."""

    pieces: list[Piece] = field(default_factory=list)
    merged_down: frozenset[int] = frozenset()

    @property
    def top(self) -> float:
        """Where its text begins."""
        return min(piece.top for piece in self.pieces)

    @property
    def bottom(self) -> float:
        """Where its text ends."""
        return max(piece.bottom for piece in self.pieces)

    @property
    def columns(self) -> set[int]:
        """The columns in which anything stands."""
        return {column for piece in self.pieces for column in range(piece.first, piece.last + 1)}

    @property
    def complete(self) -> bool:
        """Whether something stands in the first column and beside it."""
        return 0 in self.columns and len(self.columns) > 1

    def reach(self, column: int) -> int:
        """The last column of what begins in a column."""
        return max((piece.last for piece in self.pieces if piece.first == column), default=column)


def rows(pieces: Sequence[Piece], across: Sequence[float]) -> list[Row]:
    """The rows of a table, top to bottom, from its pieces and the heights of the rules across it."""
    blocks = _blocks(pieces)
    size = max(piece.size for piece in pieces)
    parted = [any(a.bottom - 1 <= y <= b.top + 1 for y in across) for a, b in pairwise(blocks)]
    least = _least_between([b.top - a.bottom for a, b in pairwise(blocks)], size)
    rooms = _rooms([piece for block in blocks[1:] for piece in block.pieces])
    by_rules = _by_rules(blocks, parted)
    found = blocks[:1]
    for block, ruled in zip(blocks[1:], parted, strict=True):
        near = None if least is None else block.top - found[-1].bottom < least
        if not ruled and (by_rules or _one_row(found[-1], block, rooms, size, near=near)):
            found[-1].pieces += block.pieces
        else:
            found.append(block)
    found = [part for row in found for part in _parted(row)]
    for row in found[1:]:
        row.pieces = [_spread(piece, row, found) for piece in row.pieces]
    return found


def _by_rules(blocks: Sequence[Row], parted: Sequence[bool]) -> bool:
    """Whether the rows are parted by rules throughout, and so by nothing else."""
    full = [index for index, block in enumerate(blocks) if len(block.columns) > 1]
    return len(full) > 1 and sum(parted[: full[-1]]) > RULED * (len(full) - 1)


def _rooms(pieces: Sequence[Piece]) -> dict[int, tuple[float, float]]:
    """Where the text of each column begins and ends; heads may be wider."""
    rooms: dict[int, tuple[float, float]] = {}
    for piece in pieces:
        if piece.first == piece.last:
            x0, x1 = rooms.get(piece.first, (piece.x0, piece.x1))
            rooms[piece.first] = (min(x0, piece.x0), max(x1, piece.x1))
    return rooms


def beside(one: Piece, other: Piece) -> bool:
    """Whether two pieces stand side by side."""
    high, low = (one, other) if one.top <= other.top else (other, one)
    return high.bottom - low.top > BESIDE * (low.bottom - low.top)


def _blocks(pieces: Sequence[Piece]) -> list[Row]:
    """Pieces that stand beside one another, in any columns, top to bottom."""
    blocks: list[Row] = []
    for piece in sorted(pieces, key=lambda piece: (piece.top, piece.x0)):
        if blocks and blocks[-1].bottom - piece.top > BESIDE * (piece.bottom - piece.top):
            blocks[-1].pieces.append(piece)
        else:
            blocks.append(Row([piece]))
    return blocks


def _least_between(gaps: Sequence[float], size: float) -> float | None:
    """The white from which on it parts rows; None where all of it is alike."""
    known = sorted(max(gap, LEAST * size, 0.01) for gap in gaps)
    steps = [(high / low, (low + high) / 2) for low, high in pairwise(known) if low <= MOST * size]
    best = max(steps, default=(1.0, 0.0))
    return best[1] if best[0] >= DIFFERS else None


def _one_row(row: Row, block: Row, rooms: dict[int, tuple[float, float]], size: float, *, near: bool | None) -> bool:
    """Whether a block belongs to the row above; `near` is None where all white is alike."""
    left, right = rooms.get(0, (0.0, 0.0))
    names = [piece for piece in row.pieces if piece.first == piece.last == 0]
    ends = max(names, key=lambda piece: piece.top).x1 if names else float("-inf")
    full = right - left >= WRAPS * size and ends >= right - FULL * size
    if row.complete and block.complete:
        return bool(near) and full
    numbered = right - left < NAMES * size
    narrow = {at for at, (x0, x1) in rooms.items() if x1 - x0 < NUMBERS * size}
    if numbered and row.columns & block.columns & narrow:
        return False
    if near is not None:
        return near
    return full if 0 in block.columns else numbered and not block.columns & narrow


def _parted(row: Row) -> list[Row]:
    """A row with something across several columns over what stands in them, as two: the head of a pair of columns."""
    over = [piece for piece in row.pieces if piece.last > piece.first]
    under = [
        piece
        for piece in row.pieces
        if any(piece.top >= one.bottom - 1 and one.first <= piece.first <= piece.last <= one.last for one in over)
    ]
    if not over or not under:
        return [row]
    spanned = {column for piece in over for column in range(piece.first, piece.last + 1)}
    split = min(piece.top for piece in under)
    beside = [piece for piece in row.pieces if piece not in over and piece not in under]
    merged = frozenset(column for piece in row.pieces for column in (piece.first,) if column not in spanned)
    above = Row([*over, *(piece for piece in beside if piece.first in spanned and piece.top < split)], merged)
    return [above, Row(under + [piece for piece in beside if piece not in above.pieces])]


def _spread(piece: Piece, row: Row, found: Sequence[Row]) -> Piece:
    """A piece over all columns in whose middle it stands, where it stands in line with nothing of its own column and
    the others are empty: the value of several years. Where no other row shows how the column is set, it stays there."""
    column = piece.first
    own = [(at, one) for at, other in enumerate(found) for one in other.pieces if one.first == one.last == column]
    own = [(at, one) for at, one in own if found[at] is not row]
    if (
        column == 0
        or piece.last > column
        or any(_in_line(piece, one) for _, one in own)
        or not any(at for at, _ in own)
    ):
        return piece
    heads = {one.first: one for other in reversed(found) if other is not row for one in other.pieces}
    empty = [at == column or (at in heads and at not in row.columns) for at in range(max(heads, default=0) + 1)]
    for first in range(1, column + 1):
        for last in range(column, len(empty)):
            if first < last and all(empty[first : last + 1]) and first in heads and last in heads:
                middle = (heads[first].x0 + heads[first].x1 + heads[last].x0 + heads[last].x1) / 4
                if abs((piece.x0 + piece.x1) / 2 - middle) <= MIDDLE * piece.size:
                    return replace(piece, first=first, last=last)
    return piece


def _in_line(one: Piece, other: Piece) -> bool:
    """Whether two pieces begin, end or have their middles at one place."""
    far = (abs(one.x0 - other.x0), abs(one.x1 - other.x1), abs(one.x0 + one.x1 - other.x0 - other.x1) / 2)
    return min(far) <= IN_LINE * one.size
