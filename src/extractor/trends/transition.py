"""Step: from one report to the next: what became of each programme, and what the report's own ○ says of it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from extractor.records.messages import Message, make_finding, make_message
from extractor.records.report import Report
from extractor.records.trends import Continuity, ContinuityKind, Note
from extractor.trends.evidence import ENOUGH, TELLING, Evidence
from extractor.trends.features import Traits, traits_of, years_told
from extractor.trends.pairing import NEAR, Pair, Paired, nearest, pair
from extractor.trends.split_merge import Parting, partings

# Which programme is of which series: by the report's id and the programme's.
Known = Mapping[tuple[str, str], str]
# The kinds of evidence that a reason names.
_KINDS = ("prose", "metrics", "figures")


@dataclass(frozen=True, slots=True)
class Tie:
    """A programme and what it goes on as, or a part of it. `sure`: neither doubtful nor split nor merged."""

    left: Traits
    right: Traits
    sure: bool


@dataclass(frozen=True, slots=True)
class Step:
    """All that became of the programmes of one report, in the order of the next, and then what has ended."""

    continuities: tuple[Continuity, ...]
    ties: tuple[Tie, ...]
    notes: tuple[Note, ...]


def step(before: Report, after: Report, known: Known) -> Step:
    """From `before` to `after`."""
    years = years_told([before, after])
    evidence = Evidence(traits_of(before, years), traits_of(after, years))
    accepted = _known(evidence, known)
    paired = pair(evidence, *accepted)
    parted = [one for one in partings(evidence, paired) if not (one.doubtful and _settled(one, *accepted))]
    taken = _taken(parted)
    told: list[tuple[tuple[int, int], Continuity]] = []
    ties = []
    for one in paired.pairs:
        sure = (0, one.left) not in taken and (1, one.right) not in taken
        if sure:
            told.append(((0, one.right), _pair(evidence, one)))
        ties.append(Tie(evidence.lefts[one.left], evidence.rights[one.right], sure and not one.doubts))
    for parting in parted:
        first = parting.parts[0] if parting.wholes_left else parting.whole
        told.append(((0, first), _parting(evidence, parting)))
        ties += _part_ties(evidence, parting, paired)
    told += [((0, one), _alone(evidence, paired, one, left=False)) for one in paired.rights if (1, one) not in taken]
    told += [((1, one), _alone(evidence, paired, one, left=True)) for one in paired.lefts if (0, one) not in taken]
    continuities = tuple(one for _, one in sorted(told, key=lambda one: one[0]))
    programmes = {one.at.pointer: one for one in evidence.rights}
    # The mark says what was there the year before: over a year without a report it cannot be held against anything.
    next_year = after.report.fiscal_year == before.report.fiscal_year + 1
    notes = tuple(note for one in continuities for note in _broken(one, programmes, before)) if next_year else ()
    return Step(continuities, tuple(ties), notes)


def _known(evidence: Evidence, known: Known) -> tuple[dict[int, str], dict[int, str]]:
    """The series of programmes on both sides; a series that several programmes of a report have says nothing."""
    sides = []
    for programmes in (evidence.lefts, evidence.rights):
        found = {
            index: series for index, one in enumerate(programmes) if (series := known.get((one.at.report, one.at.id)))
        }
        counts = Counter(found.values())
        sides.append({index: series for index, series in found.items() if counts[series] == 1})
    return sides[0], sides[1]


def _settled(one: Parting, lefts: Mapping[int, str], rights: Mapping[int, str]) -> bool:
    """Whether a person has said of all of it which series it is: no doubt of it is left to be told."""
    wholes, parts = (lefts, rights) if one.wholes_left else (rights, lefts)
    return one.whole in wholes and all(part in parts for part in one.parts)


def _taken(parted: list[Parting]) -> set[tuple[int, int]]:
    """Programmes that are told of as split, merged or parts: side and index."""
    whole = {(0 if one.wholes_left else 1, one.whole) for one in parted}
    return whole | {(1 if one.wholes_left else 0, part) for one in parted for part in one.parts}


def _pair(evidence: Evidence, one: Pair) -> Continuity:
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


def _reason_for_pair(one: Pair, *, same: bool, named: bool) -> Message:
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


def _parting(evidence: Evidence, one: Parting) -> Continuity:
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


def _part_ties(evidence: Evidence, one: Parting, paired: Paired) -> list[Tie]:
    """Ties to parts besides the pair that is one already."""
    pairs = {(pair.left, pair.right) for pair in paired.pairs}
    both = [(one.whole, part) if one.wholes_left else (part, one.whole) for part in one.parts]
    return [
        Tie(evidence.lefts[left], evidence.rights[right], False) for left, right in both if (left, right) not in pairs
    ]


def _alone(evidence: Evidence, paired: Paired, index: int, *, left: bool) -> Continuity:
    """What is new or has ended."""
    own, others = (evidence.lefts, evidence.rights) if left else (evidence.rights, evidence.lefts)
    score, other = nearest(paired, [index], left=left).get(index, (None, None))
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


def _broken(one: Continuity, programmes: Mapping[str, Traits], before: Report) -> list[Note]:
    """Where the report's own mark of what is new says otherwise."""
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
