"""Match: which records of two lists are the same, by keys and then by likeness; never by their index."""

import json
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

from extractor.diff.records import Item, canonical

# How alike two records are: 0 where they are not the same record, whatever else there is.
Alike = Callable[[Item, Item], float]
# What two records have in common that are the same one; None: it says nothing of this record.
Key = Callable[[Item], Hashable | None]
Pairs = list[tuple[int, int]]

# So many comparisons of records that no key joins are made, some seconds of them; above, each stays by itself.
MOST = 1_000_000


def match(lefts: Sequence[Item], rights: Sequence[Item], keys: Iterable[Key], alike: Alike | None = None) -> Pairs:
    """Pairs of indices, by left index. Each key joins what those before it have left over, and then likeness.

    Of several records with one key, those are joined that say the same, then those most alike, then the first ones.
    Programmes of two different series are never joined.
    """
    found: dict[int, int] = {}
    for key in keys:
        taken = set(found.values())
        groups: dict[Hashable, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for side, items, used in ((0, lefts, found.keys()), (1, rights, taken)):
            for index, item in enumerate(items):
                if index not in used and (name := key(item)) is not None:
                    groups[name][side].append(index)
        for group in groups.values():
            if all(group):
                found.update(_settle(lefts, rights, *group, alike))
    if alike is not None:
        taken = set(found.values())
        one = [index for index in range(len(lefts)) if index not in found]
        other = [index for index in range(len(rights)) if index not in taken]
        found.update(_most_alike(lefts, rights, one, other, alike))
    return sorted(found.items())


def _settle(
    lefts: Sequence[Item], rights: Sequence[Item], one: Sequence[int], other: Sequence[int], alike: Alike | None
) -> Pairs:
    """Pairs of records that have one key: where series are known that differ, first of those of which none is known."""
    known = {lefts[index].series for index in one} | {rights[index].series for index in other}
    if len(known - {None}) <= 1:
        return _joined(lefts, rights, one, other, alike)
    pairs: Pairs = []
    for bare_left, bare_right in ((True, True), (True, False), (False, True)):
        left, right = _left_over(one, other, pairs)
        left = [index for index in left if (lefts[index].series is None) is bare_left]
        right = [index for index in right if (rights[index].series is None) is bare_right]
        pairs += _joined(lefts, rights, left, right, alike)
    return pairs


def _joined(
    lefts: Sequence[Item], rights: Sequence[Item], one: Sequence[int], other: Sequence[int], alike: Alike | None
) -> Pairs:
    """Pairs of records of which any may be any other."""
    if len(one) == len(other) == 1:
        return [(one[0], other[0])]
    pairs: Pairs = []
    for same in (_whole, canonical):
        pairs += _same(lefts, rights, *_left_over(one, other, pairs), same)
    if alike is not None:
        pairs += _most_alike(lefts, rights, *_left_over(one, other, pairs), alike)
    return pairs + list(zip(*_left_over(one, other, pairs), strict=False))


def _left_over(one: Sequence[int], other: Sequence[int], pairs: Pairs) -> tuple[list[int], list[int]]:
    lefts, rights = {left for left, _ in pairs}, {right for _, right in pairs}
    return [index for index in one if index not in lefts], [index for index in other if index not in rights]


def _same(
    lefts: Sequence[Item],
    rights: Sequence[Item],
    one: Sequence[int],
    other: Sequence[int],
    text: Callable[[Any], str],
) -> Pairs:
    """Pairs of records of which `text` is the same."""
    waiting: dict[str, deque[int]] = defaultdict(deque)
    for index in other:
        waiting[text(rights[index].value)].append(index)
    named = [(index, text(lefts[index].value)) for index in one]
    return [(index, waiting[name].popleft()) for index, name in named if waiting[name]]


def _whole(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _most_alike(
    lefts: Sequence[Item], rights: Sequence[Item], one: Sequence[int], other: Sequence[int], alike: Alike
) -> Pairs:
    """Pairs, the most alike first; of pairs as much alike, those whose texts come first."""
    if len(one) * len(other) > MOST:
        return []
    scores = [
        (score, left, right)
        for left in one
        for right in other
        if lefts[left].may_be(rights[right]) and (score := alike(lefts[left], rights[right]))
    ]
    names = {("left", left): canonical(lefts[left].value) for _, left, _ in scores}
    names |= {("right", right): canonical(rights[right].value) for _, _, right in scores}

    def rank(scored: tuple[float, int, int]) -> tuple[object, ...]:
        score, left, right = scored
        return (-score, *sorted((names["left", left], names["right", right])), min(left, right), max(left, right))

    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, left, right in sorted(scores, key=rank):
        if left not in found and right not in taken:
            found[left] = right
            taken.add(right)
    return list(found.items())
