"""Related findings: which findings have to do with a change."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

from extractor.records.comparison import Change
from extractor.records.pointer import is_at_or_under, iterate_outwards, join_pointer, parent_pointer
from extractor.records.report import Finding

# A finding about something that holds the change has to do with it where it is about a row or a passage, and not about
# all of a programme: so many slashes has a pointer to one of those.
MIN_HOLDER_DEPTH = 6


class FindingIndex:
    """The findings of both sides, by what they point to."""

    def __init__(self, left: Sequence[Finding], right: Sequence[Finding]) -> None:
        self._left, self._right = _PointedFindings(left), _PointedFindings(right)

    def list_related(self, change: Change) -> tuple[Finding, ...]:
        """List the findings at, in or closely round a change.

        Those of the new reading come first, then those that are gone.
        """
        new = list(self._right.find_near(change.right_pointer))
        said = {(finding.code, finding.message) for finding in new}
        old = self._left.find_near(change.left_pointer)
        return (*new, *(finding for finding in old if (finding.code, finding.message) not in said))


class _PointedFindings:
    def __init__(self, findings: Sequence[Finding]) -> None:
        self._at: dict[str, list[Finding]] = defaultdict(list)
        for number, finding in enumerate(findings):
            self._at[finding.pointer].append(finding)
            self._at[join_pointer("/findings", number)].append(finding)
        self._pointers = sorted(self._at)

    def find_near(self, pointer: str | None) -> Iterator[Finding]:
        if not pointer:
            return
        yield from self._at.get(pointer, ())
        for inner in self._pointers[bisect_left(self._pointers, f"{pointer}/") :]:
            if not is_at_or_under(inner, pointer):
                break
            yield from self._at[inner]
        for outer in iterate_outwards(parent_pointer(pointer)):
            if outer.count("/") >= MIN_HOLDER_DEPTH:
                yield from self._at.get(outer, ())
