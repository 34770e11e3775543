"""Choices: what a person says of the open changes of a report, by a pointer, by decisions, or of all that is clean."""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from extractor.baseline.change_groups import group_changes
from extractor.baseline.open_changes import OpenChange
from extractor.diff.leaves import PlaceNames
from extractor.diff.record_view import report_to_data
from extractor.errors import CannotRead, NoDecisions, Refused
from extractor.grammar.numerals import parse_number
from extractor.language import Translatable
from extractor.records.comparison import Labels
from extractor.records.decisions import Decision, Decisions, ProposedCorrection, ProposedWaiver, Settlements
from extractor.records.edition import Correction, Edition
from extractor.records.messages import explain_mistake, explain_os_error, locate_mistake, make_message
from extractor.records.pointer import is_at_or_under, parent_pointer, resolve_pointer
from extractor.records.report import Report
from extractor.runtime.files import LARGEST_BY_HAND, read_file

# Why a decision could not be applied: lines of `accept` in `words.toml`.
Reason = Literal[
    "stale",
    "another",
    "unknown",
    "twice",
    "contradictory",
    "accepted",
    "bad_correction",
    "corrected_otherwise",
    "bad_waiver",
]
# The group of a decision for all values with some proofs begins so: they are no proof of each other.
BY_PROOFS = "proofs:"
# So much of an unknown key is said.
LONGEST = 100


@dataclass(frozen=True, slots=True)
class NotApplied:
    """A decision that could not be applied: of what, why, and what else is to be said of it."""

    labels: Labels
    field: str | None
    reason: Reason
    detail: str | Translatable = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies before the person who chooses: the open changes, and the output and edition that they are of.

    The SHA-256s are those of the output and the golden file; None: there is no golden file.
    """

    changes: Sequence[OpenChange]
    report: Report
    edition: Edition
    output_sha256: str
    golden_sha256: str | None


@dataclass(slots=True)
class Choice:
    """What was chosen, by the places of the changes; what is not named is left as it was.

    `done`: how many decisions were carried out before. `by_hand`: what of the accepted a person looked at by itself or
    with its programme, and did not accept by its proofs.
    """

    accepted: set[int] = field(default_factory=set)
    refused: set[int] = field(default_factory=set)
    notes: dict[int, str] = field(default_factory=dict)
    corrections: dict[int, Correction] = field(default_factory=dict)
    waivers: tuple[ProposedWaiver, ...] = ()
    problems: list[NotApplied] = field(default_factory=list)
    done: int = 0
    by_hand: set[int] = field(default_factory=set)


# Chooses among what is open. Raises Refused where nothing can be chosen.
Choose = Callable[[Desk], Choice]


def open_decisions(path: Path) -> Decisions | Settlements:
    """Read a file that the page has written.

    Args:
        path: The file.

    Returns:
        What it decides: changes of a report, or identities of programmes.

    Raises:
        NoDecisions: It cannot be opened, or holds neither.
    """
    try:
        text = read_file(path, LARGEST_BY_HAND)
        kind = Settlements if "series" in _list_keys(text) else Decisions
        opened = kind.model_validate_json(text, strict=True)
    except OSError as error:
        raise NoDecisions(make_message("cannot-open.system", why=explain_os_error(error))) from None
    except ValidationError as error:
        place, why = locate_mistake(error)[:LONGEST], explain_mistake(error)
        raise NoDecisions(make_message("accepting.no-decisions", place=place, why=why)) from None
    if isinstance(opened, Decisions) and Path(opened.report).name != opened.report:
        raise NoDecisions(make_message("accepting.no-name"))
    return opened


def _list_keys(text: bytes) -> Collection[str]:
    """List the keys of the object that a JSON text is; none where it is none, of which pydantic says why."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return ()
    return data.keys() if isinstance(data, dict) else ()


def choose_clean(desk: Desk) -> Choice:
    """Choose all changes of programmes against which nothing speaks."""
    groups = group_changes(desk.changes, desk.report)
    return Choice(accepted={index for group in groups if group.clean for index in group.changes})


def choose_at(desk: Desk, pointer: str) -> Choice:
    """Choose the changes at or under a pointer, and those of findings and corrections that point there.

    A record that is gone from the output is at no pointer into it: it counts as under what held it.

    Args:
        desk: What there is to choose from.
        pointer: A pointer into the output.

    Returns:
        The choice.

    Raises:
        Refused: Nothing is open there.
    """
    wanted = PlaceNames(report_to_data(desk.report)).name_place(pointer)
    chosen = {
        index
        for index, one in enumerate(desk.changes)
        if is_at_or_under(parent_pointer(one.place) if one.change.right_pointer is None else one.place, wanted)
        or (one.subject != one.place and is_at_or_under(one.subject, wanted))
    }
    if not chosen:
        raise Refused(make_message("accepting.nothing-open", place=pointer))
    return Choice(accepted=chosen)


def choose_by_decisions(desk: Desk, decisions: Decisions) -> Choice:
    """Choose what a file of decisions says; what it says of other values than are there is not applied.

    Args:
        desk: What there is to choose from.
        decisions: What was said of the changes.

    Returns:
        The choice, and what of the decisions could not be applied.
    """
    return _Reading(desk, decisions).read_decisions()


class _Reading:
    """The decisions of a file, held against what is open."""

    def __init__(self, desk: Desk, decisions: Decisions) -> None:
        self._desk, self._decisions = desk, decisions
        self._choice = Choice(waivers=decisions.waivers)
        self._names = PlaceNames(report_to_data(desk.report))
        self._by_key = {one.leaf.key: index for index, one in enumerate(desk.changes)}
        self._by_place = {one.place: index for index, one in enumerate(desk.changes)}
        self._by_pointers = {
            (one.change.kind, one.change.left_pointer, one.change.right_pointer): index
            for index, one in enumerate(desk.changes)
        }
        self._corrected = {one.pointer.removesuffix("/raw"): one for one in desk.edition.correction}

    def read_decisions(self) -> Choice:
        verdicts: dict[int, list[Decision]] = defaultdict(list)
        for decision in self._decisions.decisions:
            for index in self._find_changes(decision):
                verdicts[index].append(decision)
        for index, said in sorted(verdicts.items()):
            self._settle_change(index, said)
        return self._choice

    def _find_changes(self, decision: Decision) -> Iterator[int]:
        """Find the changes that a decision is about; of what is not open it is said why."""
        if not decision.keys:
            yield from self._find_by_pointers(decision)
        for key in decision.keys:
            place = key.rpartition("#")[0]
            if key in self._by_key:
                yield self._by_key[key]
            else:
                self._explain_unopened(decision, place)

    def _find_by_pointers(self, decision: Decision) -> Iterator[int]:
        pointer = decision.right_pointer or decision.left_pointer or ""
        place = self._names.name_place(pointer)
        if self._decisions.output_sha256 != self._desk.output_sha256:
            self._report_place(place, "stale")
            return
        about = decision.kind, decision.left_pointer, decision.right_pointer
        index = self._by_pointers.get(about)  # type: ignore[arg-type]
        if index is None and decision.right_pointer is not None:
            # What the left pointer led to may have gone into golden since.
            here = self._by_place.get(place)
            index = here if here is not None and decision.left_pointer is None else None
        if index is None:
            self._explain_unopened(decision, place)
        else:
            yield index

    def _explain_unopened(self, decision: Decision, place: str) -> None:
        """Say why a decision is about nothing that is open; nothing is said where it was carried out before."""
        pointer = self._names.find_place(place)
        if decision.correction is not None and self._has_correction(decision.correction, pointer):
            self._choice.done += 1
            if place in self._by_place:
                # It was broken off before golden had the corrected value.
                self._choice.accepted.add(self._by_place[place])
        elif place in self._by_place:
            self._report_place(place, "another")
        elif decision.verdict == "accept" and self._is_done(place, pointer):
            self._choice.done += 1
        else:
            self._report_place(place, "unknown" if pointer in {None, ""} else "accepted")

    def _has_correction(self, wanted: ProposedCorrection, pointer: str | None) -> bool:
        known = self._corrected.get((pointer or "").removesuffix("/raw"))
        return known is not None and str(known.correct) in {str(wanted.value), str(_to_number(wanted.value))}

    def _is_done(self, place: str, pointer: str | None) -> bool:
        """Tell whether golden has changed since a change was accepted, and what it is of, or was in, is still there."""
        changed = self._decisions.golden_sha256 != self._desk.golden_sha256
        return changed and bool(pointer or self._names.find_place(parent_pointer(place)))

    def _settle_change(self, index: int, said: Sequence[Decision]) -> None:
        """Carry out what was said of a change: of it alone, or else of a group that it is in."""
        alone = [decision for decision in said if decision.group is None]
        counting = alone or said
        if len({(decision.verdict, str(decision.correction)) for decision in counting}) > 1:
            self._report_change(index, "contradictory")
            return
        if len(alone) > 1:
            self._report_change(index, "twice")
        if notes := list(filter(None, (decision.note for decision in said))):
            self._choice.notes[index] = " / ".join(dict.fromkeys(notes))
        self._carry_out(index, counting[0])
        if index in self._choice.accepted and not all(map(_is_by_proofs, said)):
            self._choice.by_hand.add(index)

    def _carry_out(self, index: int, decision: Decision) -> None:
        if decision.verdict == "accept":
            self._choice.accepted.add(index)
        if decision.verdict != "refuse":
            return
        self._choice.refused.add(index)
        if decision.correction is None:
            return
        try:
            pointer = self._desk.changes[index].change.right_pointer
            self._choice.corrections[index] = make_correction(decision, pointer, self._desk.report)
        except CannotRead as error:
            self._report_change(index, "bad_correction", error.args[0])

    def _report_change(self, index: int, reason: Reason, detail: str | Translatable = "") -> None:
        self._choice.problems.append(explain_change(self._desk.changes[index], reason, detail))

    def _report_place(self, place: str, reason: Reason) -> None:
        if place in self._by_place:
            self._report_change(self._by_place[place], reason)
            return
        labels, last = self._names.label_place(place)
        self._choice.problems.append(NotApplied(labels, last, reason))


def _is_by_proofs(decision: Decision) -> bool:
    return decision.group is not None and decision.group.startswith(BY_PROOFS)


def explain_change(one: OpenChange, reason: Reason, detail: str | Translatable = "") -> NotApplied:
    """Say that what was decided of a change could not be applied.

    Args:
        one: The change.
        reason: Why.
        detail: What else is to be said of it.

    Returns:
        The line.
    """
    return NotApplied(one.change.labels, one.change.field, reason, detail)


def make_correction(decision: Decision, pointer: str | None, report: Report) -> Correction:
    """Make the correction of a refused value, from today on and for this edition alone.

    A number that was typed as text is one where a number is printed.

    Args:
        decision: What was said of the value.
        pointer: Where the value stands; None: it is not in the output.
        report: The report in which the value is.

    Returns:
        The correction, as `raw/<name>.toml` holds it.

    Raises:
        CannotRead: With status bad-corrections: the value is not in the output, or cannot be put right.
    """
    given = decision.correction
    if given is None or pointer is None:
        raise CannotRead("bad-corrections", make_message("accepting.not-there"))
    try:
        printed: Any = resolve_pointer(report.model_dump(mode="json"), pointer)
    except LookupError:
        raise CannotRead("bad-corrections", make_message("accepting.not-there")) from None
    printed = printed.get("raw", printed) if isinstance(printed, dict) else printed
    value: Any = given.value
    if isinstance(printed, int) and not isinstance(printed, bool):
        value = _to_number(value)
        if value is None:
            raise CannotRead("bad-corrections", make_message("accepting.no-number", text=str(given.value)))
    try:
        said = {
            "pointer": pointer,
            "printed": "" if printed is None else printed,
            "correct": value,
            "reason": given.reason,
        }
        known = {"date": date.today(), "sha256": report.source.sha256}
        return Correction.model_validate(said | known, strict=True)
    except ValidationError:
        raise CannotRead("bad-corrections", make_message("accepting.not-printed")) from None


def _to_number(value: Any) -> Any:
    return parse_number(value) if isinstance(value, str) else value
