"""Align: the best monotone alignment of rows and blocks, what stands out of order, and how sure each pair is."""

from collections.abc import Sequence

from extractor.link.evidence import Scores
from extractor.model.parts import ListEntry

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


def left_alone(entries: Sequence[ListEntry]) -> list[float]:
    """What a block left alone costs before each row and behind the last."""
    costs, due = [], 1
    for entry in entries:
        number = due if entry.number is None else entry.number
        costs.append(LEFT_OUT if number > due else GAP)
        due = number + 1
    return [*costs, GAP]


def best_points(scores: Scores, alone: Sequence[float], columns: int) -> Scores:
    """The most points of an alignment of the first so many rows with the first so many columns, for all of them."""
    best = [[alone[0] * column for column in range(columns + 1)]]
    for line, cost in zip(scores, alone[1:], strict=True):
        above = best[-1]
        here = [above[0] + GAP]
        for column, score in enumerate(line):
            here.append(max(above[column] + score, above[column + 1] + GAP, here[-1] + cost))
        best.append(here)
    return best


def align(scores: Scores, best: Scores) -> list[tuple[int | None, int | None]]:
    """The monotone alignment with the most points; on a tie the pair is taken, and then the row left alone."""
    pairs: list[tuple[int | None, int | None]] = []
    row, column = len(best) - 1, len(best[0]) - 1
    while row or column:
        if row and column and best[row][column] == best[row - 1][column - 1] + scores[row - 1][column - 1]:
            row, column = row - 1, column - 1
            pairs.append((row, column))
        elif row and (not column or best[row][column] == best[row - 1][column] + GAP):
            row -= 1
            pairs.append((row, None))
        else:
            column -= 1
            pairs.append((None, column))
    return pairs[::-1]


def uncertain_rows(scores: Scores, best: Scores, rest: Scores, home: dict[int, int]) -> set[int]:
    """The rows whose pair is hardly better than what else they or their block could be.

    A pair is certain by its place, if the best alignment without it is so much worse; or, wherever it stands, if it is
    so much better than all other pairs of its row and its block. `rest` is as `best`, but of what follows.
    """
    uncertain = set()
    for row, own in home.items():
        before, line, after = best[row], scores[row], rest[row + 1]
        others = [column for column in range(len(line)) if column != own]
        without = [before[column] + GAP + after[column] for column in range(len(after))]
        without += [before[column] + line[column] + after[column + 1] for column in others]
        rivals = [2 * GAP, *(line[column] for column in others)]
        rivals += [scores[other][own] for other in range(len(scores)) if other != row]
        if best[-1][-1] - max(without) < CERTAIN and line[own] - max(rivals) < CERTAIN:
            uncertain.add(row)
    return uncertain


def exchange(scores: Scores, home: dict[int, int]) -> tuple[set[int], set[int]]:
    """Exchange the blocks of near rows where that gains: the rows exchanged, and those where it would gain little."""
    losses = []
    for row, own in home.items():
        for other in range(row + 1, row + 1 + NEAR):
            if other in home:
                crosswise = scores[row][home[other]] + scores[other][own]
                losses.append((scores[row][own] + scores[other][home[other]] - crosswise, row, other))
    exchanged: set[int] = set()
    doubtful: set[int] = set()
    for loss, row, other in sorted(losses):
        if -loss >= EXCHANGE and not exchanged & {row, other}:
            home[row], home[other] = home[other], home[row]
            exchanged |= {row, other}
        elif -loss > ROUNDING and not exchanged & {row, other}:
            doubtful |= {row, other}
    return exchanged, doubtful


def bring_home(scores: Scores, columns: int, home: dict[int, int]) -> set[int]:
    """Pair rows and blocks left alone that evidence joins, the surest first: the rows."""
    alone = set(range(columns)) - set(home.values())
    joined = [(-line[column], row, column) for row, line in enumerate(scores) if row not in home for column in alone]
    brought: dict[int, int] = {}
    for lost, row, column in sorted(joined):
        if -lost >= STRAY and row not in brought and column not in brought.values():
            brought[row] = column
    home.update(brought)
    return set(brought)
