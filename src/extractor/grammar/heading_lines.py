"""Lines of headings and titles: their text without brackets, marks and numbers, and the numbers themselves.

In: one line of text. Out: its key, or the number and the name in it. No profile and no page is known here.
"""

import re
import unicodedata

from extractor.grammar.normalize import comparison_key, normalize_printed
from extractor.grammar.numerals import parse_numeral

POINT_MARKS = "○◯〇●■□◆◇"
CIRCLED_NUMBERS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_KANJI_NUMBERS = "一二三四五六七八九十"
_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"
_UNIT_NOTE = re.compile(r"(?:^|[(\[])単位[^()\[\]]*[)\]]?$")
HEADING_MARKS = f"{POINT_MARKS}▼▽▲△・◎★☆▶▷►"
# What stands around a heading's words in its key: a mark or number before, brackets round, a mark or colon behind.
_LEADING = re.compile(rf"^(?:[{HEADING_MARKS}]+|[(]?[0-9]{{1,2}}[).、]?|[(]?[ア-ンIVX]{{1,4}}[).、])(?=\D)")
_BRACKETS = re.compile(r"^[\[<〈《「(](.*)[\]>〉》」)]$")
_TRAILING = re.compile(rf"[{HEADING_MARKS}:]+$")
# Behind a heading or title that goes on from the page before, and behind one printed in parts: （続き）（2／3）.
_CONTINUED = re.compile(
    r"[(\[<](?:(?:前(?:頁|ページ)(?:から|より)?の?)?(?:続き?|つづき)|承前|(?P<part>[0-9]{1,2})[/∕⁄][0-9]{1,2})[)\]>]$"
)
_CONTINUED_AS_PRINTED = re.compile(r"\s*[(（\[［〔【<＜]\s*[^()（）\[\]［］〔〕【】<＜>＞]*[)）\]］〕】>＞]$")
# A chapter's number is a circled or Roman one, or is marked as a number: 基本方針2, 第3章, (2), 2., 二、
_CHAPTER = re.compile(
    rf"^[{POINT_MARKS}【\[]?\s*(?:"
    rf"(?P<plain>[{CIRCLED_NUMBERS}]|[{_ROMAN}])"
    rf"|(?:基本方針|基本目標|施策の柱)\s*(?P<named>[{CIRCLED_NUMBERS}{_ROMAN}]|[0-9]{{1,2}}|[{_KANJI_NUMBERS}]{{1,2}})"
    rf"|(?P<marked>第(?:[0-9]{{1,2}}|[{_KANJI_NUMBERS}]{{1,2}})[章節]|[(（](?:[0-9]{{1,2}}|[{_KANJI_NUMBERS}]{{1,2}})[)）]"
    rf"|[0-9]{{1,2}}(?:[.．、]|(?=\s))|[{_KANJI_NUMBERS}]{{1,2}}[.．、])"
    r")\s*[:：]?\s*(?P<title>[^\d\s].*?)\s*[】\]]?$"
)
# A chapter's heading is no sentence and no longer than this.
CHAPTER_LENGTH = 80
# A title's number is set apart from the name, so that 21世紀… is none; with the chapter's before it, perhaps (2-3).
_TITLE_NUMBER = re.compile(
    r"^(?:(?P<open>[(（【\[])|(?P<word>事業|第|[NnＮ][OoＯｏ][.．]?)|)\s*(?:[0-9]{1,2}\s?[-－‐–]\s?)?(?P<number>[0-9]{1,3})"
    r"(?:\s*(?P<close>[)）】\].．、:：])|(?P<blank>\s)|)\s*(?P<name>.*[^0-9\s].*)$"
)
_TITLE_CIRCLED = re.compile(r"^(?P<number>[①-⑳㉑-㉟㊱-㊿])\s*(?P<name>.*\S.*)$")


def strip_heading_marks(text: str) -> str:
    """Return a heading's comparison key without its brackets, marks and number.

    >>> {strip_heading_marks(text) for text in ("【 事業概要 】", "■事業概要", "１ 事業概要", "(2)事業概要")}
    {'事業概要'}
    >>> {strip_heading_marks(text) for text in ("〔事業概要〕", "◇事業概要◇", "事業概要：", "３．【事業概要】")}
    {'事業概要'}
    >>> strip_heading_marks("事業の概要について")
    '事業の概要について'
    """
    plain, before = comparison_key(text), ""
    while plain != before:
        before = plain
        plain = _CONTINUED.sub("", plain)
        plain = _TRAILING.sub("", _LEADING.sub("", plain))
        inside = _BRACKETS.match(plain)
        plain = inside[1] if inside else plain
    return plain


def says_continued(text: str) -> bool:
    """Tell whether a heading says that it continues an earlier one: 【事業実績】（つづき）.

    >>> [says_continued(text) for text in ("【事業実績】（続き）", "事業一覧（2／3）", "事業一覧（1／3）", "手続き")]
    [True, True, False, False]
    """
    found = _CONTINUED.search(re.sub(r"(?<=[)\]>])[\]>」》〉)]$", "", comparison_key(text)))
    return found is not None and (found["part"] is None or int(found["part"]) > 1)


def strip_continuation(text: str) -> str:
    """Return a heading or title without what says that it continues, or which part of it stands here.

    >>> [strip_continuation(text) for text in ("3 港の事業（続き）", "港の事業（1∕2）", "港の事業（第2期）")]
    ['3 港の事業', '港の事業', '港の事業（第2期）']
    """
    found = _CONTINUED_AS_PRINTED.search(text)
    return text[: found.start()] if found and _CONTINUED.search(comparison_key(found[0])) else text


def notes_unit(text: str) -> bool:
    """Tell whether a line ends with the unit of what stands below it: （単位：千円）."""
    return _UNIT_NOTE.search(comparison_key(text)) is not None


def strip_marks_and_unit(text: str) -> str:
    """Return a heading's key as `strip_heading_marks` does, without a unit at its end.

    >>> strip_marks_and_unit("【一般会計】　　（単位　千円）")
    '一般会計'
    """
    return strip_heading_marks(_UNIT_NOTE.sub("", comparison_key(text)))


def parse_chapter_heading(text: str) -> tuple[int, str] | None:
    """Split a chapter's heading line into its number and title; None where it is none.

    >>> parse_chapter_heading("① 中小企業の事業活動を担う人材の育成及び確保を図ること")
    (1, '中小企業の事業活動を担う人材の育成及び確保を図ること')
    >>> parse_chapter_heading("基本方針２ 経営の安定"), parse_chapter_heading("令和5年度の実績")
    ((2, '経営の安定'), None)
    >>> parse_chapter_heading("Ⅱ 経営の安定"), parse_chapter_heading("【基本方針②：経営の安定】")
    ((2, '経営の安定'), (2, '経営の安定'))
    >>> parse_chapter_heading("一方、課題も残る"), parse_chapter_heading("① 課題も残った。")
    (None, None)
    >>> parse_chapter_heading("三八地域の取組"), parse_chapter_heading("三八、上北の取組")
    (None, None)
    """
    plain = strip_continuation(normalize_printed(text))
    found = _CHAPTER.match(plain)
    if found is None or "。" in plain or len(plain) > CHAPTER_LENGTH:
        return None
    number = parse_ordinal(found["plain"] or found["named"] or found["marked"])
    return None if number is None else (number, found["title"])


def is_chapter_number(text: str) -> bool:
    """Tell whether a line is a chapter's number alone, whose title stands elsewhere on the line.

    >>> [is_chapter_number(text) for text in ("②", "基本方針２", "第3章", "2 経営の安定", "令和5年度", "12")]
    [True, True, True, False, False, False]
    """
    found = parse_chapter_heading(f"{text} 題")
    # A bare figure may be a page's number.
    return found is not None and found[1] == "題" and not text.strip().isdecimal()


def parse_ordinal(text: str) -> int | None:
    """Parse the number of a chapter: ①, Ⅱ, (2), 第3章 or 四; None where it is none (三八).

    >>> [parse_ordinal(text) for text in ("①", "(2)", "第3章", "十二", "二十", "四", "三八、")]
    [1, 2, 3, 12, 20, 4, None]
    """
    if text[0] in CIRCLED_NUMBERS + _ROMAN:
        return int(unicodedata.numeric(text[0]))
    if digits := re.sub(r"\D", "", text):
        return int(digits)
    return parse_numeral(re.sub(f"[^{_KANJI_NUMBERS}]", "", text))


def split_title_number(text: str) -> tuple[int | None, str]:
    """Split a programme's title line into number and name.

    The number is None where none is set apart.

    >>> titles = ["3 港の事業", "(3)港の事業", "③ 港の事業", "事業3 港の事業"]
    >>> titles += ["3. 港の事業", "2-3 港の事業", "No.3 港の事業"]
    >>> {split_title_number(title) for title in titles}
    {(3, '港の事業')}
    >>> [split_title_number(text) for text in ("3 21世紀の事業", "21世紀の事業", "2050年の港")]
    [(3, '21世紀の事業'), (None, '21世紀の事業'), (None, '2050年の港')]
    """
    plain = text.lstrip(POINT_MARKS + " ")
    if found := _TITLE_CIRCLED.match(plain):
        return int(unicodedata.numeric(found["number"])), found["name"].strip()
    found = _TITLE_NUMBER.match(plain)
    if found and (found["close"] or found["blank"] or found["word"]):
        return int(found["number"]), found["name"].strip()
    return None, text.strip(POINT_MARKS + " ")
