"""Passages: prose by its paragraphs and notes.

Facts and activities are compared by the paragraph that they were found in.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from extractor.diff.change_log import ChangeLog, MatchedRecords
from extractor.diff.matching import IndexPairs, keys_of_spec, match_records
from extractor.diff.record_view import RecordView
from extractor.diff.texts import pair_texts, write_texts
from extractor.records.pointer import last_part
from extractor.records.terms import TERM_FIELDS

# In a paragraph that has changed, the same thing may stand elsewhere.
_NAMES_OF_FACTS = ("facts", "range_with", "part_of")
_OFFSETS = ("start", "end")
# What a record found in a paragraph is called on both sides: the paragraph, and whether its text is the same.
_ParagraphNames = Mapping[int, Hashable]


def compare_passage(log: ChangeLog, passage: MatchedRecords, *, holder_moved: bool) -> None:
    """Compare a passage.

    Args:
        log: Where the changes are written.
        passage: The passage of a programme on both sides.
        holder_moved: It is written already that the programme stands elsewhere.
    """
    kept: list[tuple[RecordView, RecordView]] = []
    pairs: dict[str, IndexPairs] = {}
    for name in passage.spec.fields_of_kind("texts"):
        lefts, rights = view_passage_texts(passage.left, name), view_passage_texts(passage.right, name)
        pairs[name] = pair_texts(lefts, rights)
        write_texts(log, passage, name, (lefts, rights), pairs[name])
        kept += [(lefts[left], rights[right]) for left, right in pairs[name]]
    for name, fields in TERM_FIELDS.items():
        _compare_finds(log, passage, (name, fields), pairs[name])
    if not holder_moved and log.same_document and _stands_elsewhere(passage, kept):
        log.write_field(passage, "source", "moved")


def view_passage_texts(passage: RecordView, name: str) -> list[RecordView]:
    """View the paragraphs or notes of a passage.

    Args:
        passage: The passage.
        name: `paragraphs` or `notes`.

    Returns:
        The texts in order, each with its own place where the passage has one for each.
    """
    views = passage.view_elements(name)
    places = passage.value["source"]
    count = len(passage.value["paragraphs"])
    if len(places) != count + len(passage.value["notes"]):
        return views
    first = count if name == "notes" else 0
    return [replace(view, source=[places[first + index]]) for index, view in enumerate(views)]


def _stands_elsewhere(passage: MatchedRecords, kept: Sequence[tuple[RecordView, RecordView]]) -> bool:
    """Tell whether what is on both sides of a passage stands elsewhere."""
    if any(len(left.source) != 1 or len(right.source) != 1 for left, right in kept) or not kept:
        same_texts = not any(passage.differ_in(name) for name in passage.spec.fields_of_kind("texts"))
        return same_texts and passage.differ_in("source")
    return any(list(left.source) != list(right.source) for left, right in kept)


def _compare_finds(
    log: ChangeLog, passage: MatchedRecords, where: tuple[str, Sequence[str]], paired: IndexPairs
) -> None:
    """Compare the facts and activities of a passage whose paragraphs or notes are paired.

    Those of a text that is gone or new go with it, and are not told once more. `where`: the field of the texts, and
    those of the facts and of the activities.
    """
    texts, fields = where
    left_texts, right_texts = (side.value[texts] for side in (passage.left, passage.right))
    names = [(left, right, (left, left_texts[left] == right_texts[right])) for left, right in paired]
    left_names, right_names = {left: name for left, _, name in names}, {right: name for _, right, name in names}
    fact_pairs: dict[int, int] = {}
    for field in fields:
        lefts = _view_finds(passage.left, field, len(left_texts), left_names)
        rights = _view_finds(passage.right, field, len(right_texts), right_names)
        pairs = match_records(lefts, rights, keys_of_spec(passage.spec.children[field]))
        if field == fields[0]:
            fact_pairs = {_index_of(lefts[left]): _index_of(rights[right]) for left, right in pairs}
        counts = len(passage.left.value[fields[0]]), len(passage.right.value[fields[0]])
        for find in log.pair_records(passage, field, (lefts, rights), pairs, ordered=False):
            if _have_changed(find, counts, fact_pairs):
                log.write_record("changed", find)


def _view_finds(passage: RecordView, name: str, count: int, paragraph_names: _ParagraphNames) -> list[RecordView]:
    """View what was found in texts that are on both sides, or in one behind the last of `count`."""
    finds = [(view, view.value["paragraph"]) for view in passage.view_elements(name)]
    return [
        view.with_marks(holder=paragraph_names.get(paragraph, ("none", paragraph)))
        for view, paragraph in finds
        if paragraph in paragraph_names or not 0 <= paragraph < count
    ]


def _have_changed(find: MatchedRecords, counts: Sequence[int], fact_pairs: Mapping[int, int]) -> bool:
    """Tell whether a find says something else, or names other facts; `counts`: the facts on both sides."""
    named = [name for name in _NAMES_OF_FACTS if name in find.spec.references]
    if any(_have_other_facts(find, name, counts, fact_pairs) for name in named):
        return True
    return _strip_find(find, find.left) != _strip_find(find, find.right)


def _strip_find(pair: MatchedRecords, view: RecordView) -> dict[str, Any]:
    """Return what is found, less what follows from what else has changed."""
    holder = view.marks["holder"]
    steady = isinstance(holder, tuple) and holder[1] is True
    left_out = {*pair.spec.references, *(() if steady else _OFFSETS)}
    return {name: value for name, value in view.value.items() if name not in left_out}


def _index_of(view: RecordView) -> int:
    return int(last_part(view.pointer))


def _have_other_facts(find: MatchedRecords, name: str, counts: Sequence[int], right_of: Mapping[int, int]) -> bool:
    """Tell whether a field names other facts on both sides of a find, of those that are on both sides."""
    left_count, right_count = counts
    known = set(right_of.values())
    # What is no fact of its side has no counterpart, and is not another's.
    left = [
        right_of.get(fact, f"no {fact}")
        for fact in _list_named_facts(find.left.value[name])
        if fact in right_of or not 0 <= fact < left_count
    ]
    right = [
        fact if fact in known else f"no {fact}"
        for fact in _list_named_facts(find.right.value[name])
        if fact in known or not 0 <= fact < right_count
    ]
    return left != right


def _list_named_facts(value: int | Sequence[int] | None) -> Sequence[int]:
    return [] if value is None else [value] if isinstance(value, int) else value
