"""Up to date: an output with what `accept` wrote beside its input, before the next run reads that."""

from collections.abc import Collection
from typing import Any

from extractor.assembly.corrections import apply_corrections
from extractor.checks.run_checks import rank_finding
from extractor.records.edition import Edition
from extractor.records.pointer import join_pointer, last_part, parent_pointer, resolve_pointer
from extractor.records.report import AppliedWaiver, Passage, Report
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
    # A waiver is for the bytes that were looked at: one of another edition waives nothing.
    waivers = {
        (one.code, one.pointer): AppliedWaiver(reason=one.reason, date=one.date)
        for one in edition.waiver
        if one.sha256 == report.source.sha256
    }
    waived = {place for place in waivers if any(_waits_for(place, one) for one in report.findings)}
    if not corrections and not waived:
        return report
    made = apply_corrections(report, corrections)
    made = _leave_out_terms(made, {one.pointer for one in corrections})
    findings = [
        one.model_copy(update={"waived": waivers[one.code, one.pointer]}) if (one.code, one.pointer) in waived else one
        for one in made.findings
    ]
    applied = (*report.corrections, *made.corrections) if corrections else report.corrections
    return made.model_copy(update={"findings": tuple(sorted(findings, key=rank_finding)), "corrections": applied})


def _waits_for(place: tuple[str, str], finding: Any) -> bool:
    return (finding.code, finding.pointer) == place and finding.waived is None


def _leave_out_terms(report: Report, corrected: Collection[str]) -> Report:
    """Leave out the facts and activities of paragraphs whose text is another than the one they were found in."""
    texts = [pointer for pointer in corrected if last_part(parent_pointer(pointer)) == "paragraphs"]
    passages = {pointer for pointer, _ in walk_records(report, Passage)}
    if not any(parent_pointer(text, 2) in passages for text in texts):
        return report
    data = report.model_dump(mode="json")
    for pointer in passages:
        gone = {
            index
            for index in range(len(resolve_pointer(data, f"{pointer}/paragraphs")))
            if join_pointer(pointer, "paragraphs", index) in texts
        }
        passage = resolve_pointer(data, pointer)
        kept = [number for number, fact in enumerate(passage["facts"]) if fact["paragraph"] not in gone]
        passage["facts"] = [passage["facts"][number] for number in kept]
        passage["activities"] = [
            one | {"facts": [kept.index(number) for number in one["facts"] if number in kept]}
            for one in passage["activities"]
            if one["paragraph"] not in gone
        ]
    return Report.model_validate(data)
