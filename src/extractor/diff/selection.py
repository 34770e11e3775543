"""Selection: which of the changes between two reports are to be taken.

It is asked by where the changes are.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from extractor.errors import CannotTake
from extractor.records.comparison import Change
from extractor.records.decisions import identify_change
from extractor.records.pointer import iterate_outwards
from extractor.records.spec import RecordSpec


class ChangeSelection:
    """The changes chosen among all.

    `right_of` is where what is on both sides is on the right.
    """

    def __init__(self, changes: Sequence[Change], chosen: Sequence[Change], right_of: Mapping[str, str]) -> None:
        self.right_of = right_of
        self.left_of = {right: left for left, right in right_of.items()}
        self._chosen = {identify_change(change) for change in chosen}
        self._left: dict[str | None, list[Change]] = defaultdict(list)
        self._right: dict[str | None, list[Change]] = defaultdict(list)
        self._left_under: dict[str, list[Change]] = defaultdict(list)
        self._right_under: dict[str, list[Change]] = defaultdict(list)
        for change in changes:
            self._left[change.left_pointer].append(change)
            self._right[change.right_pointer].append(change)
            for pointer in iterate_outwards(change.left_pointer):
                self._left_under[pointer].append(change)
            for pointer in iterate_outwards(change.right_pointer):
                self._right_under[pointer].append(change)

    def takes_added(self, right: str) -> bool:
        """Tell whether what is on the right alone is taken."""
        return any(change.kind == "added" and self._is_chosen(change) for change in self._right[right])

    def takes_removal(self, left: str) -> bool:
        """Tell whether it is taken that what is on the left alone is gone."""
        return any(change.kind == "removed" and self._is_chosen(change) for change in self._left[left])

    def takes_reordering(self, left: str) -> bool:
        """Tell whether it is taken that the record stands in another order."""
        return any(_is_reordering(change) and self._is_chosen(change) for change in self._left[left])

    def takes_value(self, left: str) -> bool:
        """Tell whether the value there is taken as it is on the right."""
        return any(self._is_chosen(change) and not _is_reordering(change) for change in self._left[left])

    def takes_place(self, left: str) -> bool:
        """Tell whether it is taken that the record stands elsewhere."""
        return self.takes_reordering(left) or self.takes_value(f"{left}/source")

    def take_fields(
        self, spec: RecordSpec, left: str, left_record: Mapping[str, Any], right_record: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Collect those fields of a record of both sides that are taken.

        With the name come its parts, and with a number the id that is made of it.

        Args:
            spec: The spec of the record.
            left: The pointer to it on the left.
            left_record: The record on the left.
            right_record: The record on the right.

        Returns:
            The fields, as they are on the right.
        """
        taken = {name for name in left_record if self.takes_value(f"{left}/{name}")}
        if spec.name in taken:
            taken |= set(spec.made_of_name)
        if taken & set(spec.id_made_of or ()):
            taken.add("id")
        return {name: right_record[name] for name in taken}

    def take_together(
        self, left: str, right: str, left_value: Any, right_value: Any, *, with_place: bool = False
    ) -> Any:
        """Take a value with all that differs in it, or not at all.

        Args:
            left: The pointer to it on the left.
            right: The pointer to it on the right.
            left_value: The value on the left.
            right_value: The value on the right.
            with_place: Where it stands is taken, if nothing else differs.

        Returns:
            One of the two values.

        Raises:
            CannotTake: Only some of what differs in it is chosen.
        """
        inside = {identify_change(change) for change in (*self._left_under[left], *self._right_under[right])}
        taken = inside & self._chosen
        if taken and taken != inside:
            raise CannotTake(f"the {len(inside)} changes at {right} can only be taken together")
        return right_value if taken or (with_place and not inside) else left_value

    def takes_move_around(self, right: str) -> bool:
        """Tell whether it is taken that what a pointer of the right side leads to, or its holder, stands elsewhere."""
        return any(
            change.kind == "moved" and self._is_chosen(change)
            for pointer in iterate_outwards(right)
            for name in ("", "/source", "/sources")
            for change in self._right[pointer + name]
        )

    def _is_chosen(self, change: Change) -> bool:
        return identify_change(change) in self._chosen


def _is_reordering(change: Change) -> bool:
    return change.kind == "moved" and change.field not in {"source", "sources"}
