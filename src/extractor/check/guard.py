"""Guard: a check that fails costs what it has to say, and no other check."""

from collections.abc import Iterable, Sequence

from extractor.model.faults import is_local
from extractor.model.record import Finding, Source


def run_check(
    name: str, findings: Iterable[Finding], pointer: str, source: Source, instead: Sequence[Finding] | None = None
) -> list[Finding]:
    """Run a check and return its findings; where it fails, a finding `check-failed` says so.

    Args:
        name: What is checked, in words that complete "the check of …".
        findings: The check, which finds one after the other as it is asked.
        pointer: What is checked, as a pointer into the report.
        source: Where that stands.
        instead: What stands for the findings of a check that failed; None for those that it found before.
    """
    found: list[Finding] = []
    try:
        found.extend(findings)
    except BaseException as fault:
        if not is_local(fault):
            raise
        message = f"the check of {name} failed by a fault of the program, so what it would say here is not known"
        failed = Finding(code="check-failed", severity="error", message=message, pointer=pointer, source=source)
        found = [*(found if instead is None else instead), failed]
    return found
