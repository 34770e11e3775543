"""Lists of texts or offices, whose elements are what they say and have no name."""

from bisect import bisect
from collections import defaultdict
from collections.abc import Hashable, Sequence

from rapidfuzz import fuzz

from extractor.diff.change_log import ChangeLog, MatchedRecords
from extractor.diff.matching import IndexPairs, match_records
from extractor.diff.record_view import RecordView, content_to_text
from extractor.diff.reordering import find_moved, interleave

# Two texts that have so much in common, of 100, are one text that was changed.
MIN_RATIO = 50


def compare_texts(log: ChangeLog, holder: MatchedRecords, name: str) -> None:
    """Compare a list of texts, element by element.

    Args:
        log: Where the changes are written.
        holder: The record that has the list.
        name: The list.
    """
    if holder.differ_in(name):
        lefts, rights = holder.left.view_elements(name), holder.right.view_elements(name)
        write_texts(log, holder, name, (lefts, rights), pair_texts(lefts, rights))


def write_texts(
    log: ChangeLog,
    holder: MatchedRecords,
    name: str,
    texts: tuple[Sequence[RecordView], Sequence[RecordView]],
    pairs: IndexPairs,
) -> None:
    """Write what differs between two lists of texts.

    Args:
        log: Where the changes are written.
        holder: The record that has the lists.
        name: The field that they are.
        texts: The elements on the left and on the right.
        pairs: Which of them are the same.
    """
    for left, right, moved in interleave(*texts, pairs):
        if left is None or right is None:
            log.write_one_sided(holder.spec, name, holder.labels, left, right)
            continue
        log.note_counterparts(left, right)
        if left.value != right.value:
            log.write_change("changed", holder.spec, name, holder.labels, left, right)
        elif moved:
            log.write_change("moved", holder.spec, name, holder.labels, left, right)


def pair_texts(lefts: Sequence[RecordView], rights: Sequence[RecordView]) -> IndexPairs:
    """Pair the texts of two lists.

    Args:
        lefts: The texts of the left side.
        rights: Those of the right side.

    Returns:
        Indices of what says the same, of what is alike, and of what alone stands between the same neighbours.
    """
    pairs = match_records(lefts, rights, (_key_by_content, _key_by_division), _measure_texts)
    return sorted(pairs + _pair_between_neighbours(lefts, rights, pairs))


def _key_by_content(view: RecordView) -> Hashable:
    return content_to_text(view.value)


def _key_by_division(view: RecordView) -> Hashable | None:
    return view.value["division"] if isinstance(view.value, dict) else None


def _measure_texts(left: RecordView, right: RecordView) -> float:
    texts = (view.value if isinstance(view.value, str) else view.value["division"] for view in (left, right))
    return float(fuzz.ratio(*texts, score_cutoff=MIN_RATIO))


def _pair_between_neighbours(
    lefts: Sequence[RecordView], rights: Sequence[RecordView], pairs: IndexPairs
) -> IndexPairs:
    """Pair elements without a like, as many on both sides, between the same neighbours: one replaces the other."""
    moved = find_moved(lefts, rights, pairs)
    steady = [(left, right) for left, right in pairs if right not in moved]
    gaps: dict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, views in enumerate((lefts, rights)):
        neighbours = sorted(pair[side] for pair in steady)
        known = {pair[side] for pair in pairs}
        for index in range(len(views)):
            if index not in known:
                gaps[bisect(neighbours, index)][side].append(index)
    found: IndexPairs = []
    for left_gap, right_gap in gaps.values():
        if len(left_gap) == len(right_gap):
            found += zip(left_gap, right_gap, strict=True)
    return found
