"""Align: the best monotone alignment of rows and blocks, what stands out of order, and how sure each pair is.

Tables are by row and diagonal: what is at `d` in a row's line is of the column that lies `row + first + d` from the
left, so that a corridor along the diagonal is a table without holes. What lies outside the columns is -inf.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

from extractor.document.parsed import ListEntry
from extractor.linking.evidence import Evidence

# A row or block left alone costs GAP, so a pair must speak against itself by twice that to be given up. Where the
# list's numbers leave one out, a row was lost more likely than not, and a block left alone is what is due: it is free.
GAP, LEFT_OUT = -1.5, 0.0
# Two pairs whose rows are as near as NEAR are exchanged if that gains EXCHANGE, and are not certain if it gains more
# than rounding can. A row and a block left alone are paired, wherever they stand, for as many points as STRAY.
NEAR, EXCHANGE, ROUNDING = 3, 2.0, 0.01
STRAY = 3.0
# How much the best reading without a pair must be worse for the pair to be certain: odds of 12 to 1. Of the reports as
# they are, no pair has less than 3; wrong pairs, made by leaving out, doubling or swapping one, had less than 2.
CERTAIN = 2.5

Table = list[list[float]]


@dataclass(frozen=True, slots=True)
class Corridor:
    """The pairs that an alignment may hold: columns from `first` to `last` behind their row's own, and their points.

    It is as wide as rows and columns differ in number, and `reach` more on both sides. So an alignment leaves it only
    where more than `reach` rows have no block before as many blocks have no row, or the other way round.
    """

    evidence: Evidence
    first: int
    last: int
    scores: Table

    @classmethod
    def of(cls, evidence: Evidence, reach: int) -> "Corridor":
        """The corridor of this reach."""
        rows, columns = len(evidence.rows), len(evidence.columns)
        first, last = min(0, columns - rows) - reach, max(0, columns - rows) + reach
        scores = []
        for row in range(rows):
            start, end = max(0, row + first), min(columns, row + last + 1)
            inside = evidence.line(row, start, end)
            scores.append([-inf] * (start - row - first) + inside + [-inf] * (row + last + 1 - end))
        return cls(evidence, first, last, scores)

    @property
    def width(self) -> int:
        """How many diagonals it has."""
        return self.last - self.first + 1

    @property
    def end(self) -> int:
        """The diagonal on which every alignment ends."""
        return len(self.evidence.columns) - len(self.evidence.rows) - self.first

    def at(self, row: int, column: int) -> float:
        """The points of a pair, within the corridor or not."""
        diagonal = column - row - self.first
        return self.scores[row][diagonal] if 0 <= diagonal < self.width else self.evidence.pair(row, column)

    def cells(self, row: int) -> range:
        """The diagonals on which, behind so many rows, an alignment may have come to a number of columns."""
        return range(max(0, -row - self.first), min(self.width, len(self.evidence.columns) - row - self.first + 1))


def left_alone(entries: Sequence[ListEntry]) -> list[float]:
    """What a block left alone costs before each row and behind the last."""
    costs, due = [], 1
    for entry in entries:
        number = due if entry.number is None else entry.number
        costs.append(LEFT_OUT if number > due else GAP)
        due = number + 1
    return [*costs, GAP]


def best_points(corridor: Corridor, scores: Table, alone: Sequence[float]) -> Table:
    """The most points of an alignment of the first so many rows with the first so many columns, for all of them.

    `scores` are the corridor's, or turned about (rows and lines from behind): a corridor is the same from both ends.
    """
    start = [-inf] * corridor.width
    for diagonal in corridor.cells(0):
        start[diagonal] = alone[0] * (corridor.first + diagonal)
    best = [start]
    for number, (line, cost) in enumerate(zip(scores, alone[1:], strict=True), start=1):
        above = [*best[-1], -inf]
        here = [-inf] * corridor.width
        before = -inf
        for diagonal in corridor.cells(number):
            before = max(above[diagonal] + line[diagonal], above[diagonal + 1] + GAP, before + cost)
            here[diagonal] = before
        best.append(here)
    return best


def turned(table: Table) -> Table:
    """A table from behind: rows and lines in reverse."""
    return [line[::-1] for line in table[::-1]]


def align(corridor: Corridor, best: Table) -> list[tuple[int | None, int | None]]:
    """The monotone alignment with the most points; on a tie the pair is taken, and then the row left alone."""
    pairs: list[tuple[int | None, int | None]] = []
    row, diagonal = len(best) - 1, corridor.end
    while row or row + corridor.first + diagonal:
        column = row + corridor.first + diagonal
        above = [*best[row - 1], -inf] if row else []
        here = best[row][diagonal]
        if row and column and here == above[diagonal] + corridor.scores[row - 1][diagonal]:
            row -= 1
            pairs.append((row, column - 1))
        elif row and (not column or here == above[diagonal + 1] + GAP):
            row, diagonal = row - 1, diagonal + 1
            pairs.append((row, None))
        else:
            diagonal -= 1
            pairs.append((None, column - 1))
    return pairs[::-1]


def astray(corridor: Corridor, found: Sequence[tuple[int | None, int | None]], reach: int) -> bool:
    """Whether the best alignment in a corridor may not be the best of all: it comes to the corridor's edge, or most of
    some `reach` rows in succession have no pair, or one for which too little speaks for it to be certain.

    An alignment outside must leave more than `reach` rows alone. Where most rows have a pair with evidence, it would
    give up more than it can gain. (Of the reports as they are, without titles, one row in five is so weak.)
    """
    row = column = 0
    weak: list[bool] = []
    for left, right in found:
        if left is not None:
            weak.append(right is None or corridor.at(left, right) < CERTAIN)
        row, column = row + (left is not None), column + (right is not None)
        if column - row in (corridor.first, corridor.last):
            return True
    window = sum(weak[:reach])
    for gone, come in zip(weak, weak[reach:], strict=False):
        if 2 * window > reach:
            return True
        window += come - gone
    return 2 * window > reach


def uncertain_rows(corridor: Corridor, best: Table, rest: Table, home: dict[int, int]) -> set[int]:
    """The rows whose pair is hardly better than what else they or their block could be.

    A pair is certain by its place, if the best alignment without it is so much worse; or, wherever it stands, if it is
    so much better than all other pairs of its row and its block. `rest` is as `best`, but of what follows.
    """
    uncertain = set()
    whole = best[-1][corridor.end]
    for row, own in home.items():
        at = own - row - corridor.first
        before, line, after = best[row], corridor.scores[row], rest[row + 1]
        cells = corridor.cells(row)
        without = [before[one] + GAP + after[one - 1] for one in cells if one]
        without += [before[one] + line[one] + after[one] for one in cells if one != at]
        if whole - max(without) < CERTAIN and any(line[at] - rival < CERTAIN for rival in _rivals(corridor, row, own)):
            uncertain.add(row)
    return uncertain


def _rivals(corridor: Corridor, row: int, own: int) -> Iterator[float]:
    """The points of what else a row and its block could be, those in the corridor first."""
    yield 2 * GAP
    yield from (points for at, points in enumerate(corridor.scores[row]) if at != own - row - corridor.first)
    evidence = corridor.evidence
    everywhere = range(len(evidence.rows))
    near = range(max(0, own - corridor.last), min(len(evidence.rows), own - corridor.first + 1))
    yield from (corridor.at(other, own) for other in near if other != row)
    yield from (points for at, points in enumerate(evidence.line(row, 0, len(evidence.columns))) if at != own)
    yield from (evidence.pair(other, own) for other in everywhere if other not in near)


def exchange(corridor: Corridor, home: dict[int, int]) -> tuple[set[int], set[int]]:
    """Exchange the blocks of near rows where that gains: the rows exchanged, and those where it would gain little."""
    losses = []
    for row, own in home.items():
        for other in range(row + 1, row + 1 + NEAR):
            if other in home:
                crosswise = corridor.at(row, home[other]) + corridor.at(other, own)
                losses.append((corridor.at(row, own) + corridor.at(other, home[other]) - crosswise, row, other))
    exchanged: set[int] = set()
    doubtful: set[int] = set()
    for loss, row, other in sorted(losses):
        if -loss >= EXCHANGE and not exchanged & {row, other}:
            home[row], home[other] = home[other], home[row]
            exchanged |= {row, other}
        elif -loss > ROUNDING and not exchanged & {row, other}:
            doubtful |= {row, other}
    return exchanged, doubtful


def bring_home(evidence: Evidence, home: dict[int, int]) -> set[int]:
    """Pair rows and blocks left alone that evidence joins, the surest first: the rows."""
    alone = set(range(len(evidence.columns))) - set(home.values())
    strays = [row for row in range(len(evidence.rows)) if row not in home] if alone else []
    joined = []
    for row in strays:
        line = evidence.line(row, 0, len(evidence.columns))
        joined += [(-line[column], row, column) for column in alone if line[column] >= STRAY]
    brought: dict[int, int] = {}
    for _, row, column in sorted(joined):
        if row not in brought and column in alone:
            brought[row] = column
            alone.discard(column)
    home.update(brought)
    return set(brought)
