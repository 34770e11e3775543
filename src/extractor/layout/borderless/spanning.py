"""Spread: the value of several years, set in the middle of their columns, is known by where it stands.

A piece that stands in line with nothing of its own column is of all the columns in whose middle it stands, where the
others have nothing in its row. Where no other row shows how its column is set, it stays there.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, product
from operator import or_

from extractor.document.geometry import centre_x
from extractor.layout.borderless.rows import Row, RowFragment

# How far apart, in sizes, what stands in line may begin or end, and what stands in the middle of several columns may
# stand from the middle of their heads.
IN_LINE, MIDDLE = 0.15, 0.5


def spread_over_columns(found: Sequence[Row]) -> list[Row]:
    """Spread each value of several columns over all of these.

    The rows are from top to bottom. The first is a head.
    """
    columns, head = _group_by_column(found), _group_by_column(found[:1])
    firsts = [_index_by_first(row.pieces) for row in found]
    # The topmost piece that begins in each column, of each row and those below it; and of the rows that are done.
    below = [*list(accumulate(reversed(firsts), or_))[::-1], {}]
    above, done = firsts[0], list(found[:1])
    for number, row in enumerate(found[1:], 1):
        own, topmost = _group_by_column([row]), below[number + 1] | above
        pieces = list(row.pieces)
        for at, piece in enumerate(row.pieces):
            column = piece.first
            if column and column == piece.last and columns[column].is_odd(piece, own[column], head.get(column)):
                pieces[at] = _widen_over_heads(piece, row, topmost)
        for old, new in zip(row.pieces, pieces, strict=True):
            if old is not new:
                columns[old.first].remove_fragment(old)
        above = _index_by_first(pieces) | above
        done.append(Row(pieces, row.merged_down))
    return done


class _ColumnPlaces:
    """How the pieces are set that stand in one column alone: where each begins, ends, and has twice its middle."""

    def __init__(self, pieces: Sequence[RowFragment]) -> None:
        self._places = tuple(sorted(places) for places in zip(*map(_measure_places, pieces), strict=True))

    def __len__(self) -> int:
        return len(self._places[0])

    def remove_fragment(self, piece: RowFragment) -> None:
        """Take out a piece, which is found to be of several columns."""
        for places, x in zip(self._places, _measure_places(piece), strict=True):
            del places[bisect_left(places, x)]

    def in_line(self, piece: RowFragment) -> list[int]:
        """Count those that begin, end, or have their middle where the piece does.

        Returns:
            How many begin where it does, how many end there, and how many have their middle there.
        """
        far = IN_LINE * piece.size
        return [
            bisect_right(places, x + reach) - bisect_left(places, x - reach)
            for places, x, reach in zip(self._places, _measure_places(piece), (far, far, 2 * far), strict=True)
        ]

    def is_odd(self, piece: RowFragment, own: "_ColumnPlaces", head: "_ColumnPlaces | None") -> bool:
        """Tell whether a piece is out of line with its column.

        It is in line with none of the column's pieces but those of its `own` row, and the column has others than these
        and those of the `head`.
        """
        return self.in_line(piece) == own.in_line(piece) and len(self) > len(own) + (len(head) if head else 0)


def _measure_places(piece: RowFragment) -> tuple[float, float, float]:
    return piece.x0, piece.x1, piece.x0 + piece.x1


def _group_by_column(found: Sequence[Row]) -> dict[int, _ColumnPlaces]:
    """Group what stands alone in a column by its column."""
    columns: dict[int, list[RowFragment]] = defaultdict(list)
    for row in found:
        for piece in row.pieces:
            if piece.first == piece.last:
                columns[piece.first].append(piece)
    return {column: _ColumnPlaces(pieces) for column, pieces in columns.items()}


def _index_by_first(pieces: Iterable[RowFragment]) -> dict[int, RowFragment]:
    return {piece.first: piece for piece in pieces}


def _widen_over_heads(piece: RowFragment, row: Row, heads: Mapping[int, RowFragment]) -> RowFragment:
    """Widen a piece over the columns in the middle of whose heads it stands; keep it as it is where there are none."""
    column = piece.first
    empty = [at == column or (at in heads and at not in row.columns) for at in range(max(heads, default=0) + 1)]
    for first, last in product(range(1, column + 1), range(column, len(empty))):
        if first < last and all(empty[first : last + 1]) and first in heads and last in heads:
            middle = (heads[first].x0 + heads[first].x1 + heads[last].x0 + heads[last].x1) / 4
            if abs(centre_x(piece) - middle) <= MIDDLE * piece.size:
                return replace(piece, first=first, last=last)
    return piece
