"""Text diff: which characters of two texts differ."""

from rapidfuzz.distance import Indel

# Characters: what is the same between two differences is shown as the same only if it is so long; less cannot be read.
SHORTEST_SAME = 2
# Of 1: two texts that have less in common are two texts, and marks in them would say nothing.
LEAST_IN_COMMON = 0.2

# A piece of a text, and whether it is on this side alone.
TextPiece = tuple[str, bool]


def mark_differences(before: str, after: str) -> tuple[list[TextPiece], list[TextPiece]]:
    """Mark what differs in two texts.

    Args:
        before: A text.
        after: Another one.

    Returns:
        Both texts in pieces; joined, the pieces of each are the text.

    >>> mark_differences("22名", "25名")
    ([('2', False), ('2', True), ('名', False)], [('2', False), ('5', True), ('名', False)])
    """
    if not before or not after or Indel.normalized_similarity(before, after) < LEAST_IN_COMMON:
        return [(before, True)] if before else [], [(after, True)] if after else []
    left: list[TextPiece] = []
    right: list[TextPiece] = []
    steps = list(Indel.opcodes(before, after))
    for number, step in enumerate(steps):
        inner = 0 < number < len(steps) - 1
        short = inner and step.src_end - step.src_start < SHORTEST_SAME
        differs = step.tag != "equal" or short
        _add_piece(left, before[step.src_start : step.src_end], differs)
        _add_piece(right, after[step.dest_start : step.dest_end], differs)
    return left, right


def _add_piece(pieces: list[TextPiece], text: str, differs: bool) -> None:
    """Add a piece, or lengthen the last one where it is of the same kind."""
    if text and pieces and pieces[-1][1] == differs:
        pieces[-1] = (pieces[-1][0] + text, differs)
    elif text:
        pieces.append((text, differs))
