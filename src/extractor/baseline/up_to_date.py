"""Up to date: an output with what `accept` wrote beside its input, before the next run reads that."""

from collections.abc import Collection
from typing import Any

from extractor.assembly.corrections import apply_corrections
from extractor.checks.proofs import prove_corrected
from extractor.checks.run_checks import rank_finding
from extractor.checks.waivers import index_waivers, mark_waived
from extractor.records.edition import Edition
from extractor.records.pointer import join_pointer, parent_pointer, resolve_pointer
from extractor.records.proofs import add_proofs, list_proofs
from extractor.records.report import Passage, Report
from extractor.records.terms import TERM_FIELDS, take_terms
from extractor.records.walk import walk_records


def bring_up_to_date(report: Report, edition: Edition) -> Report:
    """Apply those corrections and waivers to an output that it does not have yet.

    The checks are made by the next run alone, and so are facts and activities of a corrected paragraph found there.

    Args:
        report: The output.
        edition: What is known of the file that it was read from.

    Returns:
        The report as the next run will read it, as far as that can be told.

    Raises:
        CannotRead: A correction cannot be applied.
    """
    have = {(one.pointer, one.correct, one.reason) for one in report.corrections}
    corrections = [one for one in edition.correction if (one.pointer, one.correct, one.reason) not in have]
    counting = {(one.code, one.pointer) for one in report.findings if one.waived is None}
    # A waiver is for the bytes that were looked at: one of another edition waives nothing.
    current = index_waivers(edition.waiver, report)
    waivers = {about: current[about] for about in current.keys() & counting}
    if not (corrections or waivers):
        return report
    made = _leave_out_terms(apply_corrections(report, corrections), {one.pointer for one in corrections})
    made = add_proofs(made, prove_corrected(made, list_proofs(made)), keep=False)
    findings = sorted((mark_waived(one, waivers) for one in made.findings), key=rank_finding)
    return made.model_copy(update={"findings": tuple(findings)})


def _leave_out_terms(report: Report, corrected: Collection[str]) -> Report:
    """Leave out what was found in paragraphs and notes whose text is now another."""
    passages = {pointer for pointer, _ in walk_records(report, Passage)}
    changed = {parent_pointer(pointer, 2) for pointer in corrected if parent_pointer(pointer, 2) in passages}
    if not changed:
        return report
    data = report.model_dump(mode="json")
    for pointer in changed:
        passage = resolve_pointer(data, pointer)
        for name, (facts, activities) in TERM_FIELDS.items():
            kept: tuple[list[Any], list[Any]] = [], []
            for index in range(len(passage[name])):
                if join_pointer(pointer, name, index) not in corrected:
                    for terms, own in zip(kept, take_terms(passage, name, index, index, len(kept[0])), strict=True):
                        terms.extend(own)
            passage[facts], passage[activities] = kept
    return Report.model_validate(data)
