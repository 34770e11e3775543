"""Proofs that need no check of their own: ink without a doubt, and values that a person put right."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from extractor.checks.recognition import UNSURE
from extractor.records.pointer import iterate_outwards
from extractor.records.proofs import BUDGET, Proof
from extractor.records.report import Finding, Observation, PageBox, Programme, Report, Source
from extractor.records.walk import walk_records

# Proofs of what is printed, whatever was put in its place.
_OF_PRINT = {"engine", "ink", "change"}


def prove_by_ink(report: Report, findings: Sequence[Finding], drawn: Collection[int]) -> Iterator[Proof]:
    """Find the values at whose places ink and glyphs are the same.

    Args:
        report: The report.
        findings: All findings; those of UNSURE point to the values that they are about.
        drawn: The pages that were held against their ink.

    Yields:
        `ink` for each value, dash and blank of these pages at whose place nothing is drawn that was not read, and
        nothing was read that is not drawn.
    """
    doubted = {finding.pointer for finding in findings if finding.code in UNSURE}
    for pointer, source, is_known in _list_values(report):
        if is_known and pointer not in doubted and _is_drawn(source, drawn):
            yield Proof(pointer, "ink")


def prove_corrected(report: Report, proofs: Iterable[Proof]) -> Iterator[Proof]:
    """Prove the values that a person corrected beside the input by hand.

    Args:
        report: The report.
        proofs: What was found of its values.

    Yields:
        `hand` for each of them, and the other proofs. What was found of its print is left out: the print is wrong.
    """
    corrected = set[str]()
    for correction in report.corrections:
        # A correction is of a whole observation, of a field in it, or of a budget.
        corrected.update(iterate_outwards(correction.pointer))
    yield from (proof for proof in proofs if proof.pointer not in corrected or proof.kind not in _OF_PRINT)
    yield from (Proof(pointer, "hand") for pointer in sorted(corrected))


def _list_values(report: Report) -> Iterator[tuple[str, Source, bool]]:
    for pointer, value in walk_records(report, Observation):
        yield pointer, value.source, value.status != "unreadable"
    for pointer, programme in walk_records(report, Programme):
        known = programme.budget_thousand_yen is not None
        yield f"{pointer}/{BUDGET}", programme.sources.budget_thousand_yen, known


def _is_drawn(source: Source, drawn: Collection[int]) -> bool:
    return bool(source) and all(
        isinstance(place, PageBox) and place.page in drawn and not place.recognised for place in source
    )
