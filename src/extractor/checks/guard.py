"""Guard: a check that fails costs what it has to say, and no other check."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar, TypeVarTuple

from extractor.records.messages import Message, report_finding
from extractor.records.report import Finding, Source
from extractor.runtime.faults import is_local

Ts = TypeVarTuple("Ts")
Said = TypeVar("Said")
# What is checked, as a pointer into the report, and where it stands.
Place = tuple[str, Source]


def run_check(
    name: Message,
    place: Place,
    check: Callable[[*Ts], Iterable[Said]],
    *args: *Ts,
    otherwise: Sequence[Said] | None = None,
) -> list[Said | Finding]:
    """Run a check; where it fails, add a finding that says so.

    Args:
        name: What is checked, in words that complete "the check of …": a message of the group `check`.
        place: Where the finding of a failure is put.
        check: The check.
        *args: Handed to the check.
        otherwise: What stays where the check fails, of a check that puts other findings in place of some; None: what
            it found before it failed.

    Returns:
        What the check finds (findings, proofs); where it fails, those that stay and a finding `check-failed`.

    Raises:
        BaseException: The check raised what concerns more than itself: want of memory, a refusal of the input, or an
            interruption.
    """
    found: list[Said | Finding] = []
    try:
        found.extend(check(*args))
    except BaseException as fault:
        if not is_local(fault):
            raise
        failure = report_finding("check-failed.check", *place, what=name)
        return [*(found if otherwise is None else otherwise), failure]
    return found
