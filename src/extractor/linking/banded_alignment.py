"""Find the monotone alignment of rows and blocks with the most evidence, and how sure each pair is.

In: the log-odds of pairs. Out: a `BandedAlignment`, the pairs that stand out of order, and those that are not certain.
Tables are by row and diagonal: the cell `d` of a row is of the column that lies `row + first + d` from the left, so
that a band along the diagonal is a table without holes. Cells outside the columns are -inf.
"""

from collections.abc import Iterator, Sequence
from math import inf

from extractor.document.parsed import ListEntry
from extractor.linking.evidence import RowBlockEvidence

# Log-odds. A row or block without a partner costs GAP, so a pair must speak against itself by twice that to be given
# up. Where the list's numbers leave one out, a row was lost more likely than not: a block without a row is due there,
# and costs LEFT_OUT.
GAP, LEFT_OUT = -1.5, 0.0
# Two pairs whose rows are at most NEAR apart are exchanged if that gains EXCHANGE, and are not certain if it gains
# more than rounding can. A row and a block without partners are paired, wherever they stand, for as much as STRAY.
NEAR, EXCHANGE, ROUNDING = 3, 2.0, 0.01
STRAY = 3.0
# How much the best reading without a pair must be worse for the pair to be certain: odds of 12 to 1. Of the reports as
# they are, no pair has less than 3; wrong pairs, made by leaving out, doubling or swapping one, had less than 2.
CERTAIN = 2.5

Table = list[list[float]]


def find_gap_costs(entries: Sequence[ListEntry]) -> list[float]:
    """Find what a block without a row costs before each row and behind the last."""
    costs, due = [], 1
    for entry in entries:
        number = due if entry.number is None else entry.number
        costs.append(LEFT_OUT if number > due else GAP)
        due = number + 1
    return [*costs, GAP]


class BandedAlignment:
    """The best alignment of rows and blocks in a band, as `steps` of a row and a block of which one may be None.

    The pairs of a row in the band are those with the columns from `first` to `last` behind the row's own. The band is
    as wide as rows and columns differ in number, and `reach` more on both sides. So an alignment leaves it only where
    more than `reach` rows have no block before as many blocks have no row, or the other way round.
    """

    def __init__(self, evidence: RowBlockEvidence, gaps: Sequence[float], reach: int) -> None:
        """Align rows and blocks.

        Args:
            evidence: The log-odds of pairs.
            gaps: What a block without a row costs (`find_gap_costs`).
            reach: How many rows or blocks in succession may have no partner.
        """
        self.evidence, self.reach, self._gaps = evidence, reach, gaps
        more = len(evidence.columns) - len(evidence.rows)
        self.first, self.last = min(0, more) - reach, max(0, more) + reach
        self._width = self.last - self.first + 1
        # The diagonal on which every alignment ends.
        self._end = more - self.first
        self._log_odds = [self._weigh_row(row) for row in range(len(evidence.rows))]
        # The most log-odds of an alignment of the first rows with the first columns, for any number of both.
        self._best = self._sum_best(self._log_odds, gaps)
        self.steps = list(self._trace_steps())[::-1]

    def map_rows_to_blocks(self) -> dict[int, int]:
        """Map each row that has a block to it."""
        return {row: block for row, block in self.steps if row is not None and block is not None}

    def weigh_pair(self, row: int, column: int) -> float:
        """Weigh a pair, within the band or not.

        Args:
            row: The index of the row.
            column: The index of the block.

        Returns:
            The log-odds.
        """
        diagonal = column - row - self.first
        inside = 0 <= diagonal < self._width
        return self._log_odds[row][diagonal] if inside else self.evidence.weigh_pair(row, column)

    def _weigh_row(self, row: int) -> list[float]:
        start, end = max(0, row + self.first), min(len(self.evidence.columns), row + self.last + 1)
        inside = self.evidence.weigh_row(row, start, end)
        return [-inf] * (start - row - self.first) + inside + [-inf] * (row + self.last + 1 - end)

    def _list_diagonals(self, row: int) -> range:
        """List the diagonals on which, behind so many rows, an alignment may have come to a number of columns."""
        return range(max(0, -row - self.first), min(self._width, len(self.evidence.columns) - row - self.first + 1))

    def _sum_best(self, log_odds: Table, gaps: Sequence[float]) -> Table:
        """Sum up the most log-odds of an alignment of the first rows with the first columns, for any number of both.

        `log_odds` are the band's, or in reverse (rows and cells from behind): a band is the same from both ends.
        """
        start = [-inf] * self._width
        for diagonal in self._list_diagonals(0):
            start[diagonal] = gaps[0] * (self.first + diagonal)
        best = [start]
        for number, (cells, gap) in enumerate(zip(log_odds, gaps[1:], strict=True), start=1):
            above = [*best[-1], -inf]
            sums = [-inf] * self._width
            before = -inf
            for diagonal in self._list_diagonals(number):
                before = max(above[diagonal] + cells[diagonal], above[diagonal + 1] + GAP, before + gap)
                sums[diagonal] = before
            best.append(sums)
        return best

    def _trace_steps(self) -> Iterator[tuple[int | None, int | None]]:
        """Trace the best alignment from behind; on a tie the pair is taken, and then the row without a block."""
        row, diagonal = len(self._best) - 1, self._end
        while row or row + self.first + diagonal:
            column = row + self.first + diagonal
            above = [*self._best[row - 1], -inf] if row else []
            here = self._best[row][diagonal]
            if row and column and here == above[diagonal] + self._log_odds[row - 1][diagonal]:
                row -= 1
                yield row, column - 1
            elif row and (not column or here == above[diagonal + 1] + GAP):
                row, diagonal = row - 1, diagonal + 1
                yield row, None
            else:
                diagonal -= 1
                yield None, column - 1

    def may_leave_band(self) -> bool:
        """Check whether the best alignment in the band may not be the best of all.

        So it is where it comes to the band's edge, or most of some `reach` rows in succession have no pair, or one that
        is not certain by its own evidence. An alignment outside must leave more than `reach` rows alone. Where most
        rows have a pair with evidence, it would give up more than it can gain. (Of the reports as they are, without
        titles, one row in five is so weak.)
        """
        rows = columns = 0
        # How many of the first rows are weak.
        weak = [0]
        for row, column in self.steps:
            if row is not None:
                weak.append(weak[-1] + (column is None or self.weigh_pair(row, column) < CERTAIN))
            rows, columns = rows + (row is not None), columns + (column is not None)
            if columns - rows in (self.first, self.last):
                return True
        starts = range(max(1, len(weak) - self.reach))
        return any(2 * (weak[min(start + self.reach, rows)] - weak[start]) > self.reach for start in starts)

    def find_uncertain_rows(self, block_of_row: dict[int, int]) -> set[int]:
        """Find the rows whose pair is hardly better than what else they or their block could be.

        A pair is certain by its place, if the best alignment without it is so much worse; or, wherever it stands, if it
        is so much better than all other pairs of its row and its block.
        """
        # As `_best`, but of the rows and columns that follow.
        rest = _reverse_table(self._sum_best(_reverse_table(self._log_odds), self._gaps[::-1]))
        whole = self._best[-1][self._end]
        uncertain = set()
        for row, block in block_of_row.items():
            own = block - row - self.first
            before, cells, after = self._best[row], self._log_odds[row], rest[row + 1]
            diagonals = self._list_diagonals(row)
            without = [before[diagonal] + GAP + after[diagonal - 1] for diagonal in diagonals if diagonal]
            without += [before[other] + cells[other] + after[other] for other in diagonals if other != own]
            rivals = self._weigh_rivals(row, block)
            if whole - max(without) < CERTAIN and any(cells[own] - rival < CERTAIN for rival in rivals):
                uncertain.add(row)
        return uncertain

    def _weigh_rivals(self, row: int, block: int) -> Iterator[float]:
        """Weigh what else a row and its block could be, the pairs in the band first: they are known."""
        yield 2 * GAP
        own = block - row - self.first
        yield from (log_odds for diagonal, log_odds in enumerate(self._log_odds[row]) if diagonal != own)
        evidence = self.evidence
        near = range(max(0, block - self.last), min(len(evidence.rows), block - self.first + 1))
        yield from (self.weigh_pair(other, block) for other in near if other != row)
        everywhere = evidence.weigh_row(row, 0, len(evidence.columns))
        yield from (log_odds for column, log_odds in enumerate(everywhere) if column != block)
        yield from (evidence.weigh_pair(other, block) for other in range(len(evidence.rows)) if other not in near)

    def exchange_crossed_pairs(self, block_of_row: dict[int, int]) -> tuple[set[int], set[int]]:
        """Exchange the blocks of near rows where that gains.

        Args:
            block_of_row: The block of each row that has one; it is changed.

        Returns:
            The rows that were exchanged, and those where it would gain little.
        """
        gains = []
        for row, block in block_of_row.items():
            for other in range(row + 1, row + 1 + NEAR):
                if other in block_of_row:
                    crosswise = self.weigh_pair(row, block_of_row[other]) + self.weigh_pair(other, block)
                    straight = self.weigh_pair(row, block) + self.weigh_pair(other, block_of_row[other])
                    gains.append((straight - crosswise, row, other))
        exchanged: set[int] = set()
        doubtful: set[int] = set()
        for loss, row, other in sorted(gains):
            if exchanged & {row, other}:
                continue
            if -loss >= EXCHANGE:
                block_of_row[row], block_of_row[other] = block_of_row[other], block_of_row[row]
                exchanged |= {row, other}
            elif -loss > ROUNDING:
                doubtful |= {row, other}
        return exchanged, doubtful


def align_rows(evidence: RowBlockEvidence, gaps: Sequence[float], reach: int) -> BandedAlignment:
    """Align rows and blocks within reach, and among all pairs where that may not be the best.

    Args:
        evidence: The log-odds of pairs.
        gaps: What a block without a row costs (`find_gap_costs`).
        reach: How many rows or blocks in succession may have no partner before all pairs are weighed.

    Returns:
        The alignment with the most log-odds.
    """
    all_pairs = min(len(evidence.rows), len(evidence.columns))
    alignment = BandedAlignment(evidence, gaps, min(reach, all_pairs))
    wider = reach < all_pairs and alignment.may_leave_band()
    return BandedAlignment(evidence, gaps, all_pairs) if wider else alignment


def _reverse_table(table: Table) -> Table:
    return [cells[::-1] for cells in table[::-1]]


def pair_leftovers_by_evidence(evidence: RowBlockEvidence, block_of_row: dict[int, int]) -> set[int]:
    """Pair rows and blocks without partners that evidence joins.

    The surest come first, wherever they stand.

    Args:
        evidence: The log-odds of pairs.
        block_of_row: The block of each row that has one; the new pairs are added.

    Returns:
        The rows that were paired.
    """
    free = set(range(len(evidence.columns))) - set(block_of_row.values())
    joined = []
    for row in range(len(evidence.rows)) if free else ():
        if row not in block_of_row:
            log_odds = evidence.weigh_row(row, 0, len(evidence.columns))
            joined += [(-log_odds[column], row, column) for column in free if log_odds[column] >= STRAY]
    paired = set()
    for _, row, column in sorted(joined):
        if row not in paired and column in free:
            block_of_row[row] = column
            paired.add(row)
            free.discard(column)
    return paired
