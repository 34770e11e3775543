"""Numbers: a printed figure becomes a value, matched whole or not at all."""

import re
import unicodedata
from decimal import Decimal

# What a negative amount begins with in Japanese public accounts; a plain minus counts at the beginning only.
_MINUS = "△▲−-"
_FIGURE = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_POWERS = {"百": 100, "千": 1000, "万": 10**4, "億": 10**8, "兆": 10**12}
RUN = re.compile(r"(?:[△▲]\s?|[−-])?[0-9][0-9,.]*(?:[百千万億兆]+(?:[0-9][0-9,.]*)?)*")
_DIGITS_IN_WORDS = {word: digit for digit, word in enumerate("〇一二三四五六七八九")}
NUMERAL = r"[〇一二三四五六七八九十百千万億兆]+"
# Thousands in words: tens, hundreds and thousands once each, in falling order; a power of ten thousand needs a number.
_GROUP = re.compile(
    r"(?:([一二三四五六七八九]?)千)?(?:([一二三四五六七八九]?)百)?(?:([一二三四五六七八九]?)十)?([一二三四五六七八九]?)"
)
_GROUPS = re.compile(r"(?:([^万億兆]+)兆)?(?:([^万億兆]+)億)?(?:([^万億兆]+)万)?([^万億兆]*)")
# JSON numbers are read by most programs as doubles, which hold this many digits exactly.
_DIGITS = 15


def _scale(powers: str) -> int:
    scale = 1
    for power in powers:
        scale *= _POWERS[power]
    return scale


def hides_figure(text: str) -> bool:
    """Tell whether a sign that is no plain figure would become one in NFKC, and so a part of the number beside it.

    >>> hides_figure("１２"), hides_figure("①12"), hides_figure("12²"), hides_figure("㏠2")
    (False, True, True, True)
    """
    return any(
        not "0" <= sign <= "9" and not "０" <= sign <= "９" and re.search(r"\d", unicodedata.normalize("NFKC", sign))
        for sign in text
    )


def number(text: str) -> int | Decimal | None:
    """The value of a figure; None where it is not one figure, whole.

    >>> number("4,463"), number("77.4"), number("１億２，０００万"), number("△1,594"), number("百万")
    (4463, Decimal('77.4'), 120000000, -1594, None)
    >>> number("①12"), number("12²")
    (None, None)
    >>> [number(text) for text in ("1,23", "12,3456", "1.2.3", "4 463", "", "2万3億")]
    [None, None, None, None, None, None]
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if hides_figure(text):
        return None
    negative = bool(plain) and plain[0] in _MINUS
    plain = plain[1:].strip() if negative else plain
    parts = re.findall(r"([0-9,.]+)([百千万億兆]*)", plain)
    if not parts or "".join(figure + powers for figure, powers in parts) != plain:
        return None
    total = Decimal(0)
    last = None
    for figure, powers in parts:
        scale = _scale(powers)
        if not _FIGURE.fullmatch(figure) or len(re.sub(r"\D", "", figure)) > _DIGITS or (last and scale >= last):
            return None
        if last and Decimal(figure.replace(",", "")) * scale >= last:
            return None
        total += Decimal(figure.replace(",", "")) * scale
        last = scale
    value = -total if negative else total
    if abs(value) >= 10**_DIGITS:
        return None
    return (
        int(value)
        if value == value.to_integral_value() and (value.as_tuple().exponent == 0 or len(parts[0][1]) > 0)
        else value
    )


def _group(text: str) -> int | None:
    found = _GROUP.fullmatch(text)
    if found is None:
        return None
    total = 0
    for digit, power in zip(found.groups(), ("千", "百", "十", ""), strict=True):
        if digit is not None and (digit or (power and power in text)):
            total += (_DIGITS_IN_WORDS[digit] if digit else 1) * {"千": 1000, "百": 100, "十": 10, "": 1}[power]
    return total


def numeral(text: str) -> int | None:
    """The value of a number in words; None where it is not one, whole. Digits in a row say so only with a 〇 in them.

    >>> [numeral(text) for text in ("二十三", "百二十", "千", "一億二千三百四十五万", "二〇二三", "〇")]
    [23, 120, 1000, 123450000, 2023, 0]
    >>> [numeral(text) for text in ("三八", "万", "十百", "二三", "一万億", "")]
    [None, None, None, None, None, None]
    """
    if "〇" in text:
        digits = [_DIGITS_IN_WORDS.get(word) for word in text]
        plain = "".join(str(digit) for digit in digits if digit is not None)
        return int(plain) if len(plain) == len(text) <= _DIGITS and (plain[0] != "0" or len(plain) == 1) else None
    groups = _GROUPS.fullmatch(text)
    if groups is None or not text:
        return None
    total = 0
    for part, power in zip(groups.groups(), (10**12, 10**8, 10**4, 1), strict=True):
        value = _group(part) if part else 0
        if value is None:
            return None
        total += value * power
    return total if total < 10**_DIGITS else None
