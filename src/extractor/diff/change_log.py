"""Journal: what has been found of two reports so far: which records are the same, and the changes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from extractor.diff.matching import Pairs
from extractor.diff.records import Item
from extractor.diff.reordering import in_order
from extractor.records.comparison import Change, ChangedRecord, ChangeKind, Labels


@dataclass(frozen=True, slots=True)
class Twins:
    """A record that is on both sides; `moved`: it stands in another order among its like, or in another chapter."""

    left: Item
    right: Item
    moved: bool = False

    def at(self, name: str) -> "Twins":
        """A field of both."""
        return Twins(self.left.at(name), self.right.at(name))

    def differ(self, name: str) -> bool:
        """Whether a field of the two differs."""
        return bool(self.left.value[name] != self.right.value[name])


@dataclass(slots=True)
class Journal:
    """The changes in their order, and where the left side's records are on the right.

    `same_document`: both sides were read from the same bytes. Only then do places say something: in another document
    everything stands elsewhere.
    """

    same_document: bool
    changes: list[Change] = field(default_factory=list)
    _right_of: dict[str, str | None] = field(default_factory=dict)
    _only_right: set[str] = field(default_factory=set)
    _elsewhere: set[str] = field(default_factory=set)

    def write(
        self,
        kind: ChangeKind,
        record: ChangedRecord,
        name: str | None,
        labels: Labels,
        left: Item | None,
        right: Item | None,
    ) -> None:
        """One change: of a record as a whole (`name` None), or of its field of this name."""
        if kind == "moved" and right is not None and name in {"source", "sources"}:
            self._elsewhere.add(right.pointer.removesuffix(f"/{name}"))
        self.changes.append(
            Change(
                kind=kind,
                record=record,
                field=name,
                labels=labels,
                left_pointer=None if left is None else left.pointer,
                right_pointer=None if right is None else right.pointer,
                before=None if left is None else left.value,
                after=None if right is None else right.value,
                before_source=_places(left),
                after_source=_places(right),
            )
        )

    def meet(
        self,
        record: ChangedRecord,
        lefts: Sequence[Item],
        rights: Sequence[Item],
        pairs: Pairs,
        naming: Callable[[Item], Labels],
        *,
        ordered: bool = True,
    ) -> "Iterator[tuple[Twins, Labels]]":
        """The records that are on both sides, in their order, each with its labels; the others are written.

        `ordered`: records in another order than the rest have moved.
        """
        for left, right, moved in in_order(lefts, rights, pairs, ordered=ordered):
            if left is None or right is None:
                self.write_alone(record, left, right, naming)
            else:
                self.know(left, right)
                yield Twins(left, right, moved), naming(right)

    def write_alone(
        self, record: ChangedRecord, left: Item | None, right: Item | None, naming: Callable[[Item], Labels]
    ) -> None:
        """A record that is on one side only."""
        item = left or right
        if item is not None:
            self.know(left, right)
            self.write("added" if left is None else "removed", record, None, naming(item), left, right)

    def write_field(self, record: ChangedRecord, name: str, labels: Labels, twins: Twins) -> None:
        """The field of both as changed, if it is."""
        if twins.differ(name):
            self.write("changed", record, name, labels, twins.left.at(name), twins.right.at(name))

    def write_name(self, record: ChangedRecord, name: str, labels: Labels, twins: Twins) -> None:
        """The name of both as another, if it is; where there was or is none, the field has changed."""
        if twins.differ(name):
            known = twins.left.value[name] is not None and twins.right.value[name] is not None
            self.write(
                "renamed" if known else "changed", record, name, labels, twins.left.at(name), twins.right.at(name)
            )

    def write_place(self, record: ChangedRecord, labels: Labels, twins: Twins) -> bool:
        """Whether the record's place is another; written as moved, unless it was for its order."""
        elsewhere = self.same_document and twins.differ("source")
        if twins.moved:
            if elsewhere:
                self._elsewhere.add(twins.right.pointer)
            self.write("moved", record, None, labels, twins.left, twins.right)
        elif elsewhere:
            self.write("moved", record, "source", labels, twins.left.at("source"), twins.right.at("source"))
        return elsewhere

    def know(self, left: Item | None, right: Item | None) -> None:
        """What is where on the two sides, for what points to it; None: it is not on that side."""
        if left is not None:
            self._right_of[left.pointer] = None if right is None else right.pointer
        elif right is not None:
            self._only_right.add(right.pointer)

    def joined(self) -> dict[str, str]:
        """Where what is on both sides is on the right, by where it is on the left."""
        return {left: right for left, right in self._right_of.items() if right is not None}

    def target(self, pointer: str, *, left: bool) -> str:
        """What a pointer of one side points to, as a name that is the same from the other side, if it is there too."""
        for known in _outwards(pointer):
            if left and known in self._right_of:
                right = self._right_of[known]
                return f"left {pointer}" if right is None else right + pointer[len(known) :]
            if not left and known in self._only_right:
                return f"right {pointer}"
        return pointer

    def stands_elsewhere(self, pointer: str) -> bool:
        """Whether it is told that what a pointer of the right side points to, or what holds it, stands elsewhere."""
        return any(known in self._elsewhere for known in _outwards(pointer))


def _places(item: Item | None) -> Any:
    return tuple(item.source) if item is not None else ()


def _outwards(pointer: str) -> Iterator[str]:
    """The pointer, that to what holds it, and so on."""
    while pointer:
        yield pointer
        pointer = pointer.rpartition("/")[0]
