"""Front: the report's title, and whose report its first lines say that it is."""

from collections.abc import Sequence

from extractor.document.layout import Element, Paragraph
from extractor.grammar.eras import names_year, stated_fiscal_years
from extractor.grammar.normalize import key
from extractor.profiles.jurisdictions import jurisdiction_named
from extractor.profiles.profile import Profile

TITLE_LENGTH = 80
# A cover's line is no longer than this; behind the title so many lines may say who published it.
COVER_LENGTH, BEHIND, LEADING = 30, 3, 4


def is_title(paragraph: Paragraph, profile: Profile) -> bool:
    """Whether a line holds the profile's words for a report's title."""
    plain = key(paragraph.text)
    return len(plain) <= TITLE_LENGTH and "。" not in plain and any(key(word) in plain for word in profile.title)


def with_year(before: Element | None, title: Paragraph) -> Paragraph:
    """The title with the line before it, where that is the fiscal year, which the title does not say itself."""
    if not isinstance(before, Paragraph) or not names_year(before.text) or stated_fiscal_years(title.text):
        return title
    return Paragraph(f"{before.text} {title.text}", before.source + title.source, title.strong)


def other_publisher(elements: Sequence[Element], profile: Profile) -> tuple[str, Paragraph] | None:
    """Another jurisdiction than the profile's that title or cover name, and the line; None where they name none, or
    the profile's own too."""
    named = []
    lines = [element for element in elements if isinstance(element, Paragraph)]
    title = next((index for index, line in enumerate(lines) if is_title(line, profile)), 0)
    for index, line in enumerate(lines[: title + 1 + BEHIND]):
        if index == title or (len(line.text) <= COVER_LENGTH and "。" not in line.text):
            name = jurisdiction_named(line.text, profile.jurisdiction.name)
            # A cover's line begins with the name, a city's with its prefecture's; further in it may be anything.
            if name and (index == title or key(line.text).find(name) <= LEADING):
                named.append((name, line))
    if not named or any(name == profile.jurisdiction.name for name, _ in named):
        return None
    return named[0]
