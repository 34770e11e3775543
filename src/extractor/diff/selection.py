"""Choice: which of the changes between two reports are to be taken, asked by where they are."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from extractor.records.comparison import Change
from extractor.records.decisions import identity

# What else of a record comes with one of its fields: parts of the name, and what is made of a number.
_WITH = {"name": ("label", "note"), "number": ("id",)}


class CannotTake(Exception):  # noqa: N818 - it is the choice that is at fault
    """Some changes cannot be taken without others; the message says which, on one line."""


class Choice:
    """The changes chosen among all; `joined` is where what is on both sides is on the right."""

    def __init__(self, changes: Sequence[Change], chosen: Sequence[Change], joined: dict[str, str]) -> None:
        self.joined = joined
        self.twin_of = {right: left for left, right in joined.items()}
        self._chosen = {identity(one) for one in chosen}
        self._left: dict[str, list[Change]] = defaultdict(list)
        self._right: dict[str, list[Change]] = defaultdict(list)
        self._under: dict[str, list[Change]] = defaultdict(list)
        for one in changes:
            if one.left_pointer is not None:
                self._left[one.left_pointer].append(one)
            if one.right_pointer is not None:
                self._right[one.right_pointer].append(one)
            for pointer in {*_outwards(one.left_pointer, "left"), *_outwards(one.right_pointer, "right")}:
                self._under[pointer].append(one)

    def takes_added(self, right: str) -> bool:
        """Whether what is on the right alone is taken."""
        return any(one.kind == "added" and identity(one) in self._chosen for one in self._right[right])

    def takes_removal(self, left: str) -> bool:
        """Whether it is taken that what is on the left alone is gone."""
        return any(one.kind == "removed" and identity(one) in self._chosen for one in self._left[left])

    def takes_move(self, left: str) -> bool:
        """Whether it is taken that the record stands in another order."""
        return any(self._moves(one) and identity(one) in self._chosen for one in self._left[left])

    def takes(self, left: str) -> bool:
        """Whether the value there is taken as it is on the right."""
        return any(identity(one) in self._chosen and not self._moves(one) for one in self._left[left])

    def fields(self, left: str, mine: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
        """Of a record of the left side, those fields that are taken from the right."""
        taken = [name for name in mine if self.takes(f"{left}/{name}")]
        together = [also for name in taken for also in _WITH.get(name, ()) if also in mine]
        return {name: other[name] for name in (*taken, *together)}

    def unit(self, left: str, right: str, mine: Any, other: Any, *, place: bool = False) -> Any:
        """A value that is taken with all that differs in it, or not at all; CannotTake where only some is chosen.

        `place`: where it stands is taken, if nothing else differs.
        """
        inside = {identity(one) for one in (*self._under[f"left{left}"], *self._under[f"right{right}"])}
        taken = inside & self._chosen
        if inside and taken != inside and taken:
            raise CannotTake(f"the {len(inside)} changes at {right} can only be taken together")
        return other if taken or (place and not inside) else mine

    def moved_with(self, right: str) -> bool:
        """Whether a record is taken from where it stands on the right with what points into it."""
        around = [pointer.removeprefix("right") for pointer in _outwards(right, "right")]
        return any(
            one.kind == "moved" and identity(one) in self._chosen
            for pointer in around
            for name in ("", "/source", "/sources")
            for one in self._right[pointer + name]
        )

    @staticmethod
    def _moves(change: Change) -> bool:
        return change.kind == "moved" and change.field not in {"source", "sources"}


def _outwards(pointer: str | None, side: str) -> Iterator[str]:
    while pointer:
        yield side + pointer
        pointer = pointer.rpartition("/")[0]
