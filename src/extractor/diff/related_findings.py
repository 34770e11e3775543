"""Touching: which findings have to do with a change."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from extractor.records.comparison import Change
from extractor.records.report import Finding

# A finding about something that holds the change touches it where it is about a row or a passage, and not about all of
# a programme: so many parts has a pointer to one of those.
DEEPER_THAN_PROGRAMME = 6


class Touching:
    """The findings of both sides, by what they point to."""

    def __init__(self, left: Sequence[Finding], right: Sequence[Finding]) -> None:
        self._sides = (_Pointed(left), _Pointed(right))

    def of(self, change: Change) -> tuple[Finding, ...]:
        """The findings at, in or closely round what has changed: those of the new reading, then those that are gone."""
        new = self._sides[1].near(change.right_pointer)
        old = self._sides[0].near(change.left_pointer)
        said = {(one.code, one.message) for one in new}
        return (*new, *(one for one in old if (one.code, one.message) not in said))


class _Pointed:
    def __init__(self, findings: Sequence[Finding]) -> None:
        self._at: dict[str, list[Finding]] = defaultdict(list)
        for number, one in enumerate(findings):
            self._at[one.pointer].append(one)
            self._at[f"/findings/{number}"].append(one)
        self._pointers = sorted(self._at)

    def near(self, pointer: str | None) -> list[Finding]:
        if not pointer:
            return []
        found = list(self._at.get(pointer, ()))
        start = bisect_left(self._pointers, f"{pointer}/")
        for inner in self._pointers[start:]:
            if not inner.startswith(f"{pointer}/"):
                break
            found += self._at[inner]
        outer = pointer.rpartition("/")[0]
        while outer.count("/") >= DEEPER_THAN_PROGRAMME:
            found += self._at.get(outer, ())
            outer = outer.rpartition("/")[0]
        return found
