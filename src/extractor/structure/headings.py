"""Headings: which words of the profile a line is, whatever brackets, marks or numbers it is dressed in."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from extractor.document.layout import Element, Paragraph
from extractor.grammar.normalize import key, printed
from extractor.profiles.heading_words import (
    MARKS,
    POINT_MARKS,
    HeadingKind,
    bare,
    heading_words_of,
    once_more,
    unit_noted,
    without_unit,
)
from extractor.profiles.profile import Profile

__all__ = ["POINT_MARKS", "HeadingKind", "bare", "once_more", "unit_noted", "without_unit"]

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_KANJI_NUMBERS = "一二三四五六七八九十"
_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"
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
_NUMBERED = re.compile(r"^(\(?)([0-9]{1,2})([).、]?)(?=[^0-9])")
# Behind a heading's word, what shows that a sentence speaks of it: 【事業概要】のとおり.
_MENTION = re.compile(
    r"の(?:とおり|通り|うち|内容|欄)|に(?:ついて|おいて|より|基づ|記載|示)|を(?:踏|参照)|[はがと]、|として|と同様|及び|並びに|又は|[・、。/／]"
)
# A title's number is set apart from the name, so that 21世紀… is none; with the chapter's before it, perhaps (2-3).
_TITLE_NUMBER = re.compile(
    r"^(?:(?P<open>[(（【\[])|(?P<word>事業|第|[NnＮ][OoＯｏ][.．]?)|)\s*(?:[0-9]{1,2}\s?[-－‐–]\s?)?(?P<number>[0-9]{1,3})"
    r"(?:\s*(?P<close>[)）】\].．、:：])|(?P<blank>\s)|)\s*(?P<name>.*[^0-9\s].*)$"
)
_TITLE_CIRCLED = re.compile(r"^(?P<number>[①-⑳㉑-㉟㊱-㊿])\s*(?P<name>.*\S.*)$")


def kind(element: Element, profile: Profile) -> HeadingKind | None:
    """Which heading an element is; None for none."""
    return heading_words_of(profile).find_kind(element.text) if isinstance(element, Paragraph) else None


@dataclass(frozen=True, slots=True)
class RunIn:
    """A heading and the text behind it on one line. `marked`: within brackets, so that it is no mere word."""

    kind: Literal["overview", "results"]
    heading: Paragraph
    rest: Paragraph
    marked: bool


def run_in(paragraph: Paragraph, profile: Profile) -> RunIn | None:
    """A passage's heading with its text on the same line: 【事業概要】…, 事業概要：…, 事業概要　…; None for none.

    Both are said to stand where the line stands.
    """
    for form in _run_ins(profile):
        found = form.match(paragraph.text)
        if found and not _MENTION.match(found["rest"]) and re.search(r"\w", found["rest"]):
            heading, rest = paragraph.text[: found.start("rest")].strip(), found["rest"].strip()
            opened = heading_words_of(profile).kinds[key(found["word"])]
            if opened == "overview" or opened == "results":
                marked = "open" in found.groupdict()
                return RunIn(opened, replace(paragraph, text=heading), Paragraph(rest, paragraph.source), marked)
    return None


@cache
def _run_ins(profile: Profile) -> tuple[re.Pattern[str], ...]:
    """The forms that a heading with text behind it has: within brackets, before a colon, before a blank."""
    words = (*profile.headings.overview, *profile.headings.results)
    if not words:
        return ()
    spaced = [r"\s*".join(map(re.escape, each)) for each in sorted(words, key=len, reverse=True)]
    word = f"(?P<word>{'|'.join(spaced)})"
    before = rf"^(?:[{MARKS}]+|[(（]?[0-9{_CIRCLED}]{{1,2}}[)）.．、]?)?\s*"
    return (
        re.compile(
            rf"{before}(?P<open>[\[［【〔＜<〈《「(（])\s*{word}\s*[\]］】〕＞>〉》」)）]\s*[:：]?\s*(?P<rest>.+)$"
        ),
        re.compile(rf"{before}{word}\s*[:：]\s*(?P<rest>.+)$"),
        re.compile(rf"{before}{word}\s+(?P<rest>.+)$"),
    )


def unknown_heading(paragraph: Paragraph, known: Sequence[Paragraph]) -> bool:
    """Whether a line is dressed as a heading: wholly within 【】 or ＜＞, or marked as the `known` headings are."""
    if len(paragraph.text) > 30 or "。" in paragraph.text:
        return False
    marks = {heading.text[0] for heading in known} & set(MARKS)
    return bool(_BRACKETED.match(key(paragraph.text))) or paragraph.text[0] in marks or _next(paragraph, known)


def _next(paragraph: Paragraph, known: Sequence[Paragraph]) -> bool:
    """Whether a line is numbered as the known headings are, and next to the last of them: １ ２ … ３ 今後の方向."""
    own = _NUMBERED.match(key(paragraph.text))
    last = _NUMBERED.match(key(known[-1].text)) if known else None
    return bool(own and last and own.groups()[::2] == last.groups()[::2] and int(own[2]) == int(last[2]) + 1)


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
    >>> [title_parts(text) for text in ("③ 港の事業", "事業3 港の事業", "3. 港の事業", "2-3 港の事業", "No.3 港の事業")]
    [(3, '港の事業'), (3, '港の事業'), (3, '港の事業'), (3, '港の事業'), (3, '港の事業')]
    >>> [title_parts(text) for text in ("3 21世紀の事業", "21世紀の事業", "2050年の港")]
    [(3, '21世紀の事業'), (None, '21世紀の事業'), (None, '2050年の港')]
    """
    plain = text.lstrip(POINT_MARKS + " ")
    if found := _TITLE_CIRCLED.match(plain):
        return int(unicodedata.numeric(found["number"])), found["name"].strip()
    found = _TITLE_NUMBER.match(plain)
    if found and (found["close"] or found["blank"] or found["word"]):
        return int(found["number"]), found["name"].strip()
    return None, text.strip(POINT_MARKS + " ")
