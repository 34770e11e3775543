"""Review page: where a person decides on what differs from the golden files."""

from collections.abc import Sequence
from pathlib import Path

from extractor.assembly.corrections import read_edition
from extractor.baseline.kept_originals import folders_of_documents
from extractor.baseline.known_proofs import add_known_proofs
from extractor.errors import CannotRead
from extractor.records.edition import Waiver
from extractor.records.report import Report
from extractor.records.review import Review
from extractor.reporting.html.review.page_data import build_page_data
from extractor.reporting.html.single_file_page import render_page
from extractor.reporting.i18n import Language, words
from extractor.runtime.file_names import text_to_file_name
from extractor.runtime.input_bytes import EDITION
from extractor.runtime.output_files import NotAnOutput, open_output, output_path

STYLES = ("base.css", "dark.css", "review/page.css")
# The parts of the script, in the order in which they must stand.
PARTS = ("state", "list", "verdicts", "alike", "detail", "waivers", "programme", "paper", "keys")
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
        one.report: (_open_or_none(golden, one.report), _open_with_proofs(output, one.report, golden))
        for one in review.reports
        if one.comparison
    }
    waivers = {name: _read_waivers(raw / text_to_file_name(f"{name}{EDITION}")) for name in both}
    data = build_page_data(review, folders_of_documents(raw, golden), language, both, waivers)
    return render_page("review/page.html", STYLES, SCRIPTS, language, data, words=words(language))


def _open_or_none(folder: Path, name: str) -> Report | None:
    try:
        return open_output(output_path(folder, name)).report
    except NotAnOutput:
        return None


def _open_with_proofs(output: Path, name: str, golden: Path) -> Report | None:
    report = _open_or_none(output, name)
    return report and add_known_proofs(name, report, golden)


def _read_waivers(file: Path) -> Sequence[Waiver]:
    try:
        return read_edition(file).waiver
    except CannotRead:
        return ()
