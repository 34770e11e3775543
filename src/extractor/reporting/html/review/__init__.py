"""Review page: where a person decides on what differs from the golden files."""

from pathlib import Path

from extractor.records.review import Review
from extractor.reporting.html.review.page_data import build_page_data
from extractor.reporting.html.single_file_page import render_page
from extractor.reporting.i18n import Language, words

STYLES = ("base.css", "review/page.css")
# The parts of the script, in the order in which they must stand.
SCRIPTS = ("base.js", "cutouts.js", *(f"review/{name}.js" for name in ("state", "list", "detail", "keys")))


def render_review_page(review: Review, raw: Path, language: Language) -> str:
    """Render the page of a review.

    Args:
        review: What differs.
        raw: The folder of the inputs; places are cut out of those that the two sides were read from.
        language: The language of the page.

    Returns:
        The HTML file.
    """
    data = build_page_data(review, raw, language)
    return render_page("review/page.html", STYLES, SCRIPTS, language, data, words=words(language))
