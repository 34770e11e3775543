"""Lines of blocks: which lines are headings of further prose, labels of forms, or captions, by their words.

In: one line of text. Out: what it is, or None. No profile and no page is known here.
"""

import re
from functools import cache
from typing import Literal

from extractor.grammar.heading_lines import strip_heading_marks
from extractor.grammar.normalize import comparison_key
from extractor.grammar.vocabulary import load_vocabulary, words_to_regex

# In characters: no caption is longer.
CAPTION_LENGTH = 40
_UNIT = re.compile(r"[(\[]?単位(?![をがはのにと])[^。]{1,20}")
_MARK = r"[▲△▼▽◀▶←→↑↓*※○●■□◆◇]?"
_OPEN, _CLOSE = r"[(\[<「]", r"[)\]>」]"


def find_line_kind(text: str) -> Literal["section", "attribute", "caption"] | None:
    """Find what a line is by its words: a heading, a label of a form, or the caption of a picture.

    >>> [find_line_kind(text) for text in ("３ 今後の取組", "根拠法令", "写真１ 出前講座", "課題を整理した。")]
    ['section', 'attribute', 'caption', None]
    """
    plain = strip_heading_marks(text)
    if _compile_sections().fullmatch(plain):
        return "section"
    if plain in load_vocabulary().blocks.attribute:
        return "attribute"
    key = comparison_key(text)
    is_caption = len(key) <= CAPTION_LENGTH and "。" not in key and _compile_captions().match(key)
    return "caption" if is_caption else None


def split_run_in_section(text: str) -> tuple[str, str] | None:
    """Split the heading of further prose from its text on the same line: in brackets, before a colon or a blank.

    >>> split_run_in_section("【課題】人手が足りない。"), split_run_in_section("今後の取組：月1回開く。")
    (('【課題】', '人手が足りない。'), ('今後の取組：', '月1回開く。'))
    >>> split_run_in_section("◇ 課 題 人手が足りない。")
    ('◇ 課 題', '人手が足りない。')
    >>> split_run_in_section("課題は人手である。") is None
    True
    """
    marked = re.match(
        r"[^。、:：]{0,4}[(（【\[［〔<＜《〈「]([^。]{2,20}?)[)）】\]］〕>＞》〉」]\s*[:：]?|[^。、:：]{2,24}[:：]",
        text,
    )
    ends = [marked.end()] if marked else [blank.start() for blank in re.finditer(r"(?<=\w)\s", text[:24])]
    for end in ends:
        head, rest = text[:end], text[end:].lstrip()
        if rest and find_line_kind(head) == "section":
            return head.rstrip(), rest
    return None


def split_attribute(text: str) -> tuple[str, str] | None:
    """Split a label that many forms have (事業期間) from its text on the same line: in brackets, or before a colon.

    >>> split_attribute("事業期間：令和3年度～"), split_attribute("【財源】国庫補助金")
    (('事業期間', '令和3年度～'), ('【財源】', '国庫補助金'))
    >>> split_attribute("課題：人手が足りない。") is None
    True
    """
    bracketed = r"[^。、:：]{0,4}[(（【\[［〔<＜《〈][^。]{2,12}?[)）】\]］〕>＞》〉]"
    found = re.match(rf"({bracketed}|[^。、:：]{{2,16}}[:：])(.+)$", text)
    if found is None or find_line_kind(found[1]) != "attribute":
        return None
    return found[1].rstrip(":： "), found[2].strip()


def gives_unit(text: str) -> bool:
    """Tell whether a line over a table gives the unit of its numbers.

    >>> [gives_unit(text) for text in ("（単位：人）", "単位　件", "単位を認定した。")]
    [True, True, False]
    """
    return _UNIT.fullmatch(comparison_key(text)) is not None


@cache
def _compile_sections() -> re.Pattern[str]:
    words = words_to_regex(load_vocabulary().blocks.section)
    return re.compile(rf"(?:{words})(?:(?:と|及び|並びに|・|、)(?:{words}))*(?:等|など)?(?:について)?")


@cache
def _compile_captions() -> re.Pattern[str]:
    words = load_vocabulary().blocks
    begins, ends = words_to_regex(words.caption), words_to_regex(words.scene)
    numbered = rf"{_MARK}(?:{_OPEN}(?:{begins})[0-9]*{_CLOSE}|(?:{begins})(?:[0-9]{{1,2}}(?:-[0-9]{{1,2}})?|[:]))"
    return re.compile(rf"^{numbered}|^{_MARK}{_OPEN}?[^。、]+(?:{ends}){_CLOSE}?$")
