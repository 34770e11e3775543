"""Review: the page on which a person decides on what differs from the golden files."""

from pathlib import Path

from extractor.model.review import Review
from extractor.report.page.review.data import page_data
from extractor.report.page.shell import page
from extractor.report.words import Language, words

STYLES = ("base.css", "review/page.css")
# The parts of the script, in the order in which they must stand.
SCRIPTS = ("base.js", "cutouts.js", *(f"review/{name}.js" for name in ("state", "list", "detail", "keys")))


def page_of(review: Review, raw: Path, language: Language) -> str:
    """The page. Places are cut out of the documents in `raw` that the two sides were read from."""
    data = page_data(review, raw, language)
    return page("review/page.html", STYLES, SCRIPTS, language, data, words=words(language))
