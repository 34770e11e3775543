"""Change log: what has been found of two reports so far.

That is which records are the same, and the changes.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from extractor.diff.matching import IndexPairs
from extractor.diff.record_view import RecordView
from extractor.diff.reordering import interleave
from extractor.records.comparison import Change, ChangeKind, Labels
from extractor.records.labels import label_record
from extractor.records.pointer import iterate_outwards, parent_pointer
from extractor.records.spec import RecordSpec

# Labels a record of either side.
Labelling = Callable[[RecordView], Labels]


@dataclass(frozen=True, slots=True)
class MatchedRecords:
    """A record that is on both sides, and its labels.

    `holder_ids`: the ids of what holds it, from which its own begins. `moved`: it stands in another order among its
    like, or in another chapter.
    """

    spec: RecordSpec
    labels: Labels
    left: RecordView
    right: RecordView
    holder_ids: tuple[str, str] = ("", "")
    moved: bool = False

    @property
    def ids(self) -> tuple[str, str]:
        """The ids of both; "" where such records have none."""
        return str(self.left.value.get("id", "")), str(self.right.value.get("id", ""))

    def view_record(self, name: str) -> "MatchedRecords":
        """View a record that is a field of both."""
        spec = self.spec.children[name]
        labels = self.labels.model_copy(update={spec.label: name}) if spec.label else self.labels
        return MatchedRecords(spec, labels, self.left.view_field(name), self.right.view_field(name), self.ids)

    def differ_in(self, name: str) -> bool:
        """Tell whether a field of the two differs."""
        return bool(self.left.value[name] != self.right.value[name])


@dataclass(slots=True)
class ChangeLog:
    """The changes in their order, and where the left side's records are on the right.

    `same_document`: both sides were read from the same bytes. Only then do places say something: in another document
    everything stands elsewhere.
    """

    same_document: bool
    changes: list[Change] = field(default_factory=list)
    _right_of: dict[str, str | None] = field(default_factory=dict)
    _only_right: set[str] = field(default_factory=set)
    _elsewhere: set[str] = field(default_factory=set)

    def write_change(
        self,
        kind: ChangeKind,
        spec: RecordSpec,
        name: str | None,
        labels: Labels,
        left: RecordView | None,
        right: RecordView | None,
    ) -> None:
        """Write one change.

        Args:
            kind: What has happened.
            spec: The spec of the record.
            name: The field that differs; None: the record as a whole.
            labels: The labels of the record.
            left: The value before; None: there is none.
            right: The value after; None: there is none.
        """
        if kind == "moved" and right is not None and name in {"source", "sources"}:
            self._elsewhere.add(parent_pointer(right.pointer))
        self.changes.append(
            Change(
                kind=kind,
                record=spec.record,
                field=name,
                labels=labels,
                left_pointer=None if left is None else left.pointer,
                right_pointer=None if right is None else right.pointer,
                before=None if left is None else left.value,
                after=None if right is None else right.value,
                before_source=_source_of(left),
                after_source=_source_of(right),
            )
        )

    def write_record(self, kind: ChangeKind, pair: MatchedRecords) -> None:
        """Write that a record differs as a whole.

        Args:
            kind: What has happened.
            pair: The record.
        """
        self.write_change(kind, pair.spec, None, pair.labels, pair.left, pair.right)

    def write_field(self, pair: MatchedRecords, name: str, kind: ChangeKind = "changed") -> None:
        """Write that a field of a record differs.

        Args:
            pair: The record.
            name: The field.
            kind: What has happened.
        """
        left, right = pair.left.view_field(name), pair.right.view_field(name)
        self.write_change(kind, pair.spec, name, pair.labels, left, right)

    def write_one_sided(
        self, spec: RecordSpec, name: str | None, labels: Labels, left: RecordView | None, right: RecordView | None
    ) -> None:
        """Write that a record, or an element of the list `name`, is on one side only.

        Args:
            spec: The spec of the record.
            name: The list of texts whose element it is; None: it is a record.
            labels: The labels of the record.
            left: What is on the left; None: it is on the right.
            right: What is on the right; None: it is on the left.
        """
        self.note_counterparts(left, right)
        self.write_change("added" if left is None else "removed", spec, name, labels, left, right)

    def write_place(self, pair: MatchedRecords) -> bool:
        """Write that a record has moved, for its order or else for its place.

        Args:
            pair: The record.

        Returns:
            Whether its place in the same document is another.
        """
        places = pair.spec.fields_of_kind("place") if self.same_document else []
        elsewhere = "source" in places and pair.differ_in("source")
        if pair.moved:
            if elsewhere:
                self._elsewhere.add(pair.right.pointer)
            self.write_record("moved", pair)
        elif name := next((name for name in places if pair.differ_in(name)), None):
            self.write_field(pair, name, "moved")
        return elsewhere

    def pair_records(
        self,
        holder: MatchedRecords,
        name: str,
        views: tuple[Sequence[RecordView], Sequence[RecordView]],
        pairs: IndexPairs,
        labelling: Labelling | None = None,
        *,
        ordered: bool = True,
    ) -> Iterator[MatchedRecords]:
        """Iterate the records of a list that are on both sides.

        Those on one side only are written.

        Args:
            holder: What holds the list.
            name: The list.
            views: Its elements on the left and on the right.
            pairs: Which of them are the same.
            labelling: How they are labelled; None: by their spec.
            ordered: Whether records in another order than the rest have moved.

        Yields:
            The records, in the order of the right side.
        """
        spec = holder.spec.children[name]

        def label_view(view: RecordView) -> Labels:
            return labelling(view) if labelling else label_record(holder.labels, spec, view.value)

        for left, right, moved in interleave(*views, pairs, ordered=ordered):
            if left is not None and right is not None:
                self.note_counterparts(left, right)
                yield MatchedRecords(spec, label_view(right), left, right, holder.ids, moved)
            elif alone := left or right:
                self.write_one_sided(spec, None, label_view(alone), left, right)

    def note_counterparts(self, left: RecordView | None, right: RecordView | None) -> None:
        """Note that two values are the same one, for what points to it.

        Args:
            left: The value on the left; None: it is not there.
            right: The value on the right; None: it is not there.
        """
        if left is not None:
            self._right_of[left.pointer] = None if right is None else right.pointer
        elif right is not None:
            self._only_right.add(right.pointer)

    def list_counterparts(self) -> dict[str, str]:
        """List what is on both sides: the pointers on the right, by those on the left."""
        return {left: right for left, right in self._right_of.items() if right is not None}

    def name_target(self, pointer: str, *, left: bool) -> str:
        """Name what a pointer leads to.

        The name is the same from both sides if the thing is on both.

        Args:
            pointer: A pointer into one of the reports.
            left: Whether that is the left one.

        Returns:
            The pointer on the right side; with "left " or "right " before it, what is on that side only.
        """
        for known in iterate_outwards(pointer):
            if left and known in self._right_of:
                right = self._right_of[known]
                return f"left {pointer}" if right is None else right + pointer[len(known) :]
            if not left and known in self._only_right:
                return f"right {pointer}"
        return pointer

    def stands_elsewhere(self, pointer: str) -> bool:
        """Tell whether it is written that what a pointer of the right side leads to, or its holder, has moved."""
        return any(known in self._elsewhere for known in iterate_outwards(pointer))


def _source_of(view: RecordView | None) -> Any:
    return tuple(view.source) if view is not None else ()
