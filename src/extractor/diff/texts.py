"""Texts: lists of texts or offices, whose elements are what they say and have no name."""

from bisect import bisect
from collections import defaultdict
from collections.abc import Hashable

from rapidfuzz import fuzz

from extractor.diff.change_log import Journal, Twins
from extractor.diff.matching import Pairs, match
from extractor.diff.records import Item, canonical
from extractor.diff.reordering import in_order, moved_ones
from extractor.records.comparison import ChangedRecord, Labels

# Two texts that have so much in common, of 100, are one text that was changed.
ALIKE = 50


def compare_texts(journal: Journal, record: ChangedRecord, name: str, labels: Labels, twins: Twins) -> None:
    """The list `name` of a record, element by element."""
    if twins.differ(name):
        lefts, rights = twins.left.each(name), twins.right.each(name)
        write_texts(journal, record, name, labels, lefts, rights, pairs_of_texts(lefts, rights))


def write_texts(
    journal: Journal,
    record: ChangedRecord,
    name: str,
    labels: Labels,
    lefts: list[Item],
    rights: list[Item],
    pairs: Pairs,
) -> None:
    """What differs between two lists whose pairs are known."""
    for left, right, moved in in_order(lefts, rights, pairs):
        journal.know(left, right)
        if left is None or right is None:
            journal.write("added" if left is None else "removed", record, name, labels, left, right)
        elif left.value != right.value:
            journal.write("changed", record, name, labels, left, right)
        elif moved:
            journal.write("moved", record, name, labels, left, right)


def pairs_of_texts(lefts: list[Item], rights: list[Item]) -> Pairs:
    """What says the same, what is alike, and what stands alone between the same neighbours on both sides."""
    pairs = match(lefts, rights, (_itself, _division), _alike)
    return sorted(pairs + _between(lefts, rights, pairs))


def _itself(item: Item) -> Hashable:
    return canonical(item.value)


def _division(item: Item) -> Hashable | None:
    return item.value["division"] if isinstance(item.value, dict) else None


def _alike(left: Item, right: Item) -> float:
    one, other = (item.value if isinstance(item.value, str) else item.value["division"] for item in (left, right))
    return float(fuzz.ratio(one, other, score_cutoff=ALIKE))


def _between(lefts: list[Item], rights: list[Item], pairs: Pairs) -> Pairs:
    """Elements without a like, as many on both sides, between the same neighbours: each was put in another's place."""
    moved = moved_ones(lefts, rights, pairs)
    steady = [(left, right) for left, right in pairs if right not in moved]
    gaps: dict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, items in enumerate((lefts, rights)):
        neighbours = sorted(pair[side] for pair in steady)
        known = {pair[side] for pair in pairs}
        for index in range(len(items)):
            if index not in known:
                gaps[bisect(neighbours, index)][side].append(index)
    return [pair for one, other in gaps.values() if len(one) == len(other) for pair in zip(one, other, strict=True)]
