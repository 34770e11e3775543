"""Find the monotone alignment of rows and blocks with the most evidence, and how sure each pair is.

In: the log-odds of pairs. Out: an `Alignment`, the pairs that stand out of order, and those that are not certain.
Tables are by row and diagonal: the cell `d` of a row is of the column that lies `row + first + d` from the left, so
that a band along the diagonal is a table without holes. Cells outside the columns are -inf.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

from extractor.document.parsed import ListEntry
from extractor.linking.evidence import PairEvidence

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
Steps = list[tuple[int | None, int | None]]


@dataclass(frozen=True, slots=True)
class AlignmentBand:
    """The pairs that an alignment may hold, and their log-odds.

    The pairs of a row are those with the columns from `first` to `last` behind the row's own.

    The band is as wide as rows and columns differ in number, and `reach` more on both sides. So an alignment leaves it
    only where more than `reach` rows have no block before as many blocks have no row, or the other way round.
    """

    evidence: PairEvidence
    first: int
    last: int
    log_odds: Table

    @classmethod
    def weigh_band(cls, evidence: PairEvidence, reach: int) -> "AlignmentBand":
        """Weigh the pairs of the band of a reach.

        Args:
            evidence: The log-odds of all pairs.
            reach: How many rows or blocks in succession may have no partner.

        Returns:
            The band.
        """
        rows, columns = len(evidence.rows), len(evidence.columns)
        first, last = min(0, columns - rows) - reach, max(0, columns - rows) + reach
        table = []
        for row in range(rows):
            start, end = max(0, row + first), min(columns, row + last + 1)
            inside = evidence.weigh_row(row, start, end)
            table.append([-inf] * (start - row - first) + inside + [-inf] * (row + last + 1 - end))
        return cls(evidence, first, last, table)

    @property
    def width(self) -> int:
        """The number of diagonals."""
        return self.last - self.first + 1

    @property
    def end(self) -> int:
        """The diagonal on which every alignment ends."""
        return len(self.evidence.columns) - len(self.evidence.rows) - self.first

    def weigh_pair(self, row: int, column: int) -> float:
        """Weigh a pair, within the band or not.

        Args:
            row: The index of the row.
            column: The index of the block.

        Returns:
            The log-odds.
        """
        diagonal = column - row - self.first
        inside = 0 <= diagonal < self.width
        return self.log_odds[row][diagonal] if inside else self.evidence.weigh_pair(row, column)

    def list_diagonals(self, row: int) -> range:
        """List the diagonals on which, behind so many rows, an alignment may have come to a number of columns."""
        return range(max(0, -row - self.first), min(self.width, len(self.evidence.columns) - row - self.first + 1))


@dataclass(frozen=True, slots=True)
class Alignment:
    """The best alignment in a band, as steps of a row and a block of which one may be None.

    `gaps` are what a block without a row costs before each row and behind the last. `best` is the most log-odds of an
    alignment of the first rows with the first columns, for any number of both.
    """

    band: AlignmentBand
    gaps: Sequence[float]
    best: Table
    steps: Steps

    def map_rows_to_blocks(self) -> dict[int, int]:
        """Map each row that has a block to it."""
        return {row: block for row, block in self.steps if row is not None and block is not None}


def find_gap_costs(entries: Sequence[ListEntry]) -> list[float]:
    """Find what a block without a row costs before each row and behind the last."""
    costs, due = [], 1
    for entry in entries:
        number = due if entry.number is None else entry.number
        costs.append(LEFT_OUT if number > due else GAP)
        due = number + 1
    return [*costs, GAP]


def align_in_band(evidence: PairEvidence, gaps: Sequence[float], reach: int) -> Alignment:
    """Align rows and blocks in the band of a reach.

    Args:
        evidence: The log-odds of pairs.
        gaps: What a block without a row costs (`find_gap_costs`).
        reach: How many rows or blocks in succession may have no partner.

    Returns:
        The alignment with the most log-odds.
    """
    band = AlignmentBand.weigh_band(evidence, reach)
    best = _sum_best(band, band.log_odds, gaps)
    return Alignment(band, gaps, best, _trace_steps(band, best))


def _sum_best(band: AlignmentBand, log_odds: Table, gaps: Sequence[float]) -> Table:
    """Sum up the most log-odds of an alignment of the first rows with the first columns, for any number of both.

    `log_odds` are the band's, or in reverse (rows and cells from behind): a band is the same from both ends.
    """
    start = [-inf] * band.width
    for diagonal in band.list_diagonals(0):
        start[diagonal] = gaps[0] * (band.first + diagonal)
    best = [start]
    for number, (cells, gap) in enumerate(zip(log_odds, gaps[1:], strict=True), start=1):
        above = [*best[-1], -inf]
        sums = [-inf] * band.width
        before = -inf
        for diagonal in band.list_diagonals(number):
            sums[diagonal] = before = max(above[diagonal] + cells[diagonal], above[diagonal + 1] + GAP, before + gap)
        best.append(sums)
    return best


def _reverse(table: Table) -> Table:
    return [cells[::-1] for cells in table[::-1]]


def _trace_steps(band: AlignmentBand, best: Table) -> Steps:
    """Trace the alignment with the most log-odds; on a tie the pair is taken, and then the row without a block."""
    steps: Steps = []
    row, diagonal = len(best) - 1, band.end
    while row or row + band.first + diagonal:
        column = row + band.first + diagonal
        above = [*best[row - 1], -inf] if row else []
        here = best[row][diagonal]
        if row and column and here == above[diagonal] + band.log_odds[row - 1][diagonal]:
            row -= 1
            steps.append((row, column - 1))
        elif row and (not column or here == above[diagonal + 1] + GAP):
            row, diagonal = row - 1, diagonal + 1
            steps.append((row, None))
        else:
            diagonal -= 1
            steps.append((None, column - 1))
    return steps[::-1]


def may_leave_band(alignment: Alignment, reach: int) -> bool:
    """Check whether the best alignment in a band may not be the best of all.

    So it is where it comes to the band's edge, or most of some `reach` rows in succession have no pair, or one that is
    not certain by its own evidence. An alignment outside must leave more than `reach` rows alone. Where most rows have
    a pair with evidence, it would give up more than it can gain. (Of the reports as they are, without titles, one row
    in five is so weak.)

    Args:
        alignment: The best alignment in its band.
        reach: The reach of the band.

    Returns:
        True where another band must be looked at.
    """
    band = alignment.band
    rows = columns = 0
    # How many of the first rows are weak.
    weak = [0]
    for row, column in alignment.steps:
        if row is not None:
            weak.append(weak[-1] + (column is None or band.weigh_pair(row, column) < CERTAIN))
        rows, columns = rows + (row is not None), columns + (column is not None)
        if columns - rows in (band.first, band.last):
            return True
    starts = range(max(1, len(weak) - reach))
    return any(2 * (weak[min(start + reach, len(weak) - 1)] - weak[start]) > reach for start in starts)


def find_uncertain_rows(alignment: Alignment, block_of_row: dict[int, int]) -> set[int]:
    """Find the rows whose pair is hardly better than what else they or their block could be.

    A pair is certain by its place, if the best alignment without it is so much worse; or, wherever it stands, if it is
    so much better than all other pairs of its row and its block.

    Args:
        alignment: The best alignment.
        block_of_row: The block of each row that has one.

    Returns:
        The rows.
    """
    band = alignment.band
    # As `best`, but of the rows and columns that follow.
    rest = _reverse(_sum_best(band, _reverse(band.log_odds), alignment.gaps[::-1]))
    whole = alignment.best[-1][band.end]
    uncertain = set()
    for row, block in block_of_row.items():
        own = block - row - band.first
        before, cells, after = alignment.best[row], band.log_odds[row], rest[row + 1]
        diagonals = band.list_diagonals(row)
        without = [before[diagonal] + GAP + after[diagonal - 1] for diagonal in diagonals if diagonal]
        without += [before[diagonal] + cells[diagonal] + after[diagonal] for diagonal in diagonals if diagonal != own]
        if whole - max(without) < CERTAIN and any(
            cells[own] - rival < CERTAIN for rival in _weigh_rivals(band, row, block)
        ):
            uncertain.add(row)
    return uncertain


def _weigh_rivals(band: AlignmentBand, row: int, block: int) -> Iterator[float]:
    """Weigh what else a row and its block could be, the pairs in the band first: they are known."""
    yield 2 * GAP
    own = block - row - band.first
    yield from (log_odds for diagonal, log_odds in enumerate(band.log_odds[row]) if diagonal != own)
    evidence = band.evidence
    near = range(max(0, block - band.last), min(len(evidence.rows), block - band.first + 1))
    yield from (band.weigh_pair(other, block) for other in near if other != row)
    everywhere = evidence.weigh_row(row, 0, len(evidence.columns))
    yield from (log_odds for column, log_odds in enumerate(everywhere) if column != block)
    yield from (evidence.weigh_pair(other, block) for other in range(len(evidence.rows)) if other not in near)


def exchange_crossed_pairs(band: AlignmentBand, block_of_row: dict[int, int]) -> tuple[set[int], set[int]]:
    """Exchange the blocks of near rows where that gains.

    Args:
        band: The log-odds of pairs.
        block_of_row: The block of each row that has one; it is changed.

    Returns:
        The rows that were exchanged, and those where it would gain little.
    """
    gains = []
    for row, block in block_of_row.items():
        for other in range(row + 1, row + 1 + NEAR):
            if other in block_of_row:
                crosswise = band.weigh_pair(row, block_of_row[other]) + band.weigh_pair(other, block)
                straight = band.weigh_pair(row, block) + band.weigh_pair(other, block_of_row[other])
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


def pair_leftovers_by_evidence(evidence: PairEvidence, block_of_row: dict[int, int]) -> set[int]:
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
