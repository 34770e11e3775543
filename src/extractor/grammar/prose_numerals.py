"""Figures: the numbers of prose, in figures and in words, each understood whole or left alone."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Context, Decimal

from extractor.grammar.numerals import DIGITS_IN_WORDS, FIGURE, NUMERAL, parse_figure_or_numeral
from extractor.grammar.vocabulary import load_vocabulary, words_to_regex

# What JSON numbers hold exactly.
EXACT = Context(prec=15)
_NUMBER = re.compile(rf"{FIGURE}|{NUMERAL}")
_OF = re.compile(rf"分の({FIGURE}|{NUMERAL})")
_OVER = re.compile(r"/([1-9][0-9]?)(?![0-9/.,])")
# A fraction with a stroke might be a date, unless a share is told of.
_SHARE_BEFORE = re.compile(r"(?:率|割合)(?:は|が|を|:|：|の|\s)?\s?(?:[\u3041-\u309f約]{0,3})$")
_SHARE_BEHIND = re.compile(r"以内|以下|以上|未満|を補助|を助成|を負担")
# The characters before a number in which its sign, and what breaks it, are looked for.
_REACH = 8
_MINUS = re.compile(
    rf"(?:{words_to_regex(load_vocabulary().signs.negative)}|(?:(?<=[\u3041-\u309f、。・()\s:])|^)-)\s?$"
)
_WORDS = f"{DIGITS_IN_WORDS}十百千万億兆"
# Before a figure: what makes it part of something else, or leaves in doubt what it says.
_BROKEN = re.compile(
    rf"(?:[0-9./{_WORDS}壱弐参数何幾第#＃№*^_¥￥$＄@+±×÷≧≦<>=-]|(?<![A-Za-z])[A-Za-z]|[0-9][、・,]|[0-9],?\s|[億万兆]\s)$"
)
# Before a figure it breaks nothing: a plus; a time sign behind an amount (1日2回×3日); the end of a name that counts
# (参加者数250人), but not before a power of ten, where it may say several (県内数10人).
_WHOLE = re.compile(r"(?:(?<![0-9A-Za-z])\+|[^\W\d_A-Za-z]\s?×\s?|[一-鿿ァ-ヶー]数\s?)$")
_MAY_BE_SEVERAL = re.compile(r"(?<![者件人])数\s?$")
# Behind a figure: a figure of another kind, a hyphen and a figure, a list of school years.
_GOES_ON = re.compile(rf"[0-9{_WORDS}¼½¾²³\ufffd×÷]|[-‐][0-9]|(?![0-9])\d|[、・][0-9]+[^0-9]{{0,2}}[年月]?生")
# A number in a circle counts points, and is no part of the figure behind it.
_CIRCLED = re.compile("[①-⑳⑴-⑽㉑-㊿]")


@dataclass(frozen=True, slots=True)
class ProseNumber:
    """A number from `start` to `end`.

    `in_words`: of Chinese numerals; `share`: a fraction, which needs no counter.
    """

    start: int
    end: int
    value: int | Decimal
    in_words: bool = False
    share: bool = False

    def multiply(self, factor: Decimal) -> int | Decimal:
        """Multiply the value, to an int where the product is whole."""
        value = EXACT.multiply(Decimal(self.value), factor)
        return int(value) if value == value.to_integral_value() else value


def find_figures(text: str) -> Iterator[ProseNumber]:
    """Find the numbers of a text whose signs are plain, in the order of print.

    >>> [(figure.value, figure.share) for figure in find_figures("百二十名のうち3分の2、△5%、1,23名")]
    [(120, False), (Decimal('0.666666666666667'), True), (-5, False)]
    """
    at = 0
    while run := _NUMBER.search(text, at):
        at = run.end()
        if (figure := _read_figure(text, run)) is not None:
            at = figure.end
            yield figure


def _read_figure(text: str, run: re.Match[str]) -> ProseNumber | None:
    start, end = run.span()
    value = parse_figure_or_numeral(run[0])
    before = text[max(0, start - _REACH) : start]
    if value is None or _is_broken(before, run[0]) or _GOES_ON.match(text, end):
        return None
    if minus := _MINUS.search(before):
        start -= len(before) - minus.start()
        value = -value
    in_words = not run[0][0].isascii()
    if of := _OF.match(text, end):
        return _read_share_of(text, ProseNumber(start, end, value, in_words), of)
    over = _OVER.match(text, end)
    if over and int(over[1]) > value > 0 and value == int(value):
        is_share = _SHARE_BEFORE.search(text[max(0, start - 10) : start]) or _SHARE_BEHIND.match(text, over.end())
        share = EXACT.divide(Decimal(value), Decimal(over[1]))
        return ProseNumber(start, over.end(), share, share=True) if is_share else None
    return ProseNumber(start, end, value, in_words)


def _read_share_of(text: str, below: ProseNumber, of: re.Match[str]) -> ProseNumber | None:
    """Read a fraction in words (3分の2)."""
    above = parse_figure_or_numeral(of[1])
    if above is None or below.value <= 0 or above != int(above) or _GOES_ON.match(text, of.end()):
        return None
    share = EXACT.divide(Decimal(above), Decimal(below.value)).normalize()
    return ProseNumber(below.start, of.end(), share, below.in_words, share=True)


def _is_broken(before: str, figure: str) -> bool:
    """Tell whether what stands before a number leaves in doubt what number it is."""
    if _MAY_BE_SEVERAL.search(before) and (not figure[0].isascii() or figure.replace(",", "").strip("0万億") == "1"):
        return True
    if _WHOLE.search(before) or _MINUS.search(before):
        return False
    last = before[-1:]
    is_figure = bool(last) and unicodedata.category(last) in {"Nd", "No", "Nl"} and not _CIRCLED.match(last)
    return is_figure or _BROKEN.search(before) is not None
