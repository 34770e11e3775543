"""Link: which row of the list belongs to which block, by the alignment with the most evidence.

Both are printed in the same order, so the alignment is monotone (dynamic programming, as for sequences); number, name,
page label, offices and the words of the name in the block's prose each speak for or against a pair. What stays
unmatched on either side shifts no neighbour. Then blocks that stand out of order are found by evidence alone, and each
pair is weighed against the best reading without it: where that is nearly as good, the pair is not certain.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.document.parsed import Block, ListEntry, ReportParts
from extractor.linking.banded_alignment import (
    Corridor,
    align,
    astray,
    best_points,
    bring_home,
    exchange,
    left_alone,
    turned,
    uncertain_rows,
)
from extractor.linking.evidence import Evidence, block_sides, row_side

__all__ = ["Pair", "link", "link_chapter"]

# How many rows more than blocks, or blocks more than rows, may be lost before some place in a chapter and found too
# many behind it, for its alignment to be looked for at once. (A chapter of the reports has 37 programmes.)
REACH = 40


@dataclass(frozen=True, slots=True)
class Pair:
    """A row and its block; one of them may be missing. `out_of_order`: the block stands elsewhere than the row.

    `certain`: no other reading of the chapter is nearly as good. It says nothing of what is out of order, or alone.
    """

    entry: ListEntry | None
    block: Block | None
    out_of_order: bool = False
    certain: bool = True


def link(parts: ReportParts) -> list[list[Pair]]:
    """The pairs of each chapter."""
    return [link_chapter(chapter.entries, chapter.blocks) for chapter in parts.chapters]


def link_chapter(entries: Sequence[ListEntry], blocks: Sequence[Block], reach: int = REACH) -> list[Pair]:
    """Rows and blocks in the list's order, each once; a block without a row follows the row whose block it follows.

    The time grows with the number of rows and blocks times `reach`, and with both multiplied where the alignment within
    reach may not be the best (`astray`): all pairs are weighed then.
    """
    rows = [row_side(entry) for entry in entries]
    names = sorted({row.name for row in rows if row.name})
    evidence = Evidence(rows, block_sides(blocks, names))
    alone = left_alone(entries)
    everything = min(len(entries), len(blocks))
    reach = min(reach, everything)
    corridor = Corridor.of(evidence, reach)
    best = best_points(corridor, corridor.scores, alone)
    found = align(corridor, best)
    if reach < everything and astray(corridor, found, reach):
        corridor = Corridor.of(evidence, everything)
        best = best_points(corridor, corridor.scores, alone)
        found = align(corridor, best)
    rest = turned(best_points(corridor, turned(corridor.scores), alone[::-1]))
    home = {row: column for row, column in found if row is not None and column is not None}
    uncertain = uncertain_rows(corridor, best, rest, home)
    exchanged, doubtful = exchange(corridor, home)
    moved = exchanged | bring_home(evidence, home)
    taken = set(home.values())
    pairs = []
    for row, column in found:
        if row is not None:
            block = blocks[home[row]] if row in home else None
            # Without a title, prose alone moved it.
            titled = block is not None and bool(block.name or block.number)
            certain = titled if row in moved else row not in uncertain and row not in doubtful
            pairs.append(Pair(entries[row], block, row in moved, certain))
        elif column is not None and column not in taken:
            pairs.append(Pair(None, blocks[column]))
    return pairs
