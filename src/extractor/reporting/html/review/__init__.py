"""Review page: where a person decides on what differs from the golden files."""

from pathlib import Path

from extractor.baseline.kept_originals import folders_of_documents
from extractor.records.report import Report
from extractor.records.review import Review
from extractor.reporting.html.review.page_data import build_page_data
from extractor.reporting.html.single_file_page import render_page
from extractor.reporting.i18n import Language, words
from extractor.runtime.output_files import NotAnOutput, open_output, output_path

STYLES = ("base.css", "dark.css", "review/page.css")
# The parts of the script, in the order in which they must stand.
PARTS = ("state", "list", "verdicts", "alike", "detail", "programme", "paper", "keys")
SCRIPTS = ("base.js", "cutouts.js", *(f"review/{name}.js" for name in PARTS))


def render_review_page(review: Review, folders: tuple[Path, Path, Path], language: Language) -> str:
    """Render the page of a review.

    Args:
        review: What differs.
        folders: Where the last run wrote, where the accepted files are, and where the inputs are.
        language: The language of the page.

    Returns:
        The HTML file.
    """
    output, golden, raw = folders
    both = {
        one.report: (_open_or_none(golden, one.report), _open_or_none(output, one.report))
        for one in review.reports
        if one.comparison
    }
    data = build_page_data(review, folders_of_documents(raw, golden), language, both)
    return render_page("review/page.html", STYLES, SCRIPTS, language, data, words=words(language))


def _open_or_none(folder: Path, name: str) -> Report | None:
    try:
        return open_output(output_path(folder, name)).report
    except NotAnOutput:
        return None
