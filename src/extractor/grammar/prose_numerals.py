"""Figures: the numbers of prose, in figures and in words, each understood whole or left alone."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Context, Decimal

from extractor.grammar.numerals import NUMERAL, number, numeral
from extractor.grammar.tokens import Words
from extractor.grammar.vocabulary import alternatives, vocabulary

# What JSON numbers hold exactly.
EXACT = Context(prec=15)
_FIGURES = r"[0-9][0-9,.]*(?:[十百千万億兆]+(?:[0-9][0-9,.]*)?)*"
_RUN = re.compile(rf"{_FIGURES}|{NUMERAL}")
_OF = re.compile(rf"分の({_FIGURES}|{NUMERAL})")
_OVER = re.compile(r"/([1-9][0-9]?)(?![0-9/.,])")
# A fraction with a stroke might be a date, unless a share is told of.
_SHARE_BEFORE = re.compile(r"(?:率|割合)(?:は|が|を|:|：|の|\s)?\s?(?:[\u3041-\u309f約]{0,3})$")
_SHARE_BEHIND = re.compile(r"以内|以下|以上|未満|を補助|を助成|を負担")
_MINUS = re.compile(rf"(?:{alternatives(vocabulary().signs.negative)}|(?:(?<=[\u3041-\u309f、。・()\s:])|^)-)\s?$")
# Before a figure: what makes it part of something else, or leaves in doubt what it says.
_BROKEN = re.compile(
    r"(?:[0-9.,/〇一二三四五六七八九十百千万億兆壱弐参数何幾第#＃№*^_¥￥$＄@+±×÷≧≦<>=-]|(?<![A-Za-z])[A-Za-z]|[0-9][、・]|[0-9]\s)$"
)
# Behind an amount it is times another (1日2回×3日).
_TIMES = re.compile(r"[^\W\d_A-Za-z]\s?×\s?$")
_NO_PLUS = re.compile(r"(?<![0-9A-Za-z])\+$")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number from `start` to `end`. `in_words`: of Chinese numerals; `share`: a fraction, which needs no counter."""

    start: int
    end: int
    value: int | Decimal
    in_words: bool = False
    share: bool = False

    def times(self, factor: Decimal) -> int | Decimal:
        """Its value times a factor, whole where it is."""
        value = EXACT.multiply(Decimal(self.value), factor)
        return int(value) if value == value.to_integral_value() else value


def figures(words: Words) -> Iterator[Figure]:
    """The numbers of a text in the order of print."""
    at = 0
    while run := _RUN.search(words.plain, at):
        at = run.end()
        if (found := _figure(words, run)) is not None:
            at = found.end
            yield found


def _value(text: str) -> int | Decimal | None:
    return number(text) if text[0].isascii() else numeral(text)


def _figure(words: Words, run: re.Match[str]) -> Figure | None:
    plain = words.plain
    start, end = run.span()
    in_words = not run[0][0].isascii()
    value = _value(run[0])
    before = plain[max(0, start - 8) : start]
    if value is None or _broken(before) or not _closed(plain, end):
        return None
    if (minus := _MINUS.search(before)) is not None:
        start -= len(before) - minus.start()
        value = -value
    if (of := _OF.match(plain, end)) is not None:
        above = _value(of[1])
        if above is None or value <= 0 or above != int(above) or not _closed(plain, of.end()):
            return None
        share = EXACT.divide(Decimal(above), Decimal(value))
        return Figure(start, of.end(), share.normalize(), in_words, share=True)
    if (over := _OVER.match(plain, end)) is not None and int(over[1]) > value > 0 and value == int(value):
        told = _SHARE_BEFORE.search(plain[max(0, start - 10) : start]) or _SHARE_BEHIND.match(plain, over.end())
        return Figure(start, over.end(), EXACT.divide(Decimal(value), Decimal(over[1])), share=True) if told else None
    return Figure(start, end, value, in_words)


def _broken(before: str) -> bool:
    """Whether what stands before a number leaves in doubt what number it is."""
    if _NO_PLUS.search(before) or _MINUS.search(before) or _TIMES.search(before):
        return False
    last = before[-1:]
    # Figures of other kinds; a number in a circle counts points.
    odd = bool(last) and unicodedata.category(last) in {"Nd", "No", "Nl"} and not re.match("[①-⑳⑴-⑽㉑-㊿]", last)
    return bool(_BROKEN.search(before)) or odd


def _closed(plain: str, end: int) -> bool:
    """Whether a number ends where it seems to: no figure of another kind, no hyphen and number, goes on."""
    return not re.compile(
        r"[0-9〇一二三四五六七八九十百千万億兆¼½¾²³\ufffd×÷]|[-‐][0-9]|(?![0-9])\d|[、・][0-9]+[^0-9]{0,2}[年月]?生"
    ).match(plain, end)
