"""Evidence: how much speaks for two programmes of different years being one, from 0 to 1, and what."""

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from extractor.trends.features import Traits

# Each kind of evidence with how much it can speak for a pair when nothing else does, and how alike two programmes
# of the samples of 2022 and 2023 are that are not the same (99 of 100 pairs are less alike): that tells nothing.
# What several kinds say adds up as independent doubts do: of what each leaves open, the next leaves its share.
NAME, PROSE, LABELS, FIGURES, OFFICES, CHAPTER = (
    (0.85, 0.48),
    (0.75, 0.33),
    (0.65, 0.1),
    (0.8, 0.05),
    (0.1, 0.0),
    (0.05, 0.0),
)
# A pair with less is none; one with less than SURE is doubtful.
ENOUGH, SURE = 0.55, 0.7
# The evidence that a kind must give for a reason to name it.
TELLING = 0.15
# So much of a score is lost where so many figures can be compared (one metric, one year) and all are others. Next to
# nothing that two reports say of one programme in one year is restated.
CONTRADICTED, COMPARED = 0.5, 2
# A pair of one name, which no other programme of either report has, has at least this.
SAME_NAME = 0.9


@dataclass(frozen=True, slots=True)
class Verdict:
    """How much speaks for a pair, by kind of evidence (0 to 1 each), and in all."""

    score: float
    kinds: dict[str, float]
    same_name: bool

    @property
    def beside_name(self) -> float:
        """How much speaks for it without the name."""
        return together(value for kind, value in self.kinds.items() if kind != "name")


def together(kinds: Iterable[float]) -> float:
    """What independent kinds of evidence come to."""
    return 1 - math.prod(1 - value for value in kinds)


class Evidence:
    """What all evidence says of pairs of two reports' programmes.

    A label or figure counts for as much as few programmes have it.
    """

    def __init__(self, lefts: Sequence[Traits], rights: Sequence[Traits]) -> None:
        self.lefts, self.rights = lefts, rights
        self.labels = Shares([one.labels for one in lefts], [one.labels for one in rights])
        self.figures = Shares([one.figures for one in lefts], [one.figures for one in rights])
        self.amounts = Shares([one.amounts for one in lefts], [one.amounts for one in rights])
        self.phrases = Shares([one.phrases for one in lefts], [one.phrases for one in rights])
        names = [Counter(one.name for one in side if one.name) for side in (lefts, rights)]
        self._unique = {name for name in names[0] if names[0][name] == names[1][name] == 1}

    def pair(self, left: int, right: int) -> Verdict:
        """What speaks for a pair."""
        one, other = self.lefts[left], self.rights[right]
        kinds: dict[str, float] = {}
        if one.name and other.name:
            alike = max(fuzz.ratio(one.name, other.name), fuzz.ratio(one.bare, other.bare)) / 100
            kinds["name"] = worth(NAME, alike)
        if one.prose and other.prose:
            kinds["prose"] = worth(PROSE, fuzz.ratio(one.prose, other.prose) / 100)
        if one.labels and other.labels:
            kinds["metrics"] = worth(LABELS, self.labels.both(one.labels, other.labels))
        if one.figures and other.figures:
            labelled = self.figures.both(one.figures, other.figures)
            kinds["figures"] = worth(FIGURES, max(labelled, self.amounts.both(one.amounts, other.amounts) * 0.8))
        if one.divisions and other.divisions:
            shared = len(one.divisions & other.divisions) / len(one.divisions | other.divisions)
            kinds["offices"] = worth(OFFICES, shared)
        kinds["chapter"] = worth(CHAPTER, float(one.chapter == other.chapter))
        same = one.name == other.name and one.name in self._unique
        score = together(kinds.values()) * (1 - CONTRADICTED * _contradicted(one, other))
        return Verdict(max(score, SAME_NAME) if same else score, kinds, same)


def _contradicted(one: Traits, other: Traits) -> float:
    """The share of the figures that both have which are others; 0 where too few can be compared."""
    lefts, rights = ({figure[:2]: figure[2] for figure in side.figures} for side in (one, other))
    common = lefts.keys() & rights.keys()
    if len(common) < COMPARED:
        return 0.0
    return sum(lefts[what] != rights[what] for what in common) / len(common)


def worth(kind: tuple[float, float], alike: float) -> float:
    """What likeness, or a share, of this kind speaks for a pair."""
    strength, chance = kind
    return strength * max(0.0, alike - chance) / (1 - chance)


class Shares:
    """How much sets have in common, each element worth as much as few sets of its side have it."""

    def __init__(self, lefts: Sequence[frozenset[Hashable]], rights: Sequence[frozenset[Hashable]]) -> None:
        one, other = (Counter(item for its in side for item in its) for side in (lefts, rights))
        self._worth = {item: 1 / max(one[item], other[item]) for item in one.keys() & other.keys()}

    def both(self, one: frozenset[Hashable], other: frozenset[Hashable]) -> float:
        """What two sets share, of all that they have."""
        return 2 * self._sum(one & other) / (len(one) + len(other))

    def within(self, part: frozenset[Hashable], whole: frozenset[Hashable], beside: frozenset[Hashable]) -> float:
        """What of `part` is in `whole` and not `beside` it, of all that `part` has."""
        return self._sum((part & whole) - beside) / len(part) if part else 0.0

    def _sum(self, items: frozenset[Hashable]) -> float:
        return math.fsum(self._worth[item] for item in items)
