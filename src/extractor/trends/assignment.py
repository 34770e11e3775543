"""Assign: the pairs of two sides with the greatest weight in all, each used once. Exact, and sparse.

Rows are taken one by one; each takes the column, or displaces the rows of columns along the one path, by which the
whole gains most (successive best paths; what has been paired so far is the best pairing of the rows taken).
"""

from collections import defaultdict, deque
from collections.abc import Mapping


def assign(weights: Mapping[tuple[int, int], int]) -> dict[int, int]:
    """Column by row, for the pairs of rows and columns that have a weight above 0; whole numbers, so that sums are
    exact. Of pairings of one weight, always the same."""
    edges: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (row, column), weight in sorted(weights.items()):
        if weight > 0:
            edges[row].append((column, weight))
    home: dict[int, int] = {}
    holder: dict[int, int] = {}
    for row in sorted(edges):
        _take_in(row, edges, weights, home, holder)
    return dict(sorted(home.items()))


def _take_in(
    row: int,
    edges: Mapping[int, list[tuple[int, int]]],
    weights: Mapping[tuple[int, int], int],
    home: dict[int, int],
    holder: dict[int, int],
) -> None:
    """Let one more row in, at the best place."""
    # What is gained on the way to each row that would be without a column, and whose column it would lose to whom.
    gains, came = {row: 0}, dict[int, tuple[int, int]]()
    best: tuple[int, int, int | None] = (0, row, None)
    waiting = deque([row])
    while waiting:
        here = waiting.popleft()
        if gains[here] > best[0]:
            best = (gains[here], here, None)
        for column, weight in edges[here]:
            gain = gains[here] + weight
            owner = holder.get(column)
            if owner is None:
                if gain > best[0]:
                    best = (gain, here, column)
            elif owner != here and (gain := gain - weights[owner, column]) > gains.get(owner, gain - 1):
                gains[owner], came[owner] = gain, (here, column)
                waiting.append(owner)
    _, last, free = best
    if free is None:
        home.pop(last, None)
    # From the end of the path back to the row that came: each takes the column that the next gives up.
    while True:
        if free is not None:
            home[last], holder[free] = free, last
        if last == row:
            return
        last, free = came[last]
