"""Passages: prose, by its paragraphs and notes."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from extractor.diff.change_log import Journal, Twins
from extractor.diff.findings import compare_found
from extractor.diff.matching import Pairs
from extractor.diff.records import Item
from extractor.diff.texts import pairs_of_texts, write_texts
from extractor.records.comparison import Labels


def compare_passage(
    journal: Journal, name: Literal["overview", "results"], labels: Labels, programme: Twins, *, moved: bool
) -> None:
    """The passage `name` of a programme; `moved`: it is told already that the programme stands elsewhere."""
    if not programme.differ(name):
        return
    labels = labels.model_copy(update={"passage": name})
    twins = programme.at(name)
    kept: list[tuple[Item, Item]] = []
    paragraphs: Pairs = []
    for texts in ("paragraphs", "notes"):
        lefts, rights = _texts(twins.left, texts), _texts(twins.right, texts)
        pairs = pairs_of_texts(lefts, rights)
        write_texts(journal, "passage", texts, labels, lefts, rights, pairs)
        kept += [(lefts[left], rights[right]) for left, right in pairs]
        paragraphs = pairs if texts == "paragraphs" else paragraphs
    compare_found(journal, labels, twins, paragraphs)
    if not moved and journal.same_document and _elsewhere(twins, kept):
        journal.write("moved", "passage", "source", labels, twins.left.at("source"), twins.right.at("source"))


def _texts(passage: Item, name: str) -> list[Item]:
    """The paragraphs or notes, each with its own place where the passage has one for each."""
    items = passage.each(name)
    places = passage.value["source"]
    count = len(passage.value["paragraphs"])
    if len(places) != count + len(passage.value["notes"]):
        return items
    first = count if name == "notes" else 0
    return [replace(item, source=[places[first + index]]) for index, item in enumerate(items)]


def _elsewhere(twins: Twins, kept: Sequence[tuple[Item, Item]]) -> bool:
    """Whether what is on both sides of a passage stands elsewhere."""
    if any(len(left.source) != 1 or len(right.source) != 1 for left, right in kept) or not kept:
        same_texts = not any(twins.differ(name) for name in ("paragraphs", "notes"))
        return same_texts and twins.differ("source")
    return any(list(left.source) != list(right.source) for left, right in kept)
