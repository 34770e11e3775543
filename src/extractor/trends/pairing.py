"""Pair: which programmes of two reports are one, by the best assignment over all that could be."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from extractor.records.messages import Message, make_message
from extractor.trends.assignment import assign
from extractor.trends.evidence import ENOUGH, SURE, TELLING, Evidence, Verdict
from extractor.trends.features import Traits

# What more than so many programmes of a report have finds no candidates; of those found, so many a programme are
# weighed: the time grows with the number of programmes and not with its square.
COMMON, CANDIDATES = 20, 12
# A second candidate that is so near makes a pair doubtful, and so does one that would do as well crosswise.
NEAR = 0.15
# Weights of whole numbers: sums of them are exact.
UNIT = 10_000
# Above all weights of others: a name that is one programme's alone in both reports, or a series that is known.
FIRST = 1_000_000


@dataclass(frozen=True, slots=True)
class Pair:
    """A programme in both reports, by its index on each side."""

    left: int
    right: int
    verdict: Verdict
    known: bool
    doubts: tuple[Message, ...]


@dataclass(slots=True)
class Paired:
    """What was found: pairs by the right side's order, what is left over, and what was weighed for them."""

    pairs: list[Pair]
    lefts: list[int]
    rights: list[int]
    verdicts: dict[tuple[int, int], Verdict] = field(default_factory=dict)
    # Of what is left over, what is nearly as like as what was paired: by side and index, that which it is like.
    rivals: dict[tuple[int, int], tuple[float, int]] = field(default_factory=dict)


def pair(evidence: Evidence, lefts: Mapping[int, str], rights: Mapping[int, str]) -> Paired:
    """The pairs of two reports' programmes. `lefts` and `rights` are the series of those of which a person has
    accepted one: two of one series are a pair, and two of different series are none."""
    verdicts = {(left, right): evidence.pair(left, right) for left, right in _candidates(evidence, lefts, rights)}
    accepted = {pair: lefts[pair[0]] == rights[pair[1]] for pair in verdicts if pair[0] in lefts and pair[1] in rights}
    weights = {
        pair: FIRST if accepted.get(pair) else FIRST // 2 if one.same_name and not _bare(one) else _weight(one)
        for pair, one in verdicts.items()
        if accepted.get(pair, True)
    }
    home = assign(weights)
    taken = set(home.values())
    pairs = []
    rivals: dict[tuple[int, int], tuple[float, int]] = {}
    for left, right in home.items():
        known = accepted.get((left, right), False)
        own = [] if known or verdicts[left, right].same_name else _rivals(verdicts, home, left)
        doubts = () if known else _doubts(evidence, verdicts, own, (left, right))
        pairs.append(Pair(left, right, verdicts[left, right], known, doubts))
        for score, (row, column) in own:
            here, other = ((1, column), row) if row == left else ((0, row), column)
            free = row not in home if row != left else column not in taken
            if free and accepted.get((row, column), True):
                rivals[here] = max(rivals.get(here, (0.0, 0)), (score, other))
    return Paired(
        sorted(pairs, key=lambda one: one.right),
        [left for left in range(len(evidence.lefts)) if left not in home],
        [right for right in range(len(evidence.rights)) if right not in taken],
        {pair: one for pair, one in verdicts.items() if accepted.get(pair, True)},
        rivals,
    )


def _bare(verdict: Verdict) -> bool:
    """Whether a name is all that is alike, though more is told of both: another programme may have taken the name."""
    return bool(verdict.kinds.keys() & {"prose", "metrics", "figures"}) and verdict.beside_name < TELLING


def _weight(verdict: Verdict) -> int:
    return round((verdict.score - ENOUGH) * UNIT) + 1 if verdict.score >= ENOUGH else 0


def _candidates(evidence: Evidence, lefts: Mapping[int, str], rights: Mapping[int, str]) -> set[tuple[int, int]]:
    """The pairs that are weighed: those that share the most of what few programmes have."""
    where: dict[Hashable, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, programmes in enumerate((evidence.lefts, evidence.rights)):
        for index, one in enumerate(programmes):
            for feature in set(_features(one)):
                where[feature][side].append(index)
    shared: Counter[tuple[int, int]] = Counter()
    for having, likewise in where.values():
        if having and likewise and max(len(having), len(likewise)) <= COMMON:
            # Whole numbers: the order in which a set gives its elements must not matter.
            worth = 840 // max(len(having), len(likewise))
            for left in having:
                for right in likewise:
                    shared[left, right] += worth
    home = {series: right for right, series in rights.items()}
    found = {(left, home[series]) for left, series in lefts.items() if series in home}
    for side in (0, 1):
        best: dict[int, list[tuple[int, tuple[int, int]]]] = defaultdict(list)
        for both, worth in shared.items():
            best[both[side]].append((-worth, both))
        for candidates in best.values():
            found.update(both for _, both in sorted(candidates)[:CANDIDATES])
    return found


def _features(one: Traits) -> Iterator[Hashable]:
    if one.name:
        yield ("name", one.name)
    yield from (("letters", one.bare[at : at + 2]) for at in range(len(one.bare) - 1))
    yield from (("phrase", phrase) for phrase in one.phrases)
    yield from (("label", label) for label in one.labels)
    yield from (("amount", amount) for amount in one.amounts)


def _doubts(
    evidence: Evidence,
    verdicts: Mapping[tuple[int, int], Verdict],
    rivals: Sequence[tuple[float, tuple[int, int]]],
    here: tuple[int, int],
) -> tuple[Message, ...]:
    """Why a pair may be another: half sentences."""
    own = verdicts[here]
    if own.same_name:
        return (make_message("continuity.bare"),) if _bare(own) else ()
    doubts = []
    if any(verdict.same_name for (row, column), verdict in verdicts.items() if row == here[0] or column == here[1]):
        doubts.append(make_message("continuity.taken"))
    if own.score < SURE:
        doubts.append(make_message("continuity.least", score=own.score))
    named = [
        (-score, (evidence.rights[right] if left == here[0] else evidence.lefts[left]).at.name or "")
        for score, (left, right) in rivals
    ]
    doubts += [make_message("continuity.rival", name=name, score=-score) for score, name in sorted(named)[:1]]
    return tuple(doubts)


def _rivals(
    verdicts: Mapping[tuple[int, int], Verdict], home: Mapping[int, int], left: int
) -> list[tuple[float, tuple[int, int]]]:
    """Pairs of one programme of a pair with another that are nearly as likely, with their scores."""
    right = home[left]
    own = verdicts[left, right]
    holder = {column: row for row, column in home.items()}
    found = []
    for (row, column), verdict in verdicts.items():
        if (row == left) == (column == right) or verdict.score < ENOUGH:
            continue
        # The rival's own pair is lost if it is taken away; what it would get instead is gained.
        if row == left:
            other = holder.get(column)
            loss = 0.0 if other is None else verdicts[other, column].score - _score(verdicts, other, right)
        else:
            other = home.get(row)
            loss = 0.0 if other is None else verdicts[row, other].score - _score(verdicts, left, other)
        if own.score - verdict.score + loss < NEAR:
            found.append((verdict.score, (row, column)))
    return found


def _score(verdicts: Mapping[tuple[int, int], Verdict], left: int, right: int) -> float:
    verdict = verdicts.get((left, right))
    return verdict.score if verdict and verdict.score >= ENOUGH else 0.0


def nearest(paired: Paired, side: Sequence[int], *, left: bool) -> dict[int, tuple[float, int]]:
    """For programmes that are left over, the best that each comes to with one that is left over on the other side."""
    free = set(paired.rights if left else paired.lefts)
    found: dict[int, tuple[float, int]] = {}
    for both, verdict in paired.verdicts.items():
        own, other = both if left else both[::-1]
        if own in side and other in free and (verdict.score, -other) > found.get(own, (0.0, 0)):
            found[own] = (verdict.score, other)
    return found
