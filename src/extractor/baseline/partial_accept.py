"""Partial accept: a golden file and what is pending, made of what was chosen of a report."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from extractor.baseline.choices import Choice, Desk, NotApplied, Reason, explain_change
from extractor.baseline.open_changes import OpenChange, OpenChanges, make_pending_leaf
from extractor.baseline.up_to_date import bring_up_to_date
from extractor.checks.waivers import make_waiver
from extractor.diff.compare import SeriesOf, log_changes
from extractor.diff.leaves import PlaceNames
from extractor.diff.merge import keep_accepted
from extractor.diff.record_view import report_to_data
from extractor.errors import CannotRead
from extractor.language import Translatable
from extractor.records.comparison import Change
from extractor.records.edition import Correction, Edition, Waiver
from extractor.records.messages import Message, make_message
from extractor.records.pending import PendingLeaf
from extractor.records.report import Report


@dataclass(frozen=True, slots=True)
class Made:
    """What comes of a choice.

    Attributes:
        report: The golden file; None: it stays as it is, for nothing was accepted.
        pending: What is left of the others.
        corrected: Where values were corrected, by names.
    """

    report: Report | None
    pending: tuple[PendingLeaf, ...]
    corrected: tuple[str, ...]


def check_edition(desk: Desk, choice: Choice) -> Edition:
    """Choose those corrections and waivers that can be written; of the others the choice gets a problem each.

    Args:
        desk: What there is to choose from.
        choice: What was chosen. Corrections that cannot be applied are taken out of it.

    Returns:
        The corrections and waivers to write.
    """
    corrections: list[Correction] = []
    there = {one.pointer.removesuffix("/raw") for one in desk.edition.correction}
    wanted = list(choice.corrections.items())
    if not _may_be_applied(desk.report, [one for _, one in wanted]):
        for index, one in wanted:
            why = None if _may_be_applied(desk.report, [*corrections, one]) else _say_why(desk.report, one)
            if why is not None:
                del choice.corrections[index]
                choice.problems.append(explain_change(desk.changes[index], "bad_correction", why))
            else:
                corrections.append(one)
    for index, one in list(choice.corrections.items()):
        if one.pointer.removesuffix("/raw") in there:
            del choice.corrections[index]
            choice.problems.append(explain_change(desk.changes[index], "corrected_otherwise"))
    return Edition(correction=tuple(choice.corrections.values()), waiver=tuple(_make_waivers(desk, choice)))


def _may_be_applied(report: Report, corrections: Sequence[Correction]) -> bool:
    try:
        bring_up_to_date(report, Edition(correction=tuple(corrections)))
    except CannotRead:
        return False
    return True


def _say_why(report: Report, correction: Correction) -> Translatable | str:
    """Say why a correction cannot be applied, alone or after the others; its place is named by others."""
    try:
        bring_up_to_date(report, Edition(correction=(correction,)))
    except CannotRead as error:
        why: Translatable | str = error.args[0]
        if not isinstance(why, Message):
            return why
        value = make_message("accepting.this-value")
        said = ((name, value if said == correction.pointer else said) for name, said in why.parameters)
        return replace(why, parameters=tuple(said))
    return make_message("accepting.contradiction")


def _make_waivers(desk: Desk, choice: Choice) -> list[Waiver]:
    names = PlaceNames(report_to_data(desk.report))
    current = [one for one in desk.edition.waiver if one.sha256 == desk.report.source.sha256]
    known = {(one.code, one.pointer, one.reason) for one in current}
    made = []
    for one in choice.waivers:
        if (one.code, one.pointer, one.reason) in known:
            choice.done += 1
            continue
        try:
            made.append(make_waiver(one.code, one.pointer, one.reason, desk.report))
        except CannotRead as error:
            reason: Reason = "bad_waiver"
            labels, field = names.label_place(names.name_place(one.pointer))
            choice.problems.append(NotApplied(labels, field, reason, error.args[0]))
    return made


def take_choice(
    left: Report | None, right: Report, found: OpenChanges, choice: Choice, wanted: Edition, series_of: SeriesOf
) -> Made:
    """Make the golden file and what is pending.

    With anything that is accepted comes what is of the report as a whole, but for what of that was refused.

    Args:
        left: The golden file; None: there is none.
        right: The output, up to date.
        found: What is open of it.
        choice: What was chosen.
        wanted: The corrections and waivers that go beside the input.
        series_of: The accepted series of programmes.

    Returns:
        What comes of it.
    """
    chosen = set(choice.accepted) | set(choice.corrections)
    touched = bool(chosen or wanted.waiver)
    if touched:
        chosen |= {index for index, one in enumerate(found.changes) if one.leaf.follows} - choice.refused
    over = sorted(set(range(len(found.changes))) - chosen)
    pending = tuple(_leave_pending(found.changes[index], index, choice, left) for index in over)
    new = bring_up_to_date(right, wanted)
    names = PlaceNames(report_to_data(new))
    corrected = tuple(names.name_place(one.pointer) for one in wanted.correction)
    if left is None:
        result = new if touched else None
    elif touched:
        result = _keep_left(left, new, found.changes, over, series_of)
    else:
        result = None if over else new
    return Made(result, pending, corrected)


def _leave_pending(one: OpenChange, index: int, choice: Choice, left: Report | None) -> PendingLeaf:
    """Leave a change pending; what was said of it before holds until something else is said."""
    if index in choice.refused:
        return make_pending_leaf(one, "refused", choice.notes.get(index, ""), left)
    return make_pending_leaf(one, one.leaf.state or "open", choice.notes.get(index, one.leaf.note), left)


def _keep_left(
    left: Report, new: Report, changes: Sequence[OpenChange], over: Collection[int], series_of: SeriesOf
) -> Report:
    """Take the new reading, but keep in it what was accepted of what is left over."""
    taken = {id(origin) for index, one in enumerate(changes) if index not in set(over) for origin in one.origins}
    kept = {_list_ends(origin) for index in over for origin in changes[index].origins if id(origin) not in taken}
    log = log_changes(left, new, series_of)
    return keep_accepted(left, new, [one for one in log.changes if _list_ends(one) in kept], series_of)[0]


def _list_ends(change: Change) -> tuple[str, str | None, str | None]:
    return change.kind, change.left_pointer, change.right_pointer
