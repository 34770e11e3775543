"""Reordering: which records that are on both sides stand in another order.

They are as few as can be.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractor.diff.matching import IndexPairs
from extractor.diff.record_view import RecordView, content_to_text


def interleave(
    lefts: Sequence[RecordView], rights: Sequence[RecordView], pairs: IndexPairs, *, ordered: bool = True
) -> Iterator[tuple[RecordView | None, RecordView | None, bool]]:
    """Iterate all records of two lists in the order of the right one.

    Those of the left alone come behind what they stood behind.

    Args:
        lefts: The records of the left side.
        rights: Those of the right side.
        pairs: Which of them are the same, as indices.
        ordered: Whether their order says anything.

    Yields:
        The record on the left or None, that on the right or None, and whether it has moved.
    """
    moved = find_moved(lefts, rights, pairs) if ordered else set()
    right_of = dict(pairs)
    behind: dict[int, list[RecordView]] = {}
    anchor = -1
    for index, view in enumerate(lefts):
        if index in right_of:
            anchor = right_of[index]
        else:
            behind.setdefault(anchor, []).append(view)
    left_of = {right: left for left, right in pairs}
    yield from ((gone, None, False) for gone in behind.get(-1, ()))
    for index, view in enumerate(rights):
        yield lefts[left_of[index]] if index in left_of else None, view, index in moved
        yield from ((gone, None, False) for gone in behind.get(index, ()))


def find_moved(lefts: Sequence[RecordView], rights: Sequence[RecordView], pairs: IndexPairs) -> set[int]:
    """Find what stands in another order.

    Args:
        lefts: The records of the left side.
        rights: Those of the right side.
        pairs: Which of them are the same, as indices.

    Returns:
        The indices on the right.
    """
    by_right = sorted(pairs, key=lambda pair: pair[1])
    places = [left for left, _ in by_right]
    if places == sorted(places):
        return set()
    names = [
        "".join(sorted((content_to_text(lefts[left].value), content_to_text(rights[right].value))))
        for left, right in by_right
    ]
    return {by_right[index][1] for index in find_out_of_order(places, names)}


def find_out_of_order(places: Sequence[int], names: Sequence[str]) -> set[int]:
    """Find the fewest elements that must be moved so that `places` rise.

    Of several such choices it is that which keeps what stands nearest to where it stood, and then by `names`: always
    the same one, also with the sides exchanged. Where two neighbours have changed places, one of them has moved, and
    from either side it is the same one.

    Args:
        places: Where each element stood, all different.
        names: A text for each element that is the same from both sides.

    Returns:
        The indices of those elements.

    >>> sorted(find_out_of_order([1, 2, 3, 0], "abcd"))
    [3]
    """
    count = len(places)
    if all(before < after for before, after in pairwise(places)):
        return set()
    rank = {place: number for number, place in enumerate(sorted(places))}

    def rank_loss(here: int) -> tuple[int, str, int, int]:
        there = rank[places[here]]
        return -abs(here - there), names[here], min(here, there), max(here, there)

    ranked = sorted(range(count), key=rank_loss)
    # Every choice has another sum, and a longer one always a greater sum.
    worth = {index: (1 << count) + (1 << power) for power, index in enumerate(ranked)}
    return set(range(count)) - _find_heaviest_rise(places, worth)


def _find_heaviest_rise(places: Sequence[int], worth: dict[int, int]) -> set[int]:
    """Find the indices of the rising subsequence of the greatest worth."""
    rank = {place: number for number, place in enumerate(sorted(places), start=1)}
    # A Fenwick tree of the best subsequence (its worth, its last index) among those that end at or below a place.
    best: list[tuple[int, int]] = [(0, -1)] * (len(places) + 1)
    before: dict[int, int] = {}
    for index, place in enumerate(places):
        total, before[index] = _find_best_below(best, rank[place] - 1)
        _enter_best(best, rank[place], (total + worth[index], index))
    kept = set()
    last = _find_best_below(best, len(places))[1]
    while last >= 0:
        kept.add(last)
        last = before[last]
    return kept


def _find_best_below(best: Sequence[tuple[int, int]], rank: int) -> tuple[int, int]:
    highest = best[0]
    while rank:
        highest = max(highest, best[rank])
        rank -= rank & -rank
    return highest


def _enter_best(best: list[tuple[int, int]], rank: int, candidate: tuple[int, int]) -> None:
    while rank < len(best):
        best[rank] = max(best[rank], candidate)
        rank += rank & -rank
