"""Order: which of the records that are on both sides stand in another order, as few as can be."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractor.diff.matching import Pairs
from extractor.diff.records import Item, canonical


def in_order(
    lefts: Sequence[Item], rights: Sequence[Item], pairs: Pairs, *, ordered: bool = True
) -> Iterator[tuple[Item | None, Item | None, bool]]:
    """All records of two lists, those that are on both sides together, in the order of the right; those of the left
    alone come behind what they stood behind. With each goes whether it has moved, if order says anything (`ordered`).
    """
    moved = moved_ones(lefts, rights, pairs) if ordered else set()
    right_of = dict(pairs)
    behind: dict[int, list[Item]] = {}
    anchor = -1
    for index, item in enumerate(lefts):
        if index in right_of:
            anchor = right_of[index]
        else:
            behind.setdefault(anchor, []).append(item)
    left_of = {right: left for left, right in pairs}
    yield from ((gone, None, False) for gone in behind.get(-1, ()))
    for index, item in enumerate(rights):
        yield lefts[left_of[index]] if index in left_of else None, item, index in moved
        yield from ((gone, None, False) for gone in behind.get(index, ()))


def moved_ones(lefts: Sequence[Item], rights: Sequence[Item], pairs: Pairs) -> set[int]:
    """The indices on the right of what stands in another order."""
    by_right = sorted(pairs, key=lambda pair: pair[1])
    places = [left for left, _ in by_right]
    if places == sorted(places):
        return set()
    names = [
        "".join(sorted((canonical(lefts[left].value), canonical(rights[right].value)))) for left, right in by_right
    ]
    return {by_right[index][1] for index in out_of_order(places, names)}


def out_of_order(places: Sequence[int], names: Sequence[str]) -> set[int]:
    """The indices that must be moved so that `places` (all different) rise: the fewest.

    Of several such choices it is that which keeps what stands nearest to where it stood, and then by `names`: always
    the same one, also with the sides exchanged. Where two neighbours have changed places, one of them has moved, and
    from either side it is the same one.
    """
    count = len(places)
    if all(before < after for before, after in pairwise(places)):
        return set()
    rank = {place: number for number, place in enumerate(sorted(places))}

    def loss(one: int) -> tuple[int, str, int, int]:
        here, there = one, rank[places[one]]
        return -abs(here - there), names[one], min(here, there), max(here, there)

    ranked = sorted(range(count), key=loss)
    # Every choice has another sum, and a longer one always a greater sum.
    worth = {one: (1 << count) + (1 << power) for power, one in enumerate(ranked)}
    return set(range(count)) - _heaviest_rise(places, worth)


def _heaviest_rise(places: Sequence[int], worth: dict[int, int]) -> set[int]:
    """The indices of the rising subsequence of the greatest worth."""
    rank = {place: number for number, place in enumerate(sorted(places), start=1)}
    # A Fenwick tree of the best subsequence (its worth, its last index) among those that end at or below a place.
    best: list[tuple[int, int]] = [(0, -1)] * (len(places) + 1)
    before: dict[int, int] = {}
    for index, place in enumerate(places):
        total, before[index] = _best_below(best, rank[place] - 1)
        _enter(best, rank[place], (total + worth[index], index))
    kept = set()
    last = _best_below(best, len(places))[1]
    while last >= 0:
        kept.add(last)
        last = before[last]
    return kept


def _best_below(best: Sequence[tuple[int, int]], rank: int) -> tuple[int, int]:
    found = best[0]
    while rank:
        found = max(found, best[rank])
        rank -= rank & -rank
    return found


def _enter(best: list[tuple[int, int]], rank: int, one: tuple[int, int]) -> None:
    while rank < len(best):
        best[rank] = max(best[rank], one)
        rank += rank & -rank
