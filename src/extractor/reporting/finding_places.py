"""Finding places: where a finding stands, in the words by which a person finds it: page, programme, item, year."""

from extractor.language import Language
from extractor.records.findings import LocatedFinding
from extractor.records.report import Finding, LineSpan, Place
from extractor.reporting.i18n import load_words, say

# Of a finding with many places, the pages of so many are said.
MOST_PAGES = 3


def name_finding_place(located: LocatedFinding, language: Language) -> str:
    """Name what a finding is about.

    Args:
        located: The finding.
        language: The language of the words.

    Returns:
        The programme with its number, the passage or item, and the year; of what is in no programme, the case study or
        the chapter.
    """
    labels, number = located.labels, located.programme_number
    programme = labels.programme
    if programme is not None and number is not None:
        programme = say(language, "finding_list.programme", number=number, name=programme)
    passage = load_words(language)[labels.passage] if labels.passage else None
    year = None if labels.fiscal_year is None else say(language, "finding_list.year", year=labels.fiscal_year)
    inner = (programme, passage, labels.metric, year, labels.case_study, labels.subject)
    named = " › ".join(filter(None, inner)) or labels.initiative or labels.policy
    return named or say(language, "finding_list.whole")


def list_finding_pages(located: LocatedFinding, language: Language) -> list[str]:
    """List the pages on which a finding stands.

    Args:
        located: The finding.
        language: The language of the words.

    Returns:
        The printed number of each page and its number in the PDF, or the lines of a transcript; of many, the first.
    """
    pages = list(dict.fromkeys(_describe_page(place, language) for place in located.finding.source))
    return pages if len(pages) <= MOST_PAGES else [*pages[:MOST_PAGES], "…"]


def describe_finding_pages(located: LocatedFinding, language: Language) -> str:
    """Write the pages on which a finding stands on one line, behind the name of its report."""
    pages = tuple(list_finding_pages(located, language))
    return say(language, "finding_list.pages", report=located.report, pages=pages).strip()


def _describe_page(place: Place, language: Language) -> str:
    if isinstance(place, LineSpan):
        name = "line" if place.line == place.end_line else "lines"
    else:
        name = "page_alone" if place.page_label is None else "page"
    return say(language, f"finding_list.{name}", **place.model_dump(exclude={"bbox"}))


def describe_waiver(finding: Finding, language: Language) -> str:
    """Say since when and why a finding is waived; "" where it is not."""
    waived = finding.waived
    return say(language, "finding_list.waived", **waived.model_dump(mode="json")) if waived else ""
