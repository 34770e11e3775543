"""Review: the page on which a person decides on what differs from the golden files."""

from pathlib import Path

from extractor.records.review import Review
from extractor.reporting.html.review.data import page_data
from extractor.reporting.html.shell import page
from extractor.reporting.i18n import Language, words

STYLES = ("base.css", "review/page.css")
# The parts of the script, in the order in which they must stand.
SCRIPTS = ("base.js", "cutouts.js", *(f"review/{name}.js" for name in ("state", "list", "detail", "keys")))


def page_of(review: Review, raw: Path, language: Language) -> str:
    """The page. Places are cut out of the documents in `raw` that the two sides were read from."""
    data = page_data(review, raw, language)
    return page("review/page.html", STYLES, SCRIPTS, language, data, words=words(language))
