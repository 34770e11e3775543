"""Marks: which characters of two texts differ."""

from collections.abc import Iterator

from rapidfuzz.distance import Indel

# What is the same between two differences is shown as the same only if it is so long: less of it cannot be read.
SHORTEST_SAME = 2
# Two texts that have less in common, of 1, are two texts: marks in them would say nothing.
LEAST_IN_COMMON = 0.2

# A piece of a text, and whether it is on this side alone.
Piece = tuple[str, bool]


def marked(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces; joined, the pieces of each are the text."""
    if not before or not after or Indel.normalized_similarity(before, after) < LEAST_IN_COMMON:
        return _alone(before), _alone(after)
    left: list[Piece] = []
    right: list[Piece] = []
    for same, one, other in _runs(before, after):
        _add(left, one, not same)
        _add(right, other, not same)
    return left, right


def _alone(text: str) -> list[Piece]:
    return [(text, True)] if text else []


def _runs(before: str, after: str) -> Iterator[tuple[bool, str, str]]:
    steps = list(Indel.opcodes(before, after))
    for number, step in enumerate(steps):
        one, other = before[step.src_start : step.src_end], after[step.dest_start : step.dest_end]
        inner = 0 < number < len(steps) - 1
        yield step.tag == "equal" and not (inner and len(one) < SHORTEST_SAME), one, other


def _add(pieces: list[Piece], text: str, differs: bool) -> None:
    if not text:
        return
    if pieces and pieces[-1][1] == differs:
        pieces[-1] = (pieces[-1][0] + text, differs)
    else:
        pieces.append((text, differs))
