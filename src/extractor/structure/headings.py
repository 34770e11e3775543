"""Headings: which heading word of the profile a line is.

Brackets, marks or numbers may stand around the word.

In: a paragraph and a profile. Out: the kind of its heading, or the heading and the text behind it on one line.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from extractor.document.layout import Element, Paragraph
from extractor.grammar.block_lines import find_line_kind
from extractor.grammar.heading_lines import CIRCLED_NUMBERS, HEADING_MARKS, strip_heading_marks
from extractor.grammar.normalize import comparison_key
from extractor.profiles.profile import HeadingKind, Profile, heading_words_of

# In characters: no unknown heading and no heading of case studies is longer.
UNKNOWN_HEADING_LENGTH, CASES_HEADING_LENGTH = 30, 60
_BRACKETED = re.compile(r"^(?:\[[^\[\]]+\]|[<〈《][^<>]+[>〉》])$")
_NUMBERED = re.compile(r"^(\(?)([0-9]{1,2})([).、]?)(?=[^0-9])")
# Behind a heading's word, what shows that a sentence speaks of it: 【事業概要】のとおり.
_MENTION = re.compile(
    r"の(?:とおり|通り|うち|内容|欄)|に(?:ついて|おいて|より|基づ|記載|示)|を(?:踏|参照)|[はがと]、|として|と同様|及び|並びに|又は|[・、。/／]"
)


def find_heading_kind(element: Element, profile: Profile) -> HeadingKind | None:
    """Find which heading of the profile an element is.

    Args:
        element: A paragraph; a table is no heading.
        profile: The family of reports whose heading words count.

    Returns:
        The kind of the heading; None where the line is more than a heading's word, or longer than `HEADING_LENGTH`.
    """
    return heading_words_of(profile).find_kind(element.text) if isinstance(element, Paragraph) else None


@dataclass(frozen=True, slots=True)
class RunInHeading:
    """A heading and the text behind it on one line.

    `marked`: within brackets, so that it is no mere word.
    """

    kind: Literal["overview", "results"]
    heading: Paragraph
    rest: Paragraph
    marked: bool


def split_run_in_heading(paragraph: Paragraph, profile: Profile) -> RunInHeading | None:
    """Split a passage's heading from its text on the same line.

    Such lines are 【事業概要】…, 事業概要：… and 事業概要　….

    Args:
        paragraph: A line of any length.
        profile: The family of reports whose words for 事業概要 and 事業実績 count.

    Returns:
        The heading and the text, both with the source of the line; None where no such heading begins the line, or a
        sentence only mentions it (【事業概要】のとおり).
    """
    for form in _compile_run_in_forms(profile):
        found = form.match(paragraph.text)
        if found and not _MENTION.match(found["rest"]) and re.search(r"\w", found["rest"]):
            heading, rest = paragraph.text[: found.start("rest")].strip(), found["rest"].strip()
            opened = heading_words_of(profile).kinds[comparison_key(found["word"])]
            if opened == "overview" or opened == "results":
                marked = "open" in found.groupdict()
                return RunInHeading(opened, replace(paragraph, text=heading), Paragraph(rest, paragraph.source), marked)
    return None


@cache
def _compile_run_in_forms(profile: Profile) -> tuple[re.Pattern[str], ...]:
    """Compile the forms of a heading with text behind it: within brackets, before a colon, before a blank."""
    words = (*profile.headings.overview, *profile.headings.results)
    if not words:
        return ()
    spaced = [r"\s*".join(map(re.escape, each)) for each in sorted(words, key=len, reverse=True)]
    word = f"(?P<word>{'|'.join(spaced)})"
    before = rf"^(?:[{HEADING_MARKS}]+|[(（]?[0-9{CIRCLED_NUMBERS}]{{1,2}}[)）.．、]?)?\s*"
    return (
        re.compile(
            rf"{before}(?P<open>[\[［【〔＜<〈《「(（])\s*{word}\s*[\]］】〕＞>〉》」)）]\s*[:：]?\s*(?P<rest>.+)$"
        ),
        re.compile(rf"{before}{word}\s*[:：]\s*(?P<rest>.+)$"),
        re.compile(rf"{before}{word}\s+(?P<rest>.+)$"),
    )


def is_unknown_heading(paragraph: Paragraph, known: Sequence[Paragraph]) -> bool:
    """Tell whether a line looks like a heading though the profile has no word for it.

    Args:
        paragraph: A line that is no heading of the profile.
        known: The headings of the same block so far, in order.

    Returns:
        Whether the line is one by its words (今後の取組), stands within 【】 or ＜＞, has a mark that a known heading
        has, or the next number, or is set apart from the prose.
    """
    if len(paragraph.text) > UNKNOWN_HEADING_LENGTH or "。" in paragraph.text:
        return False
    if known and find_line_kind(paragraph.text) == "section":
        return True
    marks = {heading.text[0] for heading in known} & set(HEADING_MARKS)
    bracketed = bool(_BRACKETED.match(comparison_key(paragraph.text)))
    return (
        bracketed or paragraph.text[0] in marks or _has_next_number(paragraph, known) or _is_set_apart(paragraph, known)
    )


def _is_set_apart(paragraph: Paragraph, known: Sequence[Paragraph]) -> bool:
    """Tell whether a line is set apart from the prose, and has no number, as a point within it has."""
    return paragraph.strong and bool(known) and _NUMBERED.match(comparison_key(paragraph.text)) is None


def _has_next_number(paragraph: Paragraph, known: Sequence[Paragraph]) -> bool:
    """Tell whether a line has the number after the last known heading's, written alike: １ ２ … ３ 今後の方向."""
    own = _NUMBERED.match(comparison_key(paragraph.text))
    last = _NUMBERED.match(comparison_key(known[-1].text)) if known else None
    return bool(own and last and own.groups()[::2] == last.groups()[::2] and int(own[2]) == int(last[2]) + 1)


def opens_case_studies(paragraph: Paragraph, profile: Profile) -> bool:
    """Tell whether a line ends with the profile's word for case studies (…事例紹介).

    Args:
        paragraph: A line of any length.
        profile: The family of reports whose words count.

    Returns:
        Whether the line is such a heading, of at most `CASES_HEADING_LENGTH` characters.
    """
    plain = strip_heading_marks(paragraph.text)
    return len(plain) <= CASES_HEADING_LENGTH and plain.endswith(
        tuple(map(comparison_key, profile.headings.case_studies))
    )
