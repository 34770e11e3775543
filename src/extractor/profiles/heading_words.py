"""Heading words: which line is a heading by its words alone.

A profile goes in; out comes an object that says of a text which heading it is, whatever the heading is dressed in
(brackets, a mark, a number, a unit). The lay-out step asks it of all profiles at once, the structure step of one.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal, get_args

from extractor.grammar.normalize import key
from extractor.profiles.profile import Profile, profiles

HeadingKind = Literal["policy_overview", "list", "section", "overview", "results", "subject_profile", "subject_story"]

POINT_MARKS = "○◯〇●■□◆◇"
MARKS = f"{POINT_MARKS}▼▽▲△・◎★☆▶▷►"
# A heading has at most so many characters: a longer line is a sentence.
HEADING_LENGTH = 40
_UNIT_NOTE = re.compile(r"(?:^|[(\[])単位[^()\[\]]*[)\]]?$")
# What a heading is dressed in, in its key: a mark, a number before it; brackets round it; a mark or colon behind it.
_DRESS = re.compile(rf"^(?:[{MARKS}]+|[(]?[0-9]{{1,2}}[).、]?|[(]?[ア-ンIVX]{{1,4}}[).、])(?=\D)")
_BRACKETS = re.compile(r"^[\[<〈《「(](.*)[\]>〉》」)]$")
_BEHIND = re.compile(rf"[{MARKS}:]+$")
_ONCE_MORE = re.compile(r"\((?:続き?|つづき)\)$")


def bare(text: str) -> str:
    """Return a heading's key without its brackets, marks and number.

    >>> {bare(text) for text in ("【 事業概要 】", "＜事業概要＞", "■事業概要", "１ 事業概要", "(2)事業概要")}
    {'事業概要'}
    >>> {bare(text) for text in ("〔事業概要〕", "《事業概要》", "◇事業概要◇", "事業概要：", "３．【事業概要】")}
    {'事業概要'}
    """
    plain, before = _ONCE_MORE.sub("", key(text)), ""
    while plain != before:
        before = plain
        plain = _BEHIND.sub("", _DRESS.sub("", plain))
        inside = _BRACKETS.match(plain)
        plain = inside[1] if inside else plain
    return plain


def once_more(text: str) -> bool:
    """Tell whether a heading says that it goes on from before: 【事業実績】（つづき）."""
    return bool(_ONCE_MORE.search(key(text)))


def unit_noted(text: str) -> bool:
    """Tell whether a line says the unit of what stands below it, alone or behind a heading: (単位：千円)."""
    return _UNIT_NOTE.search(key(text)) is not None


def without_unit(text: str) -> str:
    """Return a heading's key without its brackets, marks, number, and the unit that stands at the end of its line.

    >>> without_unit("【一般会計】　　（単位　千円）")
    '一般会計'
    """
    return bare(_UNIT_NOTE.sub("", key(text)))


class HeadingWords:
    """The heading words of some profiles; where two give one word two kinds, the later profile's counts.

    >>> words = collect_all_heading_words()
    >>> words.is_heading("【 事業概要 】"), words.is_heading("事業概要は次のとおり。")
    (True, False)
    """

    def __init__(self, sources: Iterable[Profile] = ()) -> None:
        """Collect the words of profiles; without any, no line is a heading."""
        self.kinds: dict[str, HeadingKind] = {
            key(word): kind
            for profile in sources
            for kind in get_args(HeadingKind)
            for word in getattr(profile.headings, kind)
        }

    def find_kind(self, text: str) -> HeadingKind | None:
        """Return which heading a line is; None where it is none."""
        return self.kinds.get(without_unit(text)) if len(text) <= HEADING_LENGTH else None

    def is_heading(self, text: str) -> bool:
        """Tell whether a line is a heading by its words: then it is no part of the prose around it."""
        return self.find_kind(text) is not None


NO_HEADING_WORDS = HeadingWords()


@cache
def heading_words_of(profile: Profile) -> HeadingWords:
    """Return the heading words of one profile."""
    return HeadingWords((profile,))


@cache
def collect_all_heading_words() -> HeadingWords:
    """Return the heading words of all profiles of the package: before one is chosen, any may be the report's."""
    return HeadingWords(profiles())
