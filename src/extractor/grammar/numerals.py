"""Numerals: how numbers are written, in figures (1億2,000万) and in words (二十三), and what they are worth.

This module alone knows that. Cells match its patterns whole, prose searches for them (`prose_numerals`).
"""

import re
import unicodedata
from decimal import Decimal
from itertools import pairwise
from math import prod

from extractor.grammar.characters import PLAIN_MINUS, TRIANGLES

_SCALES = {"百": 100, "千": 1000, "万": 10**4, "億": 10**8, "兆": 10**12}
SCALE = f"[{''.join(_SCALES)}]"
# What may be one figure; it is one where `parse_number` takes it.
FIGURE = rf"(?>[0-9][0-9,.]*(?:{SCALE}+(?:[0-9][0-9,.]*)?)*)"
SIGNED_FIGURE = re.compile(rf"(?:[{TRIANGLES}]\s?|[{re.escape(PLAIN_MINUS)}])?{FIGURE}")
DIGITS_IN_WORDS = "〇一二三四五六七八九"
NUMERAL = rf"[{DIGITS_IN_WORDS}十{''.join(_SCALES)}]+"
_FIGURE = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
# Thousands in words: tens, hundreds and thousands once each, in falling order; a power of ten thousand needs a number.
_GROUP = re.compile("".join(rf"(?:([一二三四五六七八九]?){power})?" for power in "千百十") + "([一二三四五六七八九]?)")
_GROUPS = re.compile("".join(rf"(?:([^万億兆]+){power})?" for power in "兆億万") + "([^万億兆]*)")
# JSON numbers are read by most programs as doubles, which hold this many digits exactly.
_DIGITS = 15


def multiply_powers(powers: str) -> int:
    """Multiply powers of ten.

    >>> multiply_powers("百万"), multiply_powers("")
    (1000000, 1)
    """
    return prod(_SCALES[power] for power in powers)


def hides_figure(text: str) -> bool:
    """Tell whether a sign that is no plain figure would become one in NFKC.

    It would then be a part of the number beside it.

    >>> hides_figure("１２"), hides_figure("①12"), hides_figure("12²"), hides_figure("㏠2")
    (False, True, True, True)
    """
    return any(
        not "0" <= sign <= "9" and not "０" <= sign <= "９" and re.search(r"\d", unicodedata.normalize("NFKC", sign))
        for sign in text
    )


def parse_number(text: str) -> int | Decimal | None:
    """Parse a printed figure, whole. Return None where it is not one figure.

    A whole number is an int, unless its decimals are printed (12.0).

    >>> [parse_number(text) for text in ("4,463", "77.4", "１億２，０００万", "△1,594", "百万")]
    [4463, Decimal('77.4'), 120000000, -1594, None]
    >>> parse_number("①12"), parse_number("12²")
    (None, None)
    >>> [parse_number(text) for text in ("1,23", "12,3456", "1.2.3", "4 463", "", "2万3億")]
    [None, None, None, None, None, None]
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    negative = plain.startswith((*TRIANGLES, *PLAIN_MINUS))
    plain = plain[1:].strip() if negative else plain
    parts = _split_figure(plain)
    if hides_figure(text) or not parts:
        return None
    total = sum((figure * scale for figure, scale in parts), Decimal(0))
    if total >= 10**_DIGITS:
        return None
    value = -total if negative else total
    is_whole = value == value.to_integral_value() and (value.as_tuple().exponent == 0 or parts[0][1] > 1)
    return int(value) if is_whole else value


def _split_figure(text: str) -> list[tuple[Decimal, int]]:
    """Split a figure into numbers and their scales; empty where it is not one figure."""
    parts = re.findall(rf"([0-9,.]+)({SCALE}*)", text)
    is_figure = all(_FIGURE.fullmatch(part) and len(re.sub(r"\D", "", part)) <= _DIGITS for part, _ in parts)
    if not is_figure or "".join(part + powers for part, powers in parts) != text:
        return []
    scaled = [(Decimal(part.replace(",", "")), multiply_powers(powers)) for part, powers in parts]
    # Powers fall (1億2,000万), and what stands behind one is less than it.
    falls = all(scale < last and figure * scale < last for (_, last), (figure, scale) in pairwise(scaled))
    return scaled if falls else []


def parse_numeral(text: str) -> int | None:
    """Parse a number in words, whole.

    Digits in a row are one only with a 〇 among them.

    >>> [parse_numeral(text) for text in ("二十三", "百二十", "千", "一億二千三百四十五万", "二〇二三", "〇")]
    [23, 120, 1000, 123450000, 2023, 0]
    >>> [parse_numeral(text) for text in ("三八", "万", "十百", "二三", "一万億", "")]
    [None, None, None, None, None, None]
    """
    if "〇" in text:
        digits = "".join(str(DIGITS_IN_WORDS.find(word)) for word in text)
        return int(digits) if re.fullmatch(rf"0|[1-9][0-9]{{0,{_DIGITS - 1}}}", digits) else None
    groups = _GROUPS.fullmatch(text)
    if groups is None or not text:
        return None
    total = 0
    for group, power in zip(groups.groups(), (10**12, 10**8, 10**4, 1), strict=True):
        value = _parse_group(group or "")
        if value is None:
            return None
        total += value * power
    return total if total < 10**_DIGITS else None


def _parse_group(text: str) -> int | None:
    """Parse a number below ten thousand in words."""
    found = _GROUP.fullmatch(text)
    if found is None:
        return None
    return sum(
        (DIGITS_IN_WORDS.index(digit) if digit else 1) * worth
        for digit, power, worth in zip(found.groups(), ("千", "百", "十", ""), (1000, 100, 10, 1), strict=True)
        if digit or (digit is not None and power)
    )


def parse_figure_or_numeral(text: str) -> int | Decimal | None:
    """Parse a number in figures or in words, as its first character tells, whole.

    >>> parse_figure_or_numeral("1,200"), parse_figure_or_numeral("千二百"), parse_figure_or_numeral("1,23")
    (1200, 1200, None)
    """
    return parse_number(text) if text[0].isascii() else parse_numeral(text)
