"""Link the rows of a chapter's list to its blocks, by the alignment with the most evidence.

Both are printed in the same order, so the alignment is monotone (dynamic programming, as for sequences); number, name,
page label, offices and the words of the name in the block's prose each speak for or against a pair. What stays
unmatched on either side shifts no neighbour. Then blocks that stand out of order are found by evidence alone, and each
pair is weighed against the best reading without it: where that is nearly as good, the pair is not certain.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.document.parsed import Block, ListEntry, ReportParts
from extractor.linking.banded_alignment import align_rows, find_gap_costs, pair_leftovers_by_evidence
from extractor.linking.evidence import RowBlockEvidence, describe_blocks, describe_row

__all__ = ["RowBlockPair", "link_chapter", "link_chapters"]

# How many rows more than blocks, or blocks more than rows, may be lost before some place in a chapter and found too
# many behind it, for its alignment to be looked for at once. (A chapter of the reports has 37 programmes.)
REACH = 40


@dataclass(frozen=True, slots=True)
class RowBlockPair:
    """A row and its block; one of them may be missing.

    `out_of_order`: the block stands elsewhere than the row.

    `certain`: no other reading of the chapter is nearly as good. It says nothing of what is out of order, or alone.
    """

    entry: ListEntry | None
    block: Block | None
    out_of_order: bool = False
    certain: bool = True


def link_chapters(parts: ReportParts) -> list[list[RowBlockPair]]:
    """Link the rows and blocks of each chapter."""
    return [link_chapter(chapter.entries, chapter.blocks) for chapter in parts.chapters]


def link_chapter(entries: Sequence[ListEntry], blocks: Sequence[Block], reach: int = REACH) -> list[RowBlockPair]:
    """Link the rows of a chapter's list to its blocks.

    The time grows with the number of rows and blocks times `reach`, and with both multiplied where the alignment within
    reach may not be the best (`may_leave_band`): all pairs are weighed then.

    Args:
        entries: The rows in the list's order.
        blocks: The blocks in the order of print.
        reach: How many rows or blocks in succession may have no partner before all pairs are weighed.

    Returns:
        Rows and blocks in the list's order, each once; a block without a row follows the row whose block it follows.
    """
    rows = [describe_row(entry) for entry in entries]
    evidence = RowBlockEvidence(rows, describe_blocks(blocks, sorted({row.name for row in rows if row.name})))
    alignment = align_rows(evidence, find_gap_costs(entries), reach)
    block_of_row = alignment.map_rows_to_blocks()
    uncertain = alignment.find_uncertain_rows(block_of_row)
    exchanged, doubtful = alignment.exchange_crossed_pairs(block_of_row)
    moved = exchanged | pair_leftovers_by_evidence(evidence, block_of_row)
    paired = set(block_of_row.values())
    pairs = []
    for row, column in alignment.steps:
        if row is not None:
            block = blocks[block_of_row[row]] if row in block_of_row else None
            certain = _has_title(block) if row in moved else row not in uncertain | doubtful
            pairs.append(RowBlockPair(entries[row], block, row in moved, certain))
        elif column is not None and column not in paired:
            pairs.append(RowBlockPair(None, blocks[column]))
    return pairs


def _has_title(block: Block | None) -> bool:
    """Check whether a block has a title; without one, prose alone moved it, which is not certain."""
    return block is not None and bool(block.name or block.number)
