"""Years page: what became of programmes, figures and divisions, and where a person settles what is doubtful.

In: the trends, and the reports that they were found in. Out: one HTML file.
"""

from collections.abc import Sequence
from pathlib import Path

from extractor.records.report import Report
from extractor.records.trends import YearsReport
from extractor.reporting.html.cutouts import Cutouts
from extractor.reporting.html.single_file_page import render_page
from extractor.reporting.html.years.programme_lookup import ProgrammeLookup
from extractor.reporting.html.years.questions import ask_questions, describe_questions
from extractor.reporting.html.years.template_context import build_template_context
from extractor.reporting.i18n import Language

STYLES = ("base.css", "dark.css", "years/page.css", "years/cards.css")
# The parts of the script, in the order in which they must stand.
SCRIPTS = ("base.js", "cutouts.js", "years/places.js", "years/find.js", "years/settle.js")


def render_years_page(years: YearsReport, reports: Sequence[Report], raw: Path, language: Language) -> str:
    """Render the page on what became of programmes.

    Args:
        years: The trends.
        reports: The reports that they were found in.
        raw: The folder of the inputs; places are cut out of those that the reports were read from.
        language: The language of the page.

    Returns:
        The HTML file.
    """
    cutouts = Cutouts(language)
    lookup = ProgrammeLookup(years, reports, cutouts, language)
    said = lookup.words
    questions = ask_questions(years, lookup)
    context = build_template_context(years, lookup, questions)
    data = {
        "words": {name: text for name, text in said.items() if isinstance(text, str)},
        "places": lookup.shown,
        **describe_questions(questions, lookup),
        **cutouts.data([raw]),
    }
    return render_page("years/page.html", STYLES, SCRIPTS, language, data, words=said, lookup=lookup, **context)
