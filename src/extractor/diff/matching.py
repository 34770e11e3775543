"""Matching: which records of two lists are the same.

They are matched by keys and then by similarity; never by their index.
"""

import json
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import product
from typing import Any

from extractor.diff.record_view import RecordView, content_to_text
from extractor.grammar.normalize import comparison_key as comparison_key
from extractor.records.spec import KeyPart, RecordSpec

# How alike two records are, above 0; 0: they are not the same record, whatever else there is.
Similarity = Callable[[RecordView, RecordView], float]
# What two readings of one record have in common; None: it says nothing of this record.
Key = Callable[[RecordView], Hashable | None]
# Indices into the left and the right list.
IndexPairs = list[tuple[int, int]]

# So many comparisons of records that no key joins are made, some seconds of them; above, each stays by itself.
MAX_COMPARISONS = 1_000_000


def keys_of_spec(spec: RecordSpec) -> list[Key]:
    """Make the keys that a spec describes, the strongest first."""
    return [lambda view, parts=parts: _build_key(view, parts) for parts in spec.keys]  # type: ignore[misc]


def _build_key(view: RecordView, parts: Sequence[KeyPart]) -> Hashable | None:
    values = []
    for part in parts:
        value = view.marks.get(part.field[1:]) if part.field.startswith("@") else view.value[part.field]
        if part.folded and value is not None:
            value = comparison_key(value)
        if (value is None and not part.may_lack) or (part.filled and not value):
            return None
        values.append(value)
    return tuple(values)


def match_records(
    lefts: Sequence[RecordView], rights: Sequence[RecordView], keys: Iterable[Key], similarity: Similarity | None = None
) -> IndexPairs:
    """Pair the records of two lists that are the same.

    Each key joins what those before it have left over, and then similarity. Of several records with one key, those are
    joined that say the same, then those most alike, then the first ones. Programmes of two different series are never
    joined.

    Args:
        lefts: The records of one side.
        rights: Those of the other side.
        keys: What identifies them, the strongest key first.
        similarity: How alike two records are; None: those that no key joins are different.

    Returns:
        Pairs of indices, by the left index.
    """
    matcher = _Matcher(lefts, rights, similarity)
    pairs: IndexPairs = []
    for key in keys:
        groups: dict[Hashable, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for side, (views, indices) in enumerate(
            zip((lefts, rights), _without_pairs(range(len(lefts)), range(len(rights)), pairs), strict=True)
        ):
            for index in indices:
                if (name := key(views[index])) is not None:
                    groups[name][side].append(index)
        for group in groups.values():
            if all(group):
                pairs += matcher.pair_group(*group)
    return sorted(pairs + matcher.pair_most_alike(*_without_pairs(range(len(lefts)), range(len(rights)), pairs)))


def _without_pairs(lefts: Sequence[int], rights: Sequence[int], pairs: IndexPairs) -> tuple[list[int], list[int]]:
    """Return the indices of both sides that are in no pair."""
    paired_lefts, paired_rights = {left for left, _ in pairs}, {right for _, right in pairs}
    return [index for index in lefts if index not in paired_lefts], [i for i in rights if i not in paired_rights]


class _Matcher:
    """Two lists, of which some indices at a time are paired."""

    def __init__(
        self, lefts: Sequence[RecordView], rights: Sequence[RecordView], similarity: Similarity | None
    ) -> None:
        self._lefts, self._rights, self._similarity = lefts, rights, similarity

    def pair_group(self, lefts: Sequence[int], rights: Sequence[int]) -> IndexPairs:
        """Pair records with one key.

        Where their series differ, first come those of which no series is known.
        """
        series = [
            {view.marks.get("series") for view in map(views.__getitem__, indices)}
            for views, indices in ((self._lefts, lefts), (self._rights, rights))
        ]
        if len((series[0] | series[1]) - {None}) <= 1:
            return self._pair_any(lefts, rights)
        pairs: IndexPairs = []
        for bare_left, bare_right in ((True, True), (True, False), (False, True)):
            free_lefts, free_rights = _without_pairs(lefts, rights, pairs)
            pairs += self._pair_any(
                [index for index in free_lefts if (self._lefts[index].marks.get("series") is None) is bare_left],
                [index for index in free_rights if (self._rights[index].marks.get("series") is None) is bare_right],
            )
        return pairs

    def _pair_any(self, lefts: Sequence[int], rights: Sequence[int]) -> IndexPairs:
        """Pair records of which any may be any other."""
        if len(lefts) == len(rights) == 1:
            return [(lefts[0], rights[0])]
        pairs: IndexPairs = []
        for to_text in (_whole_to_text, content_to_text):
            pairs += self._pair_same_text(*_without_pairs(lefts, rights, pairs), to_text)
        pairs += self.pair_most_alike(*_without_pairs(lefts, rights, pairs))
        return pairs + list(zip(*_without_pairs(lefts, rights, pairs), strict=False))

    def _pair_same_text(self, lefts: Sequence[int], rights: Sequence[int], to_text: Callable[[Any], str]) -> IndexPairs:
        waiting: dict[str, deque[int]] = defaultdict(deque)
        for index in rights:
            waiting[to_text(self._rights[index].value)].append(index)
        texts = [(index, to_text(self._lefts[index].value)) for index in lefts]
        return [(index, waiting[text].popleft()) for index, text in texts if waiting[text]]

    def pair_most_alike(self, lefts: Sequence[int], rights: Sequence[int]) -> IndexPairs:
        """Pair the most alike first; of pairs as much alike, those whose texts come first."""
        similarity = self._similarity
        if similarity is None or len(lefts) * len(rights) > MAX_COMPARISONS:
            return []
        scores = [
            (score, left, right)
            for left, right in product(lefts, rights)
            if (score := self._score_pair(similarity, left, right)) > 0
        ]
        left_texts = {left: content_to_text(self._lefts[left].value) for _, left, _ in scores}
        right_texts = {right: content_to_text(self._rights[right].value) for _, _, right in scores}

        def rank_score(scored: tuple[float, int, int]) -> tuple[object, ...]:
            score, left, right = scored
            return (-score, *sorted((left_texts[left], right_texts[right])), min(left, right), max(left, right))

        pairs: dict[int, int] = {}
        taken: set[int] = set()
        for _, left, right in sorted(scores, key=rank_score):
            if left not in pairs and right not in taken:
                pairs[left] = right
                taken.add(right)
        return list(pairs.items())

    def _score_pair(self, similarity: Similarity, left: int, right: int) -> float:
        one, other = self._lefts[left], self._rights[right]
        return similarity(one, other) if one.may_be(other) else 0.0


def _whole_to_text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
