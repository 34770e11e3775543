"""Splits and mergers: programmes that were split into several, or merged into one. Scores are from 0 to 1.

A part is known by what it took along: labels, figures and phrases of the whole that the whole's own successor no longer
has. A merger is a split seen from behind.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from extractor.trends.evidence import (
    ENOUGH,
    FIGURES,
    LABELS,
    PROSE,
    SURE,
    ReportEvidence,
    combine_evidence,
    weigh_likeness,
)
from extractor.trends.pairing import COMMON, ProgrammePairing

# So many kinds of evidence make a part. One alone is none: a label may be a common word, a sentence a formula.
KINDS = 2


@dataclass(frozen=True, slots=True)
class SplitOrMerger:
    """A whole and its parts by their indices.

    The part that goes on with the whole is first. `wholes_left`: the whole is of the earlier report and was split; else
    it is of the later one and was merged. `score`: that of the weakest part.
    """

    whole: int
    parts: tuple[int, ...]
    wholes_left: bool
    score: float
    doubtful: bool

    @property
    def places(self) -> set[tuple[int, int]]:
        """All its programmes, by side (0 the earlier report, 1 the later one) and index."""
        whole, part = (0, 1) if self.wholes_left else (1, 0)
        return {(whole, self.whole), *((part, index) for index in self.parts)}


def find_splits_and_mergers(
    evidence: ReportEvidence, paired: ProgrammePairing, new: Collection[int] = ()
) -> list[SplitOrMerger]:
    """Find all splits and mergers; no programme is in two of them.

    Args:
        evidence: What speaks for pairs.
        paired: The pairs; only programmes that are left over can be parts beside the first.
        new: The programmes of the later report of which a person said that they are new: they were part of nothing.

    Returns:
        The splits by their wholes, and then the mergers that no split contradicts.
    """
    partners = {pair.left: pair.right for pair in paired.pairs}
    free = [index for index in paired.rights if index not in new]
    splits = _find_partings(_Parts(evidence, wholes_left=True), free, partners)
    mergers = _find_partings(
        _Parts(evidence, wholes_left=False), paired.lefts, {right: left for left, right in partners.items()}
    )
    used = set[tuple[int, int]]().union(*(split.places for split in splits))
    used |= {(1, partners[split.whole]) for split in splits if split.whole in partners}
    used.update(product([1], new))
    return splits + [merger for merger in mergers if not merger.places & used]


def _find_partings(parts: "_Parts", free: Sequence[int], partners: Mapping[int, int]) -> list[SplitOrMerger]:
    """Find the wholes that several programmes are parts of: their partner, and free ones."""
    parts_of: dict[int, list[tuple[float, int]]] = defaultdict(list)
    ambiguous: set[int] = set()
    for part in free:
        likely = parts.find_wholes(part, partners)
        if likely:
            score, whole = likely[0]
            parts_of[whole].append((score, part))
        if len(likely) > 1:
            ambiguous.add(part)
    found = []
    for whole, scored in sorted(parts_of.items()):
        first = (partners[whole],) if whole in partners else ()
        ordered = first + tuple(part for _, part in sorted(scored, key=lambda one: (-one[0], one[1])))
        if len(ordered) > 1:
            score = min(score for score, _ in scored)
            doubtful = score < SURE or not ambiguous.isdisjoint(ordered[len(first) :])
            found.append(SplitOrMerger(whole, ordered, parts.wholes_left, score, doubtful))
    return found


class _Parts:
    """How much speaks for programmes of one report being parts of programmes of the other."""

    def __init__(self, evidence: ReportEvidence, *, wholes_left: bool) -> None:
        self.wholes_left = wholes_left
        sides = evidence.lefts, evidence.rights
        self.wholes, self.parts = sides if wholes_left else sides[::-1]
        self._kinds = [
            (LABELS, evidence.labels, "labels"),
            (FIGURES, evidence.figures, "figures"),
            (PROSE, evidence.phrases, "phrases"),
        ]
        self._having: dict[object, list[int]] = defaultdict(list)
        for index, whole in enumerate(self.wholes):
            for feature in whole.labels | whole.figures:
                self._having[feature].append(index)

    def find_wholes(self, part: int, partners: Mapping[int, int]) -> list[tuple[float, int]]:
        """Find the wholes that a programme may be part of.

        Each is given with its score and index, the likeliest first.
        """
        programme = self.parts[part]
        having = (self._having.get(feature, ()) for feature in programme.labels | programme.figures)
        # What very many wholes have tells nothing of one.
        near = {whole for wholes in having if len(wholes) <= COMMON for whole in wholes}
        scored = ((self._score_part(part, whole, partners.get(whole)), whole) for whole in near)
        return sorted(((score, whole) for score, whole in scored if score >= ENOUGH), key=lambda one: (-one[0], one[1]))

    def _score_part(self, part: int, whole: int, partner: int | None) -> float:
        """Score what of a part the whole had, and its partner has not; 0 where it is of too few kinds."""
        evidence = []
        for weight, rarities, feature in self._kinds:
            had, has = getattr(self.wholes[whole], feature), getattr(self.parts[part], feature)
            kept = frozenset() if partner is None else getattr(self.parts[partner], feature)
            evidence.append(weigh_likeness(weight, rarities.share_of_part(has, had, kept)))
        return combine_evidence(evidence) if sum(value > 0 for value in evidence) >= KINDS else 0.0
