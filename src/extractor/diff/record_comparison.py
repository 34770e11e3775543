"""Comparison of a record that is on both sides.

All its fields are compared, by their kinds in the record's spec.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from extractor.diff.change_log import ChangeLog, Labelling, MatchedRecords
from extractor.diff.matching import keys_of_spec, match_records
from extractor.diff.prose import compare_passage
from extractor.diff.record_view import RecordView, strip_places
from extractor.diff.similarity import make_similarity
from extractor.diff.texts import compare_texts
from extractor.grammar.vocabulary import load_vocabulary
from extractor.records.pointer import last_part
from extractor.records.report import Observation, Passage
from extractor.records.spec import FieldKind

# What a comparison knows of a record besides its fields and what therefore makes it another one.
_MARKS = ("target", "said")


def compare_record(log: ChangeLog, pair: MatchedRecords, *, holder_moved: bool = False) -> None:
    """Compare a record field by field.

    Args:
        log: Where the changes are written.
        pair: The record.
        holder_moved: It is written already that what holds the record stands elsewhere.
    """
    if pair.left.value == pair.right.value and not pair.moved and not pair.spec.references:
        return
    if holder_moved and pair.moved:
        log.write_record("moved", pair)
    elif not holder_moved:
        holder_moved = log.write_place(pair)
    for name, kind in pair.spec.fields.items():
        if kind in _COMPARE_ALWAYS or pair.differ_in(name):
            _COMPARERS[kind](log, pair, name, holder_moved)


def _compare_id(log: ChangeLog, pair: MatchedRecords, name: str, _holder_moved: bool) -> None:
    """Write the id, where it does not follow from the holder's, from the order or from a field that has changed."""
    left, right = (own.removeprefix(holder) for own, holder in zip(pair.ids, pair.holder_ids, strict=True))
    free = any(pair.differ_in(source) for source in pair.spec.id_made_of or ())
    if left != right and not free and last_part(pair.left.pointer) == last_part(pair.right.pointer):
        log.write_field(pair, name)


def _compare_reference(log: ChangeLog, pair: MatchedRecords, name: str, _holder_moved: bool) -> None:
    """Compare what a field refers to; an id that none has on a side says there what it says.

    That what it referred to is gone is told of that.
    """
    left, right = pair.left.marks, pair.right.marks
    known = left["has_target"] is True and right["has_target"] is True
    if left["target"] != right["target"] if known else pair.differ_in(name):
        log.write_field(pair, name)


def _compare_name(log: ChangeLog, pair: MatchedRecords, name: str, _holder_moved: bool) -> None:
    """Write the name as another; where there was or is none, the field has changed."""
    known = pair.left.value[name] is not None and pair.right.value[name] is not None
    log.write_field(pair, name, "renamed" if known else "changed")


def _compare_value(log: ChangeLog, pair: MatchedRecords, name: str, _holder_moved: bool) -> None:
    """Write a value, where it is not told with the name."""
    if name not in pair.spec.made_of_name or not pair.differ_in(str(pair.spec.name)):
        log.write_field(pair, name)


def _compare_inner_record(log: ChangeLog, pair: MatchedRecords, name: str, holder_moved: bool) -> None:
    inner = pair.view_record(name)
    compare = compare_passage if inner.spec.model is Passage else compare_record
    compare(log, inner, holder_moved=holder_moved)


def _compare_inner_records(log: ChangeLog, pair: MatchedRecords, name: str, holder_moved: bool) -> None:
    """Compare a list of records, but for programmes: they are compared over all chapters."""
    if not pair.spec.children[name].independent:
        compare_children(log, pair, name, holder_moved=holder_moved)


# How each kind of field is compared; places are written before all fields.
_COMPARERS: Mapping[FieldKind, Callable[[ChangeLog, MatchedRecords, str, bool], None]] = {
    "id": _compare_id,
    "name": _compare_name,
    "reference": _compare_reference,
    "value": _compare_value,
    "texts": lambda log, pair, name, _: compare_texts(log, pair, name),
    "record": _compare_inner_record,
    "records": _compare_inner_records,
    "place": lambda *_: None,
    "rendered": lambda *_: None,
}
# These may differ though their values do not.
_COMPARE_ALWAYS: frozenset[FieldKind] = frozenset({"id", "reference"})


def compare_children(
    log: ChangeLog,
    holder: MatchedRecords,
    name: str,
    views: tuple[Sequence[RecordView], Sequence[RecordView]] | None = None,
    labelling: Labelling | None = None,
    *,
    holder_moved: bool = False,
    ordered: bool = True,
) -> None:
    """Match the records of a list and compare them.

    Args:
        log: Where the changes are written.
        holder: The record that has the list.
        name: The list.
        views: Its elements on both sides, with their marks; None: they have none but those of their own fields.
        labelling: How the elements are labelled; None: by their spec.
        holder_moved: It is written already that the holder stands elsewhere.
        ordered: Whether the order of the list says anything.
    """
    spec = holder.spec.children[name]
    lefts, rights = views or (holder.left.view_elements(name), holder.right.view_elements(name))
    if spec.model is Observation:
        lefts, rights = _mark_goals(lefts), _mark_goals(rights)
    similarity = make_similarity(spec, lefts, rights, same_document=log.same_document)
    pairs = match_records(lefts, rights, keys_of_spec(spec), similarity)
    for pair in log.pair_records(holder, name, (lefts, rights), pairs, labelling, ordered=ordered):
        if spec.atomic:
            _compare_as_whole(log, pair, holder_moved=holder_moved)
        else:
            compare_record(log, pair, holder_moved=holder_moved)


def _compare_as_whole(log: ChangeLog, pair: MatchedRecords, *, holder_moved: bool) -> None:
    """Write all that differs in a record as one change."""
    left, right = pair.left, pair.right
    if left.marks.get("unmoved") is not None and left.marks["unmoved"] == right.marks["unmoved"]:
        # What was found at one place of one document is the same: that a file's pointer did not follow when its
        # records changed places is no change.
        return
    pointed = "pointer" in right.value and log.stands_elsewhere(right.value["pointer"])
    if _strip_record(pair, left) != _strip_record(pair, right):
        log.write_record("changed", pair)
    elif holder_moved and pair.moved:
        log.write_record("moved", pair)
    elif not holder_moved and not pointed:
        log.write_place(pair)


def _strip_record(pair: MatchedRecords, view: RecordView) -> tuple[Any, list[Any]]:
    """Return what a record says by itself, in its first words, and its marks."""
    left_out = {*pair.spec.references, *pair.spec.rendered}
    said = strip_places({name: value for name, value in view.value.items() if name not in left_out})
    return said, [view.marks.get(mark) for mark in _MARKS]


def _mark_goals(observations: Sequence[RecordView]) -> list[RecordView]:
    return [view.with_marks(goal=_find_goal_word(view.value)) for view in observations]


def _find_goal_word(observation: Mapping[str, Any]) -> str | None:
    """Find 目標, 計画 and the like, where the values are such ones."""
    words = (word for quantity in observation["quantities"] for word in quantity["qualifiers"])
    return next((word for word in words if word in load_vocabulary().columns.planned), None)
