"""Headings: which words of the profile a line is, whatever brackets, marks or numbers it is dressed in."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal, get_args

from extractor.fold import key, printed
from extractor.model.layout import Element, Paragraph
from extractor.profile import Profile

HeadingKind = Literal["policy_overview", "list", "section", "overview", "results", "subject_profile", "subject_story"]

POINT_MARKS = "○◯〇●■□◆◇"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_KANJI_NUMBERS = "一二三四五六七八九十"
_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"
_DRESS = re.compile(rf"^(?:[{POINT_MARKS}▼▽・]|[(（]?[0-9０-９{_CIRCLED}]{{1,2}}[)）.．、]?)?(?=\D)")
_UNIT_NOTE = re.compile(r"(?:^|[(\[])単位[^()\[\]]*[)\]]?$")
_BRACKETS = re.compile(r"^[\[<〈《「(](.*)[\]>〉》」)]$")
# A chapter's number is a circled or Roman one, or is marked as a number: 基本方針2, 第3章, (2), 2., 二、
_CHAPTER = re.compile(
    rf"^[{POINT_MARKS}【\[]?\s*(?:"
    rf"(?P<plain>[{_CIRCLED}]|[{_ROMAN}])"
    rf"|(?:基本方針|基本目標|施策の柱)\s*(?P<named>[{_CIRCLED}{_ROMAN}]|[0-9]{{1,2}}|[{_KANJI_NUMBERS}]{{1,2}})"
    rf"|(?P<marked>第(?:[0-9]{{1,2}}|[{_KANJI_NUMBERS}]{{1,2}})[章節]|[(（](?:[0-9]{{1,2}}|[{_KANJI_NUMBERS}]{{1,2}})[)）]"
    rf"|[0-9]{{1,2}}(?:[.．、]|(?=\s))|[{_KANJI_NUMBERS}]{{1,2}}[.．、])"
    r")\s*[:：]?\s*(?P<title>[^\d\s].*?)\s*[】\]]?$"
)
# A chapter's heading is no sentence and no longer than this.
CHAPTER_LENGTH = 80
_BRACKETED = re.compile(r"^(?:\[[^\[\]]+\]|[<〈《][^<>]+[>〉》])$")
_TITLE_NUMBER = re.compile(
    r"^[(（【\[]?(?:事業)?(?:[NnＮ][oｏO][.．]?)?\s*(?P<number>[0-9]{1,3})[)）】\].．、:：]?\s*(?P<name>\D.*)$"
)


def bare(text: str) -> str:
    """A heading's key without its brackets, marks and number.

    >>> {bare(text) for text in ("【 事業概要 】", "＜事業概要＞", "■事業概要", "１ 事業概要", "(2)事業概要")}
    {'事業概要'}
    """
    plain = _DRESS.sub("", key(text))
    inside = _BRACKETS.match(plain)
    return inside[1] if inside else plain


def unit_noted(text: str) -> bool:
    """Whether a line says the unit of what stands below it, alone or behind a heading: (単位：千円)."""
    return _UNIT_NOTE.search(key(text)) is not None


def without_unit(text: str) -> str:
    """A heading's key without its brackets, marks, number, and the unit that stands at the end of its line.

    >>> without_unit("【一般会計】　　（単位　千円）")
    '一般会計'
    """
    return bare(_UNIT_NOTE.sub("", key(text)))


def kind(element: Element, profile: Profile) -> HeadingKind | None:
    """Which heading an element is; None for none."""
    if not isinstance(element, Paragraph) or len(element.text) > 40:
        return None
    return _kinds(profile).get(without_unit(element.text))


@cache
def _kinds(profile: Profile) -> dict[str, HeadingKind]:
    """What each heading word of a profile opens, by its key."""
    return {key(word): name for name in get_args(HeadingKind) for word in getattr(profile.headings, name)}


def unknown_heading(paragraph: Paragraph, known: Sequence[Paragraph]) -> bool:
    """Whether a line is dressed as a heading: wholly within 【】 or ＜＞, or marked as the `known` headings are."""
    if len(paragraph.text) > 30 or "。" in paragraph.text:
        return False
    marks = {heading.text[0] for heading in known} & set(POINT_MARKS)
    return bool(_BRACKETED.match(key(paragraph.text))) or paragraph.text[0] in marks


def opens_cases(paragraph: Paragraph, profile: Profile) -> bool:
    """Whether a line opens case studies (…事例紹介)."""
    plain = bare(paragraph.text)
    return len(plain) <= 60 and any(plain.endswith(key(word)) for word in profile.headings.case_studies)


def chapter_heading(text: str) -> tuple[int, str] | None:
    """Number and title of a chapter's heading line.

    >>> chapter_heading("① 中小企業の事業活動を担う人材の育成及び確保を図ること")
    (1, '中小企業の事業活動を担う人材の育成及び確保を図ること')
    >>> chapter_heading("基本方針２ 経営の安定"), chapter_heading("令和5年度の実績")
    ((2, '経営の安定'), None)
    >>> chapter_heading("Ⅱ 経営の安定"), chapter_heading("【基本方針②：経営の安定】")
    ((2, '経営の安定'), (2, '経営の安定'))
    >>> chapter_heading("一方、課題も残る"), chapter_heading("① 課題も残った。"), chapter_heading("三八地域の取組")
    (None, None, None)
    """
    plain = printed(text)
    found = _CHAPTER.match(plain)
    if found is None or "。" in plain or len(plain) > CHAPTER_LENGTH:
        return None
    return ordinal(found["plain"] or found["named"] or found["marked"]), found["title"]


def ordinal(text: str) -> int:
    """The number that ①, (2), 第3章 or 四 is.

    >>> [ordinal(text) for text in ("①", "(2)", "第3章", "十二", "二十", "四")]
    [1, 2, 3, 12, 20, 4]
    """
    if text[0] in _CIRCLED:
        return _CIRCLED.index(text[0]) + 1
    if text[0] in _ROMAN:
        return _ROMAN.index(text[0]) + 1
    if digits := re.sub(r"\D", "", text):
        return int(digits)
    tens, _, ones = "".join(sign for sign in text if sign in _KANJI_NUMBERS).rpartition("十")
    value = _KANJI_NUMBERS.index(ones) + 1 if ones else 0
    return value + 10 * (_KANJI_NUMBERS.index(tens) + 1 if tens else 1) if "十" in text else value


def title_parts(text: str) -> tuple[int | None, str]:
    """Number and name of a programme's title line, in any usual form; the number None where there is none.

    >>> [title_parts(text) for text in ("6 就職ガイダンス開催費", "(6)就職ガイダンス開催費", "就職ガイダンス開催費")]
    [(6, '就職ガイダンス開催費'), (6, '就職ガイダンス開催費'), (None, '就職ガイダンス開催費')]
    """
    found = _TITLE_NUMBER.match(text.lstrip(POINT_MARKS + " "))
    return (int(found["number"]), found["name"].strip()) if found else (None, text.strip(POINT_MARKS + " "))
