"""Part: programmes that were split into several, or merged into one.

A part is known by what it took along: labels, figures and phrases of the whole that the whole's own successor does not
have any more. A merger is a split seen from behind.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from extractor.trends.evidence import (
    ENOUGH,
    FIGURES,
    LABELS,
    PROSE,
    SURE,
    Evidence,
    Shares,
    together,
    worth,
)
from extractor.trends.features import Traits
from extractor.trends.pairing import COMMON, Paired

# One kind of evidence alone is no part: a label may be a common word, a sentence a formula.
KINDS = 2


@dataclass(frozen=True, slots=True)
class Parting:
    """A whole and its parts by their indices, that which goes on with it first; `wholes_left`: the whole is on the
    left and was split, else on the right and was merged. `score`: that of the weakest part."""

    whole: int
    parts: tuple[int, ...]
    wholes_left: bool
    score: float
    doubtful: bool


def partings(evidence: Evidence, paired: Paired) -> list[Parting]:
    """All splits and mergers. What is used in one is in no other."""
    mates = {one.left: one.right for one in paired.pairs}
    back = {right: left for left, right in mates.items()}
    split = _partings(evidence, paired.rights, mates, wholes_left=True)
    used = {part for one in split for part in one.parts} | {mates[one.whole] for one in split if one.whole in mates}
    merged = _partings(evidence, paired.lefts, back, wholes_left=False)
    whole = {one.whole for one in split}
    return split + [one for one in merged if one.whole not in used and not whole & set(one.parts)]


def _partings(evidence: Evidence, free: Sequence[int], mates: Mapping[int, int], *, wholes_left: bool) -> list[Parting]:
    wholes, parts = (evidence.lefts, evidence.rights) if wholes_left else (evidence.rights, evidence.lefts)
    shares = Parts(evidence, wholes, parts)
    found: dict[int, list[tuple[float, int]]] = defaultdict(list)
    rivals: dict[int, float] = {}
    for part in free:
        scored = []
        for whole in shares.near(part):
            beside = [mates[whole]] if whole in mates else []
            scored.append((shares.score(part, whole, beside), -whole))
        ranked = sorted(scored, reverse=True)
        if ranked and ranked[0][0] >= ENOUGH:
            found[-ranked[0][1]].append((ranked[0][0], part))
            rivals[part] = ranked[1][0] if len(ranked) > 1 else 0.0
    partings = []
    for whole, those in sorted(found.items()):
        first = (mates[whole],) if whole in mates else ()
        if len(first) + len(those) > 1:
            score = min(score for score, _ in those)
            doubtful = score < SURE or any(rivals[part] >= ENOUGH for _, part in those)
            ordered = first + tuple(part for _, part in sorted(those, key=lambda one: (-one[0], one[1])))
            partings.append(Parting(whole, ordered, wholes_left, score, doubtful))
    return partings


class Parts:
    """How much speaks for one programme being part of another."""

    def __init__(self, evidence: Evidence, wholes: Sequence[Traits], parts: Sequence[Traits]) -> None:
        self.wholes, self.parts = wholes, parts
        # Of what is shared, each is worth as much as few programmes have it.
        self._kinds: list[tuple[tuple[float, float], Shares, Callable[[Traits], frozenset[object]]]] = [
            (LABELS, evidence.labels, lambda one: frozenset(one.labels)),
            (FIGURES, evidence.figures, lambda one: frozenset(one.figures)),
            (PROSE, evidence.phrases, lambda one: frozenset(one.phrases)),
        ]
        self._where: dict[object, list[int]] = defaultdict(list)
        for index, one in enumerate(wholes):
            for feature in one.labels | one.figures:
                self._where[feature].append(index)

    def near(self, part: int) -> list[int]:
        """The wholes that share a label or a figure with a part, unless very many have it."""
        one = self.parts[part]
        having = (self._where.get(feature, ()) for feature in one.labels | one.figures)
        return sorted({index for those in having if len(those) <= COMMON for index in those})

    def score(self, part: int, whole: int, beside: Sequence[int]) -> float:
        """How much of a part the whole had, and what goes on with the whole (`beside`) has not; 0 if too little."""
        told = []
        for kind, shares, of in self._kinds:
            gone = frozenset[object]().union(*(of(self.parts[index]) for index in beside))
            told.append(worth(kind, shares.within(of(self.parts[part]), of(self.wholes[whole]), gone)))
        return together(told) if sum(value > 0 for value in told) >= KINDS else 0.0
