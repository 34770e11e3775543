"""Guard: a check that fails costs what it has to say, and no other check."""

from collections.abc import Callable, Iterable, Sequence
from typing import ParamSpec

from extractor.records.messages import Message, make_finding, make_message
from extractor.records.report import Finding, Report, Source
from extractor.runtime.faults import is_local

P = ParamSpec("P")
# What is checked, as a pointer into the report, and where it stands.
Place = tuple[str, Source]


def run_check(
    name: Message, place: Place, check: Callable[P, Iterable[Finding]], *args: P.args, **kwargs: P.kwargs
) -> list[Finding]:
    """Run a check; where it fails, add a finding that says so.

    Args:
        name: What is checked, in words that complete "the check of …": a message of the group `check`.
        place: Where the finding of a failure is put.
        check: The check.
        *args: Handed to the check.
        **kwargs: Handed to the check.

    Returns:
        The findings of the check; where it fails, those made before and a finding `check-failed`.

    Raises:
        BaseException: The check raised what concerns more than itself: want of memory, a refusal of the input, or an
            interruption.
    """
    found: list[Finding] = []
    try:
        found.extend(check(*args, **kwargs))
    except BaseException as fault:
        if not is_local(fault):
            raise
        found.append(_failure(name, place))
    return found


def run_rewriting(
    name: Message,
    place: Place,
    rewrite: Callable[[Sequence[Finding], Report], Iterable[Finding]],
    findings: Sequence[Finding],
    report: Report,
) -> list[Finding]:
    """Let a check put other findings in place of some; where it fails, all stay.

    Args:
        name: What is checked, in words that complete "the check of …": a message of the group `check`.
        place: Where the finding of a failure is put.
        rewrite: The check, which is handed the findings and the report.
        findings: What was found so far.
        report: The report of which it was found.

    Returns:
        The findings that the check returns; where it fails, those found so far and a finding `check-failed`.

    Raises:
        BaseException: The check raised what concerns more than itself: want of memory, a refusal of the input, or an
            interruption.
    """
    try:
        return list(rewrite(findings, report))
    except BaseException as fault:
        if not is_local(fault):
            raise
        return [*findings, _failure(name, place)]


def _failure(name: Message, place: Place) -> Finding:
    return make_finding(make_message("check-failed.check", what=name), *place)
