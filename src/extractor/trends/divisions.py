"""Divisions: reorganisations, seen where programmes that go on have another division in charge.

In: two reports that follow on each other, and the ties of their programmes. Out: what became of each division.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import product

from extractor.grammar.normalize import comparison_key
from extractor.records.messages import make_message
from extractor.records.report import Office, Report
from extractor.records.trends import DivisionChange, DivisionKind, Link
from extractor.trends.programmes import iterate_programmes
from extractor.trends.transition import ProgrammeTie

# From a division to another: both folded to their comparison keys.
_Way = tuple[str, str]


def find_division_changes(before: Report, after: Report, ties: Sequence[ProgrammeTie]) -> list[DivisionChange]:
    """Find what became of divisions.

    Args:
        before: The earlier report.
        after: The later one.
        ties: The programmes that go on; only those that certainly do are looked at.

    Returns:
        The changes, those that most programmes show first.
    """
    earlier, later = _find_division_names(before), _find_division_names(after)
    names = later | earlier
    moves = _find_moves([tie for tie in ties if tie.sure])
    kept = {way[0] for way in moves if way[0] == way[1]}
    ways = {way: seen for way, seen in moves.items() if way[0] != way[1]}
    gone, come = earlier.keys() - later.keys(), later.keys() - earlier.keys()
    changes = []
    for way, seen in sorted(ways.items(), key=lambda one: (-len(one[1]), one[0])):
        kind = "moved" if way[1] in kept else _classify_change(way, ways, gone, come)
        links = tuple(Link(before=tie.left.at, after=tie.right.at) for tie in seen)
        changes.append(_build_change(kind, (names[way[0]], names[way[1]]), links, (before, after)))
    return changes


def _find_division_names(report: Report) -> dict[str, str]:
    """Find all divisions of a report: as first printed, by what they are folded to."""
    names: dict[str, str] = {}
    for _, _, programme in iterate_programmes(report):
        for office in (*programme.offices, *programme.listed_offices):
            names.setdefault(comparison_key(office.division), office.division)
    return names


def _find_moves(ties: Sequence[ProgrammeTie]) -> dict[_Way, list[ProgrammeTie]]:
    """Find which programmes went from which division to which, or (to itself) were kept by one.

    Of a programme with several other divisions on either side, those ways are taken that programmes with one each have
    shown.
    """
    moves: dict[_Way, list[ProgrammeTie]] = defaultdict(list)
    several = []
    for tie in ties:
        left, right = _find_divisions_in_charge(tie)
        for division in left & right:
            moves[division, division].append(tie)
        ways = sorted(product(left - right, right - left))
        if len(ways) == 1:
            moves[ways[0]].append(tie)
        else:
            several.append((tie, ways))
    for tie, ways in several:
        for way in ways:
            if way in moves:
                moves[way].append(tie)
    return moves


def _find_divisions_in_charge(tie: ProgrammeTie) -> tuple[frozenset[str], frozenset[str]]:
    """Find the divisions on both sides: of the blocks, or of the lists where a block has none; or none of either."""
    left, right = tie.left.programme, tie.right.programme
    for one, other in ((left.offices, right.offices), (left.listed_offices, right.listed_offices)):
        if one and other:
            return _fold_divisions(one), _fold_divisions(other)
    return frozenset(), frozenset()


def _fold_divisions(offices: Sequence[Office]) -> frozenset[str]:
    return frozenset(comparison_key(office.division) for office in offices)


def _classify_change(
    way: _Way, ways: Mapping[_Way, list[ProgrammeTie]], gone: set[str], come: set[str]
) -> DivisionKind:
    """Tell what a way is by the other ways from its first division and to its second one."""
    before, after = way
    if before not in gone:
        return "moved"
    if sum(start == before for start, _ in ways) > 1:
        return "split"
    if after not in come:
        return "moved"
    starts = [start for start, end in ways if end == after]
    return "merged" if len(starts) > 1 and gone.issuperset(starts) else "renamed"


def _build_change(
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
