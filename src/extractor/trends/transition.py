"""Transition: from one report to the next, what became of each programme, and whether its own mark of new agrees."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from extractor.records.messages import Message, make_finding, make_message
from extractor.records.report import Report
from extractor.records.trends import Continuity, ContinuityKind, ProgrammeAt, YearsFinding
from extractor.trends.evidence import ENOUGH, TELLING, PairEvidence, ReportEvidence
from extractor.trends.features import ProgrammeFeatures, extract_features, find_common_years
from extractor.trends.pairing import NEAR, ProgrammePair, ProgrammePairing, find_nearest, pair_programmes
from extractor.trends.series_ids import ProgrammeId, programme_id_of
from extractor.trends.split_merge import SplitOrMerger, find_splits_and_mergers

# The accepted series of programmes.
KnownSeries = Mapping[ProgrammeId, str]
# The kinds of evidence that a reason names.
_KINDS = ("prose", "metrics", "figures")


@dataclass(frozen=True, slots=True)
class ProgrammeTie:
    """A programme and what it goes on as, or a part of it.

    `sure`: neither doubtful nor split nor merged.
    """

    left: ProgrammeFeatures
    right: ProgrammeFeatures
    sure: bool


@dataclass(frozen=True, slots=True)
class YearTransition:
    """All that became of one report's programmes.

    It is in the order of the next report, and then comes what has ended.
    """

    continuities: tuple[Continuity, ...]
    ties: tuple[ProgrammeTie, ...]
    notes: tuple[YearsFinding, ...]


def build_transition(before: Report, after: Report, known: KnownSeries, new: Collection[ProgrammeId]) -> YearTransition:
    """Build what became of programmes from one report to the next.

    Args:
        before: The earlier report.
        after: The later one.
        known: The series of programmes that a person has accepted.
        new: The programmes of which a person has said that they are new.

    Returns:
        The transition. It has notes only where the reports are of years that follow on each other.
    """
    years = find_common_years([before, after])
    evidence = ReportEvidence(extract_features(before, years), extract_features(after, years))
    lefts, rights = (find_series(programmes, known) for programmes in (evidence.lefts, evidence.rights))
    paired = pair_programmes(evidence, lefts, rights)
    said_new = {index for index, right in enumerate(evidence.rights) if programme_id_of(right.at) in new}
    accepted = {(side, index) for side, series in enumerate((lefts, rights)) for index in series}
    found = find_splits_and_mergers(evidence, paired, said_new)
    # Of what a person has given series in all its parts, no doubt is left to be told.
    partings = [parting for parting in found if not (parting.doubtful and parting.places <= accepted)]
    taken = set[tuple[int, int]]().union(*(parting.places for parting in partings))
    placed = sorted(_place_continuities(evidence, paired, partings, taken), key=itemgetter(0))
    continuities = tuple(continuity for _, continuity in placed)
    ties = tuple(_tie_programmes(evidence, paired, partings, taken))
    follow_on = after.report.fiscal_year == before.report.fiscal_year + 1
    notes = tuple(_find_broken_marks(continuities, evidence.rights, new)) if follow_on else ()
    return YearTransition(continuities, ties, notes)


def find_series(programmes: Sequence[ProgrammeFeatures], known: KnownSeries) -> dict[int, str]:
    """Find the series of programmes by index.

    Args:
        programmes: The programmes of a report.
        known: The series of programmes that a person has accepted.

    Returns:
        The series; none for a programme of which another one has the same, for then it says nothing.
    """
    series = [known.get((programme.at.report, programme.at.id)) for programme in programmes]
    counts = Counter(series)
    return {index: one for index, one in enumerate(series) if one and counts[one] == 1}


def _place_continuities(
    evidence: ReportEvidence, paired: ProgrammePairing, partings: Sequence[SplitOrMerger], taken: set[tuple[int, int]]
) -> Iterator[tuple[tuple[int, int], Continuity]]:
    """Yield each continuity with its place: 0 and the index in the later report, or 1 and that in the earlier one."""
    for pair in paired.pairs:
        if not {(0, pair.left), (1, pair.right)} & taken:
            yield (0, pair.right), tell_pair(evidence, pair)
    for parting in partings:
        yield (0, parting.parts[0] if parting.wholes_left else parting.whole), _tell_split_or_merger(evidence, parting)
    for place, side, indices in ((0, 1, paired.rights), (1, 0, paired.lefts)):
        for index in indices:
            if (side, index) not in taken:
                yield (place, index), tell_new_or_ended(evidence, paired, index, left=side == 0)


def _tie_programmes(
    evidence: ReportEvidence, paired: ProgrammePairing, partings: Sequence[SplitOrMerger], taken: set[tuple[int, int]]
) -> Iterator[ProgrammeTie]:
    """Yield the ties of pairs, and then those to parts that are in no pair."""
    pairs = {(pair.left, pair.right): pair for pair in paired.pairs}
    for (left, right), pair in pairs.items():
        sure = not {(0, left), (1, right)} & taken and not pair.doubts
        yield ProgrammeTie(evidence.lefts[left], evidence.rights[right], sure)
    for parting in partings:
        for part in parting.parts:
            left, right = (parting.whole, part) if parting.wholes_left else (part, parting.whole)
            if (left, right) not in pairs:
                yield ProgrammeTie(evidence.lefts[left], evidence.rights[right], False)


def tell_continuity(
    kind: ContinuityKind,
    before: Sequence[ProgrammeAt],
    after: Sequence[ProgrammeAt],
    reason: Message,
    *,
    score: float | None,
    doubtful: bool = False,
    nearest: ProgrammeAt | None = None,
    gap: tuple[int, ...] = (),
) -> Continuity:
    """Make the record of what became of programmes.

    Args:
        kind: What became of them.
        before: The programmes of the earlier report; none of new ones.
        after: Those of the later report; none of such as ended.
        reason: Why this is held.
        score: How alike they are, out of 1; None where it was not measured.
        doubtful: Whether a person has to say it.
        nearest: The programme that is most alike, where none is alike enough.
        gap: The fiscal years between in which it is in no report.

    Returns:
        The record.
    """
    return Continuity(
        kind=kind,
        before=tuple(before),
        after=tuple(after),
        score=None if score is None else round(min(score, 1.0), 2),
        reason=str(reason),
        doubtful=doubtful,
        reason_ja=reason.render("ja"),
        rival=nearest.name or None if nearest else None,
        nearest=nearest,
        gap=gap,
    )


def tell_pair(evidence: ReportEvidence, one: ProgrammePair, gap: tuple[int, ...] = ()) -> Continuity:
    """Tell that a programme goes on.

    Args:
        evidence: What speaks for pairs.
        one: The programme in both reports.
        gap: The fiscal years in between, of which there are reports that do not have it.

    Returns:
        That it was continued or renamed; or that it was resumed, where there is a gap.
    """
    left, right = evidence.lefts[one.left], evidence.rights[one.right]
    is_renamed = left.name != right.name and left.at.name and right.at.name
    reason = make_message(
        "continuity.pair",
        **_compare_programmes(left, right, one.verdict),
        gap=make_message("continuity.gap", years=tuple(map(str, gap))) if gap else "",
        doubts=make_message("continuity.doubts", doubts=one.doubts) if one.doubts else "",
        accepted=make_message("continuity.accepted") if one.known else "",
    )
    return tell_continuity(
        "resumed" if gap else "renamed" if is_renamed else "continued",
        [left.at],
        [right.at],
        reason,
        score=one.verdict.score,
        doubtful=bool(one.doubts),
        nearest=one.rival,
        gap=gap,
    )


def _compare_programmes(
    left: ProgrammeFeatures, right: ProgrammeFeatures, verdict: PairEvidence
) -> dict[str, Message | str]:
    """Say, in half sentences, how the names of two programmes are alike, and in what else they are."""
    same, like = left.name == right.name, verdict.kinds.get("name", 0.0) >= TELLING
    names = "same" if same and left.at.name is not None else "like" if like else "other"
    kinds = tuple(make_message(f"continuity.{kind}") for kind in _KINDS if verdict.kinds.get(kind, 0.0) >= TELLING)
    alike = make_message(f"continuity.{'and' if same or like else 'but'}-alike", kinds=kinds) if kinds else ""
    return {"name": make_message(f"continuity.{names}"), "alike": alike}


def _tell_split_or_merger(evidence: ReportEvidence, one: SplitOrMerger) -> Continuity:
    wholes, parts = (evidence.lefts, evidence.rights) if one.wholes_left else (evidence.rights, evidence.lefts)
    sides = [[wholes[one.whole].at], [parts[part].at for part in one.parts]]
    kind: ContinuityKind = "split" if one.wholes_left else "merged"
    reason = make_message(f"continuity.{kind}{'-uncertain' if one.doubtful else ''}")
    before, after = sides if one.wholes_left else sides[::-1]
    return tell_continuity(kind, before, after, reason, score=one.score, doubtful=one.doubtful)


def tell_new_or_ended(
    evidence: ReportEvidence, paired: ProgrammePairing, index: int, *, left: bool, since: int | None = None
) -> Continuity:
    """Tell what is new or has ended.

    Args:
        evidence: What speaks for pairs.
        paired: What was paired.
        index: The programme that is left over.
        left: Whether it is of the earlier report, and has ended.
        since: The fiscal year of the first of several earlier reports that were looked at; None: there is one.

    Returns:
        That it is new, or has ended. What is new is doubtful where another programme is nearly like it.
    """
    own, others = (evidence.lefts, evidence.rights) if left else (evidence.rights, evidence.lefts)
    rival = paired.rivals.get((0 if left else 1, index))
    score, other = rival or find_nearest(paired, index, left=left) or (None, None)
    is_near = rival is not None or (score is not None and score >= ENOUGH - NEAR)
    nearest = others[other].at if other is not None and is_near else None
    where = _name_years(nearest, others, since)
    reason = make_message("continuity.nothing", where=where)
    if nearest is not None:
        how = "belongs-elsewhere" if rival else "nearly"
        reason = make_message(f"continuity.{how}", where=where, name=nearest.name, score=score)
    at = own[index].at
    if left:
        return tell_continuity("ended", [at], [], reason, score=score, nearest=nearest)
    return tell_continuity("new", [], [at], reason, score=score, doubtful=nearest is not None, nearest=nearest)


def _name_years(nearest: ProgrammeAt | None, others: Sequence[ProgrammeFeatures], since: int | None) -> Message:
    """Name the year, or the years, among whose programmes another one was looked for."""
    if since is not None and nearest is None:
        return make_message("continuity.in-years", year=since)
    if others:
        return make_message("continuity.in-year", year=(nearest or others[0].at).fiscal_year)
    return make_message("continuity.in-other")


def _find_broken_marks(
    continuities: Sequence[Continuity], rights: Sequence[ProgrammeFeatures], new: Collection[ProgrammeId]
) -> Iterator[YearsFinding]:
    """Find where the later report's own marks of what is new say otherwise.

    A mark says what was there the year before: over a year without a report it cannot be held against anything.
    """
    programmes = {programme.at.pointer: programme.programme for programme in rights}
    for one in continuities:
        if one.kind not in ("continued", "renamed", "new"):
            continue
        (at,) = one.after
        programme = programmes[at.pointer]
        message = _contradict_mark(one, programme.is_new)
        # A mark of the report says nothing against what a person said.
        if message is not None and not (one.kind == "new" and programme_id_of(at) in new):
            finding = make_finding(message, f"{at.pointer}/is_new", programme.sources.is_new or at.source)
            yield YearsFinding(**dict(finding), report=at.report)


def _contradict_mark(one: Continuity, is_new: bool | None) -> Message | None:
    """Say what speaks against the mark of new of a programme; None where nothing does, or it is not known."""
    (at,) = one.after
    said = {"name": at.name or at.id, "year": at.fiscal_year - 1}
    if one.kind == "new":
        return make_message("continuity-break.unmarked", **said) if is_new is False else None
    if not is_new:
        return None
    return make_message("continuity-break.marked", **said, before=one.before[0].name or one.before[0].id)
