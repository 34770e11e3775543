"""Divisions: reorganisations, seen where programmes that go on have another division in charge."""

from collections import defaultdict
from collections.abc import Sequence

from extractor.grammar.normalize import key
from extractor.records.messages import make_message
from extractor.records.report import Office, Programme, Report
from extractor.records.trends import DivisionChange, DivisionKind, Link
from extractor.trends.transition import Tie

# From a division to another: both as folded.
_Way = tuple[str, str]


def division_changes(before: Report, after: Report, ties: Sequence[Tie]) -> list[DivisionChange]:
    """What became of divisions, in the order of the programmes that show it; those with the most programmes first."""
    names = _names(after) | _names(before)
    ways = _ways([tie for tie in ties if tie.sure])
    gone = _names(before).keys() - _names(after).keys()
    come = _names(after).keys() - _names(before).keys()
    stays = _stays([tie for tie in ties if tie.sure])
    changes = []
    for way, seen in sorted(ways.items(), key=lambda one: (-len(one[1]), one[0])):
        kind = _kind(way, ways, gone, come, stays)
        links = tuple(Link(before=tie.left.at, after=tie.right.at) for tie in seen)
        changes.append(_change(kind, (names[way[0]], names[way[1]]), links, (before, after)))
    return changes


def _names(report: Report) -> dict[str, str]:
    """All divisions of a report as printed, by what they are folded to."""
    programmes = [one for policy in report.policies for one in policy.programmes]
    found = [office.division for one in programmes for office in (*one.offices, *one.listed_offices)]
    return {key(division): division for division in reversed(found)}


def _ways(ties: Sequence[Tie]) -> dict[_Way, list[Tie]]:
    """Which programmes went from which division to which. Of one with several on either side that are others, those
    ways are taken that programmes with one each have shown."""
    ways: dict[_Way, list[Tie]] = defaultdict(list)
    several = []
    for tie in ties:
        left, right = _in_charge(tie.left.programme, tie.right.programme)
        one, other = left - right, right - left
        if len(one) == len(other) == 1:
            ways[min(one), min(other)].append(tie)
        elif one and other:
            several.append((tie, one, other))
    for tie, one, other in several:
        shown = [(a, b) for a in sorted(one) for b in sorted(other) if (a, b) in ways]
        for way in shown:
            ways[way].append(tie)
    return ways


def _in_charge(left: Programme, right: Programme) -> tuple[frozenset[str], frozenset[str]]:
    """The divisions of both sides, from the blocks, or from the lists where a block has none."""
    blocks = bool(left.offices and right.offices)
    one, other = (left.offices, right.offices) if blocks else (left.listed_offices, right.listed_offices)
    return (_folded(one), _folded(other)) if one and other else (frozenset(), frozenset())


def _folded(offices: tuple[Office, ...]) -> frozenset[str]:
    return frozenset(key(office.division) for office in offices)


def _stays(ties: Sequence[Tie]) -> set[str]:
    """Divisions that have kept a programme."""
    found: set[str] = set()
    for tie in ties:
        left, right = _in_charge(tie.left.programme, tie.right.programme)
        found |= left & right
    return found


def _kind(way: _Way, ways: dict[_Way, list[Tie]], gone: set[str], come: set[str], stays: set[str]) -> DivisionKind:
    before, after = way
    ends = [one for one in ways if one[0] == before]
    starts = [one for one in ways if one[1] == after]
    if before not in gone or before in stays or after in stays:
        return "moved"
    if len(ends) > 1:
        return "split"
    if after not in come:
        return "moved"
    return "merged" if len(starts) > 1 and all(one[0] in gone for one in starts) else "renamed"


def _change(
    kind: DivisionKind, names: tuple[str, str], links: tuple[Link, ...], reports: tuple[Report, Report]
) -> DivisionChange:
    before, after = names
    from_year, to_year = (report.report.fiscal_year for report in reports)
    reason = make_message(f"division.{kind}", before=before, after=after, count=len(links))
    return DivisionChange(
        kind=kind,
        before=before,
        after=after,
        from_year=from_year,
        to_year=to_year,
        programmes=links,
        reason=str(reason),
        doubtful=kind == "renamed" and len(links) == 1,
        reason_ja=reason.render("ja"),
    )
