"""Findings page: what is doubtful in reports, each beside the cut-out of its place."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from extractor.records.findings import FindingList, LocatedFinding
from extractor.records.table_rows import TableRows
from extractor.reporting.finding_places import describe_finding_pages, describe_proofs, write_finding_lines
from extractor.reporting.findings_terminal import head_group, summarize_findings
from extractor.reporting.html.cutouts import Cutouts
from extractor.reporting.html.single_file_page import render_page
from extractor.reporting.i18n import Language, words
from extractor.runtime.output_files import open_output, output_path

STYLES = ("base.css", "dark.css", "findings/page.css")
SCRIPTS = ("base.js", "cutouts.js", "findings/places.js")
# The words that the scripts need.
_SAID = ("no_place", "no_picture", "too_large", "enlarge")


def render_findings_page(found: FindingList, folder: Path, documents: Sequence[Path], language: Language) -> str:
    """Render the page of findings.

    Args:
        found: The findings.
        folder: Where the reports are; they say in which rows of tables the places are.
        documents: The folders in which the documents are that the reports were read from.
        language: The language of the page.

    Returns:
        The HTML file.
    """
    known, cutouts = words(language), Cutouts(language)
    reports = {one.report: open_output(output_path(folder, one.report)).report for one in found.reports if one.source}
    tables = {name: TableRows(report) for name, report in reports.items()}
    groups = [
        {
            "heading": head_group(group, language),
            "severity": group.severity,
            "meaning": getattr(group.meaning, language).replace("`", ""),
            "action": getattr(group.action, language).replace("`", ""),
            "findings": [_show_finding(one, language) for one in group.findings],
        }
        for group in found.groups
    ]
    places = [
        {
            "sha": sha,
            "places": cutouts.places(sha, one.finding.source, tables[one.report].find_row(one.finding.pointer)),
        }
        for one in found.list_findings()
        for sha in [reports[one.report].source.sha256]
    ]
    data = {"words": {name: known[name] for name in _SAID}, "places": places, **cutouts.data(documents)}
    summary = summarize_findings(found, language)
    return render_page(
        "findings/page.html", STYLES, SCRIPTS, language, data, words=known, found=found, groups=groups, summary=summary
    )


def _show_finding(one: LocatedFinding, language: Language) -> dict[str, Any]:
    located = one.model_dump(mode="json")
    place, message, *waived = write_finding_lines(located, language)
    pages = describe_finding_pages(located, language)
    proofs = describe_proofs(one.proofs, language)
    return {"place": place, "message": message, "waived": "".join(waived), "pages": pages, "proofs": proofs}
