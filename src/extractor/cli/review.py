"""The command `review`, and the line with which a run ends: where the last run's output differs from golden/."""

from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from extractor.baseline.compare_to_baseline import review_outputs
from extractor.baseline.kept_originals import folders_of_documents
from extractor.cli import GOLDEN, RAW
from extractor.cli.console import fail_on, print_line, print_table, tell, write_text
from extractor.errors import CannotReview
from extractor.language import Language, get_language, get_page_language
from extractor.records.review import Review
from extractor.records.to_json import review_json
from extractor.reporting.html import render_review_page
from extractor.reporting.markdown import render_markdown
from extractor.reporting.original import Sizes, find_sizes
from extractor.reporting.terminal import describe_difference, tabulate_changes, tabulate_review
from extractor.runtime.file_names import text_to_printable
from extractor.runtime.files import is_file, is_folder

# So many changes of each report are shown on a terminal.
SHOWN = 10


def print_review(
    reports: list[str],
    folders: tuple[Path, Path, Path],
    html: Path | None,
    markdown: str | None,
    json: str | None,
) -> int:
    """Show where the last run's output differs from golden/, report by report.

    Args:
        reports: Names of reports; without any, all of the last run.
        folders: Where the last run wrote, where the accepted files are, and where the inputs are.
        html: Where the page for a browser is written; None: nowhere.
        markdown: Where it is written for a pull request; `-` prints it in place of the table.
        json: Where it is written for a program; `-` as above.

    Returns:
        The exit code: 0 no differences, 1 some, 2 it could not be told.
    """
    out, golden, raw = folders
    with fail_on(CannotReview, OSError):
        found = review_outputs(reports, out, golden, raw)
        sizes = find_sizes((report.comparison for report in found.reports), folders_of_documents(raw, golden))
    if html is not None:
        write_text(html, render_review_page(found, folders, get_page_language()))
    if markdown is not None:
        write_text(markdown, render_markdown(found, get_language(), sizes))
    if json is not None:
        write_text(json, review_json(found))
    if "-" not in {markdown, json}:
        _print_reports(found, sizes)
    return 2 if any(report.state == "unreadable" for report in found.reports) else int(found.differs)


def _print_reports(found: Review, sizes: Sizes) -> None:
    language = get_language()
    print_table(tabulate_review(found, language))
    for report in found.reports:
        if why := report.why_ja if language == "ja" else report.why:
            print_line(tell("console.failure", name=text_to_printable(report.report), reason=why))
        if report.comparison and report.comparison.changes and report.state in {"changed", "pending"}:
            changes = report.comparison.changes
            print_line(f"\n{text_to_printable(report.report)}")
            some = report.comparison.model_copy(update={"changes": changes[:SHOWN]})
            print_table(tabulate_changes(some, sizes, language))
            if len(changes) > SHOWN:
                print_line(tell("terminal.more", count=len(changes) - SHOWN))


def describe_run_difference(paths: Sequence[Path], out: Path) -> dict[str, str]:
    """Describe on one line how a run's output differs from the golden files beside it.

    Args:
        paths: What was read: of a run of some files, only those are compared. Without any, raw/.
        out: The folder that the run wrote into.

    Returns:
        The line in each language; nothing where it cannot be told.
    """
    golden = out.parent / GOLDEN
    folders = [path for path in paths or [RAW] if is_folder(path)]
    named = [path.name for path in paths if is_file(path)]
    try:
        found = review_outputs(named, out, golden, folders[0] if folders else RAW)
        return {language: describe_difference(found, language) for language in get_args(Language)}
    except (CannotReview, OSError):
        return {}
