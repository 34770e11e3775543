"""Collect findings: those of the last run's outputs, or of the golden files, grouped by what they mean."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, get_args

from extractor.baseline.accept import index_last_run, report_name_of
from extractor.baseline.compare_to_baseline import is_of_input
from extractor.batch.runner import READ
from extractor.checks.codes import CodeEntry, Meaning, codes
from extractor.errors import RequestRefused
from extractor.language import Translatable
from extractor.records.findings import (
    Bilingual,
    FindingGroup,
    FindingList,
    LocatedFinding,
    SearchedReport,
    locate_findings,
)
from extractor.records.messages import make_message
from extractor.records.report import Report, Severity
from extractor.runtime.file_names import path_to_text
from extractor.runtime.output_files import NotAnOutput, open_output, output_path
from extractor.runtime.run_record import RUN_FILE

SEVERITIES: tuple[Severity, ...] = get_args(Severity)
# A code that another version of the program wrote.
_UNKNOWN = CodeEntry(title="", meanings=(Meaning(severity="info", en="", ja=""),), action=Bilingual(en="", ja=""))
Kind = tuple[Severity, str]


def collect_findings(
    reports: Sequence[str],
    folder: Path,
    of: Literal["output", "golden"],
    severities: Collection[str] = (),
    wanted: Collection[str] = (),
    raw: Path | None = None,
) -> FindingList:
    """Collect the findings of reports.

    Args:
        reports: The reports, by any of their files' names; none: all of the last run, or all golden files.
        folder: Where the last run wrote, or where the accepted files are.
        of: Which of these it is.
        severities: Only findings of these; none: all.
        wanted: Only findings of these codes; none: all.
        raw: The folder of the inputs, to tell whether an output is of one that was replaced; None: it is not looked at.

    Returns:
        The findings, and of each report what it was read from or why that is not known.

    Raises:
        RequestRefused: There is no report, or none of a name that is given.
    """
    last = index_last_run(folder) if of == "output" else {}
    there = sorted(path_to_text(path.stem) for path in folder.glob("*.json") if path.name != RUN_FILE)
    names = list(dict.fromkeys(map(report_name_of, reports))) or list(last) or there
    if not names:
        raise RequestRefused(make_message("usage.no-reports", folder=str(folder)))
    if unknown := [name for name in names if name not in {*last, *there}]:
        raise RequestRefused(make_message("usage.no-such-report", report=unknown[0], folder=str(folder)))
    searched, kinds = [], defaultdict[Kind, list[LocatedFinding]](list)
    for name in names:
        report, why = _open_or_explain(output_path(folder, name))
        if name in last and last[name].get("status") != READ:
            why = _explain_refusal(last[name])
        elif report and of == "output" and raw and not is_of_input(report.source.sha256, name, raw):
            why = _translate(make_message("searched.changed"))
        searched.append(SearchedReport(report=name, source=report.source if report else None, why=why))
        for one in locate_findings(name, report) if report else ():
            kinds[one.finding.severity, one.finding.code].append(one)
    shown = [
        kind
        for kind in sorted(kinds, key=_order_kind)
        if (not severities or kind[0] in severities) and (not wanted or kind[1] in wanted)
    ]
    groups = tuple(_make_group(kind, kinds[kind]) for kind in shown)
    return FindingList(of=of, reports=tuple(searched), groups=groups)


def _open_or_explain(path: Path) -> tuple[Report | None, Bilingual | None]:
    try:
        return open_output(path).report, None
    except NotAnOutput as error:
        return None, _translate(error)


def _explain_refusal(entry: Mapping[str, Any]) -> Bilingual:
    """Explain, by the record of the last run, why an input could not be read."""
    english, japanese = (entry.get(name) for name in ("message", "message_ja"))
    en = make_message("searched.not-read", why=str(english)).render("en")
    return Bilingual(en=en, ja=make_message("searched.not-read", why=str(japanese or english)).render("ja"))


def _translate(said: Translatable) -> Bilingual:
    return Bilingual(en=said.render("en"), ja=said.render("ja"))


def _order_kind(kind: Kind) -> tuple[int, int, str]:
    """Order by severity, then as codes are documented; a code that another version of the program wrote comes last."""
    severity, code = kind
    known = list(codes())
    return SEVERITIES.index(severity), known.index(code) if code in known else len(known), code


def _make_group(kind: Kind, findings: list[LocatedFinding]) -> FindingGroup:
    severity, code = kind
    entry = codes().get(code, _UNKNOWN)
    meanings = {meaning.severity: meaning for meaning in reversed(entry.meanings)}
    meaning = meanings.get(severity, entry.meanings[0])
    return FindingGroup(
        code=code,
        severity=severity,
        title=entry.title or code,
        meaning=Bilingual(en=meaning.en, ja=meaning.ja),
        action=entry.action,
        findings=tuple(sorted(findings, key=lambda one: one.finding.waived is not None)),
    )
