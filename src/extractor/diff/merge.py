"""Merge: a report as it was accepted becomes one in which some of what differs is taken from another reading.

What was found says where it stands by its place in the file (a finding's pointer, a metric's id); it follows.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from pydantic import ValidationError

from extractor.diff.compare import SeriesOf, compare, journal_of, no_series
from extractor.diff.records import data_of
from extractor.diff.selection import CannotTake, Choice
from extractor.records.comparison import Change
from extractor.records.report import Report

__all__ = ["CannotTake", "merged"]

_Data = dict[str, Any]
# Makes a record of both sides' at a pointer of the new report: pointers left and right, values left and right.
_Make = Callable[[str, str, _Data, _Data, str], _Data]


def merged(
    left: Report,
    right: Report,
    changes: Sequence[Change],
    chosen: Sequence[Change],
    series_of: SeriesOf = no_series,
) -> Report:
    """The left report with the changes `chosen` out of all `changes` to the right one, compared by `series_of`.

    Raises CannotTake where they cannot be taken without others.
    """
    if len(chosen) == len(changes):
        return right
    if not chosen:
        return left
    _refuse_foundations(changes)
    choice = Choice(changes, chosen, journal_of(left, right, series_of).joined())
    data = _Merge(data_of(left), data_of(right), choice).report()
    try:
        result = Report.model_validate(data)
    except ValidationError as error:
        raise CannotTake(f"what would come of it is no report: {error.errors()[0]['msg']}") from None
    others = _told(changes) - _told(chosen)
    there, on = compare(left, result, series_of), compare(result, right, series_of)
    if _told(there.changes) != _told(chosen) or _told(on.changes) != others:
        raise CannotTake("other changes follow from these: take them together, or the report whole")
    if _repeated(result) > max(_repeated(left), _repeated(right)):
        raise CannotTake("two programmes would have the same id: take their changes together")
    return result


def _refuse_foundations(changes: Sequence[Change]) -> None:
    for one in changes:
        if one.record == "report" or (one.record == "policy" and one.field in {None, "id", "number"}):
            what = one.record if one.field is None else f"{one.record} {one.field}"
            raise CannotTake(f"the {what} differs, on which all else rests: the report is taken whole or not at all")


def _repeated(report: Report) -> int:
    """How many programmes have an id that another has too."""
    ids = [one.id for chapter in report.policies for one in chapter.programmes]
    return len(ids) - len(set(ids))


def _told(changes: Sequence[Change]) -> Counter[tuple[str, str, str | None]]:
    return Counter((one.kind, one.record, one.field) for one in changes)


class _Merge:
    """Two reports that are walked together."""

    def __init__(self, left: _Data, right: _Data, choice: Choice) -> None:
        self._left, self._right, self._choice = left, right, choice
        # Where what was on either side is in the new report.
        self._places: tuple[dict[str, str], dict[str, str]] = ({}, {})

    def report(self) -> _Data:
        """The new report."""
        data = dict(self._left)
        data["policies"] = self._list("/policies", "/policies", self._policy, "/policies")
        data["case_studies"] = self._list("/case_studies", "/case_studies", self._case, "/case_studies")
        for name in ("findings", "unplaced", "corrections"):
            data[name] = self._list(f"/{name}", f"/{name}", self._whole, f"/{name}")
        for name in ("findings", "corrections"):
            self._point(data, name)
        return data

    def _list(self, left: str, right: str, make: _Make, target: str) -> list[_Data]:
        """A list of records: those kept, made of both sides, and those taken, each behind what it stands behind."""
        made = []
        for index, (one, other) in enumerate(self._order(left, right)):
            here = f"{target}/{index}"
            for pointer, known in zip((one, other), self._places, strict=True):
                if pointer is not None:
                    known[pointer] = here
            if one is None or other is None:
                value = _at(self._left, one) if one is not None else _at(self._right, other or "")
            else:
                value = make(one, other, _at(self._left, one), _at(self._right, other), here)
            made.append(value)
        return made

    def _order(self, left: str, right: str) -> list[tuple[str | None, str | None]]:
        choice = self._choice
        lefts = [f"{left}/{index}" for index in range(len(_at(self._left, left)))]
        order: list[tuple[str | None, str | None]] = [
            (one, choice.joined.get(one))
            for one in lefts
            if not choice.takes_removal(one) and not choice.takes_move(one)
        ]
        behind = -1
        for index in range(len(_at(self._right, right))):
            other = f"{right}/{index}"
            twin = choice.twin_of.get(other)
            present = next((at for at, pair in enumerate(order) if pair[1] == other), None)
            if present is not None:
                behind = present
            elif choice.takes_added(other) or (twin is not None and choice.takes_move(twin)):
                behind += 1
                order.insert(behind, (twin, other))
        return order

    def _policy(self, left: str, right: str, mine: _Data, other: _Data, here: str) -> _Data:
        made = {**mine, **self._choice.fields(left, mine, other)}
        made["overview"] = self._unit(left, right, mine, other, "overview")
        for name, make in (("initiatives", self._initiative), ("programmes", self._programme)):
            made[name] = self._list(f"{left}/{name}", f"{right}/{name}", make, f"{here}/{name}")
        return made

    def _initiative(self, left: str, right: str, mine: _Data, other: _Data, here: str) -> _Data:
        del here
        paragraphs = self._unit(left, right, mine, other, "paragraphs")
        return {**mine, **self._choice.fields(left, mine, other), "paragraphs": paragraphs}

    def _programme(self, left: str, right: str, mine: _Data, other: _Data, here: str) -> _Data:
        place = self._place(left)
        made = {**mine, **self._choice.fields(left, mine, other)}
        made |= {name: other[name] for name in ("source", "sources") if place}
        for name in ("listed_offices", "offices"):
            made[name] = self._unit(left, right, mine, other, name)
        for name in ("overview", "results"):
            made[name] = self._choice.unit(f"{left}/{name}", f"{right}/{name}", mine[name], other[name], place=place)

        def metric(left: str, right: str, mine: _Data, other: _Data, here: str) -> _Data:
            return self._metric(left, right, mine, other, here, place=place)

        made["metrics"] = self._list(f"{left}/metrics", f"{right}/metrics", metric, f"{here}/metrics")
        if [one["id"] for one in made["metrics"]] != [one["id"] for one in mine["metrics"]] or made["id"] != mine["id"]:
            numbered = enumerate(made["metrics"], start=1)
            made["metrics"] = [one | {"id": f"{made['id']}-m{number}"} for number, one in numbered]
        return made

    def _metric(self, left: str, right: str, mine: _Data, other: _Data, here: str, *, place: bool) -> _Data:
        place = place or self._place(left)
        made = {**mine, **self._choice.fields(left, mine, other)}
        made["source"] = other["source"] if place else mine["source"]

        def observation(left: str, right: str, mine: _Data, other: _Data, here: str) -> _Data:
            del right, here
            moved = place or self._place(left)
            return other if self._choice.takes(left) else mine | {"source": other["source"]} if moved else mine

        made["observations"] = self._list(
            f"{left}/observations", f"{right}/observations", observation, f"{here}/observations"
        )
        return made

    def _case(self, left: str, right: str, mine: _Data, other: _Data, here: str) -> _Data:
        made = {**mine, **self._choice.fields(left, mine, other)}
        made["source"] = other["source"] if self._place(left) else mine["source"]
        made["figures"] = self._unit(left, right, mine, other, "figures")
        made["subjects"] = self._list(f"{left}/subjects", f"{right}/subjects", self._subject, f"{here}/subjects")
        return made

    def _subject(self, left: str, right: str, mine: _Data, other: _Data, here: str) -> _Data:
        del here
        made = {**mine, **self._choice.fields(left, mine, other)}
        return made | {name: self._unit(left, right, mine, other, name) for name in ("profile", "story")}

    def _whole(self, left: str, right: str, mine: _Data, other: _Data, here: str) -> _Data:
        """A record without parts: a finding, a text that no record holds."""
        del here
        if self._choice.takes(left):
            return other
        moved = self._place(left) or self._choice.moved_with(other.get("pointer", right))
        return mine | {"source": other["source"]} if moved else mine

    def _unit(self, left: str, right: str, mine: _Data, other: _Data, name: str) -> Any:
        return self._choice.unit(f"{left}/{name}", f"{right}/{name}", mine[name], other[name])

    def _place(self, left: str) -> bool:
        """Whether it is taken that a record stands elsewhere."""
        return self._choice.takes_move(left) or self._choice.takes(f"{left}/source")

    def _point(self, data: _Data, name: str) -> None:
        """Let findings or corrections point to where things are in the new report."""
        pointing = []
        back = {here: pointer for pointer, here in self._places[0].items()}
        for index, one in enumerate(data[name]):
            before = back.get(f"/{name}/{index}")
            taken = before is None or self._choice.takes(before)
            known, origin = (self._places[1], self._right) if taken else (self._places[0], self._left)
            pointing.append(one | {"pointer": _follow(one["pointer"], known, origin, data)})
        data[name] = pointing


def _at(data: Any, pointer: str) -> Any:
    for part in pointer.split("/")[1:]:
        data = data[int(part)] if isinstance(data, list) else data[part]
    return data


def _leads(data: Any, pointer: str) -> bool:
    try:
        _at(data, pointer)
    except (KeyError, IndexError, ValueError, TypeError):
        return False
    return True


def _follow(pointer: str, known: dict[str, str], origin: _Data, data: _Data) -> str:
    """A pointer into `origin` as one into the new report; CannotTake where what it points to is not in it."""
    rest, inner = "", pointer
    while inner and inner not in known:
        inner, _, part = inner.rpartition("/")
        rest = f"/{part}{rest}"
    found = known.get(inner, "") + rest
    if _leads(origin, pointer) and not _leads(data, found):
        raise CannotTake(f"a finding or correction points to {pointer}, which is not taken")
    return found
