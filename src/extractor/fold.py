"""Fold: take out of a text what typesetting or the PDF's producer put there, and nothing else.

`printed` gives what records hold. `key` folds further and is for comparing only.
"""

import re
import unicodedata
from functools import lru_cache

from extractor.vocabulary import alternatives, vocabulary

_RADICALS = {
    chr(code): folded
    for code in range(0x2E80, 0x2FE0)
    if len(folded := unicodedata.normalize("NFKC", chr(code))) == 1 and folded != chr(code)
}
# NFKC folds the Kangxi radicals (U+2F00) but only three of the radicals supplement (U+2E80). These are the ones that
# browsers' PDFs hold for everyday ideographs (Unicode: EquivalentUnifiedIdeograph.txt).
_RADICALS |= dict(
    zip(
        "⺟⻁⻄⻆⻑⻘⻝⻣⻤⻩⻫⻭⻯⻲⼾⺠⻨⻢⻰⻱",
        "母虎西角長青食骨鬼黄斉歯竜亀戸民麦馬龍亀",
        strict=True,
    )
)
_FULL_WIDTH = {
    chr(code): chr(code - 0xFEE0)
    for first, last in ("０９", "ＡＺ", "ａｚ")
    for code in range(ord(first), ord(last) + 1)
}
# U+0336 is what the character maps of fonts that are not embedded (Adobe-Japan1) give for a dash.
_SINGLE = str.maketrans(
    _RADICALS | _FULL_WIDTH | {"‧": "・", "\u00a0": " ", "\u3000": " ", "\u00ad": "", "\u0336": "—"}
)

# A blank between a number and the word that counts it is the typesetter's, unless the word goes on ("15 社会教育").
# Latin units (5 km) are left as they are printed.
_COUNTERS = alternatives(tuple(word for word in (*vocabulary().counters.words, "年度", "月") if not word.isascii()))
_SPACED_CAPITALS = re.compile(r"(?<![A-Za-z])[A-Z](?: [A-Z])+(?![A-Za-z])")
_OPEN_SPACE = re.compile(r"(?<=[^\x00-\x7f、。，．・：；)\]」』）】]) (?=[A-Z](?: [A-Z])+ [^A-Z])")
_CLOSE_SPACE = re.compile(r"((?<![A-Za-z])[A-Z](?: [A-Z])+) (?=[^\x00-\x7f（「『【])")
_BEFORE_COUNTER = re.compile(rf"(?<=[0-9]) (?=(?:[億万千百]*円|{_COUNTERS})(?![\u4e00-\u9fff\u30a1-\u30fa]))")
_WIDE_SEPARATOR = re.compile(r"(?<=[0-9])[，．](?=[0-9])")
_DASHES = re.compile("[\u2010-\u2015\u2212\u30fc\uff0d\uff70\u2500~\u301c\uff5e\u223c]")


def printed(text: str) -> str:
    """The text as a record holds it.

    >>> printed("県内 I T 業界と、U I J ターン")
    '県内IT業界と、UIJターン'
    >>> printed("若者定着還流促進課 U I Jターン促進グループ")
    '若者定着還流促進課 UIJターン促進グループ'
    >>> printed("延べ ２，５００ 部")
    '延べ 2,500部'
    >>> printed("⼩さな⻘い‧D X 推進課")
    '小さな青い・DX推進課'
    >>> printed("6件 8名")
    '6件 8名'
    >>> printed("15\u3000社会教育を核とする事業")
    '15 社会教育を核とする事業'
    """
    text = text.translate(_SINGLE)
    text = re.sub(r"[ \t]+", " ", text).strip(" ")
    text = _OPEN_SPACE.sub("", text)
    text = _CLOSE_SPACE.sub(r"\1", text)
    text = _SPACED_CAPITALS.sub(lambda run: run[0].replace(" ", ""), text)
    text = _WIDE_SEPARATOR.sub(lambda mark: unicodedata.normalize("NFKC", mark[0]), text)
    return _BEFORE_COUNTER.sub("", text)


@lru_cache(maxsize=100_000)
def key(text: str) -> str:
    """The text folded for comparison: width, case of brackets, dashes, white space.

    >>> key("【 事業概要 】") == key("【事業概要】")
    True
    >>> key("（担当課：") == key("(担当課:")
    True
    """
    text = unicodedata.normalize("NFKC", printed(text)).translate(
        str.maketrans("〔［【｛", "[[[[") | str.maketrans("〕］】｝", "]]]]")
    )
    return _DASHES.sub("-", re.sub(r"\s+", "", text))
