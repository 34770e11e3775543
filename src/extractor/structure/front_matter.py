"""Front matter: the report's title, and whose report it is.

The first lines of the report say whose it is.
"""

import re
from collections.abc import Sequence

from extractor.document.layout import Element, Paragraph
from extractor.grammar.column_heads import names_year
from extractor.grammar.eras import find_edition_years, find_stated_fiscal_years
from extractor.grammar.normalize import comparison_key
from extractor.profiles.jurisdictions import jurisdiction_named
from extractor.profiles.profile import Profile

# In characters: a title, and a line of a cover, is no longer.
TITLE_LENGTH, COVER_LENGTH = 80, 30
# The year of an edition alone has no more: 令和10年度版.
EDITION_LENGTH = 8
# So many lines behind the title may say who published it, and a name begins within so many characters of its line.
LINES_BEHIND, LEADING = 3, 4


def is_title(paragraph: Paragraph, profile: Profile) -> bool:
    """Tell whether a line holds the profile's words for a report's title.

    Args:
        paragraph: A line of any length.
        profile: The family of reports whose titles count.

    Returns:
        Whether it does; a sentence, or a line of more than `TITLE_LENGTH` characters, is no title.
    """
    plain = comparison_key(paragraph.text)
    return (
        len(plain) <= TITLE_LENGTH
        and "。" not in plain
        and any(comparison_key(word) in plain for word in profile.title)
    )


def find_year_line(lines: Sequence[Element | None], title: Paragraph) -> Paragraph | None:
    """Find the line beside a title that is the fiscal year, or the year of the edition, and nothing else.

    Args:
        lines: What stands before the title and behind it; None where nothing does.
        title: The line with the title.

    Returns:
        The line; None where there is none, or the title has a year itself.
    """
    if find_stated_fiscal_years(title.text) or find_edition_years(title.text):
        return None
    return next((line for line in lines if isinstance(line, Paragraph) and _is_year(line.text)), None)


def _is_year(text: str) -> bool:
    plain = re.sub(r"^[(\[<](.*)[)\]>]$", r"\1", comparison_key(text))
    return names_year(text) or (bool(find_edition_years(plain)) and len(plain) <= EDITION_LENGTH)


def find_other_publisher(elements: Sequence[Element], profile: Profile) -> tuple[str, Paragraph] | None:
    """Find another jurisdiction than the profile's that the title or the cover names.

    Args:
        elements: The whole report in reading order.
        profile: The profile whose jurisdiction is expected.

    Returns:
        The first such name and its line; None where none is named, or the profile's own is named too.
    """
    lines = [element for element in elements if isinstance(element, Paragraph)]
    title = next((index for index, line in enumerate(lines) if is_title(line, profile)), 0)
    named = [
        (name, line)
        for index, line in enumerate(lines[: title + 1 + LINES_BEHIND])
        if (name := _find_publisher(line, profile, is_title_line=index == title))
    ]
    if any(name == profile.jurisdiction.name for name, _ in named):
        return None
    return next(iter(named), None)


def _find_publisher(line: Paragraph, profile: Profile, *, is_title_line: bool) -> str | None:
    """Find the jurisdiction that a line names: the title anywhere, another line of a cover near its beginning.

    A cover's line begins with the name, a city's with its prefecture's; further in it may be anything.
    """
    if not is_title_line and (len(line.text) > COVER_LENGTH or "。" in line.text):
        return None
    name = jurisdiction_named(line.text, profile.jurisdiction.name)
    return name if name and (is_title_line or comparison_key(line.text).find(name) <= LEADING) else None
