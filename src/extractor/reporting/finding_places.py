"""Finding places: where a finding stands, in the words by which a person finds it: page, programme, item, year.

Findings come as JSON holds them (`LocatedFinding`), for a run shows some without the records being imported.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from extractor.language import Language
from extractor.reporting.i18n import load_words, say, word

# Of a finding with many places, the pages of so many are said.
MOST_PAGES = 3


def name_finding_place(located: Mapping[str, Any], language: Language) -> str:
    """Name what a finding is about.

    Args:
        located: The finding, as JSON holds it.
        language: The language of the words.

    Returns:
        The programme with its number, the passage or item, and the year; of what is in no programme, the case study or
        the chapter; of the report as a whole, the words for that.
    """
    labels, number = located["labels"], located["programme_number"]
    programme, year = labels["programme"], labels["fiscal_year"]
    if programme is not None and number is not None:
        programme = say(language, "finding_list.programme", number=number, name=programme)
    passage = load_words(language)[labels["passage"]] if labels["passage"] else None
    year = None if year is None else say(language, "finding_list.year", year=year)
    inner = (programme, passage, labels["metric"], year, labels["case_study"], labels["subject"])
    named = " › ".join(filter(None, inner)) or labels["initiative"] or labels["policy"]
    return named or say(language, "finding_list.whole")


def list_finding_pages(located: Mapping[str, Any], language: Language) -> list[str]:
    """List the pages on which a finding stands.

    Args:
        located: The finding, as JSON holds it.
        language: The language of the words.

    Returns:
        The printed number of each page and its number in the PDF, or the lines of a transcript; of many, the first.
    """
    pages = list(dict.fromkeys(_describe_page(place, language) for place in located["finding"]["source"]))
    return pages if len(pages) <= MOST_PAGES else [*pages[:MOST_PAGES], "…"]


def describe_finding_pages(located: Mapping[str, Any], language: Language) -> str:
    """Write the pages on which a finding stands.

    Args:
        located: The finding and the name of its report, as data.
        language: The language of the words.

    Returns:
        One line: the report, then the pages.
    """
    pages = tuple(list_finding_pages(located, language))
    return say(language, "finding_list.pages", report=located["report"], pages=pages).strip()


def _describe_page(place: Mapping[str, Any], language: Language) -> str:
    if "line" in place:
        name = "line" if place["line"] == place["end_line"] else "lines"
    else:
        name = "page_alone" if place["page_label"] is None else "page"
    return say(language, f"finding_list.{name}", **place)


def write_finding_lines(located: Mapping[str, Any], language: Language) -> list[str]:
    """Write what a finding is about, what it says, and why it is waived.

    Args:
        located: The finding and what it is about, as data.
        language: The language of the words.

    Returns:
        Two lines, or three where it is waived.
    """
    finding = located["finding"]
    message = (language == "ja" and finding["message_ja"]) or finding["message"]
    return [name_finding_place(located, language), message, *filter(None, [describe_waiver(finding, language)])]


def describe_proofs(proofs: Sequence[str] | None, language: Language) -> str:
    """Say what confirms a value.

    Args:
        proofs: Its proofs; None: it is no value.
        language: The language of the words.

    Returns:
        The words; "" of what is no value.
    """
    if proofs is None:
        return ""
    names = tuple(word(language, "proofs", kind) for kind in proofs)
    return say(language, "finding_list.proofs", names=names) if names else say(language, "finding_list.unproved")


def describe_waiver(finding: Mapping[str, Any], language: Language) -> str:
    """Say since when and why a finding is waived.

    Args:
        finding: The finding, as data.
        language: The language of the words.

    Returns:
        The words; "" where it is not waived.
    """
    waived = finding["waived"]
    return say(language, "finding_list.waived", **waived) if waived else ""
