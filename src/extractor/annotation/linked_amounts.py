"""Link the amounts of a text that belong together: the ends of a range, and a part with its whole."""

from collections.abc import Sequence
from dataclasses import replace

from extractor.grammar.mentions import FactMention

_RANGE, _OF_THEM = "～", "うち"
_BETWEEN_ENDS = frozenset({"～", "から"})


def link_amounts(text: str, mentions: Sequence[FactMention]) -> list[FactMention]:
    """Give each end of a range the index of the other, and each part that of its whole.

    Args:
        text: The text with plain signs.
        mentions: Its quantities and times in the order of print.

    Returns:
        The same, linked. A part with うち belongs to the last amount before it in its sentence that is no part itself.
    """
    linked = list(mentions)
    whole: int | None = None
    for index, mention in enumerate(mentions):
        if whole is not None and "。" in text[mentions[whole].end : mention.start]:
            whole = None
        if _has_qualifier(mention, _OF_THEM):
            linked[index] = replace(linked[index], part_of=whole)
        elif mention.quantity is not None:
            whole = index
        before = index - 1
        ends = before >= 0 and all(_has_qualifier(mentions[at], _RANGE) for at in (before, index))
        if ends and text[mentions[before].end : mention.start] in _BETWEEN_ENDS:
            linked[before] = replace(linked[before], range_with=index)
            linked[index] = replace(linked[index], range_with=before)
    return linked


def _has_qualifier(mention: FactMention, word: str) -> bool:
    return mention.quantity is not None and word in mention.quantity.qualifiers
