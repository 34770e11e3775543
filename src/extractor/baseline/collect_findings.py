"""Collect findings: those of the last run's outputs, or of the golden files, grouped by what they mean."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Literal, get_args

from extractor.baseline.accept import index_last_run, report_name_of
from extractor.batch.runner import READ
from extractor.checks.codes import CodeEntry, Meaning, codes
from extractor.errors import RequestRefused
from extractor.records.findings import (
    Bilingual,
    FindingGroup,
    FindingList,
    LocatedFinding,
    SearchedReport,
    locate_findings,
)
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
) -> FindingList:
    """Collect the findings of reports.

    Args:
        reports: The reports, by any of their files' names; none: all of the last run, or all golden files.
        folder: Where the last run wrote, or where the accepted files are.
        of: Which of these it is.
        severities: Only findings of these; none: all.
        wanted: Only findings of these codes; none: all.

    Returns:
        The findings, and of each report what it was read from or why that is not known.

    Raises:
        RequestRefused: There is no report, or none of a name that is given.
    """
    last = index_last_run(folder) if of == "output" else {}
    there = sorted(path_to_text(path.stem) for path in folder.glob("*.json") if path.name != RUN_FILE)
    names = list(dict.fromkeys(map(report_name_of, reports))) or list(last) or there
    if not names:
        raise RequestRefused(f"{folder}/ has no report; run `extractor run` first")
    if unknown := [name for name in names if name not in {*last, *there}]:
        raise RequestRefused(f"{unknown[0]}: {folder}/ has no report of this name")
    searched, kinds = [], defaultdict[Kind, list[LocatedFinding]](list)
    for name in names:
        report, why = _open_or_explain(output_path(folder, name))
        if name in last and last[name].get("status") != READ:
            why = f"the last run could not read it: {last[name].get('message')}"
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


def _open_or_explain(path: Path) -> tuple[Report | None, str | None]:
    try:
        return open_output(path).report, None
    except NotAnOutput as error:
        return None, str(error)


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
