"""Found: facts and activities, by the paragraph that they were found in and what they say."""

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Any

from extractor.diff.change_log import Journal, Twins
from extractor.diff.matching import Key, Pairs, match
from extractor.diff.records import Item
from extractor.records.comparison import Labels

# In a paragraph that has changed, the same thing may stand elsewhere.
_OFFSETS = ("start", "end")

_Homes = tuple[Item, dict[int, Hashable]]


def compare_found(journal: Journal, labels: Labels, passage: Twins, paragraphs: Pairs) -> None:
    """The facts and activities of a passage whose paragraphs are paired.

    Those of a paragraph that is gone or new go with it, and are not told once more.
    """
    (one, one_homes), (other, other_homes) = _homes(passage, paragraphs)
    lefts, rights = _housed(one, "facts", one_homes), _housed(other, "facts", other_homes)
    pairs = match(lefts, rights, (_by("kind", "text", *_OFFSETS), _by("kind", "text"), _by("kind", "start")))
    for twins, _ in journal.meet("fact", lefts, rights, pairs, lambda _: labels, ordered=False):
        if _said(twins.left) != _said(twins.right):
            journal.write("changed", "fact", None, labels, twins.left, twins.right)
    right_of = {_index(lefts[left]): _index(rights[right]) for left, right in pairs}
    lefts, rights = _housed(one, "activities", one_homes), _housed(other, "activities", other_homes)
    keys = (_by("predicate", "object", *_OFFSETS), _by("predicate", "object"), _by("predicate"), _by("start"))
    for twins, _ in journal.meet(
        "activity", lefts, rights, match(lefts, rights, keys), lambda _: labels, ordered=False
    ):
        if _said(twins.left) != _said(twins.right) or _other_facts(twins, passage, right_of):
            journal.write("changed", "activity", None, labels, twins.left, twins.right)


def _homes(passage: Twins, paragraphs: Pairs) -> tuple[_Homes, _Homes]:
    """Each side, and what its paragraphs are called on both sides: a number, and whether the text is the same."""
    one, other = passage.left.value["paragraphs"], passage.right.value["paragraphs"]
    named = [(left, right, (left, one[left] == other[right])) for left, right in paragraphs]
    return (
        (passage.left, {left: name for left, _, name in named}),
        (passage.right, {right: name for _, right, name in named}),
    )


def _housed(passage: Item, name: str, homes: Mapping[int, Hashable]) -> list[Item]:
    """What was found in paragraphs that are on both sides, or in one that there is not."""
    count = len(passage.value["paragraphs"])
    items = [(item, item.value["paragraph"]) for item in passage.each(name)]
    return [
        replace(item, home=homes.get(paragraph, ("none", paragraph)))
        for item, paragraph in items
        if paragraph in homes or not 0 <= paragraph < count
    ]


def _by(*fields: str) -> Key:
    """What is in the same paragraph, and the same in these fields."""
    return lambda item: (item.home, *(item.value[field] for field in fields))


def _said(item: Item) -> dict[str, Any]:
    """What is found, less what follows from what else has changed."""
    steady = isinstance(item.home, tuple) and item.home[1] is True
    left_out = {"paragraph", "facts", *(() if steady else _OFFSETS)}
    return {name: value for name, value in item.value.items() if name not in left_out}


def _index(item: Item) -> int:
    return int(item.pointer.rpartition("/")[2])


def _other_facts(twins: Twins, passage: Twins, right_of: Mapping[int, int]) -> bool:
    """Whether two activities are about other facts, of those that are on both sides."""
    counts = [len(side.value["facts"]) for side in (passage.left, passage.right)]
    one, other = twins.left.value["facts"], twins.right.value["facts"]
    known = set(right_of.values())
    # What is no fact of its side has no twin, and is not another's.
    left = [right_of.get(fact, f"no {fact}") for fact in one if fact in right_of or not 0 <= fact < counts[0]]
    right = [fact if fact in known else f"no {fact}" for fact in other if fact in known or not 0 <= fact < counts[1]]
    return left != right
