"""Assignment: the pairs of rows and columns with the greatest weight in all, each row and column used once.

Exact, and sparse. Rows are taken one by one. Each takes a column, or displaces the rows of columns along the one path,
by which the whole gains most (successive best paths): what is paired so far is always the best pairing of the rows
taken.
"""

from collections import defaultdict, deque
from collections.abc import Mapping


def assign_columns(weights: Mapping[tuple[int, int], int]) -> dict[int, int]:
    """Assign columns to rows so that the sum of the weights is the greatest.

    Weights are whole numbers, so that sums are exact; pairs of 0 or less are never taken. Of several best assignments
    it is always the same.

    >>> assign_columns({(0, 0): 5, (0, 1): 4, (1, 0): 5})
    {0: 1, 1: 0}
    """
    assignment = _Assignment(weights)
    for row in sorted(assignment.edges):
        assignment.take_row_in(row)
    return dict(sorted(assignment.column_of.items()))


class _Assignment:
    """The best pairing of the rows that were taken in: the column of each row, and the row of each column."""

    def __init__(self, weights: Mapping[tuple[int, int], int]) -> None:
        self.weights = weights
        self.edges: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for (row, column), weight in sorted(weights.items()):
            if weight > 0:
                self.edges[row].append((column, weight))
        self.column_of: dict[int, int] = {}
        self.row_of: dict[int, int] = {}

    def take_row_in(self, new: int) -> None:
        """Pair one more row, and displace others where the whole gains by it."""
        last, free, came = self._find_best_path(new)
        if free is None:
            self.column_of.pop(last, None)
        # From the end of the path back to the new row: each takes the column that the next gives up.
        while True:
            if free is not None:
                self.column_of[last], self.row_of[free] = free, last
            if last == new:
                return
            last, free = came[last]

    def _find_best_path(self, new: int) -> tuple[int, int | None, dict[int, tuple[int, int]]]:
        """Find the displacements that gain most: the last row, the column for it if any, and the way there.

        Of each displaced row, the way says by which row it is displaced, and from which column.
        """
        gains, came = {new: 0}, dict[int, tuple[int, int]]()
        best: tuple[int, int, int | None] = (0, new, None)
        waiting = deque([new])
        while waiting:
            row = waiting.popleft()
            if gains[row] > best[0]:
                best = (gains[row], row, None)
            for column, weight in self.edges[row]:
                gain = gains[row] + weight
                owner = self.row_of.get(column)
                if owner is None:
                    best = max(best, (gain, row, column), key=lambda path: path[0])
                elif owner != row and (gain := gain - self.weights[owner, column]) > gains.get(owner, gain - 1):
                    gains[owner], came[owner] = gain, (row, column)
                    waiting.append(owner)
        return best[1], best[2], came
