"""Heading words: which line is a heading by its words alone.

A profile goes in; out comes an object that says of a text which heading it is, whatever the heading is dressed in
(brackets, a mark, a number, a unit). The lay-out step asks it of all profiles at once, the structure step of one.
"""

from collections.abc import Iterable
from functools import cache
from typing import Literal, get_args

from extractor.grammar.heading_lines import strip_marks_and_unit
from extractor.grammar.normalize import comparison_key
from extractor.profiles.profile import Profile, load_profiles

HeadingKind = Literal["policy_overview", "list", "section", "overview", "results", "subject_profile", "subject_story"]

# A heading has at most so many characters: a longer line is a sentence.
HEADING_LENGTH = 40


class HeadingWords:
    """The heading words of some profiles.

    Where two give one word two kinds, the later profile's counts.

    >>> words = collect_all_heading_words()
    >>> words.is_heading("【 事業概要 】"), words.is_heading("事業概要は次のとおり。")
    (True, False)
    """

    def __init__(self, sources: Iterable[Profile] = ()) -> None:
        """Collect the words of profiles; without any, no line is a heading."""
        self.kinds: dict[str, HeadingKind] = {
            comparison_key(word): kind
            for profile in sources
            for kind in get_args(HeadingKind)
            for word in getattr(profile.headings, kind)
        }

    def find_kind(self, text: str) -> HeadingKind | None:
        """Return which heading a line is; None where it is none."""
        return self.kinds.get(strip_marks_and_unit(text)) if len(text) <= HEADING_LENGTH else None

    def is_heading(self, text: str) -> bool:
        """Tell whether a line is a heading by its words.

        It is then no part of the prose around it.
        """
        return self.find_kind(text) is not None


NO_HEADING_WORDS = HeadingWords()


@cache
def heading_words_of(profile: Profile) -> HeadingWords:
    """Return the heading words of one profile."""
    return HeadingWords((profile,))


@cache
def collect_all_heading_words() -> HeadingWords:
    """Return the heading words of all profiles of the package.

    Before a profile is chosen, any may be the report's.
    """
    return HeadingWords(load_profiles())
