"""Numbers: a printed figure becomes a value, matched whole or not at all."""

import re
import unicodedata
from decimal import Decimal

# What a negative amount begins with in Japanese public accounts; a plain minus counts at the beginning only.
_MINUS = "△▲−-"
_FIGURE = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_POWERS = {"百": 100, "千": 1000, "万": 10**4, "億": 10**8, "兆": 10**12}
RUN = re.compile(r"(?:[△▲]\s?|[−-])?[0-9][0-9,.]*(?:[百千万億兆]+(?:[0-9][0-9,.]*)?)*")
# JSON numbers are read by most programs as doubles, which hold this many digits exactly.
_DIGITS = 15


def _scale(powers: str) -> int:
    scale = 1
    for power in powers:
        scale *= _POWERS[power]
    return scale


def number(text: str) -> int | Decimal | None:
    """The value of a figure; None where it is not one figure, whole.

    >>> number("4,463"), number("77.4"), number("１億２，０００万"), number("△1,594"), number("百万")
    (4463, Decimal('77.4'), 120000000, -1594, None)
    >>> [number(text) for text in ("1,23", "12,3456", "1.2.3", "4 463", "", "2万3億")]
    [None, None, None, None, None, None]
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain.isascii() and re.search(r"(?![0-9])\d", plain):
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
