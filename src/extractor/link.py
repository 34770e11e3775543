"""Link: which row of the list belongs to which block, by the alignment with the most evidence.

Both are printed in the same order, so the alignment is monotone (dynamic programming, as for sequences); number, name,
page label, offices and the words of the name in the block's prose each speak for or against a pair. What stays
unmatched on either side shifts no neighbour. Blocks that stand out of order are then paired by their title alone.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz.fuzz import ratio

from extractor.fold import key
from extractor.interpret.offices import office_keys
from extractor.model.parts import Block, ListEntry, ReportParts
from extractor.model.record import PageBox

# Points for and against a pair; a row or block left alone costs GAP. With no evidence at all a pair scores 0, so order
# alone decides; the weights rank evidence by how seldom it is equal by chance.
GAP = -0.6
NUMBER = (3.0, -2.0)
NAME = 8.0
PAGE = (1.5, -1.0)
OFFICES = (1.0, -1.5)
PROSE = 3.0
# A title as near as this (in hundredths) to a listed name is that name.
SAME_NAME = 90


@dataclass(frozen=True, slots=True)
class Pair:
    """A row and its block; one of them may be missing. `out_of_order`: the block stands elsewhere than the row."""

    entry: ListEntry | None
    block: Block | None
    out_of_order: bool = False


@dataclass(frozen=True, slots=True)
class _Side:
    """What a row or a block brings to the comparison, folded once."""

    number: int | None
    name: str
    words: frozenset[str]
    page_label: str | None
    offices: frozenset[tuple[str, str]]


def _letter_pairs(text: str) -> frozenset[str]:
    return frozenset(text[index : index + 2] for index in range(len(text) - 1))


def _row_side(entry: ListEntry) -> _Side:
    name = key(entry.name or "")
    return _Side(entry.number, name, _letter_pairs(name), entry.page_label, office_keys(entry.offices))


def _block_side(block: Block) -> _Side:
    prose = [*block.overview.paragraphs, *block.results.paragraphs, *(metric.name for metric in block.metrics)]
    first = block.source[0] if block.source else None
    label = first.page_label if isinstance(first, PageBox) else None
    words = _letter_pairs(key("".join(prose)))
    return _Side(block.number, key(block.name or ""), words, label, office_keys(block.offices))


def _score(row: _Side, block: _Side) -> float:
    """What the evidence says of this pair, in points."""
    score = 0.0
    if row.number is not None and block.number is not None:
        score += NUMBER[0] if row.number == block.number else NUMBER[1]
    if row.name and block.name:
        score += NAME * (ratio(row.name, block.name) / 100 - 0.5)
    elif row.words:
        score += PROSE * len(row.words & block.words) / len(row.words)
    if row.page_label and block.page_label:
        score += PAGE[0] if row.page_label == block.page_label else PAGE[1]
    if row.offices and block.offices:
        score += OFFICES[0] if row.offices == block.offices else OFFICES[1]
    return score


def _rows_by_rare_words(entries: Sequence[ListEntry]) -> list[_Side]:
    """The rows with those letter pairs of their names that few other names have (地域 and 事業 tell nothing)."""
    sides = [_row_side(entry) for entry in entries]
    counts = Counter(pair for side in sides for pair in side.words)
    most = max(1.0, len(sides) / 10)
    return [replace(side, words=frozenset(pair for pair in side.words if counts[pair] <= most)) for side in sides]


def _align(scores: list[list[float]], rows: int, columns: int) -> list[tuple[int | None, int | None]]:
    """The monotone alignment with the most points; on a tie the pair is taken."""
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    # How each place was reached: a pair, a row alone, a block alone. The first row and column leave no choice.
    moves = [[(0, 1)] * (columns + 1)] + [[(1, 0)] * (columns + 1) for _ in range(rows)]
    for row in range(rows + 1):
        for column in range(columns + 1):
            if row == 0 or column == 0:
                best[row][column] = GAP * (row + column)
                continue
            ways = (
                (best[row - 1][column - 1] + scores[row - 1][column - 1], (1, 1)),
                (best[row - 1][column] + GAP, (1, 0)),
                (best[row][column - 1] + GAP, (0, 1)),
            )
            best[row][column], moves[row][column] = max(ways)
    pairs: list[tuple[int | None, int | None]] = []
    row, column = rows, columns
    while row or column:
        down, right = moves[row][column]
        row, column = row - down, column - right
        pairs.append((row if down else None, column if right else None))
    return pairs[::-1]


def _same(entry: ListEntry, block: Block) -> bool:
    """Whether a block's title alone says that it is this row's."""
    return bool(entry.name and block.name) and ratio(key(entry.name or ""), key(block.name or "")) >= SAME_NAME


def link(parts: ReportParts) -> list[list[Pair]]:
    """The pairs of each chapter."""
    return [link_chapter(chapter.entries, chapter.blocks) for chapter in parts.chapters]


def link_chapter(entries: Sequence[ListEntry], blocks: Sequence[Block]) -> list[Pair]:
    """Rows and blocks in the list's order, each once; a block without a row follows the row whose block it follows."""
    columns = [_block_side(block) for block in blocks]
    scores = [[_score(row, column) for column in columns] for row in _rows_by_rare_words(entries)]
    found = _align(scores, len(entries), len(blocks))
    strays = [column for row, column in found if row is None and column is not None]
    moved: dict[int, int] = {}
    for row, column in found:
        if row is not None and column is None:
            home = next(
                (stray for stray in strays if stray not in moved.values() and _same(entries[row], blocks[stray])), None
            )
            if home is not None:
                moved[row] = home
    pairs = []
    for row, column in found:
        if row is None and column in moved.values():
            continue
        if row is not None and row in moved:
            pairs.append(Pair(entries[row], blocks[moved[row]], out_of_order=True))
        else:
            pairs.append(
                Pair(entries[row] if row is not None else None, blocks[column] if column is not None else None)
            )
    return pairs
