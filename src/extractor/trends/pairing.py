"""Pairing: which programmes of two reports are one, by the best assignment over all that could be."""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from operator import itemgetter

from extractor.records.messages import Message, make_message
from extractor.records.trends import ProgrammeAt
from extractor.trends.assignment import assign_columns
from extractor.trends.evidence import ENOUGH, SURE, PairEvidence, ReportEvidence
from extractor.trends.features import ProgrammeFeatures

# A feature of more than COMMON programmes of a report finds no candidates; of each programme the CANDIDATES that share
# most are weighed: the time grows with the number of programmes and not with its square.
COMMON, CANDIDATES = 20, 12
# Divided by how many programmes have a feature, it gives whole numbers for most counts up to COMMON.
SHARED = 840
# Score, 0 to 1: a second candidate that is so near makes a pair doubtful, and so does one that would do crosswise.
NEAR = 0.15
# Of programmes of one name, those are told apart of which what is alike beside the name leaves no more than this share
# of the doubt that it leaves of the others.
APART = 0.7
# Scores times UNIT are whole numbers: sums of them are exact.
UNIT = 10_000
# Above all weights of others: a series that is known, or (half of it) a name that is one programme's alone in both.
FIRST = 1_000_000

# A pair of programmes by their indices: of the earlier report and of the later one.
_Indices = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ProgrammePair:
    """A programme in both reports, by its index on each side.

    `known`: a person has accepted both as one series. `doubts`: why it may be another; `rival`: the nearest other one.
    """

    left: int
    right: int
    verdict: PairEvidence
    known: bool
    doubts: tuple[Message, ...]
    rival: ProgrammeAt | None


@dataclass(frozen=True, slots=True)
class ProgrammePairing:
    """The programmes of two reports as they are paired.

    `pairs`: by the right side's order. `lefts`, `rights`: indices of those that are left over. `verdicts`: of all pairs
    that were weighed and may be. `rivals`: for what is left over, by side (0, 1) and index, the score and the index of
    what it is nearly as like as that one's own partner is.
    """

    pairs: list[ProgrammePair]
    lefts: list[int]
    rights: list[int]
    verdicts: dict[_Indices, PairEvidence]
    rivals: dict[tuple[int, int], tuple[float, int]]


def pair_programmes(
    evidence: ReportEvidence, lefts: Mapping[int, str], rights: Mapping[int, str], free: Collection[int] | None = None
) -> ProgrammePairing:
    """Pair the programmes of two reports.

    Args:
        evidence: What speaks for pairs.
        lefts: The series of programmes of the earlier report, by index, where a person has accepted one.
        rights: The same of the later report. Two of one series are a pair, two of different series are none.
        free: The programmes of the later report that may be paired; None: all.

    Returns:
        The pairs, and what is left over.
    """
    free = range(len(evidence.rights)) if free is None else free
    candidates = _find_candidates(evidence, lefts, rights)
    verdicts = {pair: evidence.weigh_pair(*pair) for pair in candidates if pair[1] in free}
    accepted = _compare_series(verdicts, lefts, rights)
    possible = {pair: verdict for pair, verdict in verdicts.items() if accepted.get(pair, True)}
    partners = assign_columns(_weigh_pairs(possible, accepted))
    rivals = {pair: _find_rivals(verdicts, partners, pair) for pair in partners.items() if pair not in accepted}
    doubts = {pair: _find_doubts(evidence, verdicts, near, pair) for pair, near in rivals.items()}
    by_right = sorted(partners.items(), key=itemgetter(1))
    return ProgrammePairing(
        [ProgrammePair(*pair, verdicts[pair], pair in accepted, *doubts.get(pair, ((), None))) for pair in by_right],
        sorted(set(range(len(evidence.lefts))) - partners.keys()),
        sorted(set(free) - set(partners.values())),
        possible,
        _find_rivals_of_free(rivals, partners, possible),
    )


def _compare_series(
    pairs: Iterable[_Indices], lefts: Mapping[int, str], rights: Mapping[int, str]
) -> dict[_Indices, bool]:
    """Tell of the pairs of which both programmes have an accepted series whether it is one."""
    return {(left, right): lefts[left] == rights[right] for left, right in pairs if left in lefts and right in rights}


def _weigh_pairs(possible: Mapping[_Indices, PairEvidence], accepted: Mapping[_Indices, bool]) -> dict[_Indices, int]:
    """Weigh the pairs that may be, in whole numbers; those that a person has accepted above all."""
    return {pair: FIRST if pair in accepted else _weigh_verdict(verdict) for pair, verdict in possible.items()}


def _find_rivals_of_free(
    rivals: Mapping[_Indices, list[tuple[float, _Indices]]],
    partners: Mapping[int, int],
    possible: Mapping[_Indices, PairEvidence],
) -> dict[tuple[int, int], tuple[float, int]]:
    """Find for what is left over, by side and index, what it is nearly as like: the likeliest, and its score."""
    taken = {(side, index) for pair in partners.items() for side, index in enumerate(pair)}
    found: dict[tuple[int, int], tuple[float, int]] = {}
    for here, near in rivals.items():
        for score, rival in near:
            side = 1 if rival[0] == here[0] else 0
            place = side, rival[side]
            if place not in taken and rival in possible:
                found[place] = max(found.get(place, (0.0, 0)), (score, rival[1 - side]))
    return found


def _weigh_verdict(verdict: PairEvidence) -> int:
    if verdict.same_name and not verdict.is_name_alone:
        return FIRST // 2
    return round((verdict.score - ENOUGH) * UNIT) + 1 if verdict.score >= ENOUGH else 0


def _find_candidates(evidence: ReportEvidence, lefts: Mapping[int, str], rights: Mapping[int, str]) -> set[_Indices]:
    """Find the pairs that are weighed: of one accepted series, or sharing the most of what few programmes have."""
    right_of = {series: right for right, series in rights.items()}
    candidates = {(left, right_of[series]) for left, series in lefts.items() if series in right_of}
    shared = _count_shared_features(evidence)
    for side in (0, 1):
        best: dict[int, list[tuple[int, _Indices]]] = defaultdict(list)
        for pair, worth in shared.items():
            best[pair[side]].append((-worth, pair))
        candidates.update(pair for ranked in best.values() for _, pair in sorted(ranked)[:CANDIDATES])
    return candidates


def _count_shared_features(evidence: ReportEvidence) -> Counter[_Indices]:
    """Count what pairs share, each feature the more, the fewer programmes have it."""
    having: dict[Hashable, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, programmes in enumerate((evidence.lefts, evidence.rights)):
        for index, programme in enumerate(programmes):
            for feature in set(_iterate_features(programme)):
                having[feature][side].append(index)
    shared: Counter[_Indices] = Counter()
    for lefts, rights in having.values():
        if max(len(lefts), len(rights)) <= COMMON:
            for pair in product(lefts, rights):
                # Whole numbers: the order in which a set gives its elements must not matter.
                shared[pair] += SHARED // max(len(lefts), len(rights))
    return shared


def _iterate_features(programme: ProgrammeFeatures) -> Iterator[Hashable]:
    if programme.name:
        yield ("name", programme.name)
    yield from (("letters", programme.bare[at : at + 2]) for at in range(len(programme.bare) - 1))
    yield from (("phrase", phrase) for phrase in programme.phrases)
    yield from (("label", label) for label in programme.labels)
    yield from (("amount", amount) for amount in programme.amounts)


def _find_doubts(
    evidence: ReportEvidence,
    verdicts: Mapping[_Indices, PairEvidence],
    rivals: Sequence[tuple[float, _Indices]],
    here: _Indices,
) -> tuple[tuple[Message, ...], ProgrammeAt | None]:
    """Say why a pair may be another, in half sentences, and which other programme is the nearest."""
    own = verdicts[here]
    doubts = _list_own_doubts(verdicts, here)
    if own.same_name or not rivals:
        return doubts, None
    score, nearest = _find_likeliest(evidence, rivals, here)
    namesakes = own.namesakes and any(verdicts[rival].namesakes for _, rival in rivals)
    said = {} if namesakes else {"score": score}
    why = make_message(f"continuity.{'namesakes' if namesakes else 'rival'}", name=nearest.name or "", **said)
    return (*doubts, why), nearest


def _list_own_doubts(verdicts: Mapping[_Indices, PairEvidence], here: _Indices) -> tuple[Message, ...]:
    """List what makes a pair doubtful, whatever else the two may be."""
    own = verdicts[here]
    keys = ["bare"] if own.is_name_alone and (own.same_name or own.namesakes) else []
    if own.same_name:
        return tuple(make_message(f"continuity.{key}") for key in keys)
    if any(verdict.same_name for pair, verdict in verdicts.items() if _is_beside(pair, here)):
        keys.append("taken")
    least = (make_message("continuity.least", score=own.score),) if own.score < SURE else ()
    return (*(make_message(f"continuity.{key}") for key in keys), *least)


def _find_likeliest(
    evidence: ReportEvidence, rivals: Sequence[tuple[float, _Indices]], here: _Indices
) -> tuple[float, ProgrammeAt]:
    """Find the likeliest rival of a pair, and its score; of several as likely, the first by its name."""
    scored = [
        (score, (evidence.rights[right] if left == here[0] else evidence.lefts[left]).at)
        for score, (left, right) in rivals
    ]
    return min(scored, key=lambda one: (-one[0], one[1].name or "", one[1].pointer))


def _is_beside(pair: _Indices, here: _Indices) -> bool:
    """Tell whether a pair is of one programme of another pair, and of one that is not."""
    return (pair[0] == here[0]) != (pair[1] == here[1])


def _find_rivals(
    verdicts: Mapping[_Indices, PairEvidence], partners: Mapping[int, int], here: _Indices
) -> list[tuple[float, _Indices]]:
    """Find pairs of one programme of a pair with another that are nearly as likely, with their scores.

    A pair of one name, which no other programme has, has no rivals.
    """
    own = verdicts[here]
    if own.same_name:
        return []
    left, right = here
    left_of = {column: row for row, column in partners.items()}
    rivals = []
    for (row, column), verdict in verdicts.items():
        if not _is_beside((row, column), here) or verdict.score < ENOUGH:
            continue
        # The pair that the rival is in is lost if it is taken away; what its partner would get instead is gained.
        lost: tuple[int | None, int | None] = left_of.get(column), column
        gained: tuple[int | None, int | None] = left_of.get(column), right
        if row != left:
            lost, gained = (row, partners.get(row)), (left, partners.get(row))
        if own.namesakes and verdict.namesakes:
            kept, other = own.doubt * _doubt_of(verdicts, lost), verdict.doubt * _doubt_of(verdicts, gained)
            near = kept > APART * other
        else:
            loss = _score_of(verdicts, lost, 0.0) - _score_of(verdicts, gained, ENOUGH)
            near = own.score - verdict.score + loss < NEAR
        if near:
            rivals.append((verdict.score, (row, column)))
    return rivals


def _doubt_of(verdicts: Mapping[_Indices, PairEvidence], pair: tuple[int | None, int | None]) -> float:
    """Return the doubt that a pair is left with beside its names; 1 where it was not weighed, or one of it is None."""
    verdict = _find_verdict(verdicts, pair)
    return verdict.doubt if verdict else 1.0


def _score_of(verdicts: Mapping[_Indices, PairEvidence], pair: tuple[int | None, int | None], least: float) -> float:
    """Return the score of a pair; 0 where it is less than `least`, was not weighed, or one of the two is None."""
    verdict = _find_verdict(verdicts, pair)
    return verdict.score if verdict and verdict.score >= least else 0.0


def _find_verdict(
    verdicts: Mapping[_Indices, PairEvidence], pair: tuple[int | None, int | None]
) -> PairEvidence | None:
    left, right = pair
    return None if left is None or right is None else verdicts.get((left, right))


def find_nearest(paired: ProgrammePairing, index: int, *, left: bool) -> tuple[float, int] | None:
    """Find what a programme that is left over is most like.

    It is looked for among those left over on the other side.

    Args:
        paired: What was paired.
        index: The programme.
        left: Whether it is of the earlier report.

    Returns:
        The score (0 to 1) and the index of the other one; None where it is like none.
    """
    side, free = (0, paired.rights) if left else (1, paired.lefts)
    likely = (
        (verdict.score, pair[1 - side])
        for pair, verdict in paired.verdicts.items()
        if pair[side] == index and pair[1 - side] in free and verdict.score > 0
    )
    return max(likely, key=lambda scored: scored[0], default=None)
