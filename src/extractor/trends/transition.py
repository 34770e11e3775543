"""Transition: from one report to the next, what became of each programme, and whether its own mark of new agrees."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractor.records.messages import Message, make_finding, make_message
from extractor.records.report import Report
from extractor.records.trends import Continuity, ContinuityKind, Note
from extractor.trends.evidence import ENOUGH, TELLING, ReportEvidence
from extractor.trends.features import ProgrammeFeatures, extract_features, find_common_years
from extractor.trends.pairing import NEAR, ProgrammePair, ProgrammePairing, find_nearest, pair_programmes
from extractor.trends.split_merge import SplitOrMerger, find_splits_and_mergers

# The accepted series of programmes, by the id of the report and of the programme.
KnownSeries = Mapping[tuple[str, str], str]
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
    notes: tuple[Note, ...]


def build_transition(before: Report, after: Report, known: KnownSeries) -> YearTransition:
    """Build what became of programmes from one report to the next.

    Args:
        before: The earlier report.
        after: The later one.
        known: The series of programmes that a person has accepted.

    Returns:
        The transition. It has notes only where the reports are of years that follow on each other.
    """
    years = find_common_years([before, after])
    evidence = ReportEvidence(extract_features(before, years), extract_features(after, years))
    lefts, rights = (_find_series(programmes, known) for programmes in (evidence.lefts, evidence.rights))
    paired = pair_programmes(evidence, lefts, rights)
    accepted = {(side, index) for side, series in enumerate((lefts, rights)) for index in series}
    # Of what a person has given series in all its parts, no doubt is left to be told.
    partings = [
        parting
        for parting in find_splits_and_mergers(evidence, paired)
        if not parting.doubtful or not parting.places <= accepted
    ]
    taken = set[tuple[int, int]]().union(*(parting.places for parting in partings))
    placed = sorted(_place_continuities(evidence, paired, partings, taken), key=lambda one: one[0])
    continuities = tuple(continuity for _, continuity in placed)
    programmes = {programme.at.pointer: programme for programme in evidence.rights}
    # The mark says what was there the year before: over a year without a report it cannot be held against anything.
    next_year = after.report.fiscal_year == before.report.fiscal_year + 1
    notes = (
        tuple(note for one in continuities for note in _find_broken_marks(one, programmes, before)) if next_year else ()
    )
    return YearTransition(continuities, tuple(_tie_programmes(evidence, paired, partings, taken)), notes)


def _find_series(programmes: Sequence[ProgrammeFeatures], known: KnownSeries) -> dict[int, str]:
    """Find the series of programmes by index; one that several programmes of a report have says nothing."""
    series = [known.get((programme.at.report, programme.at.id)) for programme in programmes]
    counts = Counter(series)
    return {index: one for index, one in enumerate(series) if one and counts[one] == 1}


def _place_continuities(
    evidence: ReportEvidence, paired: ProgrammePairing, partings: Sequence[SplitOrMerger], taken: set[tuple[int, int]]
) -> Iterator[tuple[tuple[int, int], Continuity]]:
    """Yield each continuity with its place: 0 and the index in the later report, or 1 and that in the earlier one."""
    for pair in paired.pairs:
        if not {(0, pair.left), (1, pair.right)} & taken:
            yield (0, pair.right), _tell_pair(evidence, pair)
    for parting in partings:
        yield (0, parting.parts[0] if parting.wholes_left else parting.whole), _tell_split_or_merger(evidence, parting)
    for place, side, indices in ((0, 1, paired.rights), (1, 0, paired.lefts)):
        for index in indices:
            if (side, index) not in taken:
                yield (place, index), _tell_new_or_ended(evidence, paired, index, left=side == 0)


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


def _tell_pair(evidence: ReportEvidence, one: ProgrammePair) -> Continuity:
    left, right = evidence.lefts[one.left].at, evidence.rights[one.right].at
    same = evidence.lefts[one.left].name == evidence.rights[one.right].name
    kind: ContinuityKind = "continued" if same or not left.name or not right.name else "renamed"
    reason = _reason_for_pair(one, same=same, named=left.name is not None)
    rival = next((dict(doubt.parameters)["name"] for doubt in one.doubts if doubt.key == "continuity.rival"), None)
    return Continuity(
        kind=kind,
        before=(left,),
        after=(right,),
        score=round(min(one.verdict.score, 1.0), 2),
        reason=str(reason),
        doubtful=bool(one.doubts),
        reason_ja=reason.render("ja"),
        rival=rival or None,
    )


def _reason_for_pair(one: ProgrammePair, *, same: bool, named: bool) -> Message:
    """Say what of two programmes is alike, and what makes it doubtful."""
    kinds = tuple(make_message(f"continuity.{kind}") for kind in _KINDS if one.verdict.kinds.get(kind, 0.0) >= TELLING)
    like = one.verdict.kinds.get("name", 0.0) >= TELLING
    joint = "and-alike" if same or like else "but-alike"
    return make_message(
        "continuity.pair",
        name=make_message(f"continuity.{'same' if same and named else 'like' if like else 'other'}"),
        alike=make_message(f"continuity.{joint}", kinds=kinds) if kinds else "",
        doubts=make_message("continuity.doubts", doubts=one.doubts) if one.doubts else "",
        accepted=make_message("continuity.accepted") if one.known else "",
    )


def _tell_split_or_merger(evidence: ReportEvidence, one: SplitOrMerger) -> Continuity:
    wholes, parts = (evidence.lefts, evidence.rights) if one.wholes_left else (evidence.rights, evidence.lefts)
    whole, those = (wholes[one.whole].at,), tuple(parts[part].at for part in one.parts)
    kind: ContinuityKind = "split" if one.wholes_left else "merged"
    reason = make_message(f"continuity.{kind}{'-uncertain' if one.doubtful else ''}")
    return Continuity(
        kind=kind,
        before=whole if one.wholes_left else those,
        after=those if one.wholes_left else whole,
        score=round(one.score, 2),
        reason=str(reason),
        doubtful=one.doubtful,
        reason_ja=reason.render("ja"),
    )


def _tell_new_or_ended(evidence: ReportEvidence, paired: ProgrammePairing, index: int, *, left: bool) -> Continuity:
    """Tell what is new or has ended."""
    own, others = (evidence.lefts, evidence.rights) if left else (evidence.rights, evidence.lefts)
    score, other = find_nearest(paired, index, left=left) or (None, None)
    rival = paired.rivals.get((0 if left else 1, index))
    year = others[0].at.fiscal_year if others else None
    doubtful = rival is not None or (score is not None and score >= ENOUGH - NEAR)
    where = make_message("continuity.in-year", year=year) if year else make_message("continuity.in-other")
    named = None
    if rival is not None:
        score, other = rival
        named = others[other].at.name
        reason = make_message("continuity.belongs-elsewhere", name=named, where=where, score=score)
    elif doubtful and other is not None:
        named = others[other].at.name
        reason = make_message("continuity.nearly", name=named, where=where, score=score)
    else:
        reason = make_message("continuity.nothing", where=where)
    at = (own[index].at,)
    return Continuity(
        kind="ended" if left else "new",
        before=at if left else (),
        after=() if left else at,
        score=None if score is None else round(score, 2),
        reason=str(reason),
        doubtful=doubtful,
        reason_ja=reason.render("ja"),
        rival=named,
    )


def _find_broken_marks(one: Continuity, programmes: Mapping[str, ProgrammeFeatures], before: Report) -> list[Note]:
    """Find where the report's own mark of what is new says otherwise."""
    if one.kind not in ("continued", "renamed", "new"):
        return []
    (at,) = one.after
    marked = programmes[at.pointer].programme.is_new
    year = before.report.fiscal_year
    name = at.name or at.id
    if one.kind == "new" and marked is False:
        message = make_message("continuity-break.unmarked", name=name, year=year)
    elif one.kind != "new" and marked:
        was = one.before[0].name or one.before[0].id
        message = make_message("continuity-break.marked", name=name, before=was, year=year)
    else:
        return []
    source = programmes[at.pointer].programme.sources.is_new or at.source
    finding = make_finding(message, f"{at.pointer}/is_new", source)
    return [Note(**dict(finding), report=at.report)]
