"""Collect findings: those of the last run's outputs, or of the golden files, grouped by what they mean."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, get_args

from extractor.baseline.accept import index_last_run, report_name_of
from extractor.baseline.compare_to_baseline import is_of_input
from extractor.baseline.known_proofs import add_known_proofs
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
from extractor.runtime.run_record import list_output_files

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
    golden: Path | None = None,
) -> FindingList:
    """Collect the findings of reports.

    Args:
        reports: The reports, by any of their files' names; none: all of the last run, or all golden files.
        folder: Where the last run wrote, or where the accepted files are.
        of: Which of these it is.
        severities: Only findings of these; none: all.
        wanted: Only findings of these codes; none: all.
        raw: The folder of the inputs, to tell whether an output is of one that was replaced; None: it is not looked at.
        golden: The folder of the accepted files, which prove values, too; None: they are not looked at.

    Returns:
        The findings, and of each report what it was read from or why that is not known.

    Raises:
        RequestRefused: There is no report, or none of a name that is given.
    """
    last = index_last_run(folder) if of == "output" else {}
    searched, located = [], list[LocatedFinding]()
    for name in _choose_names(reports, folder, list(last)):
        report, why = _open_or_explain(name, folder, last.get(name), raw if of == "output" else None)
        searched.append(SearchedReport(report=name, source=report.source if report else None, why=why))
        if report is not None and report.findings:
            proved = add_known_proofs(name, report, golden) if golden else report
            located += locate_findings(name, proved)
    groups = tuple(_group_findings(located, severities or SEVERITIES, wanted))
    return FindingList(of=of, reports=tuple(searched), groups=groups)


def _group_findings(
    located: Sequence[LocatedFinding], severities: Collection[str], wanted: Collection[str]
) -> Iterator[FindingGroup]:
    kinds = defaultdict[Kind, list[LocatedFinding]](list)
    for one in located:
        kinds[one.finding.severity, one.finding.code].append(one)
    for severity, code in sorted(kinds, key=_order_kind):
        if severity in severities and (not wanted or code in wanted):
            yield _make_group((severity, code), kinds[severity, code])


def _choose_names(reports: Sequence[str], folder: Path, last: Sequence[str]) -> Sequence[str]:
    """Choose the reports that are asked for, else those of the last run, else all that are there."""
    there = [path_to_text(path.stem) for path in list_output_files(folder)]
    names = list(dict.fromkeys(map(report_name_of, reports))) or last or there
    if not names:
        raise RequestRefused(make_message("usage.no-reports", folder=str(folder)))
    if unknown := [name for name in names if name not in {*last, *there}]:
        raise RequestRefused(make_message("usage.no-such-report", report=unknown[0], folder=str(folder)))
    return names


def _open_or_explain(
    name: str, folder: Path, last: Mapping[str, Any] | None, raw: Path | None
) -> tuple[Report | None, Bilingual | None]:
    """Open a report, and say why its findings are not known, or are those of an older reading."""
    report, why = None, None
    try:
        report = open_output(output_path(folder, name)).report
    except NotAnOutput as error:
        why = _make_bilingual(error)
    if last is not None and last.get("status") != READ:
        why = _explain_refusal(last)
    elif report and raw and not is_of_input(report.source.sha256, name, raw):
        why = _make_bilingual(make_message("searched.changed"))
    return report, why


def _explain_refusal(entry: Mapping[str, Any]) -> Bilingual:
    """Explain, by the record of the last run, why an input could not be read."""
    english, japanese = (entry.get(name) for name in ("message", "message_ja"))
    en = make_message("searched.not-read", why=str(english)).render("en")
    return Bilingual(en=en, ja=make_message("searched.not-read", why=str(japanese or english)).render("ja"))


def _make_bilingual(said: Translatable) -> Bilingual:
    return Bilingual(en=said.render("en"), ja=said.render("ja"))


def _order_kind(kind: Kind) -> tuple[int, int, str]:
    """Order by severity, then as codes are documented; a code that another version of the program wrote comes last."""
    severity, code = kind
    known = list(codes())
    return SEVERITIES.index(severity), known.index(code) if code in known else len(known), code


def _order_finding(one: LocatedFinding, reports: Sequence[str]) -> tuple[bool, int, int]:
    """Order findings that count before waived ones, and in each report what least speaks for first."""
    return one.finding.waived is not None, reports.index(one.report), len(one.proofs or ())


def _make_group(kind: Kind, findings: list[LocatedFinding]) -> FindingGroup:
    reports = list(dict.fromkeys(one.report for one in findings))
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
        findings=tuple(sorted(findings, key=lambda one: _order_finding(one, reports))),
    )
