"""Link: which row of the list belongs to which block, by the alignment with the most evidence.

Both are printed in the same order, so the alignment is monotone (dynamic programming, as for sequences); number, name,
page label, offices and the words of the name in the block's prose each speak for or against a pair. What stays
unmatched on either side shifts no neighbour. Blocks that stand out of order are then paired by their title alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from extractor.fold import key
from extractor.interpret.offices import same_offices
from extractor.model.parts import Block, ListEntry
from extractor.model.record import PageBox

# Points for and against a pair; a row or block left alone costs GAP. With no evidence at all a pair scores 0, so order
# alone decides; the weights rank evidence by how seldom it is equal by chance.
GAP = -0.6
NUMBER = (3.0, -2.0)
NAME = 8.0
PAGE = (1.5, -1.0)
OFFICES = (1.0, -1.5)
PROSE = 3.0
# A title as near as this to a listed name is that name.
SAME_NAME = 0.9


@dataclass(frozen=True, slots=True)
class Pair:
    """A row and its block; one of them may be missing. `out_of_order`: the block stands elsewhere than the row."""

    entry: ListEntry | None
    block: Block | None
    out_of_order: bool = False


def _pairs_of_letters(text: str) -> set[str]:
    plain = key(text)
    return {plain[index : index + 2] for index in range(len(plain) - 1)}


def _prose(block: Block) -> str:
    return "".join([*block.overview.paragraphs, *block.results.paragraphs, *(metric.name for metric in block.metrics)])


def _name_similarity(entry: ListEntry, block: Block) -> float | None:
    if not entry.name or not block.name:
        return None
    return ratio(key(entry.name), key(block.name)) / 100


def _score(entry: ListEntry, block: Block, rare: set[str], prose: set[str]) -> float:
    """What the evidence says of this pair, in points."""
    score = 0.0
    if entry.number is not None and block.number is not None:
        score += NUMBER[0] if entry.number == block.number else NUMBER[1]
    similarity = _name_similarity(entry, block)
    if similarity is not None:
        score += NAME * (similarity - 0.5)
    elif rare:
        score += PROSE * len(rare & prose) / len(rare)
    labels = {place.page_label for place in block.source[:1] if isinstance(place, PageBox) and place.page_label}
    if entry.page_label and labels:
        score += PAGE[0] if entry.page_label in labels else PAGE[1]
    if entry.offices and block.offices:
        score += OFFICES[0] if same_offices(entry.offices, block.offices) else OFFICES[1]
    return score


def _scores(entries: Sequence[ListEntry], blocks: Sequence[Block]) -> list[list[float]]:
    """The points of every pair. Letter pairs of a name speak where few other names have them (地域, 事業 do not)."""
    names = [_pairs_of_letters(entry.name or "") for entry in entries]
    common = {pair for pair in set().union(*names) if sum(pair in name for name in names) > max(1, len(names) / 10)}
    prose = [_pairs_of_letters(_prose(block)) for block in blocks]
    return [
        [_score(entry, block, name - common, words) for block, words in zip(blocks, prose, strict=True)]
        for entry, name in zip(entries, names, strict=True)
    ]


def _align(scores: list[list[float]], rows: int, columns: int) -> list[tuple[int | None, int | None]]:
    """The monotone alignment with the most points; on a tie the pair is taken."""
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for row in range(rows + 1):
        for column in range(columns + 1):
            if row == 0 or column == 0:
                best[row][column] = GAP * (row + column)
                continue
            best[row][column] = max(
                best[row - 1][column - 1] + scores[row - 1][column - 1],
                best[row - 1][column] + GAP,
                best[row][column - 1] + GAP,
            )
    pairs: list[tuple[int | None, int | None]] = []
    row, column = rows, columns
    while row or column:
        here = best[row][column]
        if row and column and here == best[row - 1][column - 1] + scores[row - 1][column - 1]:
            row, column = row - 1, column - 1
            pairs.append((row, column))
        elif row and here == best[row - 1][column] + GAP:
            row -= 1
            pairs.append((row, None))
        else:
            column -= 1
            pairs.append((None, column))
    return pairs[::-1]


def _same(entry: ListEntry, block: Block) -> bool:
    """Whether a block's title alone says that it is this row's."""
    similarity = _name_similarity(entry, block)
    return similarity is not None and similarity >= SAME_NAME


def link(entries: Sequence[ListEntry], blocks: Sequence[Block]) -> list[Pair]:
    """Rows and blocks in the list's order, each once; a block without a row follows the row whose block it follows."""
    found = _align(_scores(entries, blocks), len(entries), len(blocks))
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
