"""Terms: the facts and activities of a passage, and the text in which each was found.

In: a passage, or the pointer to a term, as JSON data. Out: the terms of one text, or the pointer to their text.
"""

from collections.abc import Mapping
from typing import Any

from extractor.records.pointer import join_pointer, last_part, parent_pointer

# The fields that hold what was found in the texts of another.
TERM_FIELDS: Mapping[str, tuple[str, str]] = {
    "paragraphs": ("facts", "activities"),
    "notes": ("note_facts", "note_activities"),
}
_Terms = list[dict[str, Any]]


def take_terms(passage: Mapping[str, Any], texts: str, at: int, to: int, first: int) -> tuple[_Terms, _Terms]:
    """Take what was found in one text of a passage, for a passage in which it may stand elsewhere.

    Args:
        passage: The passage.
        texts: The field of the text, `paragraphs` or `notes`.
        at: The text's index there.
        to: The index that it has in the new passage.
        first: How many facts stand before its own there.

    Returns:
        Its facts and its activities, which name each other by their new indices.
    """
    facts, activities = (passage[name] for name in TERM_FIELDS[texts])
    own = [number for number, fact in enumerate(facts) if fact["paragraph"] == at]
    new = {number: first + index for index, number in enumerate(own)}
    taken = [
        facts[number]
        | {"paragraph": to}
        | {name: new.get(facts[number].get(name)) for name in ("range_with", "part_of")}
        for number in own
    ]
    return taken, [
        one | {"paragraph": to, "facts": [new[number] for number in one["facts"] if number in new]}
        for one in activities
        if one["paragraph"] == at
    ]


def point_to_text(pointer: str, term: Mapping[str, Any]) -> str:
    """Give the pointer to the text in which a fact or activity was found.

    Args:
        pointer: The pointer to the fact or activity.
        term: Its JSON.

    Returns:
        The pointer to a paragraph or a note of the same passage.

    >>> point_to_text("/a/results/note_facts/3", {"paragraph": 1})
    '/a/results/notes/1'
    """
    field = last_part(parent_pointer(pointer))
    texts = next(name for name, fields in TERM_FIELDS.items() if field in fields)
    return join_pointer(parent_pointer(pointer, 2), texts, term["paragraph"])
