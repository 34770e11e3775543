"""Link: which row of the list belongs to which block, by the alignment with the most evidence.

Both are printed in the same order, so the alignment is monotone (dynamic programming, as for sequences); number, name,
page label, offices and the words of the name in the block's prose each speak for or against a pair. What stays
unmatched on either side shifts no neighbour. Then blocks that stand out of order are found by evidence alone, and each
pair is weighed against the best reading without it: where that is nearly as good, the pair is not certain.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from extractor.fold import key
from extractor.interpret.offices import office_keys
from extractor.model.parts import Block, ListEntry, ReportParts
from extractor.model.record import PageBox

# Points are about natural logarithms of odds: +1 is 2.7 times likelier in a row's own block than in another. "Measured"
# is on the 2022 and 2023 reports, their blocks without titles (71 programmes).
# A row or block left alone costs GAP, so a pair must speak against itself by twice that to be given up. Where the
# list's numbers leave one out, a row was lost more likely than not, and a block left alone is what is due: it is free.
GAP, LEFT_OUT = -1.5, 0.0
NUMBER = (3.0, -2.0)
PAGE = (1.5, -1.0)
# The points of the same title, and the similarity that tells nothing, above what the names of two programmes have at
# most (67 of 100, measured). A title unlike the name loses no more points than the same one gives.
NAME, UNLIKE = 5.0, 80
# Equal offices count for as much as they are rare; others for this (measured: a logistic fit).
OTHER_OFFICES = -2.5
# The letters in a row by which names and prose are compared: a word or a half of one; single letters tell too little.
LETTERS = (2, 3)
# The share of a name's letters, so taken, that its own block's prose has (measured: 0.4 of all, 0.65 of those that any
# block has), and as how many independent pieces a name counts (measured: a logistic fit).
OWN, PROSE = 0.5, 6.0
# A name that stands whole in the prose is the block's own, or that of a programme it works with. Two blocks that quote
# their rows' names are enough for an exchange, one is not.
QUOTED = 1.9
# Two pairs whose rows are as near as NEAR are exchanged if that gains EXCHANGE, and are not certain if it gains more
# than rounding can. A row and a block left alone are paired, wherever they stand, for as many points as STRAY.
NEAR, EXCHANGE, ROUNDING = 3, 2.0, 0.01
STRAY = 3.0
# How much the best reading without a pair must be worse for the pair to be certain: odds of 12 to 1. Of the reports as
# they are, no pair has less than 3; wrong pairs, made by leaving out, doubling or swapping one, had less than 2.
CERTAIN = 2.5

Scores = list[list[float]]


@dataclass(frozen=True, slots=True)
class Pair:
    """A row and its block; one of them may be missing. `out_of_order`: the block stands elsewhere than the row.

    `certain`: no other reading of the chapter is nearly as good. It says nothing of what is out of order, or alone.
    """

    entry: ListEntry | None
    block: Block | None
    out_of_order: bool = False
    certain: bool = True


@dataclass(frozen=True, slots=True)
class _Side:
    """What a row or a block brings to the comparison, folded once; `letters` of the row's name or the block's prose.

    `quoted` are the rows' names that a block's prose holds whole.
    """

    number: int | None
    name: str
    letters: frozenset[str]
    page_label: str | None
    offices: frozenset[tuple[str, str]]
    quoted: frozenset[str] = frozenset()


def _letters(folded: Sequence[str]) -> frozenset[str]:
    """All runs of LETTERS letters of texts."""
    return frozenset(text[at : at + many] for text in folded for many in LETTERS for at in range(len(text) - many + 1))


def _row_side(entry: ListEntry) -> _Side:
    name = key(entry.name or "")
    return _Side(entry.number, name, _letters([name]), entry.page_label, office_keys(entry.offices))


def _block_side(block: Block, names: Sequence[str]) -> _Side:
    """`names` are those of all rows; those that the prose quotes whole are taken out of it and count by themselves."""
    texts = [key(text) for passage in (block.overview, block.results) for text in passage.paragraphs]
    texts += [key(metric.name) for metric in block.metrics]
    quoted = {name for name in names if any(name in text for text in texts)}
    for name in sorted(quoted, key=lambda name: (-len(name), name)):
        texts = [text.replace(name, "") for text in texts]
    prose = _letters(texts)
    first = block.source[0] if block.source else None
    label = first.page_label if isinstance(first, PageBox) else None
    return _Side(block.number, key(block.name or ""), prose, label, office_keys(block.offices), frozenset(quoted))


def _prose_points(rows: Sequence[_Side], columns: Sequence[_Side]) -> Scores:
    """What the letters of each name, found in each block's prose or not, say of the pair.

    Letters found count for as much as few blocks have them (naive Bayes), letters of many names for less. What stands
    in no block tells none from another, and neither does what stands in more than OWN of them.
    """
    names = Counter(letters for row in rows for letters in row.letters)
    where: dict[str, list[int]] = defaultdict(list)
    for index, column in enumerate(columns):
        for letters in column.letters & names.keys():
            where[letters].append(index)
    points = []
    for row in rows:
        total, missing = [0.0] * len(columns), 0.0
        # Sorted, since a sum of floats depends on the order.
        for letters in sorted(row.letters & where.keys()):
            share = (len(where[letters]) + 0.5) / (len(columns) + 1)
            if share < OWN:
                weight = PROSE / len(row.letters) / math.sqrt(names[letters])
                absent = weight * math.log((1 - OWN) / (1 - share))
                missing += absent
                for index in where[letters]:
                    total[index] += weight * math.log(OWN / share) - absent
        points.append([found + missing for found in total])
    return points


def _scores(rows: Sequence[_Side], columns: Sequence[_Side]) -> Scores:
    """What all evidence says of each pair, in points."""
    scores = _prose_points(rows, columns)
    offices = Counter(column.offices for column in columns)
    rare = {one: math.log((len(columns) + 1) / (count + 0.5)) for one, count in offices.items()}
    for row, line in zip(rows, scores, strict=True):
        for index, column in enumerate(columns):
            if row.name and column.name:
                line[index] = max(-NAME, NAME * (ratio(row.name, column.name) - UNLIKE) / (100 - UNLIKE))
            elif row.name in column.quoted:
                line[index] += QUOTED
            if row.number is not None and column.number is not None:
                line[index] += NUMBER[0] if row.number == column.number else NUMBER[1]
            if row.page_label and column.page_label:
                line[index] += PAGE[0] if row.page_label == column.page_label else PAGE[1]
            if row.offices and column.offices:
                line[index] += rare[column.offices] if row.offices == column.offices else OTHER_OFFICES
    return scores


def _alone(entries: Sequence[ListEntry]) -> list[float]:
    """What a block left alone costs before each row and behind the last."""
    costs, due = [], 1
    for entry in entries:
        number = due if entry.number is None else entry.number
        costs.append(LEFT_OUT if number > due else GAP)
        due = number + 1
    return [*costs, GAP]


def _best(scores: Scores, alone: Sequence[float], columns: int) -> Scores:
    """The most points of an alignment of the first so many rows with the first so many columns, for all of them."""
    best = [[alone[0] * column for column in range(columns + 1)]]
    for line, cost in zip(scores, alone[1:], strict=True):
        above = best[-1]
        here = [above[0] + GAP]
        for column, score in enumerate(line):
            here.append(max(above[column] + score, above[column + 1] + GAP, here[-1] + cost))
        best.append(here)
    return best


def _align(scores: Scores, best: Scores) -> list[tuple[int | None, int | None]]:
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


def _uncertain(scores: Scores, best: Scores, rest: Scores, home: dict[int, int]) -> set[int]:
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


def _exchange(scores: Scores, home: dict[int, int]) -> tuple[set[int], set[int]]:
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


def _bring_home(scores: Scores, columns: int, home: dict[int, int]) -> set[int]:
    """Pair rows and blocks left alone that evidence joins, the surest first: the rows."""
    alone = set(range(columns)) - set(home.values())
    joined = [(-line[column], row, column) for row, line in enumerate(scores) if row not in home for column in alone]
    brought: dict[int, int] = {}
    for lost, row, column in sorted(joined):
        if -lost >= STRAY and row not in brought and column not in brought.values():
            brought[row] = column
    home.update(brought)
    return set(brought)


def link(parts: ReportParts) -> list[list[Pair]]:
    """The pairs of each chapter."""
    return [link_chapter(chapter.entries, chapter.blocks) for chapter in parts.chapters]


def link_chapter(entries: Sequence[ListEntry], blocks: Sequence[Block]) -> list[Pair]:
    """Rows and blocks in the list's order, each once; a block without a row follows the row whose block it follows."""
    rows = [_row_side(entry) for entry in entries]
    names = sorted({row.name for row in rows if row.name})
    scores = _scores(rows, [_block_side(block, names) for block in blocks])
    alone = _alone(entries)
    best = _best(scores, alone, len(blocks))
    backwards = _best([line[::-1] for line in scores[::-1]], alone[::-1], len(blocks))
    found = _align(scores, best)
    home = {row: column for row, column in found if row is not None and column is not None}
    uncertain = _uncertain(scores, best, [line[::-1] for line in backwards[::-1]], home)
    exchanged, doubtful = _exchange(scores, home)
    moved = exchanged | _bring_home(scores, len(blocks), home)
    taken = set(home.values())
    pairs = []
    for row, column in found:
        if row is not None:
            block = blocks[home[row]] if row in home else None
            # Without a title, prose alone moved it.
            sure = (
                block is not None and (block.name or block.number) if row in moved else row not in uncertain | doubtful
            )
            pairs.append(Pair(entries[row], block, row in moved, bool(sure)))
        elif column is not None and column not in taken:
            pairs.append(Pair(None, blocks[column]))
    return pairs
