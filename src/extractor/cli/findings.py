"""The command `findings`: what is doubtful in reports, for the terminal, a program, a spreadsheet and a browser."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from extractor.baseline.collect_findings import SEVERITIES, collect_findings
from extractor.baseline.kept_originals import folders_of_documents
from extractor.checks.codes import codes
from extractor.cli import GOLDEN
from extractor.cli.console import fail, fail_on, print_notice, print_table, tell, write_text
from extractor.errors import RequestRefused
from extractor.language import get_language, get_page_language
from extractor.records.to_json import findings_json
from extractor.reporting.findings_csv import write_findings_csv
from extractor.reporting.findings_terminal import tabulate_findings

# So many values of an option are not listed where it has another.
MANY = 10


def print_findings(
    reports: Sequence[str],
    folders: tuple[Path, Path | None, Path],
    chosen: tuple[Sequence[str], Sequence[str]],
    files: tuple[str | None, str | None, str | None],
) -> int:
    """Show what is doubtful in reports.

    Args:
        reports: Names of reports; without any, all of the last run, or all accepted files.
        folders: Where the last run wrote, where the accepted files are if those are meant, and where the inputs are.
        chosen: The severities and the codes that are shown; without any, all.
        files: Where JSON, CSV and the page are written; None: nowhere; `-` prints it in place of the table.

    Returns:
        The exit code: 0 no finding that counts is an error, 1 some is, 2 it could not be told.
    """
    (out, golden, raw), (severities, wanted) = folders, chosen
    _check_choice("severity", severities, SEVERITIES)
    _check_choice("code", wanted, tuple(codes()))
    of: Literal["output", "golden"] = "output" if golden is None else "golden"
    folder, accepted = golden or out, golden or GOLDEN
    with fail_on(RequestRefused, OSError):
        found = collect_findings(reports, folder, of, severities, wanted, raw, accepted)
    json, csv, html = files
    if json is not None:
        write_text(json, findings_json(found))
    if csv is not None:
        write_text(csv, write_findings_csv(found, get_page_language()))
    if html is not None:
        from extractor.reporting.html import render_findings_page  # it draws pages, which takes long to import

        documents = folders_of_documents(raw, accepted)
        write_text(html, render_findings_page(found, folder, documents, get_page_language()))
    if "-" not in files:
        print_table(tabulate_findings(found, get_language()))
    for report in found.reports:
        if report.why:
            why = getattr(report.why, get_language())
            print_notice(tell("console.error", message=f"{report.report}: {why}"))
    return found.exit_code


def _check_choice(option: str, given: Sequence[str], known: Sequence[str]) -> None:
    """Fail where an option names something that there is not."""
    for name in given:
        if name not in known:
            listed = ", ".join(known) if len(known) < MANY else "docs/findings.md"
            fail(tell("finding_list.unknown", option=option, name=name, known=listed))
