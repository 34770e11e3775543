"""Years: the page on what became of programmes, figures and divisions, and where a person settles what is doubtful."""

from collections.abc import Sequence
from pathlib import Path

from extractor.records.report import Report
from extractor.records.trends import YearsReport
from extractor.reporting.html.cutouts import Cutouts
from extractor.reporting.html.shell import page
from extractor.reporting.html.years.book import Book
from extractor.reporting.html.years.settle import to_settle
from extractor.reporting.html.years.view import view
from extractor.reporting.i18n import Language, words

STYLES = ("base.css", "years/page.css", "years/cards.css")
# The parts of the script, in the order in which they must stand.
SCRIPTS = ("base.js", "cutouts.js", "years/places.js", "years/find.js", "years/settle.js")


def years_page_of(years: YearsReport, reports: Sequence[Report], raw: Path, language: Language) -> str:
    """The page on `years`, which was found in `reports`. Places are cut out of the documents in `raw` that the reports
    were read from."""
    said = words(language) | words(language)["years"]
    cutouts = Cutouts(language)
    book = Book(years, reports, cutouts, language)
    settle = to_settle(years, book)
    context = view(years, book, settle)
    data = {
        "words": {name: one for name, one in said.items() if isinstance(one, str)},
        "places": book.shown,
        "settle": [one.data for one in settle],
        **cutouts.data(raw),
    }
    return page("years/page.html", STYLES, SCRIPTS, language, data, words=said, book=book, **context)
