"""Evidence: how much speaks for two programmes of different years being one, by kind and in all, from 0 to 1."""

import math
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from extractor.trends.features import ProgrammeFeatures

# Of each kind of evidence: how much it speaks for a pair when nothing else does (0 to 1), and the chance likeness:
# 99 of 100 pairs of two samples' programmes (2022 and 2023) that are not the same are less alike, so that so much
# tells nothing. What several kinds say adds up as independent doubts do: each takes its share of the doubt that the
# others leave.
NAME, PROSE, LABELS, FIGURES, OFFICES, CHAPTER = (
    (0.85, 0.48),
    (0.75, 0.33),
    (0.65, 0.1),
    (0.8, 0.05),
    (0.1, 0.0),
    (0.05, 0.0),
)
# Of programmes of one name of which there are several: of these kinds otherwise than of others. What they cost in two
# years is within a fifth in the samples, where it is one programme.
NAMESAKES = {"offices": (0.3, 0.0), "budget": (0.2, 0.5)}
# Scores, 0 to 1: a pair with less than ENOUGH is none; one with less than SURE is doubtful.
ENOUGH, SURE = 0.55, 0.7
# The evidence, 0 to 1, that a kind must give for a reason to name it.
TELLING = 0.15
# The share of a score that is lost where all comparable figures (one metric, one year) are others, and how many must
# be comparable. Next to nothing that two reports say of one programme in one year is restated.
CONTRADICTED, COMPARED = 0.5, 2
# The least score of a pair of one name that no other programme of either report has.
SAME_NAME = 0.9
# Figures without their labels tell so much of what they tell with them.
UNLABELLED = 0.8


@dataclass(frozen=True, slots=True)
class PairEvidence:
    """How much speaks for a pair.

    It is given by kind of evidence, and in all (`score`), 0 to 1 each. `same_name`: both have a name that no other
    programme of the two reports has; `namesakes`: both have one that others have too.
    """

    score: float
    kinds: dict[str, float]
    same_name: bool
    namesakes: bool

    @property
    def beside_name(self) -> float:
        """How much speaks for it without the name, 0 to 1."""
        return combine_evidence(value for kind, value in self.kinds.items() if kind != "name")

    @property
    def doubt(self) -> float:
        """How much doubt is left without the name, 0 to 1."""
        return 1 - self.beside_name

    @property
    def is_name_alone(self) -> bool:
        """Whether the name is all that is alike, though both tell more.

        Another programme may have taken the name.
        """
        return bool(self.kinds.keys() & {"prose", "metrics", "figures"}) and self.beside_name < TELLING


def combine_evidence(kinds: Iterable[float]) -> float:
    """Combine independent kinds of evidence, 0 to 1 each, into one of 0 to 1.

    >>> combine_evidence([0.5, 0.5])
    0.75
    """
    return 1 - math.prod(1 - value for value in kinds)


def weigh_likeness(kind: tuple[float, float], likeness: float) -> float:
    """Weigh a likeness of one kind.

    Args:
        kind: How much the kind can speak for a pair, and the likeness that tells nothing.
        likeness: How alike two programmes are, or what they share, 0 to 1.

    Returns:
        The evidence, from 0 to the strength of the kind.
    """
    strength, chance = kind
    return strength * max(0.0, likeness - chance) / (1 - chance)


class ReportEvidence:
    """All evidence on pairs of two reports' programmes.

    A label or figure counts the more, the fewer have it.
    """

    def __init__(self, lefts: Sequence[ProgrammeFeatures], rights: Sequence[ProgrammeFeatures]) -> None:
        self.lefts, self.rights = lefts, rights
        self.labels, self.figures, self.amounts, self.phrases = (
            Rarities(*([getattr(programme, feature) for programme in side] for side in (lefts, rights)))
            for feature in ("labels", "figures", "amounts", "phrases")
        )
        names = [Counter(programme.name for programme in side if programme.name) for side in (lefts, rights)]
        self._unique = {name for name in names[0] if names[0][name] == names[1][name] == 1}
        # For each kind: the feature that both must have, its weight, and how alike two programmes are in it. The sum of
        # the evidence, of floats, depends on the order.
        self._kinds: dict[
            str, tuple[str, tuple[float, float], Callable[[ProgrammeFeatures, ProgrammeFeatures], float]]
        ] = {
            "name": ("name", NAME, _compare_names),
            "prose": ("prose", PROSE, lambda left, right: fuzz.ratio(left.prose, right.prose) / 100),
            "metrics": ("labels", LABELS, lambda left, right: self.labels.share_of_both(left.labels, right.labels)),
            "figures": ("figures", FIGURES, self._compare_figures),
            "offices": ("divisions", OFFICES, _compare_divisions),
            "chapter": ("chapter", CHAPTER, lambda left, right: float(left.chapter == right.chapter)),
            "budget": ("budget", (0.0, 0.0), _compare_budgets),
        }

    def weigh_pair(self, left: int, right: int) -> PairEvidence:
        """Weigh all that speaks for and against a pair.

        Args:
            left: The index of a programme of the earlier report.
            right: The index of one of the later report.

        Returns:
            The evidence; a kind of which one of the two has nothing is left out.
        """
        one, other = self.lefts[left], self.rights[right]
        same = one.name == other.name and one.name in self._unique
        namesakes = one.name == other.name != "" and not same
        kinds = {
            kind: weigh_likeness(NAMESAKES.get(kind, weight) if namesakes else weight, compare(one, other))
            for kind, (feature, weight, compare) in self._kinds.items()
            if getattr(one, feature) and getattr(other, feature)
        }
        score = combine_evidence(kinds.values()) * (1 - CONTRADICTED * _find_contradicted_share(one, other))
        return PairEvidence(max(score, SAME_NAME) if same else score, kinds, same, namesakes)

    def _compare_figures(self, left: ProgrammeFeatures, right: ProgrammeFeatures) -> float:
        unlabelled = self.amounts.share_of_both(left.amounts, right.amounts) * UNLABELLED
        return max(self.figures.share_of_both(left.figures, right.figures), unlabelled)


def _compare_names(left: ProgrammeFeatures, right: ProgrammeFeatures) -> float:
    return max(fuzz.ratio(left.name, right.name), fuzz.ratio(left.bare, right.bare)) / 100


def _compare_divisions(left: ProgrammeFeatures, right: ProgrammeFeatures) -> float:
    return len(left.divisions & right.divisions) / len(left.divisions | right.divisions)


def _compare_budgets(left: ProgrammeFeatures, right: ProgrammeFeatures) -> float:
    low, high = sorted((left.budget or 0, right.budget or 0))
    return low / high


def _find_contradicted_share(left: ProgrammeFeatures, right: ProgrammeFeatures) -> float:
    """Find the share of the figures of both that are others, 0 to 1; 0 where too few can be compared."""
    one, other = ({figure[:2]: figure[2] for figure in side.figures} for side in (left, right))
    common = one.keys() & other.keys()
    if len(common) < COMPARED:
        return 0.0
    return sum(one[what] != other[what] for what in common) / len(common)


class Rarities:
    """How much two sets have in common.

    An element is worth 1 divided by the number of sets of a side that have it.
    """

    def __init__(self, lefts: Sequence[frozenset[Hashable]], rights: Sequence[frozenset[Hashable]]) -> None:
        left, right = (Counter(element for elements in side for element in elements) for side in (lefts, rights))
        self._worth = {element: 1 / max(left[element], right[element]) for element in left.keys() & right.keys()}

    def share_of_both(self, left: frozenset[Hashable], right: frozenset[Hashable]) -> float:
        """Weigh what two sets share.

        Args:
            left: A set of the left side, not empty.
            right: One of the right side.

        Returns:
            The worth of what is in both, of all that they have: 0 to 1.
        """
        return 2 * self._add_up(left & right) / (len(left) + len(right))

    def share_of_part(
        self, part: frozenset[Hashable], whole: frozenset[Hashable], beside: frozenset[Hashable]
    ) -> float:
        """Weigh what a part has of a whole.

        Args:
            part: The set that is asked about.
            whole: The set that it may come from.
            beside: What something else has; it does not count.

        Returns:
            The worth of what is in `part` and `whole` alone, of all that `part` has: 0 to 1.
        """
        return self._add_up((part & whole) - beside) / len(part) if part else 0.0

    def _add_up(self, elements: frozenset[Hashable]) -> float:
        return math.fsum(self._worth[element] for element in elements)
